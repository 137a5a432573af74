//! How to reach the database.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

use crate::config::{entry::Setting, source::Source};

/// Settings of the database pool.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// `postgres://…` or `sqlite://…`; may hold a password.
    pub url: SecretString,
    /// Streaming replicas of that PostgreSQL, which reads may go to.
    pub replica_urls: Vec<SecretString>,
    /// A replica that is further behind than this is left out.
    pub replica_max_lag: Duration,
    /// The most connections a pool opens; each server has a pool of its own.
    pub max_connections: u32,
    /// How long an operation waits for a free connection.
    pub acquire_timeout: Duration,
    /// How long PostgreSQL lets one statement run.
    pub statement_timeout: Duration,
    /// How long PostgreSQL lets a transaction of ours do nothing.
    pub idle_in_transaction_timeout: Duration,
    /// How old a connection may grow.
    pub max_lifetime: Duration,
    /// After how long PostgreSQL gives up a client that does not answer.
    pub tcp_user_timeout: Duration,
}

/// No connection lives longer: a task that was lost in the middle of something leaves it behind.
const LONGEST_LIFETIME: Duration = Duration::from_secs(300);

const URL: Setting = Setting("database.url", "DATABASE_URL", "The database.");
const REPLICA_URLS: Setting = Setting(
    "database.replica_urls",
    "DATABASE_REPLICA_URLS",
    "Streaming replicas of the database, which reads may go to. PostgreSQL only.",
);
const REPLICA_MAX_LAG: Setting = Setting(
    "database.replica_max_lag",
    "DATABASE_REPLICA_MAX_LAG",
    "A replica that is further behind than this is not even asked.",
);
const MAX_CONNECTIONS: Setting = Setting(
    "database.max_connections",
    "DATABASE_MAX_CONNECTIONS",
    "The most connections one server of ours opens to the database.",
);
const ACQUIRE_TIMEOUT: Setting = Setting(
    "database.acquire_timeout",
    "DATABASE_ACQUIRE_TIMEOUT",
    "How long an operation waits for a free connection.",
);
const STATEMENT_TIMEOUT: Setting = Setting(
    "database.statement_timeout",
    "DATABASE_STATEMENT_TIMEOUT",
    "How long PostgreSQL lets one statement run.",
);
const IDLE_IN_TRANSACTION_TIMEOUT: Setting = Setting(
    "database.idle_in_transaction_timeout",
    "DATABASE_IDLE_IN_TRANSACTION_TIMEOUT",
    "How long PostgreSQL lets a transaction of ours do nothing.",
);
const MAX_LIFETIME: Setting = Setting(
    "database.max_lifetime",
    "DATABASE_MAX_LIFETIME",
    "How old a connection to PostgreSQL may grow before another takes its place.",
);
const TCP_USER_TIMEOUT: Setting = Setting(
    "database.tcp_user_timeout",
    "DATABASE_TCP_USER_TIMEOUT",
    "After how long PostgreSQL gives up a client that does not answer.",
);

impl DatabaseSettings {
    /// The defaults for a database at `url`.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: SecretString::from(url.into()),
            replica_urls: Vec::new(),
            replica_max_lag: Duration::from_secs(5),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(1),
            statement_timeout: Duration::from_secs(2),
            idle_in_transaction_timeout: Duration::from_secs(10),
            max_lifetime: LONGEST_LIFETIME,
            tcp_user_timeout: Duration::from_secs(10),
        }
    }

    /// Whether the database is a SQLite file.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        self.url.expose_secret().starts_with("sqlite")
    }

    /// `None` when no database is named: what needs one says so itself.
    pub(super) fn read(from: &Source) -> Option<Self> {
        let schemes = ["postgres://", "postgresql://", "sqlite:"];
        let url = from.secret(URL, "a postgres:// or sqlite:// URL", |text| {
            schemes.iter().any(|scheme| text.starts_with(scheme))
        });
        let default = Self::at("");
        let read = Self {
            url: url.clone().unwrap_or_default(),
            replica_urls: replica_urls(from),
            replica_max_lag: from.duration(REPLICA_MAX_LAG, default.replica_max_lag),
            max_connections: from.number(MAX_CONNECTIONS, default.max_connections, 1..=1_000),
            acquire_timeout: from.duration(ACQUIRE_TIMEOUT, default.acquire_timeout),
            statement_timeout: from.duration(STATEMENT_TIMEOUT, default.statement_timeout),
            idle_in_transaction_timeout: from
                .duration(IDLE_IN_TRANSACTION_TIMEOUT, default.idle_in_transaction_timeout),
            max_lifetime: from.duration_up_to(MAX_LIFETIME, default.max_lifetime, LONGEST_LIFETIME),
            tcp_user_timeout: from.duration(TCP_USER_TIMEOUT, default.tcp_user_timeout),
        };
        if !read.replica_urls.is_empty() && read.url.expose_secret().starts_with("sqlite") {
            from.wrong(REPLICA_URLS, ": a SQLite database has no replicas");
        }
        url.map(|_| read)
    }
}

/// One secret, for each of the URLs may hold a password. A comma inside a URL is written `%2C`.
fn replica_urls(from: &Source) -> Vec<SecretString> {
    let is_postgres =
        |url: &str| ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme));
    let rule = "postgres:// URLs with commas between them";
    let list = from.secret(REPLICA_URLS, rule, |text| text.split(',').map(str::trim).all(is_postgres));
    let each = |list: &SecretString| list.expose_secret().split(',').map(|url| url.trim().into()).collect();
    list.as_ref().map(each).unwrap_or_default()
}
