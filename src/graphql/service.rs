//! The one way into execution: it takes a document that passed the gate, and nothing else.
//! The schema stays in here, so no other layer can hand it a text.

use std::{fmt, future::Future, pin::Pin, sync::Arc};

use async_graphql::{Data, Executor, Request, Response, Variables};
use serde_json::{Map, Value};

use crate::{
    auth::Viewer,
    graphql::{
        answer::Answer,
        batches,
        codes::Code,
        cost::{self, Cost},
        gate::Admitted,
        questions::NearDuplicate,
    },
    store::StoreError,
};

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;
type Run = Arc<dyn Fn(Request) -> Boxed<Response> + Send + Sync>;
type Prepare = Arc<dyn Fn(Caller) -> Boxed<Result<Data, StoreError>> + Send + Sync>;

/// Who sends an operation.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The bearer of the token.
    pub viewer: Viewer,
    /// The request's id, for audit events and masked faults.
    pub request_id: String,
}

/// What comes with a document.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// Which operation of the document runs.
    pub operation_name: Option<String>,
    /// The values of its variables.
    pub variables: Map<String, Value>,
    /// The bearer of the token, if there was one. Without, no resolver of ours finds a scope.
    pub viewer: Option<Viewer>,
    /// The request's id.
    pub request_id: String,
}

/// A schema ready to serve. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    run: Run,
    prepare: Prepare,
    suggestions: bool,
    /// The most that an operation may cost, where that is to be told.
    limit: Option<usize>,
    near: NearDuplicate,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("suggestions", &self.suggestions).finish_non_exhaustive()
    }
}

impl Service {
    /// Serves `schema`; `prepare` reads the scope of one operation and makes its loaders.
    pub fn new<E, B, Begun>(schema: E, prepare: B) -> Self
    where
        E: Executor,
        B: Fn(Caller) -> Begun + Send + Sync + 'static,
        Begun: Future<Output = Result<Data, StoreError>> + Send + 'static,
    {
        let run = move |request| {
            let schema = schema.clone();
            Box::pin(async move { batches::execute(&schema, request).await }) as Boxed<Response>
        };
        let prepare = move |caller| Box::pin(prepare(caller)) as Boxed<Result<Data, StoreError>>;
        let near = NearDuplicate::default();
        Self { run: Arc::new(run), prepare: Arc::new(prepare), suggestions: true, limit: None, near }
    }

    /// Keeps the names that validation guesses to itself: they tell a stranger the schema.
    #[must_use]
    pub fn without_suggestions(self) -> Self {
        Self { suggestions: false, ..self }
    }

    /// Tells with each answer what the operation cost of `limit`, which is that of the schema.
    #[must_use]
    pub fn with_costs(self, limit: usize) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Takes questions for near duplicates from this resemblance on, 0 to 1.
    #[must_use]
    pub fn with_near_duplicates(self, from: f64) -> Self {
        Self { near: NearDuplicate(from), ..self }
    }

    /// Executes one operation of `document`.
    pub async fn execute(&self, document: Admitted, call: Call) -> Answer {
        let name = call.operation_name.as_deref();
        let given = |variable: &str| call.variables.get(variable).is_some_and(|value| !value.is_null());
        if let Some(message) = document.missing_variable(name, given) {
            return Answer::refused(Code::BadUserInput, message);
        }
        let data = match self.prepare(call.viewer, &call.request_id).await {
            Ok(data) => data,
            Err(error) => return Answer::of_store(&error, &call.request_id),
        };
        let mut request = Request::new(String::new());
        request.set_parsed_query(document.into_document());
        request.operation_name = call.operation_name;
        request.variables = Variables::from_json(Value::Object(call.variables));
        request.data = data;
        request.data.insert(self.near);
        let (response, requested) = cost::noted(self.limit, (self.run)(request)).await;
        let cost = self.limit.map(|limit| Cost { requested, limit });
        Answer::of(response, cost, &call.request_id, self.suggestions)
    }

    async fn prepare(&self, viewer: Option<Viewer>, request_id: &str) -> Result<Data, StoreError> {
        match viewer {
            Some(viewer) => (self.prepare)(Caller { viewer, request_id: request_id.to_owned() }).await,
            None => Ok(Data::default()),
        }
    }
}
