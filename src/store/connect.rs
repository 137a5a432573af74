//! Opening the database: pool sizes, timeouts and the settings each dialect needs to behave alike.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use sea_orm::{ConnectOptions, DatabaseConnection, DbBackend};
use secrecy::ExposeSecret;
use sqlx::{Connection, postgres::PgConnection};
use tokio::time::timeout;

use crate::{
    config::DatabaseSettings,
    store::{DatabaseAddress, Reader, Store, StoreError, pool::Pool, reach, replicas::Replicas},
    telemetry::metrics::database::Server,
};

/// What the network and the machines may add to the time that the server gives a statement.
const GRACE: Duration = Duration::from_millis(500);
/// A connection that rested longer is tried before it is used; a try before every use would be a round
/// trip an operation.
const RESTED: Duration = Duration::from_secs(5);

impl Store {
    /// Opens the pool named by `settings.url` (`postgres://…` or `sqlite://…`). Those of replicas connect when
    /// they are first used: one that is down must not keep the service from starting.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the database cannot be reached.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, StoreError> {
        there_is_a_file(settings)?;
        let statements = Arc::new(AtomicU64::new(0));
        let pool = match open(settings, None, &statements).await {
            Err(StoreError::Unavailable(told)) if !settings.is_sqlite() => {
                let why = reach::why_not(&settings.url, settings.acquire_timeout).await;
                return Err(StoreError::Unavailable(why.unwrap_or(told)));
            }
            opened => opened?,
        };
        let mut followers = Vec::new();
        for number in 0..settings.replica_urls.len() {
            followers.push(open(settings, Some(number), &statements).await?);
        }
        let shown: Vec<_> = [&pool].into_iter().chain(&followers).map(Pool::shown).collect();
        let replicas =
            (!followers.is_empty()).then(|| Arc::new(Replicas::new(followers, settings.replica_max_lag)));
        Ok(Self {
            reader: Reader::pool(pool.clone()),
            pool,
            replicas,
            statements,
            digest_key: Arc::default(),
            accesses: Arc::default(),
            _shown: shown.into(),
        })
    }

    /// How many SQL statements this store has run, transaction control and notes of accesses aside.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// How many reads replicas have answered.
    #[must_use]
    pub fn replica_reads(&self) -> u64 {
        self.replicas.as_ref().map_or(0, |replicas| replicas.reads())
    }

    /// Whether the database is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.pool.backend() == DbBackend::Postgres
    }

    /// The connection, for the migrator alone.
    #[must_use]
    pub fn for_migration(&self) -> DatabaseConnection {
        self.pool.connection()
    }
}

/// Opens the pool of the primary, or of one of its replicas.
async fn open(
    settings: &DatabaseSettings,
    replica: Option<usize>,
    statements: &Arc<AtomicU64>,
) -> Result<Pool, StoreError> {
    let (server, url) = match replica {
        None => ("the database".to_owned(), settings.url.expose_secret()),
        Some(number) => (format!("replica {}", number + 1), settings.replica_urls[number].expose_secret()),
    };
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(settings.max_connections)
        .acquire_timeout(settings.acquire_timeout)
        .max_lifetime(settings.max_lifetime)
        .connect_lazy(replica.is_some())
        .sqlx_logging(false);
    let patience = if url.starts_with("sqlite") {
        sqlite(&mut options);
        None
    } else {
        postgres(&mut options, settings);
        Some(settings.acquire_timeout + settings.statement_timeout + GRACE)
    };
    let role = if replica.is_some() { Server::Replica } else { Server::Primary };
    Pool::open(server, role, options, patience, Arc::clone(statements)).await
}

/// A mistyped path must not become an empty database: only who migrates makes one, or whose URL says
/// `mode=rwc`.
fn there_is_a_file(settings: &DatabaseSettings) -> Result<(), StoreError> {
    match DatabaseAddress::of(settings) {
        Ok(DatabaseAddress::File(path))
            if !path.exists() && !settings.url.expose_secret().contains("mode=rwc") =>
        {
            Err(StoreError::Unavailable(format!(
                "there is no file `{}`; `assay migrate up` makes it, if the path is right",
                path.display()
            )))
        }
        _ => Ok(()),
    }
}

fn sqlite(options: &mut ConnectOptions) {
    options.test_before_acquire(false).map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal)
            .synchronous(sqlx::sqlite::SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
    });
}

fn postgres(options: &mut ConnectOptions, settings: &DatabaseSettings) {
    let millis = |length: Duration| length.as_millis().to_string();
    let statement = millis(settings.statement_timeout);
    let idle_in_transaction = millis(settings.idle_in_transaction_timeout);
    let tcp_user = millis(settings.tcp_user_timeout);
    options.map_sqlx_postgres_opts(move |postgres| {
        postgres.application_name("assay").options([
            ("statement_timeout", statement.as_str()),
            // A transaction that a lost task left open gives its connection back.
            ("idle_in_transaction_session_timeout", idle_in_transaction.as_str()),
            // The server notices a client that silently went in about ten seconds instead of hours.
            ("tcp_keepalives_idle", "5"),
            ("tcp_keepalives_interval", "2"),
            ("tcp_keepalives_count", "3"),
            ("tcp_user_timeout", tcp_user.as_str()),
            ("TimeZone", "UTC"),
            // What is there already, and is left alone, is no news to an operator.
            ("client_min_messages", "warning"),
        ])
    });
    // Our side of the socket has no such options, for the library opens it. So whatever waits for the server
    // waits for a limited time, and a connection that does not answer is thrown away.
    let (before, after) = (settings.acquire_timeout / 4, settings.acquire_timeout);
    options.map_sqlx_postgres_pool_opts(move |pool| {
        pool.test_before_acquire(false)
            .before_acquire(move |connection, meta| {
                Box::pin(async move { Ok(meta.idle_for < RESTED || answers(connection, before).await?) })
            })
            .after_release(move |connection, _| Box::pin(answers(connection, after)))
    });
}

/// Whether the server still answers on this connection. The library asks too when a connection comes back,
/// but waits for ever.
async fn answers(connection: &mut PgConnection, limit: Duration) -> Result<bool, sqlx::Error> {
    timeout(limit, connection.ping()).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
    Ok(true)
}
