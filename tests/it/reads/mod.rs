//! Reading the graph as its viewers do: what is found, what is cut, and in how many statements.

mod catalogue;
mod nodes;
mod people;
mod teams;
mod texts;

use std::sync::Arc;

use assay::{
    cache::Cache,
    graphql::{
        batches::execute,
        build,
        context::{Reads, operation},
    },
};
use async_graphql::{Request, Variables};
use serde_json::Value;

use crate::support::World;

/// A document's answer, as the schema gives it to the bearer of `token`.
pub async fn answer(world: &World, token: &str, document: &str, variables: Value) -> Value {
    let scope = Arc::new(world.scope(token).await);
    let reads =
        Reads { scope, store: world.store().clone(), cache: Cache::Off, request_id: "test".to_owned() };
    let mut request = Request::new(document).variables(Variables::from_json(variables));
    request.data = operation(reads, "test".to_owned());
    let response = execute(&build(1_000), request).await;
    serde_json::to_value(response).expect("JSON")
}

/// The data of a document that must not fail.
pub async fn data(world: &World, token: &str, document: &str) -> Value {
    let answer = answer(world, token, document, Value::Null).await;
    assert_eq!(answer.get("errors"), None, "{document}");
    answer["data"].clone()
}
