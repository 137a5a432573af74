//! Moving versions of questions along their lives, and what is said of them on the way. The database refuses
//! whatever the lifecycle does not admit.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, QuestionId, QuestionVersionId},
        questions::{LeakReport, QuestionReview, QuestionVersionStatus},
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        entity::questions::{leak_report, question_review},
    },
};

#[derive(FromQueryResult)]
struct IdRow {
    id: Uuid,
}

impl Tx {
    /// Moves a version along its lifecycle, and keeps what its entry says of its versions.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the lifecycle does not lead there, or nobody but the author
    /// approved.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn move_question_version(
        &self,
        question: QuestionId,
        version: QuestionVersionId,
        to: QuestionVersionStatus,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        use QuestionVersionStatus as S;
        let mut sql = self.sql("UPDATE question_version SET status = ");
        sql.bind(to.as_str());
        match to {
            S::Approved => drop(sql.push(", approved_at = ").bind(at)),
            S::Compromised => drop(sql.push(", retired_at = ").bind(at)),
            S::Retired => drop(sql.push(", retired_at = COALESCE(retired_at, ").bind(at).push(")")),
            S::Draft | S::InReview => {}
        }
        sql.push(" WHERE id = ").bind(version.uuid());
        self.execute(sql).await?;
        let mut sql = self.sql(
            "UPDATE question SET approved_version_id = (SELECT v.id FROM question_version v \
             WHERE v.question_id = question.id AND v.status = 'APPROVED') WHERE id = ",
        );
        sql.bind(question.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Approves drafts that were imported, each the latest version of its entry: they were reviewed where
    /// they come from.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when one has an author.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn approve_imported_versions(
        &self,
        versions: &[QuestionVersionId],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let ids = || versions.iter().map(|id| id.uuid());
        let mut sql = self.sql("UPDATE question_version SET status = 'IN_REVIEW' WHERE ");
        sql.one_of("id", ids());
        self.execute(sql).await?;
        let mut sql = self.sql("UPDATE question_version SET status = 'APPROVED', approved_at = ");
        sql.bind(at).push(" WHERE ").one_of("id", ids());
        self.execute(sql).await?;
        let mut sql = self.sql("UPDATE question SET approved_version_id = latest_version_id WHERE ");
        sql.one_of("latest_version_id", ids());
        self.execute(sql).await.map(drop)
    }

    /// Says which version of an entry was written last.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_latest_version(
        &self,
        question: QuestionId,
        version: QuestionVersionId,
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE question SET latest_version_id = ");
        sql.bind(version.uuid()).push(" WHERE id = ").bind(question.uuid());
        self.execute(sql).await.map(drop)
    }

    /// The versions of an entry that are APPROVED or COMPROMISED.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn versions_in_use(&self, question: QuestionId) -> Result<Vec<QuestionVersionId>, StoreError> {
        let mut sql = self.sql(
            "SELECT v.id FROM question_version v WHERE v.status IN ('APPROVED', 'COMPROMISED') \
             AND v.question_id = ",
        );
        sql.bind(question.uuid()).push(" ORDER BY v.number");
        let rows = self.all::<IdRow>(sql).await?.into_iter();
        Ok(rows.map(|row| QuestionVersionId::from_uuid(row.id)).collect())
    }

    /// Adds a verdict.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_question_review(
        &self,
        id: Uuid,
        version: QuestionVersionId,
        review: &QuestionReview,
    ) -> Result<(), StoreError> {
        self.insert([question_review::Model {
            id,
            question_version_id: version.uuid(),
            reviewer_id: review.reviewer_id.uuid(),
            verdict: review.verdict.as_str().to_owned(),
            comments: review.comments.clone(),
            at: review.at,
        }])
        .await
    }

    /// Adds a report of a leak.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_leak_report(
        &self,
        id: Uuid,
        version: QuestionVersionId,
        report: &LeakReport,
    ) -> Result<(), StoreError> {
        self.insert([leak_report::Model {
            id,
            question_version_id: version.uuid(),
            reporter_id: report.reporter_id.map(PersonId::uuid),
            source: report.source.clone(),
            at: report.at,
        }])
        .await
    }
}
