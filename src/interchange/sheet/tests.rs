//! Tables are read as RFC 4180 has them, each row with the line it begins in. Touches no database.

use std::{fs, path::PathBuf};

use proptest::prelude::*;

use super::{Dialect, Mapping, Sheet, harmless};

const CSV: Dialect = Dialect::Quoted(b',');

fn file(text: impl AsRef<[u8]>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    fs::write(&path, text).unwrap();
    (folder, path)
}

/// Each row's line and cells; a refused row as its rule, the end of the file as an error when it is one.
fn read(text: impl AsRef<[u8]>, dialect: Dialect) -> Vec<(u64, Vec<String>)> {
    let (_folder, path) = file(text);
    let mut sheet = match Sheet::open(&path, dialect) {
        Ok(sheet) => sheet,
        Err(error) => return vec![(0, vec![error.what])],
    };
    let mut rows = Vec::new();
    loop {
        match sheet.row() {
            Ok(Some(row)) => rows.push((
                row.line,
                row.cells.unwrap_or_else(|broken| broken.into_iter().map(|remark| remark.rule).collect()),
            )),
            Ok(None) => return rows,
            Err(error) => {
                rows.push((0, vec![error.to_string().rsplit("table.csv").next().unwrap().to_owned()]));
                return rows;
            }
        }
    }
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn a_row_tells_the_line_it_begins_in_whatever_the_line_ends_and_breaks_in_cells() {
    let unix = "a,b\n1,\"x\ny\"\n\n\n2,\"say \"\"hi\"\"\"\n3,z";
    let expected =
        vec![(2, cells(&["1", "x\ny"])), (6, cells(&["2", "say \"hi\""])), (7, cells(&["3", "z"]))];
    assert_eq!(read(unix, CSV), expected);
    for ends in ["\r\n", "\r"] {
        assert_eq!(read(unix.replace('\n', ends), CSV), expected);
        assert_eq!(read(format!("{unix}\n").replace('\n', ends), CSV), expected);
    }
    assert_eq!(read(format!("\u{feff}{unix}\n"), CSV), expected);
}

#[test]
fn an_open_quote_is_an_error_and_swallows_nothing_in_silence() {
    let rows = read("a,b\n1,2\n3,\"4\n5,6\n", CSV);
    assert_eq!(rows, [(2, cells(&["1", "2"])), (0, cells(&[":3: a quote is opened here and never closed"]))]);
}

#[test]
fn a_row_of_another_length_and_one_that_is_no_text_are_refused_alone() {
    let rows = read(b"a,b\n1\n2,3,4\n5,\xff\n6,7\n", CSV);
    let rules: Vec<&str> = rows.iter().map(|(_, cells)| cells[0].as_str()).collect();
    assert_eq!(
        rules,
        ["the row has 1 cells, the heading 2", "the row has 3 cells, the heading 2", "is not UTF-8", "6"]
    );
}

#[test]
fn an_empty_file_and_a_column_named_twice_are_errors() {
    assert!(read("", CSV)[0].1[0].contains("the file is empty"));
    assert!(read("a,b,a\n", CSV)[0].1[0].contains("the column `a` twice"));
    assert!(read("a,b\n", CSV).is_empty());
}

#[test]
fn tabs_leave_quotes_alone() {
    assert_eq!(read("a\tb\n\"1\t2\"\n", Dialect::Tabs), [(2, cells(&["\"1", "2\""]))]);
}

#[test]
fn what_a_spreadsheet_would_run_is_made_harmless() {
    for formula in
        ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]
    {
        assert_eq!(harmless(formula), format!("'{formula}"));
    }
    for plain in ["", "a=b", "C++", "'quoted", "1-2"] {
        assert_eq!(harmless(plain), plain);
    }
}

#[test]
fn a_mapping_names_what_does_not_exist() {
    let fields = crate::interchange::people::PERSON_FIELDS;
    let refused = |said: &str, first: &str| {
        let header = [first.to_owned(), "Name".to_owned()];
        let mut mapping = Mapping::default();
        mapping.add(said).unwrap();
        mapping.bind("f", fields, &header).unwrap_err().to_string()
    };
    assert!(refused("nickname=Name", "External ID").contains("there is no field `nickname`"));
    let named = refused("email=Mail", "external_id");
    assert!(named.contains("there is no column `Mail`: the heading has external_id, Name"), "{named}");
    assert!(refused("displayName=Name", "Staff No").contains("--map externalId=<column>"));
    assert!(Mapping::default().add("externalId").is_err());
}

proptest! {
    /// What the csv crate writes, we read: as many rows, the same cells.
    #[test]
    fn whatever_is_written_is_read(rows in prop::collection::vec(prop::collection::vec("[a-z,\"\n é]{0,6}", 3), 0..12)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let text = writer.into_inner().unwrap();
        let back: Vec<Vec<String>> = read(&text, CSV).into_iter().map(|(_, cells)| cells).collect();
        prop_assert_eq!(back, rows);
    }
}
