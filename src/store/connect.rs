//! Opening the database: pool sizes, timeouts and the settings each dialect needs to behave alike.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use secrecy::ExposeSecret;

use crate::{
    config::DatabaseSettings,
    store::{Reader, Store, StoreError},
};

impl Store {
    /// Opens the pool named by `settings.url` (`postgres://…` or `sqlite://…`).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        let mut db = Database::connect(options(settings)).await?;
        let statements = Arc::new(AtomicU64::new(0));
        let counter = Arc::clone(&statements);
        db.set_metric_callback(move |_| {
            counter.fetch_add(1, Ordering::Relaxed);
        });
        Ok(Self { reader: Reader::pool(db.clone()), db, statements, digest_key: Arc::default() })
    }

    pub(super) fn database(&self) -> DatabaseConnection {
        self.db.clone()
    }

    /// How many SQL statements this store has run, transaction control aside.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether the database is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.reader.backend() == DbBackend::Postgres
    }

    /// The connection, for the migrator alone.
    #[must_use]
    pub fn for_migration(&self) -> &DatabaseConnection {
        &self.db
    }
}

fn options(settings: &DatabaseSettings) -> ConnectOptions {
    let url = settings.url.expose_secret();
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        .max_lifetime(Duration::from_secs(300))
        // A ping before every use would be a round trip an operation; only a rested connection needs it.
        .test_before_acquire_if_idle_for(Duration::from_secs(5))
        .sqlx_logging(false);
    if url.starts_with("sqlite") {
        sqlite(&mut options);
    } else {
        postgres(&mut options, settings.statement_timeout);
    }
    options
}

fn sqlite(options: &mut ConnectOptions) {
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
    });
}

fn postgres(options: &mut ConnectOptions, statement_timeout: Duration) {
    let statement_timeout = statement_timeout.as_millis().to_string();
    options.map_sqlx_postgres_opts(move |postgres| {
        postgres.application_name("assay").options([
            ("statement_timeout", statement_timeout.as_str()),
            // A transaction that a lost task left open gives its connection back.
            ("idle_in_transaction_session_timeout", "10000"),
            // A silently dead peer is noticed in about ten seconds instead of hours.
            ("tcp_keepalives_idle", "5"),
            ("tcp_keepalives_interval", "2"),
            ("tcp_keepalives_count", "3"),
            ("tcp_user_timeout", "10000"),
            ("TimeZone", "UTC"),
        ])
    });
}
