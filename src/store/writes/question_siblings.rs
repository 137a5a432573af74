//! What entries of the question bank are to each other, stored and taken back; and which may be near
//! duplicates of a text. Never decides whether they are.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::QuestionId,
        questions::{QuestionRelation, similarity::Fingerprint},
    },
    store::{StoreError, Tx, entity::questions::question_relation, questions::within},
};

#[derive(FromQueryResult)]
struct CandidateRow {
    question_id: Uuid,
    key: String,
    stem: String,
}

/// An entry, and a text of it that may resemble another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The entry.
    pub question_id: QuestionId,
    /// Its key.
    pub key: String,
    /// The text.
    pub stem: String,
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

    /// Entries other than `but` of which a text that the viewer sees may resemble the one of this fingerprint:
    /// the latest, the approved, or one that leaked. Those that share most of its sketch, at most 50.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn resembling(
        &self,
        scope: &Scope,
        fingerprint: &Fingerprint,
        but: QuestionId,
    ) -> Result<Vec<Candidate>, StoreError> {
        let digests: Vec<String> = fingerprint.sketch().map(|digest| digest.to_string()).collect();
        let digests = serde_json::to_string(&digests).unwrap_or_default();
        let list = if self.backend() == sea_orm::DbBackend::Postgres {
            ("json_array_elements_text(CAST(", " AS json))")
        } else {
            ("json_each(", ")")
        };
        let mut sql = self.sql(&format!(
            "SELECT v.question_id, q.key, v.stem FROM (SELECT f.question_version_id, count(*) AS n \
             FROM question_fingerprint f WHERE f.digest IN (SELECT CAST(value AS bigint) FROM {}",
            list.0
        ));
        sql.bind(digests).push(list.1);
        sql.push(
            ") GROUP BY f.question_version_id) c JOIN question_version v ON v.id = c.question_version_id \
             JOIN question q ON q.id = v.question_id WHERE (v.id IN (q.latest_version_id, q.approved_version_id) \
             OR EXISTS (SELECT 1 FROM leak_report l WHERE l.question_version_id = v.id)) AND q.id <> ",
        );
        sql.bind(but.uuid()).push(" AND ");
        within(&mut sql, scope);
        sql.push(" ORDER BY c.n DESC, v.id LIMIT ").bind(MOST_CANDIDATES);
        let candidate = |CandidateRow { question_id, key, stem }| Candidate {
            question_id: QuestionId::from_uuid(question_id),
            key,
            stem,
        };
        Ok(self.all(sql).await?.into_iter().map(candidate).collect())
    }
}
