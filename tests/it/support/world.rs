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
    cache::Cache,
    config::{Settings, clock::Clock},
    domain::{
        ids::{Id, Kind},
        policy::Claim,
        text::slug_of,
        time::Timestamp,
    },
    graphql::{
        self,
        context::prepare,
        service::{Caller, Service},
    },
    http::{AppParts, ServerSettings},
    store::Store,
};
use chrono::{DateTime, TimeDelta};
use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::support::{Backend, Client};

const CACHE_BYTES: u64 = 16 << 20;

/// What a test plays in. Ids are counted, so that rows laid down later sort later.
pub struct World {
    backend: Backend,
    url: String,
    store: Store,
    clock: Clock,
    issuer: Issuer,
    verifier: Verifier,
    cache: Cache,
    near_duplicate: f64,
    next_id: AtomicU64,
    served: OnceCell<Served>,
}

/// The world's service on a port of its own, from the first client on.
struct Served {
    endpoint: String,
    http: reqwest::Client,
}

impl World {
    /// An empty, migrated world in which it is 2026-01-05 09:00 UTC, a Monday.
    pub async fn new(backend: Backend, url: String, store: Store) -> Self {
        let clock = Clock::settable(DateTime::from_timestamp(1_767_603_600, 0).expect("a date"));
        let issuer = Issuer::ephemeral().expect("a key");
        let lifetime = Duration::from_secs(24 * 3600);
        let verifier = Verifier::of_issuer(&issuer, clock.clone(), lifetime).expect("a verifier");
        let cache = Cache::in_process(CACHE_BYTES);
        let near_duplicate = Settings::default().near_duplicate;
        let (next_id, served) = (AtomicU64::new(1), OnceCell::new());
        Self { backend, url, store, clock, issuer, verifier, cache, near_duplicate, next_id, served }
    }

    /// The same world, served from `store` with `cache` from now on.
    pub fn served_from(self, store: Store, cache: Cache) -> Self {
        Self { store, cache, served: OnceCell::new(), ..self }
    }

    /// The same world, where questions are near duplicates from this resemblance on.
    pub fn with_near_duplicates(self, from: f64) -> Self {
        Self { near_duplicate: from, served: OnceCell::new(), ..self }
    }

    /// The client that is the person of this name, without any role in their token.
    pub async fn as_person(&self, name: &str) -> Client {
        self.with_token(self.token(&slug_of(name), &[], &[])).await
    }

    /// A client that is nobody here, with these roles in its token.
    pub async fn as_stranger(&self, roles: &[Claim]) -> Client {
        self.with_token(self.token("a-stranger", roles, &[])).await
    }

    /// The client that is a program with these scopes.
    pub async fn as_service(&self, scopes: &[&str]) -> Client {
        self.with_token(self.token("a-program", &[Claim::Service], scopes)).await
    }

    /// A client with whatever token.
    pub async fn with_token(&self, token: String) -> Client {
        let served = self.served.get_or_init(async || self.serve()).await;
        Client::new(served.http.clone(), served.endpoint.clone(), token)
    }

    /// Puts the service together as `assay serve` does, on a port that the system chooses.
    fn serve(&self) -> Served {
        let mut settings = Settings::default();
        settings.http.port = 0;
        let cost = usize::try_from(settings.limits.cost).expect("a cost");
        let (store, cache, clock) = (self.store.clone(), self.cache.clone(), self.clock.clone());
        let service = Service::new(graphql::build(cost), move |caller: Caller| {
            let (store, cache, now) = (store.clone(), cache.clone(), clock.now());
            prepare(store, cache, caller.viewer, now, caller.request_id)
        });
        let service = service.with_costs(cost).with_near_duplicates(self.near_duplicate);
        let parts = AppParts {
            service,
            verifier: self.verifier.clone(),
            store: self.store.clone(),
            cache: self.cache.clone(),
            clock: self.clock.clone(),
            sdl: graphql::sdl(),
            jwks: None,
        };
        let server = assay::http::serve(parts, ServerSettings::new(&settings)).expect("a free port");
        let endpoint = format!("http://{}/graphql", server.address());
        tokio::spawn(server.run_until(std::future::pending()));
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build();
        Served { endpoint, http: http.expect("an HTTP client") }
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

    /// What its service remembers in.
    pub fn cache(&self) -> &Cache {
        &self.cache
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
        self.mint(&Grant { scopes, ..Grant::to(subject, roles) })
    }

    /// A signed token that says this, from the world's clock on.
    pub fn mint(&self, grant: &Grant) -> String {
        self.issuer.mint(grant, self.now()).expect("a token")
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
