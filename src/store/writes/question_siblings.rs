//! What entries of the question bank are to each other, stored and taken back; and which may be near
//! duplicates of a text. Never decides whether they are.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::QuestionId,
        questions::{QuestionRelation, similarity::Fingerprint},
    },
    store::{StoreError, Tx, entity::questions::question_relation},
};

/// An entry whose text resembles another one.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
struct CandidateRow {
    question_id: Uuid,
    stem: String,
}

/// The most candidates that are compared word by word.
const MOST_CANDIDATES: i64 = 50;

impl Tx {
    /// Adds what entries are to each other.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_question_relations(&self, relations: &[QuestionRelation]) -> Result<(), StoreError> {
        self.insert(relations.iter().map(|relation| question_relation::Model {
            from_id: relation.from_id.uuid(),
            to_id: relation.to_id.uuid(),
            kind: relation.kind.as_str().to_owned(),
        }))
        .await
    }

    /// Takes back what two entries are to each other; tells whether they were.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_question_relation(&self, relation: QuestionRelation) -> Result<bool, StoreError> {
        let mut sql = self.sql("DELETE FROM question_relation WHERE from_id = ");
        sql.bind(relation.from_id.uuid()).push(" AND to_id = ").bind(relation.to_id.uuid());
        sql.push(" AND kind = ").bind(relation.kind.as_str());
        Ok(self.execute(sql).await?.rows_affected() > 0)
    }

    /// Entries other than `but` whose latest or approved text may resemble the one of this fingerprint,
    /// with those texts: those that share most of its sketch, at most 50.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn resembling(
        &self,
        fingerprint: &Fingerprint,
        but: QuestionId,
    ) -> Result<Vec<(QuestionId, String)>, StoreError> {
        let digests: Vec<String> = fingerprint.sketch().map(|digest| digest.to_string()).collect();
        let digests = serde_json::to_string(&digests).unwrap_or_default();
        let list = if self.backend() == sea_orm::DbBackend::Postgres {
            ("json_array_elements_text(CAST(", " AS json))")
        } else {
            ("json_each(", ")")
        };
        let mut sql = self.sql(&format!(
            "SELECT v.question_id, v.stem FROM (SELECT f.question_version_id, count(*) AS n \
             FROM question_fingerprint f WHERE f.digest IN (SELECT CAST(value AS bigint) FROM {}",
            list.0
        ));
        sql.bind(digests).push(list.1);
        sql.push(
            ") GROUP BY f.question_version_id) c JOIN question_version v ON v.id = c.question_version_id \
             JOIN question q ON q.id = v.question_id WHERE v.id IN (q.latest_version_id, q.approved_version_id) \
             AND q.id <> ",
        );
        sql.bind(but.uuid()).push(" ORDER BY c.n DESC, v.id LIMIT ").bind(MOST_CANDIDATES);
        let rows = self.all::<CandidateRow>(sql).await?.into_iter();
        Ok(rows.map(|row| (QuestionId::from_uuid(row.question_id), row.stem)).collect())
    }
}
