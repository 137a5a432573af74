//! Moving an organisation as a whole: every table into an archive, and an archive into an empty database.
//! Changes nothing on the way, ids and the digest key included, and so leaves no audit event of its own.

use std::path::Path;

use crate::{
    app::{Progress, Watch},
    interchange::archive::{ArchiveError, Reader, TableEntry, Writer},
    store::{ArchivePart, Store, StoreError, Table, Tx, tables},
};

/// Lines of an archive that are stored together.
const LINES_AT_ONCE: usize = 1_000;

/// What was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Tables, also those without rows.
    pub tables: usize,
    /// Rows of all tables.
    pub rows: u64,
}

/// Why nothing was moved.
#[derive(Debug, Clone, thiserror::Error)]
pub enum MoveError {
    /// The archive is damaged, or not one for this build.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// An archive never mixes with data that is there.
    #[error(
        "the database already holds data (in {0}): an archive is imported into an empty, migrated database only"
    )]
    NotEmpty(String),
    /// The database and this build disagree about the schema.
    #[error(
        "the database does not have the schema of this build: run `assay migrate up` of the same version"
    )]
    Schema,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes every table into an archive in `folder`, all as of one instant.
///
/// # Errors
/// [`MoveError`]; a folder without `manifest.json` is what an export that failed leaves behind.
pub async fn export(store: &Store, folder: &Path, watch: Watch) -> Result<Moved, MoveError> {
    let schema = schema(store).await?;
    let sink = Export { writer: Writer::create(folder)?, watch, rows: 0 };
    let Export { writer, rows, .. } = store.archive(sink, Export::take).await?;
    let manifest = writer.finish(schema)?;
    Ok(Moved { tables: manifest.tables.len(), rows })
}

struct Export {
    writer: Writer,
    watch: Watch,
    rows: u64,
}

impl Export {
    fn take(&mut self, part: &ArchivePart<'_>) -> Result<(), MoveError> {
        self.writer.write(part.table.name(), part.lines)?;
        self.rows += part.lines.len() as u64;
        (self.watch)(Progress { what: "rows exported", done: self.rows, of: part.of });
        Ok(())
    }
}

/// Fills an empty database from the archive in `folder`: all of it, or nothing.
///
/// # Errors
/// [`MoveError`]; then the database is as it was.
pub async fn import(store: &Store, folder: &Path, watch: Watch) -> Result<Moved, MoveError> {
    let schema = schema(store).await?;
    let archive = Reader::open(folder)?;
    let tables = expected(&archive, &schema)?;
    archive.nothing_else()?;
    let rows = tables.iter().map(|(_, entry)| entry.rows).sum();
    let mut import = Import { archive, tables, watch, rows };
    import.check()?;
    store
        .begin(move |tx| async move {
            if let Some(table) = tx.begin_restore().await? {
                return Err(MoveError::NotEmpty(table));
            }
            import.store(&tx).await?;
            tx.analyze().await?;
            Ok(Moved { tables: import.tables.len(), rows })
        })
        .await
}

struct Import {
    archive: Reader,
    tables: Vec<(Table, TableEntry)>,
    watch: Watch,
    rows: u64,
}

impl Import {
    /// Reads all of it before anything is written: a fault in the last file is told at once, and with the
    /// line it is in.
    fn check(&mut self) -> Result<(), MoveError> {
        let mut done = 0;
        for (table, entry) in &self.tables {
            let mut file = self.archive.lines(entry)?;
            loop {
                let before = file.read();
                let lines = file.some(LINES_AT_ONCE)?;
                for (line, number) in lines.iter().zip(before + 1..) {
                    table.check(line).map_err(|fault| ArchiveError::at(file.path(), number, fault))?;
                }
                done += lines.len() as u64;
                (self.watch)(Progress { what: "rows checked", done, of: self.rows });
                if lines.is_empty() {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn store(&mut self, tx: &Tx) -> Result<(), MoveError> {
        let mut done = 0;
        for (table, entry) in &self.tables {
            let mut file = self.archive.lines(entry)?;
            loop {
                let before = file.read();
                let lines = file.some(LINES_AT_ONCE)?;
                if lines.is_empty() {
                    break;
                }
                let stored = tx.restore(table, &lines).await;
                let refused = |fault| placed(fault, file.path(), before + 1, file.read());
                if stored.map_err(refused)? != lines.len() as u64 {
                    let what = "not every line became a row";
                    return Err(ArchiveError::among(file.path(), before + 1, file.read(), what).into());
                }
                done += lines.len() as u64;
                (self.watch)(Progress { what: "rows imported", done, of: self.rows });
            }
            tx.restored(table).await.map_err(|fault| placed(fault, file.path(), 1, file.read()))?;
        }
        Ok(())
    }
}

/// What the database refuses is the archive's fault; everything else is the database's.
fn placed(fault: StoreError, file: &Path, first: u64, last: u64) -> MoveError {
    match fault {
        StoreError::Constraint(_) => ArchiveError::among(file, first, last, fault.to_string()).into(),
        fault => fault.into(),
    }
}

/// The tables of the schema with what the archive has of each.
fn expected(archive: &Reader, schema: &str) -> Result<Vec<(Table, TableEntry)>, MoveError> {
    let manifest = archive.manifest();
    let wrong = |what: String| MoveError::from(ArchiveError::of(archive.folder(), what));
    if manifest.schema != schema {
        return Err(wrong(format!(
            "the archive is of a database at {}, this build is at {schema}: import it with the version that \
             exported it, then migrate",
            manifest.schema
        )));
    }
    let mut entries = manifest.tables.iter();
    let tables = tables();
    for table in &tables {
        if entries.next().is_none_or(|entry| entry.name != table.name()) {
            return Err(wrong(format!("the manifest does not have `{}` in its place", table.name())));
        }
    }
    match entries.next() {
        Some(entry) => Err(wrong(format!("there is no table `{}`", entry.name))),
        None => Ok(tables.into_iter().zip(manifest.tables.iter().cloned()).collect()),
    }
}

/// The newest change of the schema, which the database must have, and none that this build does not know:
/// it would forget what it does not know.
async fn schema(store: &Store) -> Result<String, MoveError> {
    if !store.schema_is_current().await? {
        return Err(MoveError::Schema);
    }
    let changes = store.schema_changes().await.map_err(|_| MoveError::Schema)?;
    changes.into_iter().next_back().map(|change| change.name).ok_or(MoveError::Schema)
}
