//! Snapshots for whole read models and transactions for writes.
//!
//! The pool's `begin` is not safe to cancel: a request dropped in the middle could hand its open
//! transaction to the next borrower. So each transaction runs in a task of its own, which the
//! request only awaits; a client that leaves does not stop a write halfway.

use std::{future::Future, ops::Deref, sync::Arc};

use sea_orm::{
    AccessMode, DatabaseTransaction, DbBackend, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::task::{JoinError, JoinHandle};

use crate::{
    store::{
        Reader, Store, StoreError,
        pool::Pool,
        reader::{Failure, Lent},
    },
    telemetry::request,
};

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
    /// Runs `read` on one connection of one server, which sees one instant: REPEATABLE READ on PostgreSQL, a
    /// deferred read transaction on SQLite. What fails on a replica is read again, whole, from the primary.
    ///
    /// # Errors
    /// What `read` returns, or [`StoreError`] when the snapshot cannot be opened.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn snapshot<T, E, F, Fut>(&self, read: F) -> Result<T, E>
    where
        F: Fn(Snapshot) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T, E>> + Send,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let read = Arc::new(read);
        if let Some(route) = self.reader.routed()
            && let Some(replica) = route.replica()
        {
            let (again, failure) = (Arc::clone(&read), Failure::default());
            let work = move |reader| again(Snapshot(reader));
            let task = in_own_task(replica.clone(), self.whole(), Arc::clone(&failure), work);
            let done = route.on_replica(async { Ok::<_, StoreError>(task.await) }).await;
            let said = failure.get().cloned().map_or(Ok(()), Err);
            match done {
                Ok(done) if !route.goes_on_after(&said) => return done,
                Ok(_) => {}
                Err(silent) => drop(route.goes_on_after::<()>(&Err(silent))),
            }
        }
        let work = move |reader| read(Snapshot(reader));
        in_own_task(self.pool.clone(), self.whole(), Arc::default(), work).await
    }

    /// The same of the primary alone, for what is handed on while it is read and cannot be read again.
    pub(super) async fn snapshot_once<T, E, F, Fut>(&self, read: F) -> Result<T, E>
    where
        F: FnOnce(Snapshot) -> Fut + Send + 'static,
        Fut: Future<Output = Result<T, E>> + Send,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        in_own_task(self.pool.clone(), self.whole(), Arc::default(), |reader| read(Snapshot(reader))).await
    }

    /// How a snapshot is opened.
    fn whole(&self) -> TransactionOptions {
        match self.backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                sqlite_transaction_mode: None,
            },
            _ => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Deferred),
                ..TransactionOptions::default()
            },
        }
    }

    /// Runs `write` in one transaction and commits it when it returns `Ok`; any `Err` rolls back. From then
    /// on the operation reads from the primary.
    ///
    /// # Errors
    /// What `write` returns, or [`StoreError`] when the transaction cannot be opened or committed.
    #[tracing::instrument(level = "debug", skip_all, name = "transaction")]
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
        if let Some(route) = self.reader.routed() {
            route.leave();
        }
        in_own_task(self.pool.clone(), options, Arc::default(), |reader| write(Tx(reader))).await
    }
}

async fn in_own_task<T, E, F, Fut>(
    pool: Pool,
    options: TransactionOptions,
    failure: Failure,
    work: F,
) -> Result<T, E>
where
    F: FnOnce(Reader) -> Fut + Send + 'static,
    Fut: Future<Output = Result<T, E>> + Send,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let task = tokio::spawn(request::carried(async move {
        let _use = pool.begin_use();
        let opened = opened(&pool, options).await.inspect_err(|error| drop(failure.set(error.clone())));
        let lent = Lent { tx: Arc::new(opened?), pool, failure };
        let done = work(Reader::transaction(lent.clone())).await;
        let Lent { tx, pool, .. } = lent;
        let tx = Arc::into_inner(tx)
            .ok_or_else(|| StoreError::Fault("a transaction outlived its work".to_owned()))?;
        if done.is_ok() {
            pool.in_time(tx.commit()).await?;
        } else {
            pool.in_time(tx.rollback()).await?;
        }
        done
    }));
    task.await.unwrap_or_else(|panic| Err(ended_early(&panic).into()))
}

/// Begins a transaction in a task that nothing cuts short. When a silent server keeps it waiting, we go on
/// without it: its connection is lost until the pool is replaced.
async fn opened(pool: &Pool, options: TransactionOptions) -> Result<DatabaseTransaction, StoreError> {
    let (connection, asked) = (pool.connection(), pool.clone());
    let begun: JoinHandle<Result<_, StoreError>> = tokio::spawn(async move {
        connection.begin_with_options(options).await.map_err(|error| asked.told(error))
    });
    let begun = async { begun.await.map_err(|panic| ended_early(&panic))? };
    pool.in_time(begun).await
}

fn ended_early(panic: &JoinError) -> StoreError {
    StoreError::Fault(format!("a transaction's task ended early: {panic}"))
}
