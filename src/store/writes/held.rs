//! What a write of assessments reads under its locks, and the single rows it adds beside the bulk ones.
//! Reads nothing for a client: who asks has found the people and skills within their scope.

use sea_orm::FromQueryResult;

use crate::{
    domain::{
        assessments::{AssessmentStatus, SkillInterest, effective::Rating, projection::Slot},
        ids::{PersonId, SkillId},
    },
    store::{
        StoreError, Tx,
        projection::RECORDED,
        ratings::RatingRow,
        rows::{known, texts},
    },
};

/// An assessment that something can still happen to: a PENDING one, or the VALIDATED one of its slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenAssessment {
    /// Who was rated.
    pub person_id: PersonId,
    /// What it is, or would become, the one current level of.
    pub slot: Slot,
    /// The rating.
    pub rating: Rating,
    /// PENDING or VALIDATED.
    pub status: AssessmentStatus,
    /// The place of that status in its history.
    pub seq: i32,
}

/// An assessment of whatever status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedAssessment {
    /// Who was rated.
    pub person_id: PersonId,
    /// In what, as it reads today.
    pub skill_id: SkillId,
    /// The rating.
    pub rating: Rating,
    /// How sure the assessor was, by its stored name.
    pub confidence: Option<String>,
    /// What supports it.
    pub evidence: Vec<String>,
}

#[derive(FromQueryResult)]
struct RecordedRow {
    #[sea_orm(nested)]
    rating: RatingRow,
    confidence: Option<String>,
    evidence: String,
}

#[derive(FromQueryResult)]
struct OpenRow {
    #[sea_orm(nested)]
    rating: RatingRow,
    status: String,
    seq: i32,
}

impl Tx {
    /// The open assessments recorded in one of `cells`. From history and not from the
    /// projection, which is never a truth of its own; call it with the people's roots locked.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn open_assessments(
        &self,
        cells: &[(PersonId, SkillId)],
    ) -> Result<Vec<OpenAssessment>, StoreError> {
        let mut sql = self.sql(
            "SELECT a.person_id, a.skill_id, a.id AS assessment_id, a.source, a.party, a.level, a.observed_at, \
             a.recorded_at, a.expires_at, v.status, v.seq FROM skill_assessment a \
             JOIN skill_assessment_status v ON v.assessment_id = a.id AND v.seq = (\
             SELECT MAX(w.seq) FROM skill_assessment_status w WHERE w.assessment_id = a.id) \
             WHERE v.status IN ('PENDING', 'VALIDATED') AND ",
        );
        sql.recorded_as(cells);
        self.all::<OpenRow>(sql).await?.into_iter().map(open).collect()
    }

    /// Everything that was ever recorded of what reads as one of `cells` today.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn recorded_assessments(
        &self,
        cells: &[(PersonId, SkillId)],
    ) -> Result<Vec<RecordedAssessment>, StoreError> {
        let mut sql = self.sql("");
        sql.with_recorded(cells).push(
            "SELECT a.person_id, COALESCE(s.merged_into, s.id) AS skill_id, a.id AS assessment_id, a.source, \
             a.party, a.level, a.observed_at, a.recorded_at, a.expires_at, a.confidence, a.evidence FROM ",
        );
        sql.push(RECORDED)
            .push(" JOIN skill s ON s.id = a.skill_id ORDER BY a.observed_at, a.recorded_at, a.id");
        let recorded = |row: RecordedRow| {
            let placed = row.rating.placed()?;
            Ok(RecordedAssessment {
                person_id: placed.person_id,
                skill_id: placed.skill_id,
                rating: placed.rating,
                confidence: row.confidence,
                evidence: texts("skill_assessment.evidence", &row.evidence)?,
            })
        };
        self.all::<RecordedRow>(sql).await?.into_iter().map(recorded).collect()
    }

    /// Stores an interest; a second word at the same instant takes the place of the first.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn set_skill_interest(&self, interest: &SkillInterest) -> Result<(), StoreError> {
        let mut sql = self.sql("INSERT INTO skill_interest (person_id, skill_id, interest, since) VALUES (");
        sql.bind(interest.person_id.uuid()).push(", ").bind(interest.skill_id.uuid()).push(", ");
        sql.bind(i32::from(interest.interest.value())).push(", ").bind(interest.since);
        sql.push(") ON CONFLICT (person_id, skill_id, since) DO UPDATE SET interest = excluded.interest");
        self.execute(sql).await.map(drop)
    }
}

fn open(row: OpenRow) -> Result<OpenAssessment, StoreError> {
    let status = known("skill_assessment_status.status", &row.status, AssessmentStatus::parse)?;
    let placed = row.rating.placed()?;
    let slot = Slot {
        recorded_skill_id: placed.skill_id,
        source: placed.rating.source,
        party: placed.rating.party.clone(),
    };
    Ok(OpenAssessment { person_id: placed.person_id, slot, rating: placed.rating, status, seq: row.seq })
}
