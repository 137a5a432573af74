//! Which requests are taken, and how the others are refused.

use reqwest::{Method, header::HeaderMap};
use serde_json::json;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_post_with_a_token_is_executed_as_its_bearer() {
    let (status, body) = world().await.query("{ subject }").await;
    assert_eq!((status, body), (200, json!({ "data": { "subject": "ada" } })));
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_and_the_operation_name_reach_execution() {
    let body = json!({
        "query": "query A($n: Int!) { double(n: $n) } query B { subject }",
        "operationName": "A", "variables": { "n": 21 },
    });
    let (_, body) = taken(world().await.post(&body).await).await;
    assert_eq!(body["data"], json!({ "double": 42 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_json_in_utf8_is_read() {
    let world = world().await;
    let send = async |content_type: &str, body: &'static str| {
        let request = world.request(Method::POST, "/graphql").header("content-type", content_type);
        request.body(body).send().await.unwrap().status().as_u16()
    };
    let query = r#"{"query":"{subject}"}"#;
    for good in ["application/json", "Application/JSON; charset=\"UTF-8\"", "application/json;charset=utf-8"]
    {
        assert_eq!(send(good, query).await, 200, "{good}");
    }
    let bad = [
        "text/plain",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json-patch+json",
        "",
    ];
    for bad in bad {
        assert_eq!(send(bad, query).await, 415, "{bad}");
    }
    let untyped = world.request(Method::POST, "/graphql").body(query).send().await.unwrap();
    assert_eq!(untyped.status(), 415);
    let packed = world.request(Method::POST, "/graphql").header("content-encoding", "gzip");
    assert_eq!(packed.json(&json!({ "query": "{subject}" })).send().await.unwrap().status(), 415);
    assert_eq!(send("application/json", "[{\"query\":\"{subject}\"}]").await, 400);
    assert_eq!(send("application/json", "{\"query\":\"\u{0}").await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_the_limit_is_refused_whether_it_says_its_length_or_not() {
    let world = world().await;
    let long = json!({ "query": "{subject}", "variables": { "x": "y".repeat(64 * 1024) } }).to_string();
    let post = || world.request(Method::POST, "/graphql").header("content-type", "application/json");
    assert_eq!(post().body(long.clone()).send().await.unwrap().status(), 413);
    // The same without Content-Length.
    let chunks = long.into_bytes().chunks(1_000).map(<[u8]>::to_vec).collect::<Vec<_>>();
    let (status, body) = chunked(&world, &chunks).await;
    assert_eq!(status, 413, "{body}");
    assert!(body.contains("65536"), "{body}");
}

/// Sends a chunked body by hand: the client library would declare the length.
async fn chunked(world: &World, chunks: &[Vec<u8>]) -> (u16, String) {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\nconnection: close\r\n\
         content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
        world.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    for chunk in chunks {
        let mut framed = format!("{:x}\r\n", chunk.len()).into_bytes();
        framed.extend_from_slice(chunk);
        framed.extend_from_slice(b"\r\n");
        // The server may answer and close before it has read everything.
        if stream.write_all(&framed).await.is_err() {
            break;
        }
    }
    let mut answer = Vec::new();
    let closed = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    assert!(closed.is_ok(), "the connection stays open: {}", String::from_utf8_lossy(&answer));
    let answer = String::from_utf8_lossy(&answer).into_owned();
    (answer.split(' ').nth(1).unwrap_or_default().parse().unwrap_or(0), answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_get_answers_queries_and_sends_mutations_to_post() {
    let world = world_with(ServerSettings { body_limit: 1_000, ..settings() }).await;
    let get = async |query: &str| {
        let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let request = world.request(Method::GET, &format!("/graphql?query={query}"));
        request.header("accept", GRAPHQL).send().await.unwrap()
    };
    assert_eq!(taken(get("{ subject }").await).await.1, json!({ "data": { "subject": "ada" } }));
    let refused = get("mutation { touch }").await;
    assert_eq!(refused.headers()["allow"], "POST");
    assert_eq!(taken(refused).await.0, 405);
    assert_eq!(get("").await.status(), 400);
    assert_eq!(get(&"a".repeat(900)).await.status(), 400);
    assert_eq!(get(&"a".repeat(1_100)).await.status(), 414);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_methods_are_told_which_ones_work() {
    let world = world().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS, Method::HEAD] {
        let response = world.request(method.clone(), "/graphql").send().await.unwrap();
        assert_eq!(
            (response.status().as_u16(), &response.headers()["allow"]),
            (405, &"GET, POST".parse().unwrap())
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_answer_comes_in_the_type_that_was_asked_for() {
    let world = world().await;
    let send = async |accept: &str| {
        let request = world.request(Method::POST, "/graphql").header("accept", accept);
        let response = request.json(&json!({ "query": "{ subject }" })).send().await.unwrap();
        let content_type = response.headers()["content-type"].to_str().unwrap().to_owned();
        (response.status().as_u16(), content_type)
    };
    assert_eq!(send(GRAPHQL).await, (200, format!("{GRAPHQL}; charset=utf-8")));
    assert_eq!(send("*/*").await, (200, "application/json; charset=utf-8".into()));
    assert_eq!(send("text/html").await, (406, "application/json; charset=utf-8".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_response_carries_a_request_id() {
    let world = world().await;
    let id = |headers: &HeaderMap| headers["x-request-id"].to_str().unwrap().to_owned();
    for path in ["/livez", "/graphql", "/nowhere"] {
        let sent = world.anonymous(Method::GET, path).header("x-request-id", "call-7.a:b_c");
        assert_eq!(id(sent.send().await.unwrap().headers()), "call-7.a:b_c", "{path}");
        let unsent = world.anonymous(Method::GET, path).send().await.unwrap();
        assert!(uuid::Uuid::parse_str(&id(unsent.headers())).is_ok(), "{path}");
    }
    for unfit in ["a b", "a\"b", &"a".repeat(129)] {
        let response =
            world.anonymous(Method::GET, "/livez").header("x-request-id", unfit).send().await.unwrap();
        assert!(uuid::Uuid::parse_str(&id(response.headers())).is_ok(), "{unfit}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_never_ends_is_given_up() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let patience = Duration::from_millis(200);
    let world = world_with(ServerSettings { body_timeout: patience, ..settings() }).await;
    let mut stream = tokio::net::TcpStream::connect(world.address).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\ncontent-type: application/json\r\n\
         content-length: 100\r\n\r\n{{",
        world.token
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0u8; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
}

#[tokio::test(flavor = "multi_thread")]
async fn long_answers_are_packed_for_who_can_unpack() {
    let world = world().await;
    let request = world.request(Method::POST, "/graphql").header("accept-encoding", "gzip");
    let response = request.json(&json!({ "query": "{ text(length: 5000) }" })).send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let packed = response.bytes().await.unwrap();
    assert!(packed.starts_with(&[0x1f, 0x8b]) && packed.len() < 5_000, "{}", packed.len());
}
