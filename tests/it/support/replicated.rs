//! A primary and its streaming replica, of `TEST_REPLICATED_URLS`: what the replica replays is a test's to
//! hold back. One test at a time has them.

use std::time::Duration;

use assay::{
    cache::Cache,
    config::DatabaseSettings,
    store::{Store, Watch},
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};
use url::Url;

use crate::support::{Backend, Proxy, World};

/// Any number will do that no other test locks.
const TURN: i64 = 8_125_519_236_084_221;

/// The pair, with an empty, migrated database, and a service on it.
pub struct Replicated {
    pub world: World,
    /// Stands between the service and the replica.
    pub proxy: Proxy,
    /// Of the test's database on the replica.
    pub replica_url: String,
    _watch: Watch,
    primary: DatabaseConnection,
    replica: DatabaseConnection,
}

impl Replicated {
    /// Waits for its turn. `database` is the test's own.
    pub async fn create(database: &str) -> Self {
        let urls = std::env::var("TEST_REPLICATED_URLS").unwrap_or_else(|_| {
            panic!("TEST_REPLICATED_URLS is not set: run scripts/test, which starts a primary and a replica")
        });
        let (primary_url, replica_url) = urls.split_once(',').expect("two addresses");
        let (primary, replica) = (connect(primary_url).await, connect(replica_url).await);
        run(&primary, &format!("SELECT pg_advisory_lock({TURN})")).await;
        run(&replica, "SELECT pg_wal_replay_resume()").await;
        run(&primary, &format!("DROP DATABASE IF EXISTS {database} WITH (FORCE)")).await;
        run(&primary, &format!("CREATE DATABASE {database} TEMPLATE template0")).await;
        let proxy = Proxy::before(replica_url).await;
        let mut settings = DatabaseSettings::at(within(primary_url, database));
        Store::migrate_up(&settings).await.expect("the migrations apply");
        settings.replica_urls = vec![within(&proxy.instead_of(replica_url), database).into()];
        settings.acquire_timeout = Duration::from_secs(2);
        let store = Store::connect(&settings).await.expect("the primary answers");
        let watch = store.watch();
        let url = within(primary_url, database);
        let world = World::new(Backend::Postgres, url, store.clone()).await.served_from(store, Cache::Off);
        let replica_url = within(replica_url, database);
        Self { world, proxy, replica_url, _watch: watch, primary, replica }
    }

    /// Keeps the replica where it is, though it goes on to receive.
    pub async fn pause(&self) {
        run(&self.replica, "SELECT pg_wal_replay_pause()").await;
        while text(&self.replica, "SELECT pg_get_wal_replay_pause_state()").await != "paused" {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// Lets it follow again.
    pub async fn resume(&self) {
        run(&self.replica, "SELECT pg_wal_replay_resume()").await;
    }

    /// How many reads the replica has answered.
    pub fn on_replica(&self) -> u64 {
        self.world.store().replica_reads()
    }

    /// Gives the pair back.
    pub async fn end(self) {
        let Self { primary, replica, .. } = self;
        replica.close().await.expect("the replica closes");
        primary.close().await.expect("the primary closes");
    }
}

fn within(url: &str, database: &str) -> String {
    let mut url: Url = url.parse().expect("an address");
    url.set_path(database);
    url.into()
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).max_lifetime(Duration::from_secs(24 * 3600)).sqlx_logging(false);
    Database::connect(options).await.unwrap_or_else(|error| panic!("TEST_REPLICATED_URLS: {error}"))
}

async fn run(db: &DatabaseConnection, sql: &str) {
    db.execute_unprepared(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn text(db: &DatabaseConnection, sql: &str) -> String {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await.expect("an answer");
    row.expect("a row").try_get_by_index(0).expect("a text")
}
