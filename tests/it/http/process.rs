//! The process around requests: health, documents, starting and stopping.

use reqwest::Method;
use serde_json::json;

use super::*;
use assay::http::ServeError;

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_can_serve_says_so() {
    let world = world().await;
    for path in ["/livez", "/healthz", "/readyz"] {
        let (status, body) = taken(world.anonymous(Method::GET, path).send().await.unwrap()).await;
        assert_eq!((status, &body["status"]), (200, &json!("ok")), "{path}");
    }
    let (_, version) = taken(world.anonymous(Method::GET, "/version").send().await.unwrap()).await;
    let commit = assay::telemetry::COMMIT;
    let expected = json!({ "name": "assay", "version": env!("CARGO_PKG_VERSION"), "commit": commit });
    assert_eq!(version, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_the_schema_makes_it_live_but_not_ready() {
    let (parts, _, _directory) = parts(false).await;
    let server = serve(parts, settings()).unwrap();
    let base = format!("http://{}", server.address());
    tokio::spawn(server.run_until(std::future::pending()));
    assert_eq!(client().get(format!("{base}/livez")).send().await.unwrap().status(), 200);
    let (status, body) = taken(client().get(format!("{base}/readyz")).send().await.unwrap()).await;
    assert_eq!((status, &body["checks"]["database"]), (503, &json!("behind")), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_and_the_demos_keys_are_there_to_read() {
    let world = world().await;
    let schema = world.anonymous(Method::GET, "/schema.graphql").send().await.unwrap();
    assert_eq!(schema.text().await.unwrap(), "type Query { subject: String }\n");
    let (_, keys) = taken(world.anonymous(Method::GET, "/.well-known/jwks.json").send().await.unwrap()).await;
    assert!(keys["keys"][0]["kid"].is_string() && keys["keys"][0].get("d").is_none(), "{keys}");
    let (mut without, _, _directory) = parts(true).await;
    without.jwks = None;
    let server = serve(without, settings()).unwrap();
    let url = format!("http://{}/.well-known/jwks.json", server.address());
    tokio::spawn(server.run_until(std::future::pending()));
    assert_eq!(client().get(url).send().await.unwrap().status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_port_is_named_with_what_to_do() {
    let world = world().await;
    let (parts, _, _directory) = parts(true).await;
    let refused = serve(parts, ServerSettings { address: world.address, ..settings() }).unwrap_err();
    assert!(matches!(refused, ServeError::PortBusy { .. }), "{refused:?}");
    let text = refused.to_string();
    assert!(text.contains(&world.address.to_string()) && text.contains("--port"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_address_of_the_metrics_is_named_with_the_setting_that_moves_it() {
    let world = world().await;
    let (parts, _, _directory) = parts(true).await;
    let busy = ServerSettings { metrics_address: Some(world.address), ..settings() };
    let text = serve(parts, busy).unwrap_err().to_string();
    assert!(text.contains(&world.address.to_string()) && text.contains("METRICS_ADDRESS"), "{text}");
    assert!(!text.contains("--port"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_says_so_first_and_lets_running_operations_finish() {
    let (parts, token, _directory) = parts(true).await;
    let settings = ServerSettings { drain_delay: Duration::from_millis(400), ..settings() };
    let server = serve(parts, settings).unwrap();
    let base = format!("http://{}", server.address());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run_until(async move { drop(stopped.await) }));
    let ready =
        async || client().get(format!("{base}/readyz")).send().await.map(|answer| answer.status().as_u16());
    assert_eq!(ready().await.unwrap(), 200);

    let request = client().post(format!("{base}/graphql")).bearer_auth(token);
    let long = tokio::spawn(request.json(&json!({ "query": "{ wait(ms: 1500) }" })).send());
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.send(()).unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(ready().await.unwrap(), 503);
    let last = client().get(format!("{base}/livez")).send().await.unwrap();
    assert_eq!(last.headers()["connection"], "close", "the next request on it would be lost");
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert!(ready().await.is_err(), "the listener is still open");
    let answer = long.await.unwrap().unwrap();
    assert_eq!(taken(answer).await.1, json!({ "data": { "wait": 1500 } }));
    tokio::time::timeout(Duration::from_secs(8), running).await.unwrap().unwrap().unwrap();
}
