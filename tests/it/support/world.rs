//! One test's world: a database, a clock that stands still, and an issuer whose tokens are accepted.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use assay::{
    auth::{
        Refusal, Scope, Verifier, Viewer,
        issuer::{Grant, Issuer},
    },
    config::clock::Clock,
    domain::{
        ids::{Id, Kind},
        policy::Claim,
        time::Timestamp,
    },
    store::Store,
};
use chrono::{DateTime, TimeDelta};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use uuid::Uuid;

use crate::support::Backend;

/// What a test plays in. Ids are counted, so that rows laid down later sort later.
pub struct World {
    backend: Backend,
    url: String,
    store: Store,
    clock: Clock,
    issuer: Issuer,
    verifier: Verifier,
    next_id: AtomicU64,
}

impl World {
    /// An empty, migrated world in which it is 2026-01-05 09:00 UTC, a Monday.
    pub async fn new(backend: Backend, url: String, store: Store) -> Self {
        let clock = Clock::settable(DateTime::from_timestamp(1_767_603_600, 0).expect("a date"));
        let issuer = Issuer::ephemeral().expect("a key");
        let lifetime = Duration::from_secs(24 * 3600);
        let verifier = Verifier::of_issuer(&issuer, clock.clone(), lifetime).expect("a verifier");
        Self { backend, url, store, clock, issuer, verifier, next_id: AtomicU64::new(1) }
    }

    pub fn backend(&self) -> Backend {
        self.backend
    }

    /// Where its database is, for a process of its own.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// So many days from now; negative is before.
    pub fn day(&self, days: i64) -> Timestamp {
        self.now() + TimeDelta::days(days)
    }

    /// Moves the world's clock, for the service too.
    pub fn set_clock(&self, at: Timestamp) {
        self.clock.set(at);
    }

    /// How many SQL statements the service has run so far.
    pub fn statements(&self) -> u64 {
        self.store.statements()
    }

    /// An id greater than every one before.
    pub fn id<K: Kind>(&self) -> Id<K> {
        Id::from_uuid(Uuid::from_u128(u128::from(self.next_id.fetch_add(1, Ordering::Relaxed))))
    }

    /// A signed token for `subject`, good for an hour of the world's clock.
    pub fn token(&self, subject: &str, roles: &[Claim], scopes: &[&str]) -> String {
        let scopes = scopes.iter().map(ToString::to_string).collect();
        let grant = Grant { scopes, ..Grant::to(subject, roles) };
        self.issuer.mint(&grant, self.now()).expect("a token")
    }

    /// Who the service takes the bearer of that token for.
    pub async fn viewer(&self, token: &str) -> Result<Viewer, Refusal> {
        self.verifier.verify(token).await
    }

    /// The scope of an operation asked now with that token.
    pub async fn scope(&self, token: &str) -> Scope {
        let viewer = self.viewer(token).await.expect("the token is accepted");
        self.store.scope(viewer, self.now()).await.expect("a scope")
    }

    /// Runs one statement behind the service's back.
    pub async fn execute(&self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.try_execute(sql, values).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The same, when the point is that the database refuses.
    pub async fn try_execute(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<(), sea_orm::DbErr> {
        let db = self.store.for_migration();
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await.map(drop)
    }

    /// Reads rows behind the service's back.
    pub async fn rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Vec<QueryResult> {
        let db = self.store.for_migration();
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Adds one row, a column a pair.
    pub async fn insert<const N: usize>(&self, table: &str, row: [(&str, Value); N]) {
        let columns: Vec<&str> = row.iter().map(|(column, _)| *column).collect();
        let places: Vec<String> = (1..=N).map(|n| format!("${n}")).collect();
        let sql = format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), places.join(", "));
        self.execute(&sql, row.map(|(_, value)| value)).await;
    }
}
