//! The report of an import: what became of each row, as CSV or as JSON lines. Its file is for its owner alone.

use std::{
    io::{self, Write},
    path::Path,
};

use serde::Serialize;

use crate::interchange::{
    kept::OwnFile,
    sheet::{Remark, harmless},
};

const HEADING: [&str; 6] = ["file", "line", "row", "outcome", "column", "rule"];

/// One row's fate.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    /// The file it stands in.
    pub file: &'a str,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// What people know it by.
    pub row: &'a str,
    /// What became of it.
    pub outcome: &'a str,
    /// Why, or what was left out.
    #[serde(serialize_with = "remarks")]
    pub remarks: &'a [Remark],
}

fn remarks<S: serde::Serializer>(all: &[Remark], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Said<'a> {
        column: &'a str,
        rule: &'a str,
    }
    serializer.collect_seq(all.iter().map(|remark| Said { column: &remark.column, rule: &remark.rule }))
}

/// A report being written.
pub enum Report {
    /// A line a remark, or one for a row without.
    Csv(Box<csv::Writer<OwnFile>>),
    /// A line a row.
    Json(OwnFile),
}

impl Report {
    /// Begins a report: `.csv` is CSV, `.jsonl` JSON lines.
    ///
    /// # Errors
    /// When the name ends otherwise, or the file cannot be made.
    pub fn create(path: &Path) -> io::Result<Self> {
        let end = path.extension().and_then(|end| end.to_str()).unwrap_or_default();
        match end {
            "csv" => {
                let mut writer = csv::Writer::from_writer(OwnFile::create(path)?);
                writer.write_record(HEADING)?;
                Ok(Self::Csv(Box::new(writer)))
            }
            "jsonl" => Ok(Self::Json(OwnFile::create(path)?)),
            _ => Err(io::Error::new(io::ErrorKind::InvalidInput, "a report's name ends in .csv or .jsonl")),
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add(&mut self, line: &Line<'_>) -> io::Result<()> {
        match self {
            Self::Json(file) => {
                serde_json::to_writer(&mut *file, line)?;
                file.write_all(b"\n")
            }
            Self::Csv(writer) => {
                let number = line.line.map(|line| line.to_string()).unwrap_or_default();
                let nothing = [Remark::new("", "")];
                let remarks = if line.remarks.is_empty() { &nothing[..] } else { line.remarks };
                for remark in remarks {
                    let cells = [line.file, &number, line.row, line.outcome, &remark.column, &remark.rule];
                    writer.write_record(cells.map(|cell| harmless(cell).into_owned()))?;
                }
                Ok(())
            }
        }
    }

    /// Ends it: from now on it stands where it was to be.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Csv(writer) => writer.into_inner().map_err(csv::IntoInnerError::into_error)?.keep(),
            Self::Json(file) => file.keep(),
        }
    }
}
