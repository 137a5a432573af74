//! Storing sets of questions. Items are stored while their set is a draft; from then on the database
//! refuses to change them.

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, QuestionSetId, QuestionVersionId},
        questions::sets::{QuestionSet, QuestionSetItem, QuestionSetStatus},
        revisions::{Aggregate, Root},
        text::fold,
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        entity::question_sets::{question_set, question_set_item},
        rows::uuids,
        sql::Sql,
    },
};

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

impl Tx {
    /// Stores new sets as drafts, by their authors.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_question_sets(&self, sets: &[QuestionSet]) -> Result<(), StoreError> {
        self.found(&sets.iter().map(|set| Root::of(Aggregate::QuestionSet, set.id)).collect()).await?;
        self.insert(sets.iter().map(|set| question_set::Model {
            id: set.id.uuid(),
            name: set.name.clone(),
            name_key: fold(&set.name),
            purpose: set.purpose.as_str().to_owned(),
            status: QuestionSetStatus::Draft.as_str().to_owned(),
            role_profile_version_id: set.role_profile_version_id.map(|id| id.uuid()),
            author_id: set.author_id.map(PersonId::uuid),
            created_at: set.created_at,
            published_at: None,
            archived_at: None,
        }))
        .await
    }

    /// Changes what stands of a draft itself.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the set is no draft.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_question_set(&self, set: &QuestionSet) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE question_set SET name = ");
        sql.bind(set.name.clone()).push(", name_key = ").bind(fold(&set.name));
        sql.push(", purpose = ").bind(set.purpose.as_str());
        sql.push(", role_profile_version_id = ").bind(set.role_profile_version_id.map(|id| id.uuid()));
        sql.push(" WHERE id = ").bind(set.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Puts other items in the place of a draft's.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the set is no draft, or a version is not approved.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn replace_question_set_items(
        &self,
        set: QuestionSetId,
        items: &[QuestionSetItem],
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("DELETE FROM question_set_item WHERE question_set_id = ");
        sql.bind(set.uuid());
        self.execute(sql).await?;
        self.insert(items.iter().map(|item| question_set_item::Model {
            question_set_id: set.uuid(),
            position: item.position,
            section: item.section.clone(),
            question_version_id: item.question_version_id.uuid(),
            minutes: item.minutes,
            required: item.required,
        }))
        .await
    }

    /// Publishes or archives a set.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the lifecycle does not lead there.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn move_question_set(
        &self,
        set: QuestionSetId,
        to: QuestionSetStatus,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let column = if to == QuestionSetStatus::Archived { "archived_at" } else { "published_at" };
        let mut sql = self.sql(&format!("UPDATE question_set SET {column} = "));
        sql.bind(at).push(", status = ").bind(to.as_str()).push(" WHERE id = ").bind(set.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Keeps versions as they stand until the transaction ends: whoever moves one waits, and whoever pins them
    /// waits for who moved one. Taken before the locks of sets.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn hold_question_versions(&self, versions: &[QuestionVersionId]) -> Result<(), StoreError> {
        // On SQLite nobody else writes meanwhile.
        if self.backend() == DbBackend::Postgres {
            let mut sql = self.sql("SELECT v.id FROM question_version v WHERE ");
            sql.one_of("v.id", uuids(versions)).push(" ORDER BY v.id FOR SHARE");
            self.rows(sql).await?;
        }
        Ok(())
    }

    /// The sets that pin the version or an earlier one of the question, which is known with it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn sets_pinning_up_to(
        &self,
        version: QuestionVersionId,
    ) -> Result<Vec<QuestionSetId>, StoreError> {
        let mut sql = self.sql("SELECT DISTINCT i.question_set_id AS id FROM question_set_item i WHERE ");
        up_to(&mut sql, version);
        Ok(self.all::<IdRow>(sql).await?.into_iter().map(|row| QuestionSetId::from_uuid(row.id)).collect())
    }

    /// Takes a version and the earlier ones of its question out of every draft. What followed keeps its place: only
    /// the order counts.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn drop_from_draft_sets(&self, version: QuestionVersionId) -> Result<(), StoreError> {
        let mut sql = self.sql("DELETE FROM question_set_item AS i WHERE ");
        up_to(&mut sql, version);
        sql.push(" AND i.question_set_id IN (SELECT s.id FROM question_set s WHERE s.status = 'DRAFT')");
        self.execute(sql).await.map(drop)
    }
}

/// The item `i` pins the version, or an earlier one of its question.
fn up_to(sql: &mut Sql, version: QuestionVersionId) {
    sql.push(
        "i.question_version_id IN (SELECT w.id FROM question_version v JOIN question_version w \
         ON w.question_id = v.question_id AND w.number <= v.number WHERE v.id = ",
    );
    sql.bind(version.uuid()).push(")");
}
