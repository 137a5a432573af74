//! What answers say, and what they keep to themselves.

use reqwest::Method;
use serde_json::json;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn without_execution_there_is_a_code_and_no_data() {
    let world = world().await;
    let cases = [
        (json!({ "query": "{" }), "GRAPHQL_PARSE_FAILED"),
        (json!({ "query": "{ nowhere }" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": "{ double(n: \"x\") }" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": "query($n: Int!) { double(n: $n) }" }), "BAD_USER_INPUT"),
        (
            json!({ "query": "query($n: Int!) { double(n: $n) }", "variables": { "n": null } }),
            "BAD_USER_INPUT",
        ),
        (json!({ "query": "query A { subject }", "operationName": "B" }), "OPERATION_RESOLUTION_FAILURE"),
        (json!({ "query": "query A { subject } query B { subject }" }), "OPERATION_RESOLUTION_FAILURE"),
        (json!({ "query": "subscription { ticks }" }), "OPERATION_RESOLUTION_FAILURE"),
        (json!({ "query": "{ ...F } fragment F on Query { ...F }" }), "GRAPHQL_VALIDATION_FAILED"),
        (json!({ "query": format!("{{ {} }}", "subject ".repeat(11)) }), "QUERY_TOO_COMPLEX"),
    ];
    for (request, expected) in cases {
        let (status, body) = taken(world.post(&request).await).await;
        assert_eq!((status, code(&body)), (400, expected), "{request}");
        assert!(body.get("data").is_none(), "{body}");
        let older = world.request(Method::POST, "/graphql").json(&request).send().await.unwrap();
        let (status, body) = taken(older).await;
        assert_eq!((status, code(&body)), (200, expected), "{request}");
        assert!(body.get("data").is_none(), "{body}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_limit_is_named_with_its_numbers() {
    let (_, body) = world().await.query(&format!("{{ {} }}", "subject ".repeat(11))).await;
    let extensions = &body["errors"][0]["extensions"];
    let expected = json!({ "code": "QUERY_TOO_COMPLEX", "limit": "rootFields", "allowed": 10, "found": 11 });
    assert_eq!(extensions, &expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scalar_that_refuses_its_input_is_the_clients_error() {
    let (status, body) = world().await.query("{ born(on: \"not a day\") }").await;
    assert_eq!(code(&body), "BAD_USER_INPUT", "{status} {body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn faults_are_masked_under_the_request_id() {
    let world = world().await;
    for (document, expected) in [
        ("{ subject broken }", "INTERNAL_SERVER_ERROR"),
        ("{ untold }", "INTERNAL_SERVER_ERROR"),
        ("{ away }", "SERVICE_UNAVAILABLE"),
    ] {
        let request = world.request(Method::POST, "/graphql").header("x-request-id", "call-1");
        let response = request.json(&json!({ "query": document })).send().await.unwrap();
        let (status, body) = taken(response).await;
        // Something was executed, so `data` is there, whatever became of it.
        assert_eq!((status, code(&body)), (200, expected), "{document}");
        assert!(body.get("data").is_some(), "{body}");
        assert_eq!(body["errors"][0]["extensions"]["requestId"], "call-1");
        assert!(body["errors"][0]["path"].is_array(), "{body}");
        assert!(!body.to_string().contains("secret"), "{body}");
    }
    let (_, body) = world.query("{ subject broken }").await;
    assert_eq!(body["data"], json!({ "subject": "ada", "broken": null }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_a_fault_and_the_server_goes_on() {
    let world = world().await;
    let (status, body) = world.query("{ panics }").await;
    assert_eq!((status, code(&body)), (500, "INTERNAL_SERVER_ERROR"));
    assert!(!body.to_string().contains("secret") && body.get("data").is_none(), "{body}");
    assert_eq!(world.query("{ subject }").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_cut_and_counted() {
    let world = world().await;
    let (_, body) = world.query(&format!("{{ {} }}", "n".repeat(20_000))).await;
    let message = body["errors"][0]["message"].as_str().unwrap();
    assert!(message.chars().count() <= 301 && message.ends_with('…'), "{}", message.len());
    // Ten root fields, and below each what a leaf does not have.
    let many = format!("{{ subject {{ {} }} }}", "x ".repeat(500));
    let (_, body) = world.query(&many).await;
    assert!(body["errors"].as_array().unwrap().len() <= 20, "{body}");
    assert!(body.to_string().len() < 10_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_guessed_for_developers_and_not_in_production() {
    let (_, body) = world().await.query("{ subjec }").await;
    assert!(body["errors"][0]["message"].as_str().unwrap().contains("subject"), "{body}");
    let settings = told(true);
    let (_, body) = world_with(settings).await.query("{ subjec }").await;
    assert!(!body.to_string().contains("subject"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operation_that_takes_too_long_is_given_up() {
    let settings = ServerSettings { operation_timeout: Duration::from_millis(100), ..settings() };
    let world = world_with(settings).await;
    for document in ["{ slow }", "{ blocks }"] {
        let (status, body) = world.query(document).await;
        assert_eq!((status, code(&body)), (504, "OPERATION_TIMEOUT"), "{document}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_no_turn_is_told_to_come_back() {
    let settings =
        ServerSettings { concurrent_operations: 1, turn_timeout: Duration::from_millis(50), ..settings() };
    let world = world_with(settings).await;
    let long = world.query("{ wait(ms: 1000) }");
    let short = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        world.post(&json!({ "query": "{ subject }" })).await
    };
    let (long, short) = tokio::join!(long, short);
    assert_eq!(short.headers()["retry-after"], "1");
    let (status, body) = taken(short).await;
    assert_eq!((status, code(&body)), (503, "SERVICE_UNAVAILABLE"));
    assert_eq!(long.0, 200);
    assert_eq!(world.query("{ subject }").await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resolver_that_blocks_does_not_hold_up_the_workers() {
    let world = world().await;
    let blocked = world.query("{ blocks }");
    let probe = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        let asked =
            (0..8).map(|_| world.anonymous(Method::GET, "/livez").timeout(Duration::from_millis(900)).send());
        futures_util::future::join_all(asked).await
    };
    let (blocked, probes) = tokio::join!(blocked, probe);
    assert!(probes.into_iter().all(|probe| probe.is_ok()));
    assert_eq!(blocked.0, 200);
}
