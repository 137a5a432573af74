//! Building one statement for both dialects. Never runs it.

use std::fmt::Write as _;

use sea_orm::{DbBackend, Statement, Value, sea_query::ArrayType};
use uuid::Uuid;

use crate::domain::time::Timestamp;

/// The longest text that is looked for inside others, in bytes. A key of 200 characters folds to less, and
/// SQLite fails on patterns above 50,000 bytes, in which each of these may take two.
const LONGEST_NEEDLE: usize = 20_000;

/// A statement under construction: text with `$n` placeholders, which both databases read.
#[derive(Debug, Clone)]
pub(super) struct Sql {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(super) fn new(backend: DbBackend, text: &str) -> Self {
        Self { backend, text: text.to_owned(), values: Vec::new() }
    }

    /// A statement that sea-orm built.
    pub(super) fn built(statement: Statement) -> Self {
        let values = statement.values.map_or_else(Vec::new, |values| values.0);
        Self { backend: statement.db_backend, text: statement.sql, values }
    }

    /// Adds text as it stands. Never pass anything a client sent.
    pub(super) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder and the value behind it. A text with U+0000 becomes NULL, which equals nothing:
    /// no column holds one, PostgreSQL fails on it, and SQLite reads patterns up to it only.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(match value.into() {
            Value::String(Some(text)) if text.contains('\0') => Value::String(None),
            value => value,
        });
        let _ = write!(self.text, "${}", self.values.len());
        self
    }

    /// Adds `at`, or what `column` holds when that is later.
    pub(super) fn bind_later(&mut self, at: Timestamp, column: &str) -> &mut Self {
        self.push(&format!("CASE WHEN {column} > ")).bind(at).push(&format!(" THEN {column} ELSE "));
        self.bind(at).push(" END")
    }

    /// `column` is one of `ids`: one text whatever their number, so that the statement stays cached.
    pub(super) fn one_of(&mut self, column: &str, ids: impl IntoIterator<Item = Uuid>) -> &mut Self {
        self.push(column);
        if self.backend == DbBackend::Postgres {
            let list = ids.into_iter().map(|id| Value::Uuid(Some(id))).collect();
            self.push(" = ANY(").bind(Value::Array(ArrayType::Uuid, Some(Box::new(list)))).push(")")
        } else {
            let list: Vec<String> = ids.into_iter().map(|id| id.simple().to_string()).collect();
            let list = serde_json::to_string(&list).unwrap_or_default();
            self.push(" IN (SELECT unhex(value) FROM json_each(").bind(list).push("))")
        }
    }

    /// `pairs` as rows of two columns, to stand in brackets.
    pub(super) fn pairs(&mut self, pairs: impl IntoIterator<Item = (Uuid, Uuid)>) -> &mut Self {
        if self.backend == DbBackend::Postgres {
            let (first, second): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
            let list = |ids: Vec<Uuid>| {
                let ids = ids.into_iter().map(|id| Value::Uuid(Some(id))).collect();
                Value::Array(ArrayType::Uuid, Some(Box::new(ids)))
            };
            self.push("SELECT * FROM unnest(").bind(list(first)).push("::uuid[], ");
            self.bind(list(second)).push("::uuid[])")
        } else {
            let hex = |id: Uuid| id.simple().to_string();
            let list: Vec<[String; 2]> = pairs.into_iter().map(|(one, two)| [hex(one), hex(two)]).collect();
            let list = serde_json::to_string(&list).unwrap_or_default();
            self.push("SELECT unhex(value ->> 0), unhex(value ->> 1) FROM json_each(").bind(list).push(")")
        }
    }

    /// `column` is one of `names`. One with U+0000 is none that a column holds, see [`Self::bind`].
    pub(super) fn one_of_text<'a>(
        &mut self,
        column: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> &mut Self {
        let names = names.into_iter().filter(|name| !name.contains('\0'));
        self.push(column);
        if self.backend == DbBackend::Postgres {
            let list = names.map(|name| Value::from(name.to_owned())).collect();
            self.push(" = ANY(").bind(Value::Array(ArrayType::String, Some(Box::new(list)))).push(")")
        } else {
            let list: Vec<&str> = names.collect();
            let list = serde_json::to_string(&list).unwrap_or_default();
            self.push(" IN (SELECT value FROM json_each(").bind(list).push("))")
        }
    }

    /// The interval of `alias` (`valid_from`, `valid_to`) contains `at`.
    pub(super) fn valid_at(&mut self, alias: &str, at: Timestamp) -> &mut Self {
        self.push(&format!("{alias}.valid_from <= ")).bind(at);
        self.push(&format!(" AND ({alias}.valid_to IS NULL OR {alias}.valid_to > ")).bind(at).push(")")
    }

    /// Whether the folded text `needle` occurs in `column`, taken literally. One that is longer than any
    /// column occurs in none.
    pub(super) fn contains(&mut self, column: &str, needle: &str) -> &mut Self {
        if needle.len() > LONGEST_NEEDLE {
            return self.push(column).push(" LIKE ").bind(None::<String>);
        }
        let pattern = needle.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        self.push(column).push(" LIKE ").bind(format!("%{pattern}%")).push(" ESCAPE '\\'")
    }

    pub(super) fn statement(self) -> Statement {
        Statement::from_sql_and_values(self.backend, self.text, self.values)
    }
}
