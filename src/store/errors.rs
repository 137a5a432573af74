//! What can go wrong with the database, sorted by what the caller can do about it.

use sea_orm::{ConnAcquireErr, DbErr, RuntimeErr};

use crate::telemetry::metrics::database::{self, Server};

/// A failed read or write. None of these is the client's to see: `graphql` masks them.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached, or has no connection free in time. Trying later helps.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// A statement took longer than it may.
    #[error("a statement ran out of time: {0}")]
    Timeout(String),
    /// A constraint refused the write; the text names it.
    #[error("a constraint refused the write: {0}")]
    Constraint(String),
    /// A stored value is not one the domain knows.
    #[error("stored data is not readable: {0}")]
    Corrupt(String),
    /// Anything else.
    #[error("the database failed: {0}")]
    Fault(String),
}

impl StoreError {
    /// Whether a constraint whose name contains `name` refused the write.
    ///
    /// SQLite names the columns (`UNIQUE constraint failed: team.slug`), PostgreSQL the constraint
    /// (`uq_team_slug`); callers pass what both contain, with `.` standing for either separator.
    #[must_use]
    pub fn violates(&self, table: &str, column: &str) -> bool {
        match self {
            Self::Constraint(text) => {
                text.contains(&format!("{table}.{column}")) || text.contains(&format!("{table}_{column}"))
            }
            _ => false,
        }
    }

    /// Its kind, in a word: what a trace may show of it.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Unavailable(_) => "unavailable",
            Self::Timeout(_) => "timeout",
            Self::Constraint(_) => "constraint",
            Self::Corrupt(_) => "corrupt",
            Self::Fault(_) => "fault",
        }
    }

    /// What went wrong on `server`. A wait for a connection that was in vain is counted.
    pub(super) fn told(error: DbErr, server: Server) -> Self {
        let in_vain = match &error {
            DbErr::ConnectionAcquire(why) => matches!(why, ConnAcquireErr::Timeout),
            DbErr::Conn(RuntimeErr::SqlxError(why))
            | DbErr::Exec(RuntimeErr::SqlxError(why))
            | DbErr::Query(RuntimeErr::SqlxError(why)) => matches!(**why, sqlx::Error::PoolTimedOut),
            _ => false,
        };
        if in_vain {
            database::connection_timeout(server);
        }
        error.into()
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Self::Unavailable(error.to_string()),
            DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => Self::Corrupt(error.to_string()),
            DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) => {
                classify(inner)
            }
            _ => Self::Fault(error.to_string()),
        }
    }
}

fn classify(error: &sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::Tls(_) => {
            StoreError::Unavailable(error.to_string())
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Corrupt(error.to_string()),
        sqlx::Error::Database(db) => match (db.kind(), db.code().as_deref()) {
            (_, Some("57014")) => StoreError::Timeout(db.message().to_owned()),
            (_, Some(code)) if code.starts_with("57P") || code.starts_with("08") || code == "53300" => {
                StoreError::Unavailable(db.message().to_owned())
            }
            // A trigger that refuses: the schema's own rules speak so.
            (_, Some(code @ ("23001" | "1811"))) => {
                StoreError::Constraint(format!("{} ({code})", db.message()))
            }
            (sqlx::error::ErrorKind::Other, _) => StoreError::Fault(db.message().to_owned()),
            _ => StoreError::Constraint(format!("{} {}", db.message(), db.constraint().unwrap_or_default())),
        },
        _ => StoreError::Fault(error.to_string()),
    }
}
