//! Where a database is, read from its URL the way the driver reads it. Connects to nothing.

use std::{net::IpAddr, path::PathBuf, str::FromStr};

use secrecy::{ExposeSecret, SecretString};
use sqlx::{
    postgres::{PgConnectOptions, PgSslMode},
    sqlite::SqliteConnectOptions,
};

use crate::config::DatabaseSettings;

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseAddress {
    /// SQLite in this process alone: gone when it ends.
    Memory,
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server on this machine.
    Local,
    /// A PostgreSQL server on another machine.
    Network {
        /// Which.
        host: String,
        /// Whether nothing is ever sent to it unencrypted.
        encrypted: bool,
    },
}

impl DatabaseAddress {
    /// Reads the address of `settings`.
    ///
    /// # Errors
    /// What is wrong with the URL; never tells a password.
    pub fn of(settings: &DatabaseSettings) -> Result<Self, String> {
        Self::of_url(&settings.url)
    }

    /// Reads the address of each replica of `settings`.
    ///
    /// # Errors
    /// What is wrong with a URL; never tells a password.
    pub fn of_replicas(settings: &DatabaseSettings) -> Result<Vec<Self>, String> {
        settings.replica_urls.iter().map(Self::of_url).collect()
    }

    fn of_url(url: &SecretString) -> Result<Self, String> {
        let url = url.expose_secret();
        if url.starts_with("sqlite") {
            if url.contains(":memory:") || url.contains("mode=memory") {
                return Ok(Self::Memory);
            }
            let options = SqliteConnectOptions::from_str(url).map_err(|error| error.to_string())?;
            return Ok(Self::File(options.get_filename().to_owned()));
        }
        let options = PgConnectOptions::from_str(url).map_err(|error| error.to_string())?;
        let host = options.get_host();
        if options.get_socket().is_some() || is_here(host) {
            return Ok(Self::Local);
        }
        let encrypted = matches!(
            options.get_ssl_mode(),
            PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull
        );
        Ok(Self::Network { host: host.to_owned(), encrypted })
    }
}

fn is_here(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || host.starts_with('/') || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Result<DatabaseAddress, String> {
        DatabaseAddress::of(&DatabaseSettings::at(url))
    }

    #[test]
    fn a_url_tells_where_the_database_is_and_whether_the_way_is_encrypted() {
        let network = |encrypted| Ok(DatabaseAddress::Network { host: "db.internal".to_owned(), encrypted });
        for (url, expected) in [
            ("sqlite::memory:", Ok(DatabaseAddress::Memory)),
            ("sqlite:///var/lib/assay.db?mode=rw", Ok(DatabaseAddress::File("/var/lib/assay.db".into()))),
            ("postgres://u:p@localhost/x", Ok(DatabaseAddress::Local)),
            ("postgres://u:p@[::1]:5432/x", Ok(DatabaseAddress::Local)),
            ("postgres:///x?host=/var/run/postgresql", Ok(DatabaseAddress::Local)),
            ("postgres://u:p@db.internal/x", network(false)),
            ("postgres://u:p@db.internal/x?sslmode=prefer", network(false)),
            ("postgres://u:p@db.internal/x?sslmode=require", network(true)),
            ("postgresql://u:p@db.internal/x?sslmode=verify-full", network(true)),
        ] {
            assert_eq!(of(url), expected, "{url}");
        }
    }

    #[test]
    fn a_url_that_is_none_is_told_without_its_password() {
        for url in ["postgres://u:hunter2@db:port/x", "postgres://u:hunter2@db/x?sslmode=maybe"] {
            let told = of(url).unwrap_err();
            assert!(!told.contains("hunter2"), "{told}");
        }
    }
}
