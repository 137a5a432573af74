//! A matrix as a spreadsheet. The only home of the XLSX crate. Rows leave memory as they are written; every cell
//! has its type, so that no text is taken for a formula.

use std::io::{self, Cursor, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use crate::interchange::matrix::{Cell, Heading, Person};

/// What a cell of a sheet shows.
type Part = fn(&Cell) -> Option<u8>;

const SHEETS: [(&str, Part); 2] = [("Levels", |cell| cell.level), ("Required", |cell| cell.required)];

pub(super) fn write(
    heading: &Heading,
    people: impl Iterator<Item = Person>,
    out: &mut (impl Write + Send),
) -> io::Result<()> {
    let bytes = workbook(heading, people).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(heading: &Heading, people: impl Iterator<Item = Person>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let bold = Format::new().set_bold();
    let mut sheets = Vec::new();
    for (name, shown) in SHEETS {
        let mut sheet = Worksheet::new();
        sheet.set_name(name)?.set_freeze_panes(1, 1)?;
        head(&mut sheet, heading, &bold)?;
        sheets.push((sheet, shown));
    }
    for (row, person) in (1_u32..).zip(people) {
        for (sheet, shown) in &mut sheets {
            sheet.write_string(row, 0, &person.name)?.write_string(row, 1, &person.email)?;
            for (column, cell) in (2_u16..).zip(&person.cells) {
                if let Some(level) = shown(cell) {
                    sheet.write_number(row, column, level)?;
                }
            }
        }
    }
    for (sheet, _) in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.push_worksheet(about(heading, &bold)?);
    let mut bytes = Cursor::new(Vec::new());
    workbook.save_to_writer(&mut bytes)?;
    Ok(bytes.into_inner())
}

fn head(sheet: &mut Worksheet, heading: &Heading, bold: &Format) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, "Person", bold)?.write_string_with_format(0, 1, "Email", bold)?;
    sheet.set_column_width(0, 28)?.set_column_width(1, 28)?;
    for (column, skill) in (2_u16..).zip(&heading.columns) {
        sheet.write_string_with_format(0, column, &skill.name, bold)?;
    }
    Ok(())
}

/// What the sheets are of, so that a file that was passed on still says it.
fn about(heading: &Heading, bold: &Format) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name("About")?.set_column_width(0, 20)?.set_column_width(1, 40)?;
    let as_of = heading.as_of.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    let hidden = heading.hidden.to_string();
    let lines = [
        ("Team", heading.team.as_str()),
        ("As of", &as_of),
        ("People not shown", &hidden),
        ("Levels", "0 none, 1 awareness, 2 basic, 3 practitioner, 4 advanced, 5 expert; empty: not known"),
    ];
    for (row, (what, text)) in (0_u32..).zip(lines) {
        sheet.write_string_with_format(row, 0, what, bold)?.write_string(row, 1, text)?;
    }
    Ok(sheet)
}
