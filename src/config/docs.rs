//! The reference of all settings, made of what their readings say. Reads no file and no variable.

use std::{collections::BTreeMap, fmt::Write};

use crate::config::{
    Settings,
    entry::{Absent, Entry, Shape},
    source::SettingsFile,
};

const INTRODUCTION: &str = "\
# Settings

<!-- Made by `assay config docs`; a test holds it. Change what the code says about a setting instead. -->

Each has a default. The settings file goes over the defaults: `assay.toml` in the working directory, or the \
file that `--config` names. The environment goes over the file. An empty variable counts as not set.

An unknown key, an unknown variable that begins with `ASSAY_` and a value that breaks its rule are errors: \
nothing starts, everything wrong is told at once, and the exit code is 78. `assay config check` looks \
without starting anything; `assay config dump` shows what is in effect and where it comes from.

A secret can lie in a file of its own instead, as Docker and Kubernetes hand them out: the variable with \
`_FILE`, or the key with `_file`, names it. Set one of the two.
";

/// The reference as Markdown: a table for each table of the settings file.
#[must_use]
pub fn docs() -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut at = None;
    let nothing = Settings::from_parts(BTreeMap::new(), SettingsFile::default());
    for entry in in_file_order(&nothing.entries) {
        let (table, _) = entry.place();
        if at != Some(table) {
            at = Some(table);
            let title = if table.is_empty() { "At the top".to_owned() } else { format!("`[{table}]`") };
            let head = "| variable | in the file | default | must be | what it does |\n|---|---|---|---|---|";
            let _ = writeln!(text, "\n## {title}\n\n{head}");
        }
        text.push_str(&row(entry));
    }
    text
}

/// Tables in the order in which they are first read, the top before them: that is how TOML wants it.
pub(super) fn in_file_order(entries: &[Entry]) -> Vec<&Entry> {
    let mut tables = vec![""];
    for (table, _) in entries.iter().map(Entry::place) {
        if !tables.contains(&table) {
            tables.push(table);
        }
    }
    let of = |table: &str| entries.iter().filter(move |entry| entry.place().0 == table).collect::<Vec<_>>();
    tables.into_iter().flat_map(of).collect()
}

fn row(entry: &Entry) -> String {
    let (variable, key) = match (entry.file_variable(), entry.file_key()) {
        (Some(variable), Some(key)) => {
            (format!("`{}`, `{variable}`", entry.variable), format!("`{}`, `{key}`", entry.key))
        }
        _ => (format!("`{}`", entry.variable), format!("`{}`", entry.key)),
    };
    let default = match &entry.absent {
        Absent::Value(value) => format!("`{value}`"),
        Absent::Words("") => "–".to_owned(),
        Absent::Words(words) => (*words).to_owned(),
    };
    let secret = if entry.shape == Shape::Secret { " Secret." } else { "" };
    let cell = |text: &str| text.replace('|', "\\|");
    let (rule, about) = (cell(&entry.rule), cell(entry.about));
    format!("| {variable} | {key} | {default} | {rule} | {about}{secret} |\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_is_what_the_code_says() {
        let committed = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md"));
        let differs = "docs/settings.md differs: run `cargo run -- config docs > docs/settings.md`";
        assert!(committed.unwrap_or_default() == docs(), "{differs}");
    }

    #[test]
    fn every_setting_is_described_in_a_sentence_and_named_once() {
        let entries = Settings::from_parts(BTreeMap::new(), SettingsFile::default()).entries;
        assert!(entries.len() > 30);
        for entry in &entries {
            assert!(entry.about.ends_with('.') && !entry.about.contains('\n'), "{}", entry.key);
            let same = |one: &&Entry| one.key == entry.key || one.variable == entry.variable;
            assert_eq!(entries.iter().filter(same).count(), 1, "{}", entry.key);
        }
    }
}
