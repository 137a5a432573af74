//! The schema held to its word on both databases: it goes up and down, and refuses what it must.
//!
//! Needs `TEST_DATABASE_URL`, a PostgreSQL whose role may create databases: run `scripts/test`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test speaks by panicking")]

mod checks;
mod database;
mod development;
mod history;
mod kept;
mod profiles;
mod questions;
mod rows;
mod uniques;

use migration::{LATEST, Migrator};
use sea_orm_migration::MigratorTrait;

use crate::database::{Database, on_both};

#[tokio::test]
async fn every_change_can_be_taken_back_and_applied_again() {
    on_both(async |db| {
        let tables = db.tables().await;
        assert!(tables.len() > 30, "{tables:?}");
        Migrator::down(&db.connection, None).await.unwrap();
        assert_eq!(db.tables().await, ["seaql_migrations"]);
        assert_eq!(db.triggers_and_functions().await, 0);
        Migrator::up(&db.connection, None).await.unwrap();
        assert_eq!(db.tables().await, tables);
    })
    .await;
}

#[tokio::test]
async fn the_changes_come_down_one_by_one_newest_first() {
    on_both(async |db| {
        for _ in 0..applied(&db).await.len() {
            Migrator::down(&db.connection, Some(1)).await.unwrap();
        }
        assert_eq!(db.tables().await, ["seaql_migrations"]);
    })
    .await;
}

#[tokio::test]
async fn the_newest_change_is_recorded_under_the_name_servers_ask_for() {
    on_both(async |db| assert_eq!(applied(&db).await.last().map(String::as_str), Some(LATEST))).await;
}

async fn applied(db: &Database) -> Vec<String> {
    db.strings("SELECT version FROM seaql_migrations ORDER BY version").await
}
