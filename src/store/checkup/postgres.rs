//! Looks at a PostgreSQL server, with statements of the simple protocol: they are answered by whatever
//! pooler is on the way, and tell what it does.

use std::{io, str::FromStr, time::Duration};

use chrono::TimeDelta;
use secrecy::ExposeSecret;
use sqlx::{
    ConnectOptions, PgConnection, Row,
    postgres::{PgConnectOptions, PgRow},
};

use crate::{
    config::{DatabaseSettings, clock::Clock},
    store::{
        checkup::{
            Checkup, NoCheckup, ServerCheckup,
            pooler::{Pooler, find_pooler},
        },
        migrations,
        reach::said,
    },
};

/// What a pooler says to a start-up parameter that it does not know how to pass on.
const POOLER_SAYS: &str = "unsupported startup parameter";

pub(super) async fn check_up(settings: &DatabaseSettings, clock: &Clock) -> Result<Checkup, NoCheckup> {
    let plain = PgConnectOptions::from_str(settings.url.expose_secret())
        .map_err(|error| refused(&error))?
        .application_name("assay doctor");
    let ours = settings.statement_timeout.as_millis().to_string();
    let mut connection = match plain.clone().options([("statement_timeout", ours)]).connect().await {
        Ok(connection) => connection,
        Err(error) => return Err(why(&error, plain).await),
    };
    let mut checkup = look(&mut connection, clock).await.map_err(|error| refused(&error))?;
    let pooler = find_pooler(&plain).await;
    if let Some(server) = &mut checkup.server {
        server.pooler = pooler;
    }
    Ok(checkup)
}

async fn look(connection: &mut PgConnection, clock: &Clock) -> Result<Checkup, sqlx::Error> {
    let number: u32 = parsed(&one(connection, "SHOW server_version_num").await?)?;
    let version = one(connection, "SHOW server_version").await?;
    let recorded = one(connection, "SELECT coalesce(to_regclass('seaql_migrations')::text, '')").await?;
    let recorded = if recorded.is_empty() {
        Vec::new()
    } else {
        let rows = sqlx::raw_sql("SELECT version FROM seaql_migrations").fetch_all(&mut *connection).await?;
        rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?
    };
    let skew = skew(connection, clock).await?;
    let timeout =
        "SELECT (extract(epoch FROM current_setting('statement_timeout')::interval) * 1000)::bigint::text";
    let connections = "SELECT (current_setting('max_connections')::int \
                       - current_setting('superuser_reserved_connections')::int)::text";
    let server = ServerCheckup {
        major: number / 10_000,
        skew,
        statement_timeout: Duration::from_millis(parsed(&one(connection, timeout).await?)?),
        connections: parsed(&one(connection, connections).await?)?,
        pooler: Pooler::None,
    };
    let product = format!("PostgreSQL {version}");
    Ok(Checkup { product, changes: migrations::compare(&recorded), server: Some(server) })
}

/// How far the server's clock is ahead of the middle of the round trip; it may be off by half of that.
async fn skew(connection: &mut PgConnection, clock: &Clock) -> Result<(TimeDelta, TimeDelta), sqlx::Error> {
    let before = clock.now();
    let theirs = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint::text";
    let theirs: i64 = parsed(&one(connection, theirs).await?)?;
    let half = (clock.now() - before) / 2;
    Ok((TimeDelta::microseconds(theirs - (before + half).timestamp_micros()), half))
}

/// The one value of the one row, as text.
pub(super) async fn one(connection: &mut PgConnection, sql: &'static str) -> Result<String, sqlx::Error> {
    sqlx::raw_sql(sql).fetch_one(connection).await.and_then(|row: PgRow| row.try_get(0))
}

fn parsed<N: FromStr<Err: std::error::Error + Send + Sync + 'static>>(text: &str) -> Result<N, sqlx::Error> {
    text.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))
}

/// Why there is no connection. A pooler that refuses what every connection of ours asks for is looked at
/// without it.
async fn why(error: &sqlx::Error, plain: PgConnectOptions) -> NoCheckup {
    if !error.to_string().contains(POOLER_SAYS) {
        return refused(error);
    }
    let mode = match find_pooler(&plain.extra_float_digits(None)).await {
        Pooler::Shares => "in transaction mode, ",
        Pooler::None | Pooler::Unknown(_) => "",
    };
    NoCheckup {
        what: format!(
            "a pooler ({mode}such as PgBouncer) is between, and refuses how connections begin: {}",
            said(error)
        ),
        fix: "connect to PostgreSQL directly; or set pool_mode = session and \
              ignore_startup_parameters = extra_float_digits,options at the pooler, and \
              statement_timeout at the role",
    }
}

fn refused(error: &sqlx::Error) -> NoCheckup {
    let fix = match error {
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            "start PostgreSQL, or correct the host and the port of DATABASE_URL"
        }
        sqlx::Error::Io(_) => "correct the host of DATABASE_URL, and see that the network lets us through",
        sqlx::Error::Tls(_) => "correct sslmode and sslrootcert of DATABASE_URL",
        sqlx::Error::Database(error) => match error.code().as_deref() {
            Some("28P01" | "28000") => {
                "correct the user and the password of DATABASE_URL, or let the role in (pg_hba.conf)"
            }
            Some("3D000") => "correct the database's name in DATABASE_URL, or create the database",
            Some("53300") => "raise max_connections of the server, or lower DATABASE_MAX_CONNECTIONS",
            Some("57P03") => "wait until the server has started",
            Some("42501") => "grant the role of DATABASE_URL what it needs, or make it the schema's owner",
            _ => "look at the server's log",
        },
        sqlx::Error::Configuration(_) => "correct DATABASE_URL",
        _ => "see that it is a PostgreSQL server that DATABASE_URL names",
    };
    NoCheckup { what: said(error), fix }
}
