//! Applying and taking back the changes of the schema, one process at a time. Never runs by itself:
//! only the verbs that are told to migrate call it.

use std::{
    fs::{File, TryLockError},
    io,
    path::PathBuf,
    str::FromStr,
    time::{Duration, Instant},
};

use migration::{Migrator, MigratorTrait};
use sea_orm::FromQueryResult;
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

/// How often whoever waits for another process looks again, and how often it says that it waits.
const LOOK_EVERY: Duration = Duration::from_millis(250);
const TELL_EVERY: u32 = 40;

/// A change of the schema and whether the database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaChange {
    /// Its name.
    pub name: String,
    /// Whether the database has it.
    pub status: ChangeStatus,
}

/// Whether the database has a change of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeStatus {
    /// It has.
    Applied,
    /// Not yet.
    Pending,
    /// It has, and this build does not know the change: a newer one made it.
    Newer,
}

/// Every change this build knows, oldest first, then those it does not; `recorded` are the database's.
pub(super) fn compare(recorded: &[String]) -> Vec<SchemaChange> {
    let known: Vec<_> = Migrator::migrations().iter().map(|change| change.name().to_owned()).collect();
    let mut newer: Vec<_> = recorded.iter().filter(|name| !known.contains(name)).cloned().collect();
    newer.sort();
    let status = |name: &String| match recorded.contains(name) {
        true => ChangeStatus::Applied,
        false => ChangeStatus::Pending,
    };
    let known = known.into_iter().map(|name| SchemaChange { status: status(&name), name });
    let newer = newer.into_iter().map(|name| SchemaChange { name, status: ChangeStatus::Newer });
    known.chain(newer).collect()
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

#[derive(FromQueryResult)]
struct Recorded {
    version: String,
}

impl Store {
    /// Applies every change the database does not have yet, and returns their names. A SQLite file is made
    /// where there is none. A database that a newer build made stays as it is: this build can serve it.
    ///
    /// # Errors
    /// [`StoreError`]; the changes before the failed one stay applied, the failed one leaves nothing.
    pub async fn migrate_up(settings: &DatabaseSettings) -> Result<Vec<String>, StoreError> {
        let alone = Self::connect_alone(settings).await?;
        let changes = alone.store.schema_changes().await?;
        let named = |status| names(changes.iter().filter(move |change| change.status == status));
        let (pending, newer) = (named(ChangeStatus::Pending), named(ChangeStatus::Newer));
        if !pending.is_empty() {
            refuse_newer(&newer, "apply this build's changes between those of another")?;
            Migrator::up(&alone.store.for_migration(), None).await?;
        }
        Ok(pending)
    }

    /// Takes back the last `steps` changes with the data they hold, and returns their names.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn migrate_down(settings: &DatabaseSettings, steps: u32) -> Result<Vec<String>, StoreError> {
        let alone = Self::connect_alone(settings).await?;
        let changes = alone.store.schema_changes().await?;
        let named = |status| names(changes.iter().filter(move |change| change.status == status));
        refuse_newer(&named(ChangeStatus::Newer), "take back what a newer build did")?;
        Migrator::down(&alone.store.for_migration(), Some(steps)).await?;
        Ok(named(ChangeStatus::Applied).into_iter().rev().take(steps as usize).collect())
    }

    /// Every change that this build or the database knows, oldest first. Writes nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn schema_changes(&self) -> Result<Vec<SchemaChange>, StoreError> {
        let mut recorded = Vec::new();
        if self.records_changes().await? {
            recorded = self.all::<Recorded>(self.sql("SELECT version FROM seaql_migrations")).await?;
        }
        Ok(compare(&recorded.into_iter().map(|row| row.version).collect::<Vec<_>>()))
    }

    /// Whether the database has the newest change this build knows. A newer database is served: changes
    /// expand before they contract.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn schema_is_current(&self) -> Result<bool, StoreError> {
        if !self.records_changes().await? {
            return Ok(false);
        }
        let mut recorded = self.sql("SELECT count(*) AS n FROM seaql_migrations WHERE version = ");
        recorded.bind(migration::LATEST);
        Ok(self.one::<Count>(recorded).await?.is_some_and(|count| count.n > 0))
    }

    /// Whether anybody ever migrated the database.
    async fn records_changes(&self) -> Result<bool, StoreError> {
        let tables = if self.is_postgres() {
            "SELECT count(to_regclass('seaql_migrations')) AS n"
        } else {
            "SELECT count(*) AS n FROM sqlite_master WHERE name = 'seaql_migrations'"
        };
        Ok(self.one::<Count>(self.sql(tables)).await?.is_some_and(|count| count.n > 0))
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
        let file = match sqlite_file(settings) {
            Some(path) => Some(lock_beside(path).await?),
            None => None,
        };
        let store = Self::connect(&alone).await?;
        if store.is_postgres() {
            in_turn(async || store.take_lock().await).await?;
        }
        Ok(Alone { store, _lock: file })
    }
}

impl Store {
    /// Takes the advisory lock on the one connection, if nobody holds it.
    async fn take_lock(&self) -> Result<bool, StoreError> {
        let take = self.sql(&format!("SELECT pg_try_advisory_lock({LOCK})::int::bigint AS n"));
        Ok(self.one::<Count>(take).await?.is_some_and(|taken| taken.n == 1))
    }
}

/// Tries until the lock is ours; says that it waits, and does not wait for ever.
async fn in_turn(take: impl AsyncFn() -> Result<bool, StoreError>) -> Result<(), StoreError> {
    let started = Instant::now();
    for tried in 0_u32.. {
        if take().await? {
            return Ok(());
        }
        let waited = started.elapsed();
        if waited > PATIENCE {
            break;
        }
        if tried.is_multiple_of(TELL_EVERY) {
            tracing::info!(
                waited_s = waited.as_secs(),
                "another process migrates this database: waiting for it"
            );
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
    let minutes = PATIENCE.as_secs() / 60;
    Err(StoreError::Unavailable(format!("another process has been migrating it for {minutes} minutes")))
}

fn names<'a>(changes: impl Iterator<Item = &'a SchemaChange>) -> Vec<String> {
    changes.map(|change| change.name.clone()).collect()
}

fn refuse_newer(newer: &[String], what: &str) -> Result<(), StoreError> {
    if newer.is_empty() {
        return Ok(());
    }
    let newer = newer.join(", ");
    Err(StoreError::Fault(format!(
        "it holds changes that this build does not know ({newer}), and cannot {what}: \
                                   use the build that made them"
    )))
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

/// Makes the database file where there is none, and waits for the lock on a file beside it: SQLite has no
/// lock that spans transactions.
async fn lock_beside(database: PathBuf) -> Result<File, StoreError> {
    let mut name = database.clone().into_os_string();
    name.push("-migrate");
    let unusable = |error: io::Error| {
        StoreError::Unavailable(format!("{}: {error}", PathBuf::from(name.clone()).display()))
    };
    let lock = File::create(&name).map_err(unusable)?;
    in_turn(async || match lock.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    })
    .await?;
    File::options().create(true).append(true).open(database).map_err(unusable)?;
    Ok(lock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_schema_is_current_when_all_is_applied_and_not_before_or_after() {
        let dir = tempfile::tempdir().unwrap();
        let settings = DatabaseSettings::at(format!("sqlite://{}/t.db", dir.path().display()));
        let missing = Store::connect(&settings).await.unwrap_err().to_string();
        assert!(missing.contains("there is no file") && missing.contains("migrate up"), "{missing}");
        assert!(!dir.path().join("t.db").exists(), "looking makes no file");
        File::create(dir.path().join("t.db")).unwrap();
        let store = Store::connect(&settings).await.unwrap();
        assert!(!store.schema_is_current().await.unwrap());
        let changes = store.schema_changes().await.unwrap();
        assert!(changes.iter().all(|change| change.status == ChangeStatus::Pending));

        let applied = Store::migrate_up(&settings).await.unwrap();
        assert_eq!(applied.last().map(String::as_str), Some(migration::LATEST));
        assert!(store.schema_is_current().await.unwrap());
        assert!(Store::migrate_up(&settings).await.unwrap().is_empty());

        assert_eq!(Store::migrate_down(&settings, 1).await.unwrap(), [migration::LATEST]);
        assert!(!store.schema_is_current().await.unwrap());
        assert_eq!(
            names(
                store
                    .schema_changes()
                    .await
                    .unwrap()
                    .iter()
                    .filter(|change| change.status == ChangeStatus::Pending)
            ),
            [migration::LATEST]
        );
    }
}
