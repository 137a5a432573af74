//! Rows of cells to rows of one kind, one at a time. Knows no kind.

use std::{path::Path, sync::Arc};

use crate::interchange::sheet::{
    Bound, Cells, Columns, Dialect, Field, Mapping, Placed, Remark, Rows, Sheet, SheetError,
};

/// What is noticed while a row is read.
#[derive(Debug, Default)]
pub(in crate::interchange) struct Reading {
    /// What people know the row by.
    pub(in crate::interchange) label: String,
    /// The rules it breaks.
    pub(in crate::interchange) broken: Vec<Remark>,
    /// What is read otherwise than it stands.
    pub(in crate::interchange) notes: Vec<Remark>,
}

/// The rows of a file, each made by `parse`; whatever `parse` returns is dropped when it noted a broken rule.
///
/// # Errors
/// [`SheetError`] when the file cannot be opened, or lacks a column.
pub(in crate::interchange) fn rows<T: 'static>(
    file: &Path,
    dialect: Dialect,
    fields: &'static [Field],
    mapping: &Mapping,
    parse: impl Fn(Cells<'_>, &mut Reading) -> T + Send + 'static,
) -> Result<Rows<T>, SheetError> {
    let sheet = Sheet::open(file, dialect)?;
    let bound = mapping.bind(&sheet.name(), fields, sheet.header())?;
    let columns = bound.columns();
    let mut each = Each { sheet, bound, columns, parse, failed: false };
    Ok(Box::new(std::iter::from_fn(move || each.next())))
}

struct Each<P> {
    sheet: Sheet,
    bound: Bound,
    columns: Columns,
    parse: P,
    failed: bool,
}

impl<P> Each<P> {
    /// The next row; nothing follows an error.
    fn next<T>(&mut self) -> Option<Result<Placed<T>, SheetError>>
    where
        P: Fn(Cells<'_>, &mut Reading) -> T,
    {
        if self.failed {
            return None;
        }
        let raw = match self.sheet.row() {
            Ok(raw) => raw?,
            Err(error) => {
                self.failed = true;
                return Some(Err(error));
            }
        };
        let (mut reading, file) = (Reading::default(), self.sheet.name());
        let row = match raw.cells {
            Ok(cells) => {
                let row = (self.parse)(self.bound.cells(&cells), &mut reading);
                if reading.broken.is_empty() { Ok(row) } else { Err(reading.broken) }
            }
            Err(broken) => Err(broken),
        };
        Some(Ok(Placed {
            file,
            line: raw.line,
            label: reading.label,
            row,
            notes: reading.notes,
            columns: Arc::clone(&self.columns),
        }))
    }
}
