//! Where a statement runs: on the pool, in a snapshot or in a write. Finders are written once, on
//! [`Reader`], and [`Store`](super::Store), [`Snapshot`](super::Snapshot) and [`Tx`](super::Tx) all
//! lend one.

use std::sync::Arc;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, ExecResult, FromQueryResult,
};

use crate::store::{StoreError, sql::Sql};

/// Runs reads. Every finder that answers to a client takes a `&Scope`.
#[derive(Debug, Clone)]
pub struct Reader {
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Pool(DatabaseConnection),
    Transaction(Arc<DatabaseTransaction>),
}

impl Reader {
    pub(super) fn pool(db: DatabaseConnection) -> Self {
        Self { source: Source::Pool(db) }
    }

    pub(super) fn transaction(tx: Arc<DatabaseTransaction>) -> Self {
        Self { source: Source::Transaction(tx) }
    }

    pub(super) fn backend(&self) -> DbBackend {
        match &self.source {
            Source::Pool(db) => db.get_database_backend(),
            Source::Transaction(tx) => tx.get_database_backend(),
        }
    }

    /// Starts a statement in this database's dialect.
    pub(super) fn sql(&self, text: &str) -> Sql {
        Sql::new(self.backend(), text)
    }

    pub(super) async fn all<T: FromQueryResult>(&self, sql: Sql) -> Result<Vec<T>, StoreError> {
        let rows = match &self.source {
            Source::Pool(db) => db.query_all_raw(sql.statement()).await?,
            Source::Transaction(tx) => tx.query_all_raw(sql.statement()).await?,
        };
        rows.iter().map(|row| T::from_query_result(row, "").map_err(StoreError::from)).collect()
    }

    pub(super) async fn one<T: FromQueryResult>(&self, sql: Sql) -> Result<Option<T>, StoreError> {
        let row = match &self.source {
            Source::Pool(db) => db.query_one_raw(sql.statement()).await?,
            Source::Transaction(tx) => tx.query_one_raw(sql.statement()).await?,
        };
        row.map(|row| T::from_query_result(&row, "")).transpose().map_err(StoreError::from)
    }

    pub(super) async fn execute(&self, sql: Sql) -> Result<ExecResult, StoreError> {
        Ok(match &self.source {
            Source::Pool(db) => db.execute_raw(sql.statement()).await?,
            Source::Transaction(tx) => tx.execute_raw(sql.statement()).await?,
        })
    }
}
