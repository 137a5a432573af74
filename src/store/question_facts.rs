//! What the policy needs to know of entries of the question bank, of the versions that the viewer sees.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, QuestionId},
        policy::facts::QuestionFacts,
        questions::QuestionVersionStatus,
        time::Timestamp,
    },
    store::{
        Reader, StoreError,
        questions::within,
        rows::{known, uuids},
    },
};

/// A version, once for each of its writers.
#[derive(FromQueryResult)]
struct VersionRow {
    question_id: Uuid,
    number: i32,
    status: String,
    latest: bool,
    approved_at: Option<Timestamp>,
    author_id: Option<Uuid>,
    writer_id: Option<Uuid>,
}

impl Reader {
    /// The facts of the entries among `ids` of which the viewer sees the version written last, or one that is
    /// in use.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn question_facts(
        &self,
        scope: &Scope,
        ids: &[QuestionId],
    ) -> Result<BTreeMap<QuestionId, QuestionFacts>, StoreError> {
        let mut sql = self.sql(
            "SELECT v.question_id, v.number, v.status, v.id = q.latest_version_id AS latest, v.approved_at, \
             v.author_id, w.person_id AS writer_id FROM question q JOIN question_version v ON v.question_id = q.id \
             LEFT JOIN question_version_writer w ON w.question_version_id = v.id \
             WHERE (v.id = q.latest_version_id OR v.status IN ('APPROVED', 'COMPROMISED')) AND ",
        );
        sql.one_of("q.id", uuids(ids)).push(" AND ");
        within(&mut sql, scope);
        let mut facts: BTreeMap<QuestionId, QuestionFacts> = BTreeMap::new();
        for row in self.all::<VersionRow>(sql).await? {
            let status = known("question_version.status", &row.status, QuestionVersionStatus::parse)?;
            let entry = facts.entry(QuestionId::from_uuid(row.question_id)).or_default();
            entry.approved |= status == QuestionVersionStatus::Approved;
            entry.compromised |= status == QuestionVersionStatus::Compromised;
            // The next version of an entry is begun only once the one before was approved.
            entry.ever_approved |= row.number > 1 || row.approved_at.is_some();
            if row.latest {
                entry.latest = Some(status);
                entry.writers.extend(row.author_id.into_iter().chain(row.writer_id).map(PersonId::from_uuid));
            }
        }
        Ok(facts)
    }
}
