//! Tells whether a pooler hands our connections from backend to backend while they are open.
//!
//! In transaction mode a session is whoever's turn it is: prepared statements, locks and timeouts of one
//! client meet those of another. A pooler does not say so itself (`SHOW pool_mode` is for its administrators),
//! but it cannot hide it: connections that are open at once have a backend each, for as long as they are open,
//! unless somebody shares backends between them.

use std::time::Duration;

use sqlx::{ConnectOptions, Connection, PgConnection, postgres::PgConnectOptions};
use tokio::time::timeout;

use crate::store::checkup::postgres::one;

const BACKEND: &str = "SELECT pg_backend_pid()::text";
/// A pooler with no backend free makes us wait.
const PATIENCE: Duration = Duration::from_secs(3);

/// What is between the server and us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pooler {
    /// Nothing that we would notice: we are connected directly, or in session mode.
    None,
    /// A pooler that shares backends between open connections.
    Shares,
    /// It could not be found out, for this reason.
    Unknown(String),
}

pub(super) async fn find_pooler(options: &PgConnectOptions) -> Pooler {
    match timeout(PATIENCE, shares(options)).await {
        Ok(Ok(true)) => Pooler::Shares,
        Ok(Ok(false)) => Pooler::None,
        Ok(Err(error)) => Pooler::Unknown(error.to_string()),
        Err(_) => Pooler::Unknown("no answer in time".to_owned()),
    }
}

async fn shares(options: &PgConnectOptions) -> Result<bool, sqlx::Error> {
    let (mut one_side, mut other_side) = (options.connect().await?, options.connect().await?);
    let found = backends_move(&mut one_side, &mut other_side).await;
    // Whether they close well tells nothing.
    let _ = (one_side.close().await, other_side.close().await);
    found
}

async fn backends_move(a: &mut PgConnection, b: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let (first_a, first_b) = (one(a, BACKEND).await?, one(b, BACKEND).await?);
    // One after the other: a pooler gives the second what the first has just let go.
    if first_a == first_b {
        return Ok(true);
    }
    // At once: it must take two backends, and mixes up who gets which of them afterwards.
    for connection in [&mut *a, &mut *b] {
        sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
    }
    for connection in [&mut *b, &mut *a] {
        sqlx::raw_sql("COMMIT").execute(&mut *connection).await?;
    }
    for _ in 0..4 {
        if one(b, BACKEND).await? != first_b || one(a, BACKEND).await? != first_a {
            return Ok(true);
        }
    }
    Ok(false)
}
