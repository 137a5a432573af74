//! What is answered to whom: strangers, bearers of bad tokens, and foreign pages.

use reqwest::Method;
use serde_json::json;

use super::*;

async fn asked(world: &World, document: &str) -> Response {
    let request = world.anonymous(Method::POST, "/graphql").header("accept", GRAPHQL);
    request.json(&json!({ "query": document })).send().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_get_the_type_name_and_the_schema_and_nothing_else() {
    let world = world().await;
    assert_eq!(
        taken(asked(&world, "{ __typename }").await).await.1,
        json!({ "data": { "__typename": "Query" } })
    );
    let (status, body) = taken(asked(&world, "{ __schema { queryType { name } } }").await).await;
    assert_eq!((status, &body["data"]["__schema"]["queryType"]["name"]), (200, &json!("Query")));
    // The last one does not even exist: the refusal must come before validation could say so.
    for document in ["{ subject }", "{ __typename subject }", "mutation { touch }", "{ nowhere }"] {
        let response = asked(&world, document).await;
        assert_eq!(response.headers()["www-authenticate"], "Bearer", "{document}");
        let (status, body) = taken(response).await;
        assert_eq!((status, code(&body)), (401, "UNAUTHENTICATED"), "{document}");
        assert!(body.get("data").is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_get_no_schema_in_production() {
    let settings = told(true);
    let world = world_with(settings).await;
    assert_eq!(asked(&world, "{ __typename }").await.status(), 200);
    for document in ["{ __schema { queryType { name } } }", "{ ... on Secret { __typename } }"] {
        assert_eq!(asked(&world, document).await.status(), 401, "{document}");
    }
    let (status, body) = world.query("{ __schema { queryType { name } } }").await;
    assert_eq!((status, code(&body)), (400, "GRAPHQL_VALIDATION_FAILED"));
    assert_eq!(world.anonymous(Method::GET, "/schema.graphql").send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gate_speaks_before_permission_and_a_bad_token_before_the_gate() {
    let world = world().await;
    let bomb = format!("{{ {} }}", "a ".repeat(3_000));
    let (status, body) = taken(asked(&world, &bomb).await).await;
    assert_eq!((status, code(&body)), (400, "QUERY_TOO_COMPLEX"));
    let request =
        world.anonymous(Method::POST, "/graphql").bearer_auth("bad").json(&json!({ "query": bomb }));
    assert_eq!(request.send().await.unwrap().status(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_there_must_be_good_even_for_what_strangers_get() {
    let world = world().await;
    let (head, signature) = world.token.rsplit_once('.').unwrap();
    let forged = format!("Bearer {head}.{}", signature.chars().rev().collect::<String>());
    for header in ["Bearer", "Bearer ", "Basic YTpi", "bad", forged.as_str()] {
        let request = world.anonymous(Method::POST, "/graphql").header("authorization", header);
        // Not even JSON: the token is looked at first.
        let response = request.header("content-type", "application/json").body("{").send().await.unwrap();
        assert_eq!(response.headers()["www-authenticate"], "Bearer error=\"invalid_token\"", "{header}");
        assert_eq!(response.status(), 401, "{header}");
    }
    let twice =
        world.request(Method::POST, "/graphql").header("authorization", format!("Bearer {}", world.token));
    assert_eq!(twice.json(&json!({ "query": "{ subject }" })).send().await.unwrap().status(), 401);
    let shouted =
        world.anonymous(Method::POST, "/graphql").header("authorization", format!("BEARER {}", world.token));
    assert_eq!(shouted.json(&json!({ "query": "{ subject }" })).send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_get_needs_a_header_that_foreign_pages_cannot_set() {
    let world = world().await;
    let get = || world.anonymous(Method::GET, "/graphql?query=%7B__typename%7D");
    assert_eq!(get().send().await.unwrap().status(), 400);
    assert_eq!(get().header("cookie", "token=x").send().await.unwrap().status(), 400);
    for name in ["GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Apollo-Operation-Name"] {
        assert_eq!(get().header(name, "1").send().await.unwrap().status(), 200, "{name}");
    }
    assert_eq!(get().bearer_auth(&world.token).send().await.unwrap().status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_offers_only_a_hash_is_told_to_send_the_document() {
    let world = world().await;
    let offer = json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "00" } } });
    let (status, body) = taken(world.post(&offer).await).await;
    assert_eq!((status, code(&body)), (400, "PERSISTED_QUERY_NOT_SUPPORTED"));
    assert_eq!(body["errors"][0]["message"], "PersistedQueryNotSupported");
    let stranger = world.anonymous(Method::POST, "/graphql").json(&offer).send().await.unwrap();
    assert_eq!(stranger.status(), 401);
}
