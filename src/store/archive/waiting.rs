//! Versions on their way back: the schema admits what a version holds only while it is DRAFT, and one DRAFT
//! of each root. So their rows wait in temporary tables, and are placed one number after another. Never
//! says which status a version had: that is each family's own.

use sea_orm::FromQueryResult;

use crate::store::{
    StoreError, Tx,
    archive::tables,
    table::{Column, Table},
};

/// A table of versions, and the tables that wait with it.
#[derive(Debug)]
pub(super) struct Family {
    /// The table of versions, which have a `number`.
    pub(super) version: &'static str,
    /// The columns of a version that no DRAFT has.
    pub(super) later: &'static [&'static str],
    /// The tables whose rows are placed by number, in an order that every reference allows, and the
    /// condition by which a row belongs to a version, up to the number: `(… AND number = `.
    pub(super) parts: &'static [(&'static str, &'static str)],
    /// A table whose rows begin as DRAFT as well, and are placed before all numbers.
    pub(super) beside: Option<(&'static str, &'static [&'static str])>,
}

#[derive(FromQueryResult)]
struct Number {
    number: i32,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl Family {
    fn has(&self, table: &str) -> bool {
        table == self.version
            || self.parts.iter().any(|(part, _)| *part == table)
            || self.beside.is_some_and(|(beside, _)| beside == table)
    }

    /// The temporary table that the rows of `table` wait in; `None` when they do not wait.
    pub(super) fn staged(&self, table: &Table) -> Option<Table> {
        let staged = || Table { name: format!("waiting_{}", table.name), ..table.clone() };
        self.has(&table.name).then(staged)
    }

    /// Whether `table` is the last of those that wait.
    pub(super) fn ends_with(&self, table: &Table) -> bool {
        self.tables().last().is_some_and(|(last, _)| last.name == table.name)
    }

    /// The tables that wait, in the order of the archive, each with the one it waits in.
    fn tables(&self) -> impl Iterator<Item = (Table, Table)> {
        tables().into_iter().filter_map(|table| self.staged(&table).map(|staged| (table, staged)))
    }
}

impl Tx {
    pub(super) async fn stage(&self, family: &Family) -> Result<(), StoreError> {
        for (table, staged) in family.tables() {
            let (names, columns) = (&staged.name, table.names());
            let select = format!("SELECT {columns} FROM {} WHERE 1 = 0", table.name);
            self.execute(self.sql(&format!("CREATE TEMPORARY TABLE {names} AS {select}"))).await?;
        }
        Ok(())
    }

    /// The numbers of the versions that wait, the first first.
    pub(super) async fn waiting_numbers(&self, family: &Family) -> Result<Vec<i32>, StoreError> {
        let numbers = format!("SELECT DISTINCT number FROM waiting_{} ORDER BY number", family.version);
        Ok(self.all::<Number>(self.sql(&numbers)).await?.into_iter().map(|row| row.number).collect())
    }

    /// Stores the versions of a number as drafts.
    pub(super) async fn place_drafts(&self, family: &Family, number: i32) -> Result<(), StoreError> {
        self.begin_as_draft(family.version, family.later, Some(number)).await
    }

    /// Stores what waits beside the versions as drafts.
    pub(super) async fn place_beside(&self, family: &Family) -> Result<(), StoreError> {
        match family.beside {
            Some((table, later)) => self.begin_as_draft(table, later, None).await,
            None => Ok(()),
        }
    }

    async fn begin_as_draft(
        &self,
        name: &str,
        later: &[&str],
        number: Option<i32>,
    ) -> Result<(), StoreError> {
        let Some(table) = tables().into_iter().find(|table| table.name == name) else { return Ok(()) };
        // A NULL of a temporary table has no type of its own: the columns it leaves out are NULL as well.
        let kept: Vec<&Column> =
            table.columns.iter().filter(|column| !later.contains(&column.name)).collect();
        let names: Vec<&str> = kept.iter().map(|column| column.name).collect();
        let value = |column: &&Column| if column.name == "status" { "'DRAFT'" } else { column.name };
        let values: Vec<&str> = kept.iter().map(value).collect();
        let (names, values) = (names.join(", "), values.join(", "));
        let mut sql = self.sql(&format!("INSERT INTO {name} ({names}) SELECT {values} FROM waiting_{name}"));
        if let Some(number) = number {
            sql.push(" WHERE number = ").bind(number);
        }
        self.execute(sql).await.map(drop)
    }

    /// Stores the rows of one part that belong to the versions of a number.
    pub(super) async fn place_part(
        &self,
        (name, owned): (&str, &str),
        number: i32,
    ) -> Result<(), StoreError> {
        let table = tables().into_iter().find(|table| table.name == name);
        let columns = table.map_or_else(String::new, |table| table.names());
        let insert = format!("INSERT INTO {name} ({columns}) SELECT {columns} FROM waiting_{name} WHERE ");
        let mut sql = self.sql(&insert);
        sql.push(owned).bind(number).push(")");
        self.execute(sql).await.map(drop)
    }

    /// Updates the rows of `table` that wait and of which `which` holds: `set` may name a waiting column as
    /// `{column}`.
    pub(super) async fn move_waiting(
        &self,
        table: &str,
        set: &str,
        (which, number): (&str, Option<i32>),
    ) -> Result<(), StoreError> {
        let mut update = String::new();
        for (n, piece) in set.split(['{', '}']).enumerate() {
            if n % 2 == 0 {
                update.push_str(piece);
            } else {
                update += &format!("(SELECT w.{piece} FROM waiting_{table} w WHERE w.id = {table}.id)");
            }
        }
        let mut sql = self.sql(&format!(
            "UPDATE {table} SET {update} WHERE id IN (SELECT id FROM waiting_{table} WHERE {which})"
        ));
        if let Some(number) = number {
            sql.push(" AND number = ").bind(number);
        }
        self.execute(sql).await.map(drop)
    }

    /// Ends the waiting. A row whose version is not in the archive would be left behind without a word.
    pub(super) async fn all_came(&self, family: &Family) -> Result<(), StoreError> {
        for (table, staged) in family.tables() {
            let missing = format!(
                "SELECT (SELECT count(*) FROM {}) - (SELECT count(*) FROM {}) AS n",
                staged.name, table.name
            );
            let missing = self.one::<Count>(self.sql(&missing)).await?.map_or(0, |count| count.n);
            if missing != 0 {
                let version = family.version.replace('_', " ");
                return Err(StoreError::Constraint(format!(
                    "{missing} rows of {} belong to no {version} of the archive",
                    table.name
                )));
            }
            self.execute(self.sql(&format!("DROP TABLE {}", staged.name))).await?;
        }
        Ok(())
    }
}
