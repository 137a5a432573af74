//! A table as rows travel to it and from it: its columns, and a row as one line of JSON. Runs no statement.
//!
//! Ids are hyphenated, instants and days as SQLite stores them, lists are the text they are stored as.
//! Both databases read the line back themselves, so that any number of rows is one parameter of one
//! statement, whose text never changes.

use std::fmt::Write as _;

use chrono::SecondsFormat;
use sea_orm::{
    ColumnTrait, ColumnType, DbBackend, EntityName, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn,
    Value,
};

use crate::store::StoreError;

/// How values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Text,
    Integer,
    BigInteger,
    Flag,
    Instant,
    Day,
}

/// One column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// A table and its columns, as its entity has them.
#[derive(Debug, Clone)]
pub struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The columns of its primary key.
    pub(super) key: Vec<Column>,
}

impl Table {
    pub(super) fn of<E: EntityTrait>() -> Self {
        let column = |column: E::Column| Column { name: column.as_str(), kind: Kind::of(&column) };
        Self {
            name: EntityName::table_name(&E::default()).to_owned(),
            columns: E::Column::iter().map(column).collect(),
            key: E::PrimaryKey::iter().map(|key| column(key.into_column())).collect(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of its columns, in their order.
    pub fn column_names(&self) -> impl Iterator<Item = &'static str> {
        self.columns.iter().map(|column| column.name)
    }

    /// The statement that stores its rows, of which a JSON array is the one parameter.
    pub(super) fn insert_from_json(&self, backend: DbBackend) -> String {
        let (table, names) = (&self.name, self.names());
        format!("INSERT INTO {table} ({names}) {}", self.select_from_json(backend))
    }

    /// The statement that gives rows found by their primary key all their columns anew, of which a JSON array
    /// is the one parameter.
    pub(super) fn update_from_json(&self, backend: DbBackend) -> String {
        let (table, rows) = (&self.name, self.select_from_json(backend));
        let is_key = |column: &&Column| self.key.iter().any(|key| key.name == column.name);
        let set = self.columns.iter().filter(|column| !is_key(column));
        let set: Vec<String> = set.map(|column| format!("{0} = news.{0}", column.name)).collect();
        let found: Vec<String> =
            self.key.iter().map(|key| format!("{table}.{0} = news.{0}", key.name)).collect();
        format!("UPDATE {table} SET {} FROM ({rows}) AS news WHERE {}", set.join(", "), found.join(" AND "))
    }

    /// The rows of a JSON array that is the first parameter, as a query.
    pub(super) fn select_from_json(&self, backend: DbBackend) -> String {
        if backend == DbBackend::Postgres {
            format!("SELECT {} FROM json_populate_recordset(NULL::{}, $1::json)", self.names(), self.name)
        } else {
            let values: Vec<String> = self.columns.iter().map(Column::read_json).collect();
            format!("SELECT {} FROM json_each($1)", values.join(", "))
        }
    }

    /// The same, as a statement lists them.
    pub(super) fn names(&self) -> String {
        self.column_names().collect::<Vec<_>>().join(", ")
    }

    /// Adds a row to `json`; the values are those of the columns, in their order.
    pub(super) fn write_row(
        &self,
        json: &mut String,
        values: impl IntoIterator<Item = Value>,
    ) -> Result<(), StoreError> {
        for (n, (column, value)) in self.columns.iter().zip(values).enumerate() {
            let _ = write!(json, "{}\"{}\":", if n == 0 { "{" } else { "," }, column.name);
            write_value(json, &value)
                .ok_or_else(|| StoreError::Fault(format!("{}.{} holds {value:?}", self.name, column.name)))?;
        }
        json.push('}');
        Ok(())
    }
}

impl Column {
    /// SQLite's reading of the column from the row `value`.
    fn read_json(&self) -> String {
        match self.kind {
            Kind::Uuid => format!("unhex(value ->> '{0}', '-') AS {0}", self.name),
            _ => format!("value ->> '{0}' AS {0}", self.name),
        }
    }
}

impl Kind {
    fn of(column: &impl ColumnTrait) -> Self {
        match column.def().get_column_type() {
            ColumnType::Uuid => Self::Uuid,
            ColumnType::Integer => Self::Integer,
            ColumnType::BigInteger => Self::BigInteger,
            ColumnType::Boolean => Self::Flag,
            ColumnType::TimestampWithTimeZone => Self::Instant,
            ColumnType::Date => Self::Day,
            _ => Self::Text,
        }
    }
}

/// Adds a value to `json`; `None` when no column holds such a one.
fn write_value(json: &mut String, value: &Value) -> Option<()> {
    let written = match value {
        Value::String(Some(text)) => {
            json.push_str(&serde_json::to_string(text).ok()?);
            return Some(());
        }
        Value::Uuid(Some(id)) => write!(json, "\"{}\"", id.hyphenated()),
        Value::Int(Some(number)) => write!(json, "{number}"),
        Value::BigInt(Some(number)) => write!(json, "{number}"),
        Value::Bool(Some(flag)) => write!(json, "{flag}"),
        Value::ChronoDate(Some(day)) => write!(json, "\"{day}\""),
        Value::ChronoDateTimeUtc(Some(at)) => {
            write!(json, "\"{}\"", at.to_rfc3339_opts(SecondsFormat::AutoSi, false))
        }
        Value::String(None)
        | Value::Uuid(None)
        | Value::Int(None)
        | Value::BigInt(None)
        | Value::Bool(None)
        | Value::ChronoDate(None)
        | Value::ChronoDateTimeUtc(None) => write!(json, "null"),
        _ => return None,
    };
    written.ok()
}
