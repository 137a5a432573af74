//! What a statement and a pool show of themselves: a span and a duration for the one, its connections for the
//! other. Values of statements are never among it.

use std::{future::Future, time::Instant};

use sea_orm::{DatabaseConnection, DbBackend, Statement};
use tracing::{Instrument, Span, field::Empty};

use crate::{
    store::{StoreError, pool::Pool},
    telemetry::{
        metrics::{
            Watch,
            database::{self, System},
        },
        request,
    },
};

impl Pool {
    /// The span of one statement. Its text has places where its values stand, and they stay out.
    pub(super) fn span(&self, statement: &Statement) -> Span {
        let verb = statement.sql.split_whitespace().next().unwrap_or_default();
        tracing::debug_span!(
            "sql",
            otel.name = verb,
            otel.kind = "client",
            otel.status_code = Empty,
            db.system.name = self.system().as_str(),
            db.operation.name = verb,
            db.query.text = statement.sql,
            error.type = Empty,
        )
    }

    /// Runs one statement, in its span, counted and timed; the wait for a connection is part of it.
    pub(super) async fn measured<T>(
        &self,
        span: Span,
        statement: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let started = Instant::now();
        let ran = statement.instrument(span.clone()).await;
        database::statement(self.system(), self.role(), started.elapsed());
        request::count_statement();
        ran.inspect_err(|error| {
            span.record("otel.status_code", "ERROR").record("error.type", error.kind());
        })
    }

    /// Shows the pool in the metrics until what is returned is dropped.
    pub(super) fn shown(&self) -> Watch {
        let pool = self.clone();
        database::watch_pool(self.role(), move || counts(&pool.connection()))
    }

    fn system(&self) -> System {
        match self.backend() {
            DbBackend::Postgres => System::PostgreSql,
            _ => System::Sqlite,
        }
    }
}

fn counts(connection: &DatabaseConnection) -> database::Pool {
    fn of<D: sqlx::Database>(pool: &sqlx::Pool<D>) -> database::Pool {
        let (all, idle) = (u64::from(pool.size()), pool.num_idle() as u64);
        let max = u64::from(pool.options().get_max_connections());
        // The two are read one after the other.
        database::Pool { idle, used: all.saturating_sub(idle), max }
    }
    match connection.get_database_backend() {
        DbBackend::Postgres => of(connection.get_postgres_connection_pool()),
        _ => of(connection.get_sqlite_connection_pool()),
    }
}
