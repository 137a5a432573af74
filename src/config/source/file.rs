//! The settings file as it was read: its values, and the line in which each stands. Quotes nothing of it: a line
//! may hold a secret.

use std::{collections::BTreeMap, ops::Range};

use toml::{
    Table,
    de::{DeTable, Error},
};

/// A settings file.
#[derive(Debug, Default)]
pub(in crate::config) struct SettingsFile {
    /// How people find it.
    pub(in crate::config) name: String,
    /// What it says.
    pub(in crate::config) table: Table,
    /// The line of each key, by its path.
    lines: BTreeMap<String, usize>,
}

impl SettingsFile {
    /// A file that is not there.
    pub(in crate::config) fn none(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Reads what is in a file.
    ///
    /// # Errors
    /// The line that is no TOML, and why.
    pub(in crate::config) fn parse(name: String, text: &str) -> Result<Self, (usize, String)> {
        // An error's own text quotes the line.
        let wrong =
            |error: Error| (line(text, &error.span().unwrap_or_default()), error.message().to_owned());
        let (places, table) = (DeTable::parse(text).map_err(wrong)?, text.parse().map_err(wrong)?);
        let mut lines = BTreeMap::new();
        note(places.get_ref(), "", text, &mut lines);
        Ok(Self { name, table, lines })
    }

    /// Where a key stands: `assay.toml:3`.
    pub(in crate::config) fn place(&self, key: &str) -> String {
        match self.lines.get(key) {
            Some(line) => format!("{}:{line}", self.name),
            None => self.name.clone(),
        }
    }
}

fn note(table: &DeTable<'_>, path: &str, text: &str, lines: &mut BTreeMap<String, usize>) {
    for (name, value) in table {
        let key = joined(path, name.get_ref());
        if let Some(inner) = value.get_ref().as_table() {
            note(inner, &key, text, lines);
        }
        lines.insert(key, line(text, &name.span()));
    }
}

/// The path of a key below a table's.
pub(super) fn joined(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn line(text: &str, span: &Range<usize>) -> usize {
    let before = text.as_bytes().iter().take(span.start);
    before.filter(|byte| **byte == b'\n').count() + 1
}
