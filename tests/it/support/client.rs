//! An identity that is a client: it holds a token and speaks GraphQL over HTTP to its world's service.

use reqwest::{Client as Http, StatusCode};
use serde_json::{Value, json};

/// Sends what one bearer asks.
pub struct Client {
    http: Http,
    endpoint: String,
    token: String,
}

/// One answer, as a client reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
}

impl Client {
    pub(super) fn new(http: Http, endpoint: String, token: String) -> Self {
        Self { http, endpoint, token }
    }

    /// The token it sends.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Where it sends to.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Asks, and takes whatever comes back.
    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        let request = self.http.post(&self.endpoint).bearer_auth(&self.token);
        let request = request.header("accept", "application/graphql-response+json");
        let response = request.json(&json!({ "query": document, "variables": variables })).send().await;
        let response = response.expect("the service answers");
        let status = response.status();
        Answer { status, body: response.json().await.expect("the answer is JSON") }
    }

    /// Asks, and gives the data of an answer without errors.
    #[track_caller]
    pub fn query(&self, document: &str, variables: Value) -> impl Future<Output = Value> {
        let asked = std::panic::Location::caller();
        let document = document.to_owned();
        async move {
            let mut answer = self.ask(&document, variables).await;
            assert!(answer.body.get("errors").is_none(), "{asked}: {:#}", answer.body);
            answer.body["data"].take()
        }
    }
}

impl Answer {
    /// The `extensions.code` of each error, in order.
    pub fn codes(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|error| error["extensions"]["code"].as_str().unwrap_or("without a code")).collect()
    }
}
