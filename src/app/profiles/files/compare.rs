//! How the role profiles differ from files, before anything is written. Writes nothing.

use crate::{
    app::{
        Command, Write, command,
        profiles::files::{
            File, FilesError,
            current::{Current, keys_of},
            parsed,
        },
    },
    interchange::profiles::{ProfileRow, difference},
    store::Store,
};

/// What would change with one profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It has a file, and is not in use in the database.
    OnlyInFiles(String),
    /// It is in use in the database, and has no file.
    OnlyInDatabase(String),
    /// It is in both: the lines that differ, as `diff -u` shows them.
    Changed {
        /// Its key.
        key: String,
        /// From the database to the file.
        lines: String,
    },
}

/// The differences from the database to the files, by key.
///
/// # Errors
/// [`FilesError`].
pub async fn compare(
    store: &Store,
    command: Command,
    files: Vec<File>,
) -> Result<Vec<Difference>, FilesError> {
    // Before the transaction and after it, which waits for neither.
    let parsed = parsed(&files);
    let read = command::run_job(store, command, "compareRoleProfiles", files, |write: Write, _| async move {
        let current = Current::read(&write.tx).await?;
        Ok::<_, FilesError>((write, current))
    });
    let current = read.await?;
    differences(&current, &parsed.rows(&current.known(false))?)
}

fn differences(current: &Current, rows: &[ProfileRow]) -> Result<Vec<Difference>, FilesError> {
    let keys = keys_of(rows);
    let gone = current.rows.keys().filter(|key| !keys.contains(key.as_str()));
    let mut found: Vec<Difference> = gone.cloned().map(Difference::OnlyInDatabase).collect();
    for row in rows {
        match current.rows.get(&row.key) {
            None => found.push(Difference::OnlyInFiles(row.key.clone())),
            Some(now) if now == row => {}
            Some(now) => {
                let lines = difference(now, row)?;
                found.push(Difference::Changed { key: row.key.clone(), lines });
            }
        }
    }
    found.sort_by(|a, b| a.key().cmp(b.key()));
    Ok(found)
}

impl Difference {
    /// The key of the profile.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::OnlyInFiles(key) | Self::OnlyInDatabase(key) | Self::Changed { key, .. } => key,
        }
    }
}
