//! One change of the schema, written once and rendered for each database.
//!
//! A table is written with one column a line; a word in angle brackets is a column type together with
//! the check that keeps its values in shape. Never knows a table by name.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbBackend, DbErr},
};

/// A database the schema is rendered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// PostgreSQL 15 or later.
    Postgres,
    /// SQLite 3.39 or later; the library carries its own.
    Sqlite,
}

/// One named, reversible change.
pub(crate) struct Change {
    /// The name it is recorded under.
    pub(crate) name: &'static str,
    /// The statements that apply it.
    pub(crate) up: fn(Dialect) -> String,
    /// The statements that take it back.
    pub(crate) down: fn(Dialect) -> String,
}

impl MigrationName for Change {
    fn name(&self) -> &str {
        self.name
    }
}

#[expect(
    elided_lifetimes_in_paths,
    reason = "async_trait binds a written lifetime otherwise than the trait does"
)]
#[async_trait::async_trait]
impl MigrationTrait for Change {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        apply(manager, self.up).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        apply(manager, self.down).await
    }

    /// Half a change is worse than none, so each is one transaction on SQLite too.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

async fn apply(manager: &SchemaManager<'_>, script: fn(Dialect) -> String) -> Result<(), DbErr> {
    let dialect = match manager.get_database_backend() {
        DbBackend::Postgres => Dialect::Postgres,
        DbBackend::Sqlite => Dialect::Sqlite,
        other => {
            return Err(DbErr::Migration(format!("Assay runs on PostgreSQL and SQLite, not on {other:?}")));
        }
    };
    manager.get_connection().execute_unprepared(&script(dialect)).await.map(|_| ())
}

impl Dialect {
    /// Renders statements: `<word>` becomes a type and check for the column that begins the line, and
    /// `<one of A B>` a text column that admits those values only.
    pub(crate) fn render(self, statements: &str) -> String {
        statements.lines().map(|line| self.render_line(line) + "\n").collect()
    }

    fn render_line(self, line: &str) -> String {
        let column = line.split_whitespace().next().unwrap_or_default();
        let Some((before, rest)) = line.split_once('<') else { return line.to_owned() };
        let Some((word, after)) = rest.split_once('>') else { return line.to_owned() };
        match self.column_type(word) {
            Some(kind) => format!("{before}{}{after}", kind.replace("{}", column)),
            // A comparison sign, not a word of ours.
            None => line.to_owned(),
        }
    }

    fn column_type(self, word: &str) -> Option<String> {
        if let Some(choices) = word.strip_prefix("one of ") {
            let list = choices.split(' ').map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", ");
            return Some(format!("text CHECK ({{}} IN ({list}))"));
        }
        let (postgres, sqlite) = match word {
            "uuid" => ("uuid", "BLOB CHECK (length({}) = 16)"),
            // Text of one shape, so that its order is the order of time: see README.
            "instant" => ("timestamptz", "TEXT CHECK ({} GLOB '[0-9][0-9][0-9][0-9]-??-??T??:??:??*+00:00')"),
            "day" => ("date", "TEXT CHECK ({} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"),
            "flag" => ("boolean", "INTEGER CHECK ({} IN (0, 1))"),
            "bigint" => ("bigint", "INTEGER"),
            "level" => ("integer CHECK ({} BETWEEN 0 AND 5)", "INTEGER CHECK ({} BETWEEN 0 AND 5)"),
            // Ordered and compared by bytes on both, whatever the locale of the server.
            "key" => ("text COLLATE \"C\" CHECK ({} <> '')", "TEXT CHECK ({} <> '')"),
            "name" => (NAME, NAME),
            "prose" => (PROSE, PROSE),
            "list" => (
                "text CHECK (jsonb_typeof({}::jsonb) = 'array')",
                "TEXT CHECK (json_valid({}) AND json_type({}) = 'array')",
            ),
            "slug" => (
                "text COLLATE \"C\" CHECK (length({}) <= 64 AND {} ~ '^[a-z0-9]+(-[a-z0-9]+)*$')",
                "TEXT CHECK (length({}) BETWEEN 1 AND 64 AND {} NOT GLOB '*[^a-z0-9-]*' \
                 AND {} NOT GLOB '-*' AND {} NOT GLOB '*-' AND {} NOT GLOB '*--*')",
            ),
            // The end of a table: typed columns on SQLite, and rows kept in the order of the primary key.
            "end" => ("", "STRICT"),
            "end, by primary key" => ("", "STRICT, WITHOUT ROWID"),
            _ => return None,
        };
        Some(if self == Self::Postgres { postgres } else { sqlite }.to_owned())
    }
}

/// What people read as a name.
const NAME: &str = "text CHECK (length({}) BETWEEN 1 AND 200)";

/// What people wrote, at most as long as a request admits.
const PROSE: &str = "text CHECK (length({}) <= 20000)";

/// Statements that drop tables, in the order given.
pub(crate) fn drop_tables(tables: &[&str]) -> String {
    tables.iter().map(|table| format!("DROP TABLE {table};\n")).collect()
}
