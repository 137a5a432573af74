//! Triggers that refuse a change, rendered for each database. They only refuse; none writes a row.

use crate::change::Dialect;

/// A change that the database refuses, whoever asks.
pub(crate) struct Refusal<'a> {
    /// The trigger's name; begins with the table's.
    pub(crate) name: &'a str,
    /// What is refused: `INSERT`, `DELETE`, `UPDATE` or `UPDATE OF column, …`.
    pub(crate) event: &'a str,
    /// The table.
    pub(crate) table: &'a str,
    /// When, over `OLD` and `NEW`; always if empty. Must read the same on both databases.
    pub(crate) when: &'a str,
    /// What the refused is told.
    pub(crate) because: &'a str,
}

/// The statement that sets the trigger.
pub(crate) fn create(refusal: &Refusal<'_>, dialect: Dialect) -> String {
    let Refusal { name, event, table, because, .. } = refusal;
    let when = if refusal.when.is_empty() { String::new() } else { format!("WHEN ({}) ", refusal.when) };
    match dialect {
        Dialect::Postgres => format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}\
             EXECUTE FUNCTION refuse_change('{because}');\n"
        ),
        Dialect::Sqlite => format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when}\
             BEGIN SELECT RAISE(ABORT, '{because}'); END;\n"
        ),
    }
}

/// The statement that removes it.
pub(crate) fn drop(refusal: &Refusal<'_>, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => format!("DROP TRIGGER {} ON {};\n", refusal.name, refusal.table),
        Dialect::Sqlite => format!("DROP TRIGGER {};\n", refusal.name),
    }
}

/// The function behind every refusal on PostgreSQL; SQLite raises by itself.
pub(crate) const REFUSE_CHANGE: &str = "
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = TG_ARGV[0], TABLE = TG_TABLE_NAME;
END $$;
";
