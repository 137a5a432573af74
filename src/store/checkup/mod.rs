//! Looks at a database as an operator's doctor does: what it is, what stands between it and us, and whether
//! it suits this build. Changes nothing, and creates no file.

mod pooler;
mod postgres;
mod replicas;
mod sqlite;

use std::time::Duration;

use chrono::TimeDelta;

use crate::{
    config::{DatabaseSettings, clock::Clock},
    store::{SchemaChange, Store},
};

pub use pooler::Pooler;

/// What was found of a database that answers.
#[derive(Debug)]
pub struct Checkup {
    /// Its name and version, for people.
    pub product: String,
    /// The changes of the schema that this build or the database knows.
    pub changes: Vec<SchemaChange>,
    /// What only a server has.
    pub server: Option<ServerCheckup>,
}

/// What was found of a PostgreSQL server.
#[derive(Debug)]
pub struct ServerCheckup {
    /// Its major version.
    pub major: u32,
    /// By how much its clock is ahead of ours, and how far that may be off.
    pub skew: (TimeDelta, TimeDelta),
    /// The statement timeout that holds on a connection which asked for ours.
    pub statement_timeout: Duration,
    /// How many connections it takes from ordinary roles.
    pub connections: i64,
    /// What is between it and us.
    pub pooler: Pooler,
}

/// Why a database could not be looked at, and what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct NoCheckup {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: &'static str,
}

impl Store {
    /// Looks at the database of `settings`, on connections of its own.
    ///
    /// # Errors
    /// [`NoCheckup`] when it cannot be looked at.
    pub async fn check_up(settings: &DatabaseSettings, clock: &Clock) -> Result<Checkup, NoCheckup> {
        if settings.is_sqlite() {
            sqlite::check_up(settings).await
        } else {
            postgres::check_up(settings, clock).await
        }
    }
}
