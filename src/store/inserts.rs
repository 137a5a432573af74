//! Storing whole rows, new or anew. A row is an entity's `Model`, so that a column nobody thought of does not compile.

use sea_orm::{EntityTrait, Iterable, ModelTrait, Statement};

use crate::store::{Reader, StoreError, Tx, sql::Sql, table::Table};

/// The most rows one statement stores: it has to end within the time a statement may take.
const MOST_ROWS: usize = 2_000;

impl Reader {
    /// Stores `rows`; no statement at all for no rows.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the schema refuses one: then none of the write stands.
    pub(super) async fn insert<M: ModelTrait>(
        &self,
        rows: impl IntoIterator<Item = M>,
    ) -> Result<(), StoreError> {
        let table = Table::of::<M::Entity>();
        for part in written(&table, rows)? {
            self.insert_json(&table, part).await?;
        }
        Ok(())
    }

    /// Stores a row unless another one has the same `key`, a column with a unique index; tells whether it did.
    pub(super) async fn insert_unless_there<M: ModelTrait>(
        &self,
        row: M,
        key: &str,
    ) -> Result<bool, StoreError> {
        let table = Table::of::<M::Entity>();
        // Without the condition SQLite reads ON as the beginning of a join.
        let sql =
            format!("{} WHERE 1 = 1 ON CONFLICT ({key}) DO NOTHING", table.insert_from_json(self.backend()));
        let mut stored = 0;
        for part in written(&table, [row])? {
            let statement = Statement::from_sql_and_values(self.backend(), &sql, [part.into()]);
            stored += self.execute(Sql::built(statement)).await?.rows_affected();
        }
        Ok(stored > 0)
    }

    /// Stores the rows of a JSON array; tells how many they were.
    pub(super) async fn insert_json(&self, table: &Table, rows: String) -> Result<u64, StoreError> {
        let sql = table.insert_from_json(self.backend());
        let statement = Statement::from_sql_and_values(self.backend(), sql, [rows.into()]);
        Ok(self.execute(Sql::built(statement)).await?.rows_affected())
    }
}

impl Tx {
    /// Gives rows that are there, found by their primary key, all their columns anew.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the schema refuses one: then none of the write stands.
    pub(super) async fn update<M: ModelTrait>(
        &self,
        rows: impl IntoIterator<Item = M>,
    ) -> Result<(), StoreError> {
        let table = Table::of::<M::Entity>();
        for part in written(&table, rows)? {
            let sql = table.update_from_json(self.backend());
            let statement = Statement::from_sql_and_values(self.backend(), sql, [part.into()]);
            self.execute(Sql::built(statement)).await?;
        }
        Ok(())
    }

    /// Counts what the tables hold, for the planner; after much was stored.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn analyze(&self) -> Result<(), StoreError> {
        self.execute(self.sql("ANALYZE")).await.map(drop)
    }
}

/// The rows as JSON arrays, one a statement.
fn written<M: ModelTrait>(
    table: &Table,
    rows: impl IntoIterator<Item = M>,
) -> Result<Vec<String>, StoreError> {
    let (mut parts, mut count) = (Vec::new(), 0);
    for row in rows {
        if count % MOST_ROWS == 0 {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            part.push(if part.is_empty() { '[' } else { ',' });
            table
                .write_row(part, <M::Entity as EntityTrait>::Column::iter().map(|column| row.get(column)))?;
        }
        count += 1;
    }
    parts.iter_mut().for_each(|part| part.push(']'));
    Ok(parts)
}
