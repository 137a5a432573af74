//! Where a statement runs: on the pool of the primary, by the route of an operation, in a snapshot or in a
//! write. Finders are written once, on [`Reader`], and [`Store`](super::Store),
//! [`Snapshot`](super::Snapshot) and [`Tx`](super::Tx) all lend one.

use std::sync::{Arc, OnceLock};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, FromQueryResult, QueryResult,
};
use tracing::Span;

use crate::store::{StoreError, pool::Pool, route::Route, sql::Sql};

/// Runs reads. Every finder that answers to a client takes a `&Scope`.
#[derive(Debug, Clone)]
pub struct Reader {
    source: Source,
}

#[derive(Debug, Clone)]
enum Source {
    Pool(Pool),
    Route(Arc<Route>),
    Transaction(Lent),
}

/// A transaction, and what its statements need to know.
#[derive(Debug, Clone)]
pub(super) struct Lent {
    pub(super) tx: Arc<DatabaseTransaction>,
    /// Where its connection is from, and how long a statement may take there.
    pub(super) pool: Pool,
    pub(super) failure: Failure,
}

/// The first statement of a transaction that failed, for who wants to know why its work did.
pub(super) type Failure = Arc<OnceLock<StoreError>>;

impl Reader {
    pub(super) fn pool(pool: Pool) -> Self {
        Self { source: Source::Pool(pool) }
    }

    pub(super) fn route(route: Route) -> Self {
        Self { source: Source::Route(Arc::new(route)) }
    }

    pub(super) fn transaction(lent: Lent) -> Self {
        Self { source: Source::Transaction(lent) }
    }

    /// The way that the reads of an operation take, if they need not go to the primary.
    pub(super) fn routed(&self) -> Option<&Arc<Route>> {
        match &self.source {
            Source::Route(route) => Some(route),
            Source::Pool(_) | Source::Transaction(_) => None,
        }
    }

    pub(super) fn backend(&self) -> DbBackend {
        match &self.source {
            Source::Pool(pool) | Source::Transaction(Lent { pool, .. }) => pool.backend(),
            Source::Route(route) => route.primary().backend(),
        }
    }

    /// Starts a statement in this database's dialect.
    pub(super) fn sql(&self, text: &str) -> Sql {
        Sql::new(self.backend(), text)
    }

    /// Rows as they come, for who knows their columns only at run time.
    pub(super) async fn rows(&self, sql: Sql) -> Result<Vec<QueryResult>, StoreError> {
        let statement = sql.statement();
        Ok(match &self.source {
            Source::Pool(pool) => pool.all(statement).await?,
            Source::Route(route) => match route.replica() {
                Some(replica) => {
                    let done = route.on_replica(replica.all(statement.clone())).await;
                    if route.goes_on_after(&done) { route.primary().all(statement).await? } else { done? }
                }
                None => route.primary().all(statement).await?,
            },
            Source::Transaction(lent) => {
                lent.run(lent.pool.span(&statement), lent.tx.query_all_raw(statement)).await?
            }
        })
    }

    pub(super) async fn all<T: FromQueryResult>(&self, sql: Sql) -> Result<Vec<T>, StoreError> {
        let rows = self.rows(sql).await?;
        rows.iter().map(|row| T::from_query_result(row, "").map_err(StoreError::from)).collect()
    }

    pub(super) async fn one<T: FromQueryResult>(&self, sql: Sql) -> Result<Option<T>, StoreError> {
        let statement = sql.statement();
        let row: Option<QueryResult> = match &self.source {
            Source::Pool(pool) => pool.one(statement).await?,
            Source::Route(route) => match route.replica() {
                Some(replica) => {
                    let done = route.on_replica(replica.one(statement.clone())).await;
                    if route.goes_on_after(&done) { route.primary().one(statement).await? } else { done? }
                }
                None => route.primary().one(statement).await?,
            },
            Source::Transaction(lent) => {
                lent.run(lent.pool.span(&statement), lent.tx.query_one_raw(statement)).await?
            }
        };
        row.map(|row| T::from_query_result(&row, "")).transpose().map_err(StoreError::from)
    }

    pub(super) async fn execute(&self, sql: Sql) -> Result<ExecResult, StoreError> {
        let statement = sql.statement();
        match &self.source {
            Source::Pool(pool) => pool.execute(statement).await,
            Source::Route(route) => {
                route.leave();
                route.primary().execute(statement).await
            }
            Source::Transaction(lent) => {
                lent.run(lent.pool.span(&statement), lent.tx.execute_raw(statement)).await
            }
        }
    }
}

impl Lent {
    async fn run<T>(
        &self,
        span: Span,
        statement: impl Future<Output = Result<T, DbErr>>,
    ) -> Result<T, StoreError> {
        let done = self.pool.measured(span, self.pool.in_time(statement)).await;
        if let Err(error) = &done {
            let _ = self.failure.set(error.clone());
        }
        done
    }
}
