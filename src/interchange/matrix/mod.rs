//! A skill matrix as a file for people: CSV, XLSX or JSON. Never runs in anybody's spreadsheet: what would begin
//! a formula is made harmless in CSV, and is a typed text in XLSX. Decides nothing of who may see it.

mod json;
mod shown;
#[cfg(test)]
mod tests;
mod xlsx;

pub use shown::Shown;

use std::io::{self, Write};

use crate::{
    domain::{matrix::MatrixFormat, time::Timestamp},
    interchange::sheet::harmless,
};

/// How files of a format end.
#[must_use]
pub const fn extension(format: MatrixFormat) -> &'static str {
    match format {
        MatrixFormat::Csv => "csv",
        MatrixFormat::Xlsx => "xlsx",
        MatrixFormat::Json => "json",
    }
}

/// What browsers are told that files of a format are.
#[must_use]
pub const fn media_type(format: MatrixFormat) -> &'static str {
    match format {
        MatrixFormat::Csv => "text/csv; charset=utf-8; header=present",
        MatrixFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        MatrixFormat::Json => "application/json",
    }
}

/// A skill of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its slug.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// One person in one skill; everything absent is nothing known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cell {
    /// 0–5.
    pub level: Option<u8>,
    /// 1–5.
    pub required: Option<u8>,
    /// On what ground the level stands.
    pub source: Option<&'static str>,
    /// How old it is.
    pub staleness: Option<&'static str>,
}

/// A person of the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// What stands above the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The team's name.
    pub team: String,
    /// The team's slug.
    pub slug: String,
    /// As of when.
    pub as_of: Timestamp,
    /// People of the team whom the reader may not see.
    pub hidden: usize,
    /// The skills.
    pub columns: Vec<Column>,
}

impl Heading {
    /// What the file is called when nobody says otherwise.
    #[must_use]
    pub fn file_name(&self, format: MatrixFormat) -> String {
        format!("{}-skills-{}.{}", self.slug, self.as_of.format("%Y-%m-%d"), extension(format))
    }
}

/// Writes the matrix, a person at a time.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    format: MatrixFormat,
    heading: &Heading,
    people: impl Iterator<Item = Person>,
    out: &mut (impl Write + Send),
) -> io::Result<()> {
    match format {
        MatrixFormat::Csv => csv(heading, people, out),
        MatrixFormat::Xlsx => xlsx::write(heading, people, out),
        MatrixFormat::Json => json::write(heading, people, out),
    }
}

fn csv(heading: &Heading, people: impl Iterator<Item = Person>, out: &mut impl Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let names = heading.columns.iter().map(|column| column.name.as_str());
    let first: Vec<String> =
        ["Person", "Email"].into_iter().chain(names).map(|text| harmless(text).into_owned()).collect();
    writer.write_record(&first)?;
    for person in people {
        let mut cells = vec![harmless(&person.name).into_owned(), harmless(&person.email).into_owned()];
        cells.extend(
            person.cells.iter().map(|cell| cell.level.map(|level| level.to_string()).unwrap_or_default()),
        );
        writer.write_record(&cells)?;
    }
    writer.flush()
}
