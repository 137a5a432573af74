//! Reading every table in one snapshot, a page at a time, in an order that no server's locale changes.

use sea_orm::{DbBackend, FromQueryResult, QueryResult, Value};
use uuid::Uuid;

use crate::{
    domain::time::Timestamp,
    store::{
        Reader, Store, StoreError,
        archive::tables,
        sql::Sql,
        table::{Column, Kind, Table},
    },
};

/// Rows read at once.
const PAGE: usize = 1_000;

/// Some rows of one table, each a line of JSON. Every table comes at least once, also when it is empty.
#[derive(Debug)]
pub struct ArchivePart<'a> {
    /// Of which table.
    pub table: &'a Table,
    /// The rows.
    pub lines: &'a [String],
    /// How many rows all tables have together.
    pub of: u64,
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

impl Store {
    /// Hands every row of every table to `sink`, all as of one instant, tables in their order; then gives
    /// it back.
    ///
    /// # Errors
    /// What `take` returns, or the store's failure.
    pub async fn archive<S, E>(
        &self,
        mut sink: S,
        take: fn(&mut S, &ArchivePart<'_>) -> Result<(), E>,
    ) -> Result<S, E>
    where
        S: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.snapshot_once(move |snapshot| async move {
            let tables = tables();
            let of = snapshot.rows_of_all(&tables).await?;
            for table in &tables {
                let mut last = None;
                loop {
                    let (lines, end) = snapshot.page(table, last.as_deref()).await?;
                    take(&mut sink, &ArchivePart { table, lines: &lines, of })?;
                    last = end;
                    if last.is_none() {
                        break;
                    }
                }
            }
            Ok(sink)
        })
        .await
    }
}

impl Reader {
    async fn rows_of_all(&self, tables: &[Table]) -> Result<u64, StoreError> {
        let mut all = 0;
        for table in tables {
            let count =
                self.one::<Count>(self.sql(&format!("SELECT count(*) AS n FROM {}", table.name))).await?;
            all += count.map_or(0, |count| u64::try_from(count.n).unwrap_or(0));
        }
        Ok(all)
    }

    /// The rows after the one with this key, and the key of the last when there may be more.
    async fn page(
        &self,
        table: &Table,
        last: Option<&[Value]>,
    ) -> Result<(Vec<String>, Option<Vec<Value>>), StoreError> {
        let rows = self.rows(statement(table, last, self.backend())).await?;
        let more = parents_first(&table.name).is_none() && rows.len() == PAGE;
        let mut lines = Vec::with_capacity(rows.len());
        let mut end = None;
        for row in &rows {
            let values = values(row, &table.columns)?;
            end = more.then(|| key_of(table, &values));
            let mut line = String::new();
            table.write_row(&mut line, values)?;
            lines.push(line);
        }
        Ok((lines, end))
    }
}

/// The order of the tables whose rows reference each other: they belong to the catalogue, which is read in
/// one piece.
fn parents_first(table: &str) -> Option<&'static str> {
    match table {
        "skill" => Some("merged_into IS NOT NULL, "),
        "skill_category" => Some(
            "(WITH RECURSIVE up (id, parent_id) AS (\
             SELECT c.id, c.parent_id FROM skill_category c WHERE c.id = skill_category.id UNION ALL \
             SELECT c.id, c.parent_id FROM skill_category c JOIN up ON c.id = up.parent_id) \
             SELECT count(*) FROM up), ",
        ),
        _ => None,
    }
}

fn statement(table: &Table, last: Option<&[Value]>, backend: DbBackend) -> Sql {
    let by_bytes = |column: &Column| match (backend, column.kind) {
        (DbBackend::Postgres, Kind::Text) => format!("{} COLLATE \"C\"", column.name),
        _ => column.name.to_owned(),
    };
    let key = table.key.iter().map(by_bytes).collect::<Vec<_>>().join(", ");
    let mut sql = Sql::new(backend, &format!("SELECT {} FROM {}", table.names(), table.name));
    if let Some(last) = last {
        sql.push(&format!(" WHERE ({key}) > ("));
        for (n, value) in last.iter().enumerate() {
            sql.push(if n == 0 { "" } else { ", " }).bind(value.clone());
        }
        sql.push(")");
    }
    match parents_first(&table.name) {
        Some(order) => sql.push(&format!(" ORDER BY {order}{key}")),
        None => sql.push(&format!(" ORDER BY {key} LIMIT {PAGE}")),
    };
    sql
}

fn values(row: &QueryResult, columns: &[Column]) -> Result<Vec<Value>, StoreError> {
    let value = |(at, column): (usize, &Column)| -> Result<Value, sea_orm::DbErr> {
        Ok(match column.kind {
            Kind::Uuid => row.try_get_by_index::<Option<Uuid>>(at)?.into(),
            Kind::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
            Kind::Integer => row.try_get_by_index::<Option<i32>>(at)?.into(),
            Kind::BigInteger => row.try_get_by_index::<Option<i64>>(at)?.into(),
            Kind::Flag => row.try_get_by_index::<Option<bool>>(at)?.into(),
            Kind::Instant => row.try_get_by_index::<Option<Timestamp>>(at)?.into(),
            Kind::Day => row.try_get_by_index::<Option<chrono::NaiveDate>>(at)?.into(),
        })
    };
    columns.iter().enumerate().map(|column| value(column).map_err(StoreError::from)).collect()
}

fn key_of(table: &Table, values: &[Value]) -> Vec<Value> {
    let of = |key: &Column| {
        let place = table.columns.iter().position(|column| column.name == key.name)?;
        values.get(place).cloned()
    };
    table.key.iter().filter_map(of).collect()
}
