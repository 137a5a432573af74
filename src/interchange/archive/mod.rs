//! An archive: a folder with one file of JSON lines a table, and a manifest that says what must be in them.
//! The format is described in `docs/archive-format.md`. Never knows what a row means.

mod manifest;
mod reading;
#[cfg(test)]
mod tests;
mod writing;

pub use manifest::{FORMAT, Manifest, TableEntry};
pub use reading::{Lines, Reader};
pub use writing::Writer;

use std::{io, path::Path};

/// Why an archive cannot be written or read; the text names the file, and the line where there is one.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{place}: {what}")]
pub struct ArchiveError {
    place: String,
    what: String,
}

impl ArchiveError {
    /// What is wrong with a file.
    pub fn of(file: &Path, what: impl Into<String>) -> Self {
        Self { place: file.display().to_string(), what: what.into() }
    }

    /// What is wrong with a line of a file, counted from 1.
    pub fn at(file: &Path, line: u64, what: impl Into<String>) -> Self {
        Self { place: format!("{}, line {line}", file.display()), what: what.into() }
    }

    /// What is wrong somewhere in a run of lines.
    pub fn among(file: &Path, first: u64, last: u64, what: impl Into<String>) -> Self {
        Self { place: format!("{}, lines {first} to {last}", file.display()), what: what.into() }
    }

    fn io(file: &Path, error: &io::Error) -> Self {
        Self::of(file, error.to_string())
    }
}
