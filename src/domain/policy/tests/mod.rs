//! The policy against its tables, cell by cell, and what must hold whatever the tables say.

mod actors;
mod development;
mod does;
mod question_sets;
mod questions;
mod sees;
mod tables;

/// A table's cells: (row, column, text).
fn cells(table: &'static str) -> Vec<(&'static str, &'static str, &'static str)> {
    let mut lines = table.lines().filter(|line| !line.is_empty());
    let columns: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    let mut cells = Vec::new();
    for line in lines {
        let (row, values) = line.split_at(38);
        let values: Vec<&str> = values.split_whitespace().collect();
        assert_eq!(values.len(), columns.len(), "every cell of `{row}` is stated");
        cells.extend(columns.iter().zip(values).map(|(column, value)| (row.trim(), *column, value)));
    }
    cells
}
