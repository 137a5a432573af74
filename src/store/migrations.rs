//! Applying and taking back the changes of the schema, one process at a time. Never runs by itself:
//! only the verbs that are told to migrate call it.

use std::{fs::File, path::PathBuf, str::FromStr, time::Duration};

use migration::{MigrationStatus, Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, FromQueryResult};
use secrecy::ExposeSecret;
use sqlx::sqlite::SqliteConnectOptions;

use crate::{
    config::DatabaseSettings,
    store::{Store, StoreError},
};

/// The key of the advisory lock, `assay` in ASCII: whoever migrates this database holds it.
const LOCK: i64 = 0x61_73_73_61_79;
/// How long one change may run, and how long to wait for another process that migrates.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long to try to reach the server, which may have started a moment ago as well.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

/// A change of the schema and whether the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaChange {
    /// Its name.
    pub name: String,
    /// Whether it was applied.
    pub applied: bool,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl Store {
    /// Applies every change the database does not have yet, and returns their names.
    ///
    /// # Errors
    /// [`StoreError`]; the changes before the failed one stay applied, the failed one leaves nothing.
    pub async fn migrate_up(settings: &DatabaseSettings) -> Result<Vec<String>, StoreError> {
        let alone = Self::connect_alone(settings).await?;
        let before = alone.store.schema_changes().await?;
        Migrator::up(&alone.store.for_migration(), None).await?;
        Ok(before.into_iter().filter(|change| !change.applied).map(|change| change.name).collect())
    }

    /// Takes back the last `steps` changes with the data they hold, and returns their names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn migrate_down(settings: &DatabaseSettings, steps: u32) -> Result<Vec<String>, StoreError> {
        let alone = Self::connect_alone(settings).await?;
        let before = alone.store.schema_changes().await?;
        Migrator::down(&alone.store.for_migration(), Some(steps)).await?;
        let applied = before.into_iter().rev().filter(|change| change.applied);
        Ok(applied.take(steps as usize).map(|change| change.name).collect())
    }

    /// Every change this build knows, oldest first, and whether the database has it. Writes nothing.
    ///
    /// # Errors
    /// [`StoreError`], also when the database has a change that this build does not know.
    pub async fn schema_changes(&self) -> Result<Vec<SchemaChange>, StoreError> {
        let changes = Migrator::get_migration_with_status_read_only(&self.for_migration()).await?;
        let read = changes.iter().map(|change| SchemaChange {
            name: change.name().to_owned(),
            applied: change.status() == MigrationStatus::Applied,
        });
        Ok(read.collect())
    }

    /// Whether the database has the newest change this build knows. A newer database is served: changes
    /// expand before they contract.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn schema_is_current(&self) -> Result<bool, StoreError> {
        let tables = if self.is_postgres() {
            "SELECT count(to_regclass('seaql_migrations')) AS n"
        } else {
            "SELECT count(*) AS n FROM sqlite_master WHERE name = 'seaql_migrations'"
        };
        if self.one::<Count>(self.sql(tables)).await?.is_none_or(|count| count.n == 0) {
            return Ok(false);
        }
        let mut recorded = self.sql("SELECT count(*) AS n FROM seaql_migrations WHERE version = ");
        recorded.bind(migration::LATEST);
        Ok(self.one::<Count>(recorded).await?.is_some_and(|count| count.n > 0))
    }

    /// One connection and the lock that goes with it: the migrator itself takes none, and two processes
    /// that start together would both apply the same change.
    async fn connect_alone(settings: &DatabaseSettings) -> Result<Alone, StoreError> {
        let alone = DatabaseSettings {
            max_connections: 1,
            acquire_timeout: CONNECT_WITHIN,
            statement_timeout: PATIENCE,
            // The lock goes with the connection, which therefore lasts longer than all changes together.
            max_lifetime: PATIENCE * 100,
            ..settings.clone()
        };
        let file = sqlite_file(settings).map(lock_beside).transpose()?;
        let store = Self::connect(&alone).await?;
        if store.is_postgres() {
            store.for_migration().execute_unprepared(&format!("SELECT pg_advisory_lock({LOCK})")).await?;
        }
        Ok(Alone { store, _lock: file })
    }
}

/// A store that nobody else migrates meanwhile. On PostgreSQL the lock is its connection's.
struct Alone {
    store: Store,
    _lock: Option<File>,
}

/// The file of a SQLite database; `None` for PostgreSQL and for a database in memory.
fn sqlite_file(settings: &DatabaseSettings) -> Option<PathBuf> {
    let url = settings.url.expose_secret();
    let options = url.starts_with("sqlite").then(|| SqliteConnectOptions::from_str(url).ok()).flatten()?;
    (!url.contains(":memory:")).then(|| options.get_filename().to_owned())
}

/// Waits for the lock on a file beside the database: SQLite has none that spans transactions.
fn lock_beside(database: PathBuf) -> Result<File, StoreError> {
    let mut name = database.into_os_string();
    name.push("-migrate");
    let lock = File::create(&name).and_then(|file| file.lock().map(|()| file));
    lock.map_err(|error| StoreError::Unavailable(format!("{}: {error}", PathBuf::from(name).display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_schema_is_current_when_all_is_applied_and_not_before_or_after() {
        let dir = tempfile::tempdir().unwrap();
        let settings = DatabaseSettings::at(format!("sqlite://{}/t.db", dir.path().display()));
        let store = Store::connect(&settings).await.unwrap();
        assert!(!store.schema_is_current().await.unwrap());
        assert!(store.schema_changes().await.unwrap().iter().all(|change| !change.applied));

        let applied = Store::migrate_up(&settings).await.unwrap();
        assert_eq!(applied.last().map(String::as_str), Some(migration::LATEST));
        assert!(store.schema_is_current().await.unwrap());
        assert!(Store::migrate_up(&settings).await.unwrap().is_empty());

        assert_eq!(Store::migrate_down(&settings, 1).await.unwrap(), [migration::LATEST]);
        assert!(!store.schema_is_current().await.unwrap());
        assert_eq!(store.schema_changes().await.unwrap().iter().filter(|change| !change.applied).count(), 1);
    }
}
