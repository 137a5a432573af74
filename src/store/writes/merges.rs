//! Redirecting a skill to another and back. History keeps the skill it was recorded for; names, aliases,
//! relations and references stay where they were given and are read through the redirect, so that
//! taking it back restores them by itself.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{SkillId, SkillMergeId},
        skills::SkillMerge,
        time::Timestamp,
    },
    store::{StoreError, Tx, entity::catalogue::skill_merge, rows::uuids, sql::Sql},
};

#[derive(FromQueryResult)]
struct MergeRow {
    id: Uuid,
    from_id: Uuid,
    into_id: Uuid,
    at: Timestamp,
    undone_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

#[derive(FromQueryResult)]
struct Redirect {
    id: Uuid,
    canonical: Uuid,
}

impl Tx {
    /// What each of `skills` reads as, held so until this transaction ends: a merge waits for the
    /// ratings that are being recorded, and they for it. One that does not exist is absent.
    ///
    /// Whoever writes ratings asks this first, or a merge between could leave them out of the
    /// projection it rebuilds.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn hold_redirects(&self, skills: &[SkillId]) -> Result<HashMap<SkillId, SkillId>, StoreError> {
        let mut sql = self.sql("SELECT id, COALESCE(merged_into, id) AS canonical FROM skill WHERE ");
        sql.one_of("id", uuids(skills)).push(" ORDER BY id");
        self.held(sql, " FOR SHARE").await
    }

    /// The skills that read as one of `canonical`, those included, each with what it reads as. Ratings
    /// in them wait from now on, see [`hold_redirects`](Self::hold_redirects).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn hold_skills_reading_as(
        &self,
        canonical: &[SkillId],
    ) -> Result<HashMap<SkillId, SkillId>, StoreError> {
        let mut sql = self.sql("SELECT id, COALESCE(merged_into, id) AS canonical FROM skill WHERE ");
        sql.one_of("id", uuids(canonical)).push(" OR ").one_of("merged_into", uuids(canonical));
        sql.push(" ORDER BY id");
        // Not FOR UPDATE: a rating that holds one of these skills points to another by a foreign key, and
        // the two would wait for each other.
        self.held(sql, " FOR NO KEY UPDATE").await
    }

    /// SQLite has one writer, and needs no lock on rows.
    async fn held(&self, mut sql: Sql, how: &str) -> Result<HashMap<SkillId, SkillId>, StoreError> {
        if self.backend() == DbBackend::Postgres {
            sql.push(how);
        }
        let rows = self.all::<Redirect>(sql).await?.into_iter();
        Ok(rows.map(|row| (SkillId::from_uuid(row.id), SkillId::from_uuid(row.canonical))).collect())
    }

    /// Lets `skills` read as `into`.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn redirect_skills(
        &self,
        skills: impl IntoIterator<Item = SkillId>,
        into: SkillId,
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE skill SET status = 'MERGED', merged_into = ");
        sql.bind(into.uuid()).push(" WHERE ").one_of("id", skills.into_iter().map(SkillId::uuid));
        self.execute(sql).await.map(drop)
    }

    /// Lets a merged skill read as itself again.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn restore_skill(&self, skill: SkillId) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE skill SET status = 'ACTIVE', merged_into = NULL WHERE id = ");
        sql.bind(skill.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Stores that a skill was merged.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_merge(&self, merge: &SkillMerge) -> Result<(), StoreError> {
        let row = skill_merge::Model {
            id: merge.id.uuid(),
            from_id: merge.from_id.uuid(),
            into_id: merge.into_id.uuid(),
            at: merge.at,
            undone_at: merge.undone_at,
        };
        self.insert([row]).await
    }

    /// The merge of `from` that stands.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn standing_merge(&self, from: SkillId) -> Result<Option<SkillMerge>, StoreError> {
        let mut sql = self.sql("SELECT id, from_id, into_id, at, undone_at FROM skill_merge WHERE ");
        sql.push("undone_at IS NULL AND from_id = ").bind(from.uuid());
        Ok(self.one::<MergeRow>(sql).await?.map(|row| SkillMerge {
            id: SkillMergeId::from_uuid(row.id),
            from_id: SkillId::from_uuid(row.from_id),
            into_id: SkillId::from_uuid(row.into_id),
            at: row.at,
            undone_at: row.undone_at,
        }))
    }

    /// The skills that were merged into `skill`, or into one that was.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn merged_through(&self, skill: SkillId) -> Result<BTreeSet<SkillId>, StoreError> {
        let mut sql = self.sql("WITH RECURSIVE through AS (SELECT from_id FROM skill_merge WHERE ");
        sql.push("undone_at IS NULL AND into_id = ").bind(skill.uuid());
        sql.push(" UNION SELECT m.from_id FROM skill_merge m JOIN through ON m.into_id = through.from_id ");
        sql.push("WHERE m.undone_at IS NULL) SELECT from_id AS id FROM through");
        Ok(self.all::<Id>(sql).await?.into_iter().map(|row| SkillId::from_uuid(row.id)).collect())
    }

    /// Stores that a merge was taken back, never before it was made.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn end_skill_merge(&self, merge: &SkillMerge, at: Timestamp) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE skill_merge SET undone_at = ");
        sql.bind(at.max(merge.at)).push(" WHERE id = ").bind(merge.id.uuid());
        self.execute(sql).await.map(drop)
    }
}
