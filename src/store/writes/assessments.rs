//! Storing assessments, what happens to them, and interests. Rows are added and never changed.

use uuid::Uuid;

use crate::{
    domain::{
        assessments::{AssessmentStatus, SkillAssessment, SkillInterest, effective::Party},
        ids::{PersonId, SkillAssessmentId},
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        entity::ratings::{
            skill_assessment, skill_assessment_note, skill_assessment_response, skill_assessment_status,
            skill_interest,
        },
    },
};

/// What the assessed person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentResponse {
    /// The row's id.
    pub id: Uuid,
    /// To which assessment.
    pub assessment_id: SkillAssessmentId,
    /// The words.
    pub text: String,
    /// Record time.
    pub at: Timestamp,
}

/// A status an assessment gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// The row's id.
    pub id: Uuid,
    /// Which assessment.
    pub assessment_id: SkillAssessmentId,
    /// 1 for its first status, 2 for the next …
    pub seq: i32,
    /// The status.
    pub status: AssessmentStatus,
    /// Who gave it; `None`: the system.
    pub by: Option<PersonId>,
    /// Record time.
    pub at: Timestamp,
    /// Why, in the words of who gave it.
    pub reason: Option<String>,
}

impl Tx {
    /// Stores assessments with their notes; their statuses are
    /// [`insert_assessment_statuses`](Self::insert_assessment_statuses). The caller rebuilds the
    /// projection of the people concerned.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_assessments(&self, assessments: &[SkillAssessment]) -> Result<(), StoreError> {
        let row = |rated: &SkillAssessment| skill_assessment::Model {
            id: rated.id.uuid(),
            person_id: rated.person_id.uuid(),
            skill_id: rated.skill_id.uuid(),
            level: rated.level.value().into(),
            confidence: rated.confidence.map(|confidence| confidence.as_str().to_owned()),
            source: rated.source.as_str().to_owned(),
            party: Party::of(rated.source, rated.assessor_id, rated.certificate.as_deref()).stored(),
            assessor_id: rated.assessor_id.map(|id| id.uuid()),
            certificate: rated.certificate.clone(),
            observed_at: rated.observed_at,
            recorded_at: rated.recorded_at,
            expires_at: rated.expires_at,
            evidence: serde_json::json!(rated.evidence).to_string(),
        };
        let note = |rated: &SkillAssessment| {
            let note = rated.note.clone()?;
            Some(skill_assessment_note::Model { assessment_id: rated.id.uuid(), note })
        };
        self.insert(assessments.iter().map(row)).await?;
        self.insert(assessments.iter().filter_map(note)).await
    }

    /// Stores what happened to assessments.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_assessment_statuses(&self, changes: &[StatusChange]) -> Result<(), StoreError> {
        let row = |change: &StatusChange| skill_assessment_status::Model {
            id: change.id,
            assessment_id: change.assessment_id.uuid(),
            status: change.status.as_str().to_owned(),
            by_id: change.by.map(|id| id.uuid()),
            at: change.at,
            reason: change.reason.clone(),
            seq: change.seq,
        };
        self.insert(changes.iter().map(row)).await
    }

    /// Stores what assessed people answered; the latest answer is shown.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_assessment_responses(
        &self,
        responses: &[AssessmentResponse],
    ) -> Result<(), StoreError> {
        let row = |response: &AssessmentResponse| skill_assessment_response::Model {
            id: response.id,
            assessment_id: response.assessment_id.uuid(),
            text: response.text.clone(),
            at: response.at,
        };
        self.insert(responses.iter().map(row)).await
    }

    /// Stores interests; the latest `since` holds.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_interests(&self, interests: &[SkillInterest]) -> Result<(), StoreError> {
        let row = |interest: &SkillInterest| skill_interest::Model {
            person_id: interest.person_id.uuid(),
            skill_id: interest.skill_id.uuid(),
            interest: interest.interest.value().into(),
            since: interest.since,
        };
        self.insert(interests.iter().map(row)).await
    }
}
