//! The settings in effect, each with where its value comes from. Secrets are hidden: a dump can be shown.

use std::fmt::Write;

use serde_json::json;
use toml::{Table, Value};

use crate::config::{
    docs::in_file_order,
    entry::{Absent, Entry, Origin, Shape},
};

const INTRODUCTION: &str = "\
# The settings in effect, each with where it comes from. Read back as a settings file it gives the same
# settings; secrets are hidden and have to be given again.
";

/// A settings file that says what is in effect.
#[must_use]
pub fn dump_toml(entries: &[Entry]) -> String {
    let mut text = INTRODUCTION.to_owned();
    let mut at = "";
    for entry in in_file_order(entries) {
        let (table, name) = entry.place();
        if at != table {
            at = table;
            let _ = writeln!(text, "\n[{table}]");
        }
        let from = entry.from();
        let _ = match (&entry.origin, entry.effective()) {
            (Origin::SecretFile(path), _) => {
                writeln!(text, "{name}_file = {}  # {}_FILE", Value::from(path.as_str()), entry.variable)
            }
            (_, Some(value)) if entry.hidden => {
                writeln!(text, "# {name} = {}  # hidden; {from}", Value::from(value))
            }
            (_, Some(value)) => writeln!(text, "{name} = {}  # {from}", in_toml(entry.shape, value)),
            (_, None) => writeln!(text, "# {name} is not set{}", otherwise(entry)),
        };
    }
    text
}

fn otherwise(entry: &Entry) -> String {
    match entry.absent {
        Absent::Words(words) if !words.is_empty() => format!(": {words}"),
        _ => String::new(),
    }
}

fn in_toml(shape: Shape, value: &str) -> String {
    match shape {
        Shape::Number => value.to_owned(),
        Shape::Text | Shape::Url | Shape::Secret => Value::from(value).to_string(),
        Shape::Pairs => {
            let table: Table =
                pairs(value).map(|(name, value)| (name.to_owned(), Value::from(value))).collect();
            Value::Table(table).to_string()
        }
    }
}

/// One JSON object, by the keys of the settings file.
#[must_use]
pub fn dump_json(entries: &[Entry]) -> String {
    let value = |entry: &Entry| match (entry.shape, entry.effective()) {
        (_, None) => json!(null),
        (Shape::Number, Some(value)) => value.parse::<i64>().map_or_else(|_| json!(value), |n| json!(n)),
        (Shape::Pairs, Some(value)) => {
            pairs(value).map(|(name, value)| (name.to_owned(), json!(value))).collect()
        }
        (Shape::Text | Shape::Url | Shape::Secret, Some(value)) => json!(value),
    };
    let source = |entry: &Entry| match &entry.origin {
        Origin::Default => "default",
        Origin::File(_) => "file",
        Origin::Environment => "environment",
        Origin::SecretFile(_) => "secret file",
    };
    let one = |entry: &Entry| {
        let mut told = json!({
            "value": value(entry),
            "source": source(entry),
            "variable": entry.variable,
            "secret": entry.hidden || entry.shape == Shape::Secret,
        });
        if let Origin::SecretFile(path) | Origin::File(path) = &entry.origin {
            told["path"] = json!(path);
        }
        (entry.key.to_owned(), told)
    };
    let all: serde_json::Map<_, _> = entries.iter().map(one).collect();
    format!("{:#}\n", serde_json::Value::Object(all))
}

fn pairs(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split(',').filter_map(|pair| pair.split_once('=')).map(|(name, value)| (name.trim(), value.trim()))
}
