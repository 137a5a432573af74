//! Looks at a SQLite file. Never creates one.

use std::str::FromStr;

use secrecy::ExposeSecret;
use sqlx::{ConnectOptions, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use crate::{
    config::DatabaseSettings,
    store::{
        checkup::{Checkup, NoCheckup},
        migrations,
    },
};

pub(super) async fn check_up(settings: &DatabaseSettings) -> Result<Checkup, NoCheckup> {
    let options = SqliteConnectOptions::from_str(settings.url.expose_secret()).map_err(unusable)?;
    if !settings.url.expose_secret().contains(":memory:") && !options.get_filename().exists() {
        let what = format!("there is no file `{}`", options.get_filename().display());
        return Err(NoCheckup {
            what,
            fix: "correct DATABASE_URL, or run `assay migrate up`, which makes it",
        });
    }
    let mut connection = options.read_only(true).connect().await.map_err(unusable)?;
    look(&mut connection).await.map_err(unusable)
}

async fn look(connection: &mut SqliteConnection) -> Result<Checkup, sqlx::Error> {
    let version = sqlx::raw_sql("SELECT sqlite_version() AS v").fetch_one(&mut *connection).await?;
    let version: String = version.try_get("v")?;
    let tables = "SELECT name FROM sqlite_master WHERE name = 'seaql_migrations'";
    let mut recorded = Vec::new();
    if sqlx::raw_sql(tables).fetch_optional(&mut *connection).await?.is_some() {
        let rows = sqlx::raw_sql("SELECT version FROM seaql_migrations").fetch_all(connection).await?;
        recorded = rows.iter().map(|row| row.try_get("version")).collect::<Result<_, _>>()?;
    }
    let product = format!("SQLite {version}");
    Ok(Checkup { product, changes: migrations::compare(&recorded), server: None })
}

#[expect(clippy::needless_pass_by_value, reason = "it maps an error")]
fn unusable(error: sqlx::Error) -> NoCheckup {
    NoCheckup { what: error.to_string(), fix: "correct DATABASE_URL, and see that the file can be read" }
}
