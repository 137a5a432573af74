//! The revision table: one row an aggregate root, raised by every write to it.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::revisions::{Aggregate, Revisions, Root},
    store::{Reader, StoreError, Tx, entity::platform::revision, sql::Sql},
};

#[derive(FromQueryResult)]
struct Row {
    aggregate: String,
    id: Uuid,
    value: i64,
}

impl Reader {
    /// Reads the revisions of `roots` in one statement.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn revisions(&self, roots: &BTreeSet<Root>) -> Result<Revisions, StoreError> {
        let mut sql = self.sql("SELECT aggregate, id, value FROM revision WHERE ");
        among(&mut sql, roots);
        collect(self.all(sql).await?)
    }
}

impl Tx {
    /// Locks `roots` in their order, raises each by one and returns the *new* revisions. A root that
    /// does not exist is absent from the answer. Call it once, with all the roots of the write.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn raise(&self, roots: &BTreeSet<Root>) -> Result<Revisions, StoreError> {
        let sql = if self.backend() == sea_orm::DbBackend::Postgres {
            let mut sql = self.sql("WITH held AS MATERIALIZED (SELECT aggregate, id FROM revision WHERE ");
            among(&mut sql, roots);
            sql.push(
                " ORDER BY aggregate, id FOR UPDATE) UPDATE revision r SET value = r.value + 1 FROM held \
                 WHERE r.aggregate = held.aggregate AND r.id = held.id \
                 RETURNING r.aggregate, r.id, r.value",
            );
            sql
        } else {
            // SQLite knows no alias of the table in RETURNING.
            let mut sql = self.sql("UPDATE revision SET value = value + 1 WHERE ");
            among(&mut sql, roots);
            sql.push(" RETURNING aggregate, id, value");
            sql
        };
        collect(self.all(sql).await?)
    }

    /// Locks `roots` in their order without raising them: for a write that finds out only afterwards which of
    /// them it changes. It raises those, which it holds already. SQLite has one writer and needs no lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn lock(&self, roots: &BTreeSet<Root>) -> Result<(), StoreError> {
        if roots.is_empty() || self.backend() != sea_orm::DbBackend::Postgres {
            return Ok(());
        }
        let mut sql = self.sql("SELECT COUNT(*) FROM (SELECT 1 FROM revision WHERE ");
        among(&mut sql, roots);
        sql.push(" ORDER BY aggregate, id FOR UPDATE) held");
        self.rows(sql).await.map(drop)
    }

    /// Whether the database holds any root besides those that stand from the beginning, whose id is nil.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn holds_anything(&self) -> Result<bool, StoreError> {
        let mut sql = self.sql("SELECT aggregate, id, value FROM revision WHERE id != ");
        sql.bind(Uuid::nil()).push(" LIMIT 1");
        Ok(self.one::<Row>(sql).await?.is_some())
    }

    /// Creates the revision rows of new roots, at 1.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn found(&self, roots: &BTreeSet<Root>) -> Result<(), StoreError> {
        self.insert(roots.iter().map(|root| revision::Model {
            aggregate: root.aggregate.as_str().to_owned(),
            id: root.id,
            value: 1,
        }))
        .await
    }
}

/// Adds the condition that a revision row is one of `roots`, one list an aggregate.
fn among(sql: &mut Sql, roots: &BTreeSet<Root>) {
    let mut by_kind: BTreeMap<Aggregate, Vec<Uuid>> = BTreeMap::new();
    for root in roots {
        by_kind.entry(root.aggregate).or_default().push(root.id);
    }
    sql.push("(1 = 0");
    for (aggregate, ids) in by_kind {
        sql.push(" OR (aggregate = ").bind(aggregate.as_str()).push(" AND ").one_of("id", ids).push(")");
    }
    sql.push(")");
}

fn collect(rows: Vec<Row>) -> Result<Revisions, StoreError> {
    rows.into_iter()
        .map(|row| {
            let aggregate = Aggregate::parse(&row.aggregate)
                .ok_or_else(|| StoreError::Corrupt(format!("aggregate {}", row.aggregate)))?;
            Ok((Root { aggregate, id: row.id }, row.value))
        })
        .collect()
}
