//! Tables in text files, comma- or tab-separated, row by row in bounded memory. The home of the csv crate's
//! reader; never knows what a column means.

mod binding;
mod bytes;
mod guard;
mod instants;
mod mapping;
mod rows;
#[cfg(test)]
mod tests;

pub use binding::{Field, Mapping, OneOrMore};
pub use guard::harmless;
pub use mapping::mapping;

pub(in crate::interchange) use binding::{Bound, Cells, choice};
pub(in crate::interchange) use instants::instant;
pub(in crate::interchange) use mapping::yaml;
pub(in crate::interchange) use rows::{Reading, rows};

use std::{collections::BTreeMap, fs::File, io::BufReader, path::Path, sync::Arc};

use csv::{ByteRecord, ReaderBuilder, Terminator};

use bytes::{END, Even};

/// The longest row that is read: nothing we import comes near it, and a quote that was never closed does.
const LONGEST_ROW: usize = 1 << 20;

/// Why a file cannot be read as a table at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct SheetError {
    place: String,
    what: String,
}

impl SheetError {
    /// What is wrong with a whole file.
    pub(in crate::interchange) fn of(file: &str, what: impl Into<String>) -> Self {
        Self { place: file.to_owned(), what: what.into() }
    }

    /// What is wrong from a line on, counted from 1.
    pub(in crate::interchange) fn at(file: &str, line: u64, what: impl Into<String>) -> Self {
        Self { place: format!("{file}:{line}"), what: what.into() }
    }
}

/// A rule that a cell breaks, or what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The column, as the file calls it; the field where no column holds it.
    pub column: String,
    /// The rule, with the value where that helps.
    pub rule: String,
}

impl Remark {
    /// A remark on a column.
    pub fn new(column: impl Into<String>, rule: impl Into<String>) -> Self {
        Self { column: column.into(), rule: rule.into() }
    }
}

/// A row of a file: where it stands, what it is about, and what it says or why it says nothing.
#[derive(Debug, Clone)]
pub struct Placed<T> {
    /// The file's name.
    pub file: Arc<str>,
    /// The line it begins in, from 1; the heading is line 1.
    pub line: u64,
    /// What people know it by: a name or an external id.
    pub label: String,
    /// Its content, or every rule it breaks.
    pub row: Result<T, Vec<Remark>>,
    /// What was read otherwise than it stands.
    pub notes: Vec<Remark>,
    /// What the file calls the fields.
    pub columns: Columns,
}

/// What a file calls our fields.
pub type Columns = Arc<BTreeMap<&'static str, String>>;

impl<T> Placed<T> {
    /// The same row of a layout that has names of its own for our fields.
    pub(in crate::interchange) fn called(self, columns: &Columns) -> Self {
        Self { columns: Arc::clone(columns), ..self }
    }

    /// A remark on a field as one on the column that holds it.
    #[must_use]
    pub fn in_columns(&self, remark: Remark) -> Remark {
        match self.columns.get(remark.column.as_str()) {
            Some(column) => Remark { column: column.clone(), ..remark },
            None => remark,
        }
    }
}

/// The rows of one kind that a run reads, from all its files.
pub type Rows<T> = Box<dyn Iterator<Item = Result<Placed<T>, SheetError>> + Send>;

/// How the cells of a file are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 4180: quoted cells may hold the delimiter and line breaks.
    Quoted(u8),
    /// Tab-separated, quotes are characters like others.
    Tabs,
}

impl Dialect {
    /// What a file's name promises: commas, or tabs in `.tsv` and `.txt`.
    pub(in crate::interchange) fn of(file: &Path) -> Self {
        let tabs = file.extension().is_some_and(|end| end == "tsv" || end == "txt");
        Self::Quoted(if tabs { b'\t' } else { b',' })
    }
}

/// A row as cells.
#[derive(Debug, Clone)]
pub(in crate::interchange) struct RawRow {
    pub(in crate::interchange) line: u64,
    pub(in crate::interchange) cells: Result<Vec<String>, Vec<Remark>>,
}

/// A table being read.
pub(in crate::interchange) struct Sheet {
    name: Arc<str>,
    header: Vec<String>,
    reader: csv::Reader<Even<BufReader<File>>>,
    record: ByteRecord,
    done: bool,
}

impl Sheet {
    /// Opens a file and reads its heading.
    ///
    /// # Errors
    /// [`SheetError`] when it cannot be read, has no heading, or one that names a column twice.
    pub(in crate::interchange) fn open(file: &Path, dialect: Dialect) -> Result<Self, SheetError> {
        let name: Arc<str> = file.display().to_string().into();
        let opened = File::open(file).map_err(|error| SheetError::of(&name, error.to_string()))?;
        let (delimiter, quoting) = match dialect {
            Dialect::Quoted(delimiter) => (delimiter, true),
            Dialect::Tabs => (b'\t', false),
        };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .quoting(quoting)
            .terminator(Terminator::Any(b'\n'))
            .from_reader(Even::new(BufReader::with_capacity(1 << 16, opened)));
        let mut sheet = Self { name, header: Vec::new(), reader, record: ByteRecord::new(), done: false };
        sheet.read_header()?;
        Ok(sheet)
    }

    fn read_header(&mut self) -> Result<(), SheetError> {
        let said = |sheet: &Self, what: &str| SheetError::at(&sheet.name, 1, what);
        let row =
            self.row()?.ok_or_else(|| said(self, "the file is empty: its first line names the columns"))?;
        let names = row.cells.map_err(|_| said(self, "the heading is not UTF-8"))?;
        let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        for (n, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..n].contains(name) {
                return Err(said(self, &format!("the heading has the column `{name}` twice")));
            }
        }
        self.header = names;
        Ok(())
    }

    /// The file's name.
    pub(in crate::interchange) fn name(&self) -> Arc<str> {
        Arc::clone(&self.name)
    }

    /// What its columns are called.
    pub(in crate::interchange) fn header(&self) -> &[String] {
        &self.header
    }

    /// The next row; none at the end. Empty lines are no rows.
    ///
    /// # Errors
    /// [`SheetError`] when the file cannot be read on, or a quote is never closed.
    pub(in crate::interchange) fn row(&mut self) -> Result<Option<RawRow>, SheetError> {
        if self.done {
            return Ok(None);
        }
        let before = self.reader.position().line();
        let read = self.reader.read_byte_record(&mut self.record);
        read.map_err(|error| SheetError::at(&self.name, before, error.to_string()))?;
        let breaks = |cell: &[u8]| cell.iter().filter(|byte| **byte == b'\n').count() as u64;
        let inside: u64 = self.record.iter().map(breaks).sum();
        let line = self.reader.position().line().saturating_sub(1 + inside);
        if self.record.len() == 1 && self.record.get(0) == Some(b"\0") {
            self.done = true;
            return Ok(None);
        }
        if self.record.iter().next_back().is_some_and(|cell| cell.ends_with(END)) {
            // No line break ends this row: all of them are inside.
            return Err(SheetError::at(&self.name, line + 1, "a quote is opened here and never closed"));
        }
        if self.record.as_slice().len() > LONGEST_ROW {
            let what = "a row longer than 1 MiB: is a quote opened here and never closed?";
            return Err(SheetError::at(&self.name, line, what));
        }
        Ok(Some(RawRow { line, cells: self.cells() }))
    }

    /// The cells of the record, if there are as many as columns and all are texts.
    fn cells(&self) -> Result<Vec<String>, Vec<Remark>> {
        let (cells, columns) = (self.record.len(), self.header.len());
        if columns > 0 && cells != columns {
            let rule = format!("the row has {cells} cells, the heading {columns}");
            return Err(vec![Remark::new("", rule)]);
        }
        let name = |n: usize| self.header.get(n).cloned().unwrap_or_default();
        let (mut texts, mut remarks) = (Vec::with_capacity(cells), Vec::new());
        for (n, cell) in self.record.iter().enumerate() {
            match std::str::from_utf8(cell) {
                Ok(text) => texts.push(text.to_owned()),
                Err(_) => remarks.push(Remark::new(name(n), "is not UTF-8")),
            }
        }
        if remarks.is_empty() { Ok(texts) } else { Err(remarks) }
    }
}

/// The BLAKE3 of files, one after the other: which input a run read.
///
/// # Errors
/// [`SheetError`] when one cannot be read.
pub fn digest<'f>(files: impl IntoIterator<Item = &'f Path>) -> Result<[u8; 32], SheetError> {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let name = file.display().to_string();
        let failed = |error: std::io::Error| SheetError::of(&name, error.to_string());
        hasher.update_reader(File::open(file).map_err(failed)?).map_err(failed)?;
    }
    Ok(*hasher.finalize().as_bytes())
}
