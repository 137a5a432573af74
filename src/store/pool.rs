//! The connections to one server. Every use of one is bounded in time by us, since neither the server nor
//! TCP tells when a peer has silently gone, and a pool that lost connections for good is replaced.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use arc_swap::ArcSwap;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, ExecResult, QueryResult,
    Statement,
};
use tokio::time::timeout;

use crate::{
    store::{StoreError, accesses},
    telemetry::metrics::database::Server,
};

/// How long a replaced pool may take to close what it can.
const CLOSING: Duration = Duration::from_secs(5);

/// The connections to one server. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Pool(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// How it is called in the logs.
    server: String,
    /// What it is in the metrics.
    role: Server,
    options: ConnectOptions,
    current: ArcSwap<DatabaseConnection>,
    /// How long one use may take, the wait for a connection included; `None` where there is no network.
    patience: Option<Duration>,
    /// How many uses go on, by our count. The pool's own count is higher when it lost connections.
    uses: AtomicU32,
    statements: Arc<AtomicU64>,
}

/// A use that goes on.
#[derive(Debug)]
pub(super) struct Use(Arc<Shared>);

impl Drop for Use {
    fn drop(&mut self) {
        self.0.uses.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pool {
    /// Opens a pool; its statements are counted in `statements`.
    pub(super) async fn open(
        server: String,
        role: Server,
        options: ConnectOptions,
        patience: Option<Duration>,
        statements: Arc<AtomicU64>,
    ) -> Result<Self, StoreError> {
        let connection = connect(options.clone(), &statements).await?;
        let (current, uses) = (ArcSwap::from_pointee(connection), AtomicU32::new(0));
        Ok(Self(Arc::new(Shared { server, role, options, current, patience, uses, statements })))
    }

    pub(super) fn connection(&self) -> DatabaseConnection {
        DatabaseConnection::clone(&self.0.current.load())
    }

    pub(super) fn backend(&self) -> DbBackend {
        self.0.current.load().get_database_backend()
    }

    /// Counts a use until what is returned is dropped.
    pub(super) fn begin_use(&self) -> Use {
        self.0.uses.fetch_add(1, Ordering::Relaxed);
        Use(Arc::clone(&self.0))
    }

    pub(super) async fn all(&self, statement: Statement) -> Result<Vec<QueryResult>, StoreError> {
        let span = self.span(&statement);
        self.measured(span, self.run(async |db| db.query_all_raw(statement).await)).await
    }

    pub(super) async fn one(&self, statement: Statement) -> Result<Option<QueryResult>, StoreError> {
        let span = self.span(&statement);
        self.measured(span, self.run(async |db| db.query_one_raw(statement).await)).await
    }

    pub(super) async fn execute(&self, statement: Statement) -> Result<ExecResult, StoreError> {
        let span = self.span(&statement);
        self.measured(span, self.run(async |db| db.execute_raw(statement).await)).await
    }

    async fn run<T, F, Fut>(&self, work: F) -> Result<T, StoreError>
    where
        F: FnOnce(DatabaseConnection) -> Fut,
        Fut: Future<Output = Result<T, DbErr>>,
    {
        let _use = self.begin_use();
        self.in_time(async { work(self.connection()).await.map_err(|error| self.told(error)) }).await
    }

    /// Waits for the server, but not for ever. What is cut off must leave its connection as it was found,
    /// which beginning a transaction does not.
    pub(super) async fn in_time<T, E>(
        &self,
        work: impl Future<Output = Result<T, E>>,
    ) -> Result<T, StoreError>
    where
        StoreError: From<E>,
    {
        let Some(patience) = self.0.patience else { return Ok(work.await?) };
        match timeout(patience, work).await {
            Ok(done) => Ok(done?),
            Err(_) => {
                Err(StoreError::Unavailable(format!("{} gave no answer in {patience:?}", self.0.server)))
            }
        }
    }

    /// How many connections the pool counts as used while nobody uses them. Some are on their way back; what
    /// stays for long is lost. Only PostgreSQL can lose any.
    pub(super) fn unaccounted(&self) -> u32 {
        if self.backend() != DbBackend::Postgres {
            return 0;
        }
        let connection = self.connection();
        let pool = connection.get_postgres_connection_pool();
        let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX);
        pool.size().saturating_sub(idle).saturating_sub(self.0.uses.load(Ordering::Relaxed))
    }

    /// Puts a new pool in the place of this one. Who uses an old connection may finish.
    pub(super) async fn replace(&self) -> Result<(), StoreError> {
        let mut options = self.0.options.clone();
        options.connect_lazy(true);
        let fresh = connect(options, &self.0.statements).await?;
        let old = self.0.current.swap(Arc::new(fresh));
        tokio::spawn(timeout(CLOSING, close(DatabaseConnection::clone(&old))));
        Ok(())
    }

    /// The longest that a use takes.
    pub(super) fn patience(&self) -> Option<Duration> {
        self.0.patience
    }

    /// What went wrong. A wait for a connection that was in vain is counted.
    pub(super) fn told(&self, error: DbErr) -> StoreError {
        StoreError::told(error, self.0.role)
    }

    /// What it is in the metrics.
    pub(super) fn role(&self) -> Server {
        self.0.role
    }

    pub(super) fn server(&self) -> &str {
        &self.0.server
    }
}

async fn connect(options: ConnectOptions, statements: &Arc<AtomicU64>) -> Result<DatabaseConnection, DbErr> {
    let mut connection = Database::connect(options).await?;
    let counter = Arc::clone(statements);
    connection.set_metric_callback(move |_| {
        if !accesses::is_beside() {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    });
    Ok(connection)
}

/// The idle ones first: closing the pool waits for those that are used, and the lost never come back.
async fn close(old: DatabaseConnection) {
    let pool = old.get_postgres_connection_pool();
    while let Some(idle) = pool.try_acquire() {
        // What cannot be closed is dropped, and that closes it as well.
        let _ = idle.close().await;
    }
    pool.close().await;
}
