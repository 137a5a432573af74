//! Redis that dies, comes back, hangs and forgets while requests run: none of them fails. How long they
//! take is for a quiet machine to say, not for a test.

use std::{sync::Arc, time::Duration};

use assay::cache::{Cache, Standing};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{task::JoinSet, time::sleep};

use super::{MATRIX, team};
use crate::support::{Client, RedisServer, World};

/// Requests of one phase, by so many clients at a time.
const REQUESTS: usize = 200;
const CLIENTS: usize = 8;

/// Sends the requests of one phase; `meanwhile` happens when some are under way. Each answers `expected`.
async fn requests(client: &Arc<Client>, expected: &Value, meanwhile: impl AsyncFnOnce()) {
    let mut clients = JoinSet::new();
    for _ in 0..CLIENTS {
        let client = Arc::clone(client);
        clients.spawn(async move {
            let mut answers = Vec::new();
            for _ in 0..REQUESTS / CLIENTS {
                answers.push(client.ask(MATRIX, json!({})).await);
            }
            answers
        });
    }
    sleep(Duration::from_millis(30)).await;
    meanwhile().await;
    let mut answered = 0;
    while let Some(answers) = clients.join_next().await {
        for answer in answers.expect("no client panics") {
            assert_eq!((answer.status.as_u16(), &answer.body["data"]), (200, expected), "{:#}", answer.body);
            answered += 1;
        }
    }
    assert_eq!(answered, REQUESTS);
}

fn is(cache: &Cache, well: bool) -> bool {
    cache.redis_standing() == Some(if well { Standing::Well } else { Standing::Failing })
}

/// Waits until the service knows how Redis is.
async fn until(cache: &Cache, well: bool) {
    for _ in 0..600 {
        if is(cache, well) {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("after 30 s the service still does not know that Redis is {}", if well { "back" } else { "gone" });
}

async fn readiness(client: &Client) -> Value {
    let url = client.endpoint().replace("/graphql", "/readyz");
    let answer =
        reqwest::Client::builder().no_proxy().build().unwrap().request(Method::GET, url).send().await;
    answer.unwrap().json().await.unwrap()
}

on_both! {
    async fn a_thousand_requests_are_answered_while_redis_dies_returns_hangs_and_forgets(world: World) {
        let mut redis = RedisServer::start();
        team(&world).await;
        // Nothing is kept in the process, so that each request asks Redis; with the time it has by default.
        let secret = world.store().digest_key().await.unwrap().derive("outages");
        let cache = Cache::shared(0, &redis.url(), Duration::from_millis(50), secret).unwrap();
        let store = world.store().clone();
        let world = world.served_from(store, cache.clone());
        let client = Arc::new(world.as_person("Lena Lead").await);
        let expected = client.query(MATRIX, json!({})).await;
        assert_eq!(expected["teamBySlug"]["skillMatrix"]["rows"][2]["levels"], json!([4]));

        requests(&client, &expected, async || {}).await;
        until(&cache, true).await;
        client.query(MATRIX, json!({})).await;
        while redis.run::<usize>(&["DBSIZE"]).await == 0 {
            sleep(Duration::from_millis(20)).await;
        }

        requests(&client, &expected, async || redis.kill()).await;
        until_asked(&client, &cache, false).await;
        let ready = readiness(&client).await;
        assert_eq!((&ready["status"], &ready["checks"]["redis"]), (&json!("ok"), &json!("degraded")), "{ready}");

        requests(&client, &expected, async || redis.start_again()).await;
        until(&cache, true).await;
        assert_eq!(readiness(&client).await["checks"]["redis"], "ok");

        requests(&client, &expected, async || redis.pause()).await;
        until_asked(&client, &cache, false).await;
        redis.resume();
        until(&cache, true).await;

        requests(&client, &expected, async || redis.run::<()>(&["FLUSHALL"]).await).await;
    }

    async fn a_service_starts_and_answers_with_a_redis_that_never_was_there(world: World) {
        team(&world).await;
        let cache = world.replica("redis://127.0.0.1:1").await;
        let store = world.store().clone();
        let world = world.served_from(store, cache.clone());
        let client = world.as_person("Lena Lead").await;
        for _ in 0..10 {
            cache.forget();
            client.query(MATRIX, json!({})).await;
        }
        assert!(is(&cache, false));
        let ready = readiness(&client).await;
        assert_eq!((&ready["status"], &ready["checks"]["redis"]), (&json!("ok"), &json!("degraded")), "{ready}");
    }

    async fn of_a_redis_that_was_never_asked_nothing_is_said_until_it_answered(world: World) {
        let redis = RedisServer::start();
        assert_eq!(said_of_redis(world, &redis.url()).await, ["unknown", "ok"]);
    }

    async fn of_a_redis_that_never_answers_it_is_never_said_that_it_is_well(world: World) {
        assert_eq!(said_of_redis(world, "redis://127.0.0.1:1").await, ["unknown", "degraded"]);
    }
}

/// What readiness says of a Redis that no request asks for, first and in the end; the service is ready throughout.
async fn said_of_redis(world: World, url: &str) -> [String; 2] {
    let (cache, store) = (world.replica(url).await, world.store().clone());
    let world = world.served_from(store, cache);
    let client = world.as_person("Lena Lead").await;
    let said = async || {
        let ready = readiness(&client).await;
        assert_eq!(ready["status"], "ok", "{ready}");
        ready["checks"]["redis"].as_str().unwrap().to_owned()
    };
    let first = said().await;
    for _ in 0..600 {
        let last = said().await;
        if last != "unknown" {
            return [first, last];
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("after 12 s nothing is known of Redis")
}

/// Asks until the service knows how Redis is: it learns from its own calls alone.
async fn until_asked(client: &Client, cache: &Cache, well: bool) {
    for _ in 0..100 {
        if is(cache, well) {
            return;
        }
        client.query(MATRIX, json!({})).await;
    }
    until(cache, well).await;
}
