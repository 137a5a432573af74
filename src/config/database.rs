//! How to reach the database.

use std::time::Duration;

use secrecy::SecretString;

use crate::config::source::{Name, Source};

/// Settings of the database pool.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// `postgres://…` or `sqlite://…`; may hold a password.
    pub url: SecretString,
    /// The most connections the pool opens.
    pub max_connections: u32,
    /// How long an operation waits for a free connection.
    pub acquire_timeout: Duration,
    /// How long PostgreSQL lets one statement run.
    pub statement_timeout: Duration,
}

impl DatabaseSettings {
    /// The defaults for a database at `url`.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self {
            url: SecretString::from(url.into()),
            max_connections: 16,
            acquire_timeout: Duration::from_secs(1),
            statement_timeout: Duration::from_secs(2),
        }
    }

    /// `None` when no database is named: what needs one says so itself.
    pub(super) fn read(from: &Source) -> Option<Self> {
        let schemes = ["postgres://", "postgresql://", "sqlite:"];
        let url = from.secret(
            Name("database.url", "DATABASE_URL"),
            "DATABASE_URL_FILE",
            "a postgres:// or sqlite:// URL",
            |text| schemes.iter().any(|scheme| text.starts_with(scheme)),
        );
        let default = Self::at("");
        let read = Self {
            url: url.clone().unwrap_or_default(),
            max_connections: from.number(
                Name("database.max_connections", "DATABASE_MAX_CONNECTIONS"),
                default.max_connections,
                1..=1_000,
            ),
            acquire_timeout: from.duration(
                Name("database.acquire_timeout", "DATABASE_ACQUIRE_TIMEOUT"),
                default.acquire_timeout,
            ),
            statement_timeout: from.duration(
                Name("database.statement_timeout", "DATABASE_STATEMENT_TIMEOUT"),
                default.statement_timeout,
            ),
        };
        url.map(|_| read)
    }
}
