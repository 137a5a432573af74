//! A database of its own for each test: a copy of a template that was migrated once.
//!
//! The template is shared by every process of a run and found by the digest of the migrations, so
//! that an edited migration makes a new one.

use std::{fs, future::Future, path::Path, time::Duration};

use assay::{config::DatabaseSettings, store::Store};
use migration::{Migrator, MigratorTrait};

use crate::support::{World, postgres::PostgresDatabase, sqlite::SqliteDatabase};

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// One test's database; gone when the test has passed, kept to look into when it has not.
pub enum TestDatabase {
    Sqlite(SqliteDatabase),
    Postgres(PostgresDatabase),
}

impl TestDatabase {
    pub async fn create(backend: Backend, test: &str) -> Self {
        match backend {
            Backend::Sqlite => Self::Sqlite(SqliteDatabase::create().await),
            Backend::Postgres => Self::Postgres(PostgresDatabase::create(test).await),
        }
    }

    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(database) => database.url(),
            Self::Postgres(database) => database.url(),
        }
    }

    pub async fn remove(self) {
        match self {
            Self::Sqlite(database) => drop(database),
            Self::Postgres(database) => database.remove().await,
        }
    }
}

/// A world beside the test's own, on the database of `backend` that is called `name`.
pub async fn beside(backend: Backend, name: &str) -> (World, TestDatabase) {
    let database = TestDatabase::create(backend, name).await;
    let store = connect(&database.url()).await;
    (World::new(backend, database.url(), store).await, database)
}

/// Plays one test in a world of its own.
pub fn run<F, Fut>(backend: Backend, test: &str, play: F)
where
    F: FnOnce(World) -> Fut,
    Fut: Future<Output = ()>,
{
    // Two threads, as the service executes operations beside the workers that take them.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let database = TestDatabase::create(backend, test).await;
        let store = connect(&database.url()).await;
        play(World::new(backend, database.url(), store).await).await;
        database.remove().await;
    });
}

/// Opens a store as the service does, with fewer connections: many tests run at once.
async fn connect(url: &str) -> Store {
    let mut settings = DatabaseSettings::at(url);
    settings.max_connections = 5;
    settings.acquire_timeout = Duration::from_secs(20);
    settings.statement_timeout = Duration::from_secs(60);
    Store::connect(&settings).await.unwrap_or_else(|error| panic!("the test's database: {error:?}"))
}

/// Applies every migration to the database at `url`.
pub async fn migrate(url: &str) {
    let store = connect(url).await;
    Migrator::up(&store.for_migration(), None).await.expect("the migrations apply to an empty database");
    store.for_migration().close().await.expect("the template closes");
}

/// What the migrations say, as a short name.
pub fn digest_of_migrations() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migration/src");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(&fs::read(file).unwrap());
    }
    short(&hasher.finalize())
}

/// Enough of a digest to tell names apart.
pub fn short(digest: &blake3::Hash) -> String {
    digest.to_hex()[..16].to_owned()
}
