//! GraphQL over HTTP: which requests reach an operation, and in which order they are refused: media
//! type, token, body, gate, permission, method. Never executes; that is `operations`.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{ACCEPT, AUTHORIZATION},
    },
    web::{Data, Payload},
};

use crate::{
    auth::Viewer,
    graphql::{
        answer::Answer,
        codes::Code,
        gate::{self, Admitted, OperationKind, Reach},
        service::Call,
    },
    http::{
        ServerSettings, bearer, body,
        negotiation::{MediaType, negotiate},
        operations,
        params::Params,
        reply::{self, Problem},
        requests::{cut, note_operation, note_viewer, request_id},
        state::State,
    },
    telemetry::metrics::graphql as metrics,
};

/// A form or an image cannot set these, so a browser asks us before a foreign page can.
const PREFLIGHT_HEADERS: [&str; 3] =
    ["graphql-require-preflight", "apollo-require-preflight", "x-apollo-operation-name"];

pub(super) async fn post(request: HttpRequest, payload: Payload, state: Data<State>) -> HttpResponse {
    respond(&request, async |_| {
        let viewer = viewer(&request, &state).await?;
        let settings = &state.settings;
        let body = body::read(&request, payload, settings.body_limit, settings.body_timeout).await?;
        operation(&request, &state, viewer, Params::from_json(&body)?).await
    })
    .await
}

pub(super) async fn get(request: HttpRequest, state: Data<State>) -> HttpResponse {
    respond(&request, async |_| {
        let headers = request.headers();
        let asks_first = PREFLIGHT_HEADERS.iter().any(|name| headers.contains_key(*name));
        if !asks_first && !headers.contains_key(AUTHORIZATION) {
            let message = "A GET needs the header Authorization, or GraphQL-Require-Preflight: 1";
            return Err(Problem::bad_request(message));
        }
        let viewer = viewer(&request, &state).await?;
        let query = request.query_string();
        if query.len() > state.settings.body_limit {
            return Err(Problem::status(StatusCode::URI_TOO_LONG, "The query string is too long"));
        }
        operation(&request, &state, viewer, Params::from_query_string(query)?).await
    })
    .await
}

pub(super) async fn other_method(request: HttpRequest) -> HttpResponse {
    respond(&request, async |_| Err(Problem::method("GET, POST", "Send a POST, or a GET for queries"))).await
}

/// Answers in the media type that is asked for, refusals included.
async fn respond(
    request: &HttpRequest,
    handle: impl AsyncFnOnce(MediaType) -> Result<Answer, Problem>,
) -> HttpResponse {
    // Several Accept headers are one list (RFC 9110, section 5.3).
    let ranges: Vec<_> = request.headers().get_all(ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    let Some(media) = negotiate(Some(&ranges.join(","))) else {
        let message = "Answers come as application/graphql-response+json or application/json";
        return Problem::status(StatusCode::NOT_ACCEPTABLE, message).response(MediaType::Json);
    };
    match handle(media).await {
        Ok(answer) => reply::answered(&answer, media),
        Err(problem) => {
            metrics::refused(problem.code().as_str());
            problem.response(media)
        }
    }
}

async fn viewer(request: &HttpRequest, state: &State) -> Result<Option<Viewer>, Problem> {
    let viewer = bearer::viewer(request, &state.verifier).await?;
    viewer.iter().for_each(|viewer| note_viewer(request, viewer));
    Ok(viewer)
}

async fn operation(
    request: &HttpRequest,
    state: &State,
    viewer: Option<Viewer>,
    params: Params,
) -> Result<Answer, Problem> {
    match admit(request, state, viewer.is_some(), &params)? {
        Ok((document, kind)) => {
            let name = document.name(params.operation_name.as_deref()).map(|name| cut(name).to_owned());
            name.iter().for_each(|name| note_operation(request, name));
            let call = Call {
                operation_name: params.operation_name,
                variables: params.variables,
                viewer,
                request_id: request_id(request),
            };
            Ok(operations::run(state, document, call, kind, name).await)
        }
        Err(refusal) => {
            metrics::refused(refusal.refusal().unwrap_or(Code::BadRequest).as_str());
            Ok(refusal)
        }
    }
}

/// The document, if it may run: else the answer, or the status, that says why not.
fn admit(
    request: &HttpRequest,
    state: &State,
    known: bool,
    params: &Params,
) -> Result<Result<(Admitted, OperationKind), Answer>, Problem> {
    let Some(query) = &params.query else {
        return if known {
            Ok(Err(persisted_operations_are_not_kept()))
        } else {
            Err(Problem::token_missing())
        };
    };
    let document = match gate::check(query, &state.settings.limits) {
        Ok(document) => document,
        Err(refusal) => return Ok(Err(Answer::from(&refusal))),
    };
    if !known && !open_to_strangers(&document, &state.settings) {
        return Err(Problem::token_missing());
    }
    let refused = |code, message: String| Ok(Err(Answer::refused(code, message)));
    if document.introspects() && !state.settings.introspection {
        return refused(Code::ValidationFailed, "Introspection is switched off here".to_owned());
    }
    match document.operation(params.operation_name.as_deref()) {
        Ok(OperationKind::Mutation) if request.method() != "POST" => {
            Err(Problem::method("POST", "Mutations need a POST"))
        }
        Ok(OperationKind::Subscription) => {
            let message = "Subscriptions do not come over plain HTTP".to_owned();
            refused(Code::OperationResolutionFailure, message)
        }
        Ok(kind) => Ok(Ok((document, kind))),
        Err(none) => refused(Code::OperationResolutionFailure, none.to_string()),
    }
}

/// The words are those of the protocol: clients fall back to sending the document when they read them.
fn persisted_operations_are_not_kept() -> Answer {
    Answer::refused(Code::PersistedQueryNotSupported, "PersistedQueryNotSupported")
}

fn open_to_strangers(document: &Admitted, settings: &ServerSettings) -> bool {
    match document.reach() {
        Reach::TypeName => true,
        Reach::Introspection => settings.introspection && !settings.production,
        Reach::Data => false,
    }
}
