//! The database goes away without a word, and comes back: the service tells, and recovers by itself.

use std::time::{Duration, Instant};

use assay::{
    cache::Cache,
    config::DatabaseSettings,
    domain::revisions::Root,
    store::{Store, StoreError},
};
use serde_json::json;

use crate::support::{Client, Proxy};

/// Pools of the service, only less patient.
fn settings(url: &str) -> DatabaseSettings {
    let mut settings = DatabaseSettings::at(url);
    settings.max_connections = 3;
    settings.acquire_timeout = Duration::from_millis(1500);
    settings.statement_timeout = Duration::from_millis(300);
    settings
}

async fn readiness(client: &Client) -> u16 {
    let url = client.endpoint().replace("/graphql", "/readyz");
    let answer = reqwest::Client::builder().no_proxy().build().unwrap().get(url).send().await.unwrap();
    answer.status().as_u16()
}

/// Tries until it is so.
async fn eventually(what: &str, mut so: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !so().await {
        assert!(started.elapsed() < Duration::from_secs(30), "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn read(store: &Store) -> Result<(), StoreError> {
    store.revisions(&[Root::SKILL_CATALOGUE].into()).await.map(drop)
}

on_postgres! {
    async fn a_network_that_swallows_everything_makes_the_service_unready_until_it_works_again(world: World) {
        let proxy = Proxy::before(world.url()).await;
        let store = Store::connect(&settings(&proxy.instead_of(world.url()))).await.unwrap();
        let _watch = store.watch();
        let world = world.served_from(store, Cache::Off);
        let client = world.as_stranger(&[]).await;
        let asked = "{ viewer { person { id } } }";
        client.query(asked, json!({})).await;
        assert_eq!(readiness(&client).await, 200);

        proxy.swallow();
        for _ in 0..2 {
            let started = Instant::now();
            let answer = client.ask(asked, json!({})).await;
            assert_eq!(answer.codes(), ["SERVICE_UNAVAILABLE"]);
            assert!(started.elapsed() < Duration::from_secs(5), "the wait has a bound: {:?}", started.elapsed());
        }
        assert_eq!(readiness(&client).await, 503);

        proxy.heal();
        eventually("ready again", async || readiness(&client).await == 200).await;
        client.query(asked, json!({})).await;
    }

    async fn connections_that_are_lost_for_good_are_replaced(world: World) {
        let proxy = Proxy::before(world.url()).await;
        let store = Store::connect(&settings(&proxy.instead_of(world.url()))).await.unwrap();
        let one = || store.snapshot(async |_| { tokio::time::sleep(Duration::from_millis(50)).await; Ok::<_, StoreError>(()) });
        let (first, second, third) = tokio::join!(one(), one(), one());
        first.and(second).and(third).unwrap();
        // They come back to the pool behind our back.
        tokio::time::sleep(Duration::from_millis(300)).await;

        // Beginning a transaction is what must not be cut short, so each keeps its connection.
        proxy.swallow();
        let (first, second, third) = tokio::join!(one(), one(), one());
        for lost in [first, second, third] {
            assert!(matches!(lost, Err(StoreError::Unavailable(_))), "{lost:?}");
        }
        proxy.heal();
        let exhausted = read(&store).await;
        assert!(matches!(exhausted, Err(StoreError::Unavailable(_))), "nothing was lost: {exhausted:?}");

        let _watch = store.watch();
        eventually("a pool that works", async || read(&store).await.is_ok()).await;
    }
}
