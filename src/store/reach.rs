//! Why a PostgreSQL server gives no connection, found out by one attempt without a pool: a pool only says that it
//! waited in vain. Never tells a password.

use std::{str::FromStr, time::Duration};

use secrecy::{ExposeSecret, SecretString};
use sqlx::{ConnectOptions, postgres::PgConnectOptions};
use tokio::time::timeout;

/// The address and what is wrong there; `None` when the attempt succeeds, or the URL is no URL.
pub(super) async fn why_not(url: &SecretString, limit: Duration) -> Option<String> {
    let options = PgConnectOptions::from_str(url.expose_secret()).ok()?;
    let place = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    };
    match timeout(limit, options.connect()).await {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(format!("{place}: {}", said(&error))),
        Err(_) => Some(format!("{place}: no answer in {limit:?}")),
    }
}

/// What the server or the system says, without what the libraries say around it.
pub(super) fn said(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Io(error) => error.to_string(),
        // Its own text tells where in the server's source it was raised.
        sqlx::Error::Database(error) => error.message().to_owned(),
        error => error.to_string(),
    }
}
