//! Snapshots for whole read models and transactions for writes.
//!
//! The pool's `begin` is not safe to cancel: a request dropped in the middle could hand its open
//! transaction to the next borrower. So each transaction runs in a task of its own, which the
//! request only awaits; a client that leaves does not stop a write halfway.

use std::{future::Future, ops::Deref, sync::Arc};

use sea_orm::{
    AccessMode, DatabaseConnection, DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

use crate::store::{Reader, Store, StoreError};

/// Reads that all see the same instant of the database, on one connection.
#[derive(Debug)]
pub struct Snapshot(Reader);

/// A write: everything in it happens, or nothing does. Only `app` may name it.
#[derive(Debug)]
pub struct Tx(Reader);

impl Deref for Snapshot {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl Store {
    /// Runs `read` on one connection that sees one instant: REPEATABLE READ on PostgreSQL, a
    /// deferred read transaction on SQLite.
    ///
    /// # Errors
    /// What `read` returns, or [`StoreError`] when the snapshot cannot be opened.
    pub async fn snapshot<T, E, F, Fut>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(Snapshot) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let options = match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
            _ => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..TransactionOptions::default()
            },
        };
        in_own_task(self.database(), options, move |tx| read(Snapshot(Reader::transaction(tx)))).await
    }

    /// Runs `write` in one transaction and commits it when it returns `Ok`; any `Err` rolls back.
    ///
    /// # Errors
    /// What `write` returns, or [`StoreError`] when the transaction cannot be opened or committed.
    pub async fn begin<T, E, F, Fut>(&self, write: F) -> Result<T, E>
    where
        F: FnOnce(Tx) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        in_own_task(self.database(), options, move |tx| write(Tx(Reader::transaction(tx)))).await
    }
}

async fn in_own_task<T, E, F, Fut>(
    db: DatabaseConnection,
    options: TransactionOptions,
    work: F,
) -> Result<T, E>
where
    F: FnOnce(Arc<DatabaseTransaction>) -> Fut + Send + 'static,
    Fut: Future<Output = Result<T, E>> + Send,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let task = tokio::spawn(async move {
        let tx = Arc::new(db.begin_with_options(options).await.map_err(StoreError::from)?);
        let done = work(Arc::clone(&tx)).await;
        let tx = Arc::into_inner(tx)
            .ok_or_else(|| StoreError::Fault("a transaction outlived its work".to_owned()))?;
        if done.is_ok() {
            tx.commit().await.map_err(StoreError::from)?;
        } else {
            tx.rollback().await.map_err(StoreError::from)?;
        }
        done
    });
    match task.await {
        Ok(done) => done,
        Err(panic) => Err(StoreError::Fault(format!("a transaction's task ended early: {panic}")).into()),
    }
}
