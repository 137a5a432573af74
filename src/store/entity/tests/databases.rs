//! A migrated, empty store on each database, alone in the world while a test runs.

use std::sync::atomic::{AtomicU32, Ordering};

use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, Database};

use crate::{config::DatabaseSettings, store::Store};

/// Runs a test on SQLite and then on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(Store)) {
    let folder = tempfile::tempdir().unwrap();
    test(migrated(&format!("sqlite://{}/rows.db?mode=rwc", folder.path().display())).await).await;

    let server =
        std::env::var("TEST_DATABASE_URL").expect("TEST_DATABASE_URL names a PostgreSQL: run scripts/test");
    let admin = Database::connect(&server).await.unwrap();
    let name = fresh_name();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let mut url = url::Url::parse(&server).unwrap();
    url.set_path(&name);
    test(migrated(url.as_str()).await).await;
    admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await.unwrap();
}

async fn migrated(url: &str) -> Store {
    let store = Store::connect(&DatabaseSettings::at(url)).await.unwrap();
    Migrator::up(&store.for_migration(), None).await.unwrap();
    store
}

fn fresh_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("assay_rows_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
