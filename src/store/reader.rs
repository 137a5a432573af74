//! Where a statement runs: on the pool, in a snapshot or in a write. Finders are written once, on
//! [`Reader`], and [`Store`](super::Store), [`Snapshot`](super::Snapshot) and [`Tx`](super::Tx) all
//! lend one.

use std::sync::Arc;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, ExecResult, FromQueryResult};

use crate::store::{StoreError, pool::Pool, sql::Sql};

/// Runs reads. Every finder that answers to a client takes a `&Scope`.
#[derive(Debug, Clone)]
pub struct Reader {
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Pool(Pool),
    /// The pool that lent the connection tells how long a statement may take.
    Transaction(Arc<DatabaseTransaction>, Pool),
}

impl Reader {
    pub(super) fn pool(pool: Pool) -> Self {
        Self { source: Source::Pool(pool) }
    }

    pub(super) fn transaction(tx: Arc<DatabaseTransaction>, pool: Pool) -> Self {
        Self { source: Source::Transaction(tx, pool) }
    }

    pub(super) fn backend(&self) -> DbBackend {
        match &self.source {
            Source::Pool(pool) | Source::Transaction(_, pool) => pool.backend(),
        }
    }

    /// Starts a statement in this database's dialect.
    pub(super) fn sql(&self, text: &str) -> Sql {
        Sql::new(self.backend(), text)
    }

    pub(super) async fn all<T: FromQueryResult>(&self, sql: Sql) -> Result<Vec<T>, StoreError> {
        let rows = match &self.source {
            Source::Pool(pool) => pool.run(async |db| db.query_all_raw(sql.statement()).await).await?,
            Source::Transaction(tx, pool) => pool.in_time(tx.query_all_raw(sql.statement())).await?,
        };
        rows.iter().map(|row| T::from_query_result(row, "").map_err(StoreError::from)).collect()
    }

    pub(super) async fn one<T: FromQueryResult>(&self, sql: Sql) -> Result<Option<T>, StoreError> {
        let row = match &self.source {
            Source::Pool(pool) => pool.run(async |db| db.query_one_raw(sql.statement()).await).await?,
            Source::Transaction(tx, pool) => pool.in_time(tx.query_one_raw(sql.statement())).await?,
        };
        row.map(|row| T::from_query_result(&row, "")).transpose().map_err(StoreError::from)
    }

    pub(super) async fn execute(&self, sql: Sql) -> Result<ExecResult, StoreError> {
        Ok(match &self.source {
            Source::Pool(pool) => pool.run(async |db| db.execute_raw(sql.statement()).await).await?,
            Source::Transaction(tx, pool) => pool.in_time(tx.execute_raw(sql.statement())).await?,
        })
    }
}
