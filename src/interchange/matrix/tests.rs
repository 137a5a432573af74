//! Files of a matrix hold what they are given, and no formula. Touches no database.

use chrono::DateTime;

use super::{Cell, Column, Heading, Person, write};
use crate::domain::matrix::MatrixFormat;

fn written(format: MatrixFormat) -> Vec<u8> {
    let column = |slug: &str, name: &str| Column { slug: slug.to_owned(), name: name.to_owned() };
    let heading = Heading {
        team: "@Checkout".to_owned(),
        slug: "checkout".to_owned(),
        as_of: DateTime::from_timestamp(1_767_603_600, 0).unwrap(),
        hidden: 2,
        columns: vec![column("sum", "=SUM(A1:A9)"), column("tea", "Tea, \"green\"")],
    };
    let known = Cell { level: Some(3), required: Some(4), source: Some("MANAGER"), staleness: Some("FRESH") };
    let person = |name: &str, cells: [Cell; 2]| Person {
        name: name.to_owned(),
        email: "+1@tea.test".to_owned(),
        cells: cells.to_vec(),
    };
    let people = [
        person("-Ada\n=1", [known, Cell::default()]),
        person("Ben", [Cell::default(), Cell { level: Some(0), ..known }]),
    ];
    let mut out = Vec::new();
    write(format, &heading, people.into_iter(), &mut out).unwrap();
    out
}

#[test]
fn csv_quotes_what_it_must_and_disarms_every_formula() {
    let expected = "Person,Email,'=SUM(A1:A9),\"Tea, \"\"green\"\"\"\n\"'-Ada\n=1\",'+1@tea.test,3,\nBen,'+1@tea.test,,0\n";
    assert_eq!(String::from_utf8(written(MatrixFormat::Csv)).unwrap(), expected);
}

#[test]
fn json_holds_every_part_of_every_cell() {
    let json: serde_json::Value = serde_json::from_slice(&written(MatrixFormat::Json)).unwrap();
    assert_eq!(json["skills"][0]["name"], "=SUM(A1:A9)");
    assert_eq!((json["hiddenRows"].as_u64(), json["asOf"].as_str()), (Some(2), Some("2026-01-05T09:00:00Z")));
    assert_eq!(json["people"][0]["levels"].to_string(), "[3,null]");
    assert_eq!(json["people"][1]["levels"].to_string(), "[null,0]");
    assert_eq!(json["people"][0]["sources"].to_string(), "[\"MANAGER\",null]");
}

#[test]
fn a_spreadsheet_holds_texts_and_numbers_and_not_one_formula() {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(written(MatrixFormat::Xlsx))).unwrap();
    let mut part = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
    let texts = part("xl/sharedStrings.xml");
    assert!(texts.contains("<t>=SUM(A1:A9)</t>"), "{texts}");
    for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"] {
        let sheet = part(sheet);
        assert!(!sheet.contains("<f>") && !sheet.contains("<f "), "{sheet}");
    }
    let levels = part("xl/worksheets/sheet1.xml");
    assert!(levels.contains("<c r=\"C2\"><v>3</v></c>") && !levels.contains("r=\"D2\""), "{levels}");
    assert!(levels.contains("<c r=\"D3\"><v>0</v></c>"), "{levels}");
    assert!(part("xl/worksheets/sheet2.xml").contains("<c r=\"C2\"><v>4</v></c>"));
}
