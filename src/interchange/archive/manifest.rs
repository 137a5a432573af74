//! What an archive says of itself. It is written last, so that an archive without one was never finished.

use std::{fs, io::ErrorKind, path::Path};

use serde::{Deserialize, Serialize};

use crate::interchange::archive::ArchiveError;

/// The version of the format that this build writes, and the newest it reads.
pub const FORMAT: u32 = 1;
/// The manifest's file.
pub(super) const FILE: &str = "manifest.json";

/// The manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the format.
    pub format: u32,
    /// The newest change of the schema that the database had.
    pub schema: String,
    /// The tables, each after those it references.
    pub tables: Vec<TableEntry>,
}

/// One table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableEntry {
    /// Its name; the file is called so, with `.jsonl`.
    pub name: String,
    /// How many rows its file holds, a line each.
    pub rows: u64,
    /// The BLAKE3 of the file, in hexadecimal digits.
    pub blake3: String,
}

/// What is read of a manifest before its format is known.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl Manifest {
    /// Reads the manifest of the archive in `folder`.
    ///
    /// # Errors
    /// [`ArchiveError`] when there is none, it is damaged, or of a format newer than [`FORMAT`].
    pub(super) fn read(folder: &Path) -> Result<Self, ArchiveError> {
        let file = folder.join(FILE);
        let text = fs::read_to_string(&file).map_err(|error| match error.kind() {
            ErrorKind::NotFound => {
                ArchiveError::of(&file, "is not there: this is no archive, or its export was never finished")
            }
            _ => ArchiveError::io(&file, &error),
        })?;
        let damaged = |error: serde_json::Error| {
            let line = u64::try_from(error.line()).unwrap_or(0);
            ArchiveError::at(&file, line, format!("is no manifest: {error}"))
        };
        let Format { format } = serde_json::from_str(&text).map_err(damaged)?;
        if format > FORMAT {
            let what = format!(
                "the archive is of format {format}, this build reads up to {FORMAT}: import it with a newer assay"
            );
            return Err(ArchiveError::of(&file, what));
        }
        serde_json::from_str(&text).map_err(damaged)
    }
}
