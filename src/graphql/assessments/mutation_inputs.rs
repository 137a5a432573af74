//! What a client sends to change assessments and interests, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject};

use crate::{
    app::assessments as app,
    domain::ids::{PersonKind, SkillAssessmentKind, SkillKind},
    graphql::{
        assessments::choices::{AssessmentSource, Confidence},
        ids::raw,
        scalars::DateTime,
    },
};

/// A rating to record.
#[derive(Debug, InputObject)]
pub struct SkillAssessmentInput {
    /// Who is rated.
    person_id: ID,
    /// In what. A skill that was merged is recorded as the one it reads as today; one that is PROPOSED or
    /// DEPRECATED is refused.
    skill_id: ID,
    /// How well, 0–5. Unrated is not level 0: record nothing.
    level: i32,
    /// On what ground. SELF is yours alone, MANAGER a lead's, PEER that of whoever shares a team; a skill
    /// of kind CERTIFICATION takes CERTIFICATE and IMPORT only.
    source: AssessmentSource,
    /// How sure you are.
    confidence: Option<Confidence>,
    /// Which certificate, 1–400 characters: with CERTIFICATE, and only with it.
    certificate: Option<String>,
    /// When the level was observed; now when left out, never in the future.
    observed_at: Option<DateTime>,
    /// When the rating stops to count, later than `observedAt`; left out: as the skill says.
    expires_at: Option<DateTime>,
    /// Links or references that support it: at most 20, of 1–2000 characters each.
    evidence: Option<Vec<String>>,
    /// What you want to say about it, at most 4000 characters.
    note: Option<String>,
}

impl SkillAssessmentInput {
    fn read(self) -> app::NewSkillAssessment {
        app::NewSkillAssessment {
            person_id: raw::<PersonKind>(&self.person_id),
            skill_id: raw::<SkillKind>(&self.skill_id),
            level: self.level,
            source: self.source.into(),
            confidence: self.confidence.map(Into::into),
            certificate: self.certificate,
            observed_at: self.observed_at.map(|instant| instant.0),
            expires_at: self.expires_at.map(|instant| instant.0),
            evidence: self.evidence.unwrap_or_default(),
            note: self.note,
        }
    }
}

/// One rating to record.
#[derive(Debug, InputObject)]
pub struct RecordSkillAssessmentInput {
    #[graphql(flatten)]
    rating: SkillAssessmentInput,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl RecordSkillAssessmentInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::RecordSkillAssessment {
        let Self { rating, expected_revision, .. } = self;
        app::RecordSkillAssessment { assessment: rating.read(), expected_revision }
    }
}

/// Ratings to record together, all or none.
#[derive(Debug, InputObject)]
pub struct RecordSkillAssessmentsInput {
    /// The ratings, 1–200. Errors name them by their index.
    assessments: Vec<SkillAssessmentInput>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the person that you have seen; taken only when all ratings are of one person.
    expected_revision: Option<i64>,
}

impl RecordSkillAssessmentsInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::RecordSkillAssessments {
        let assessments = self.assessments.into_iter().map(SkillAssessmentInput::read).collect();
        app::RecordSkillAssessments { assessments, expected_revision: self.expected_revision }
    }
}

/// Pending assessments that shall count, all or none.
#[derive(Debug, InputObject)]
pub struct ValidateSkillAssessmentsInput {
    /// The assessments, 1–200, none of them twice.
    assessment_ids: Vec<ID>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; taken only when all are of one person.
    expected_revision: Option<i64>,
}

impl ValidateSkillAssessmentsInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ValidateSkillAssessments {
        let assessment_ids = self.assessment_ids.iter().map(raw::<SkillAssessmentKind>).collect();
        app::ValidateSkillAssessments { assessment_ids, expected_revision: self.expected_revision }
    }
}

/// Assessments that still hold, all or none.
#[derive(Debug, InputObject)]
pub struct ConfirmSkillAssessmentsInput {
    /// The assessments, 1–200, none of them twice.
    assessment_ids: Vec<ID>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the person that you have seen; taken only when all are of one person.
    expected_revision: Option<i64>,
}

impl ConfirmSkillAssessmentsInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ConfirmSkillAssessments {
        let assessment_ids = self.assessment_ids.iter().map(raw::<SkillAssessmentKind>).collect();
        app::ConfirmSkillAssessments { assessment_ids, expected_revision: self.expected_revision }
    }
}

/// A pending assessment that shall not count.
#[derive(Debug, InputObject)]
pub struct RejectSkillAssessmentInput {
    /// The assessment.
    assessment_id: ID,
    /// Why, 1–4000 characters. The person reads it.
    reason: String,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl RejectSkillAssessmentInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::WithdrawSkillAssessment {
        let assessment_id = raw::<SkillAssessmentKind>(&self.assessment_id);
        let Self { reason, expected_revision, .. } = self;
        app::WithdrawSkillAssessment { assessment_id, reason, expected_revision }
    }
}

/// An assessment that shall no longer count.
#[derive(Debug, InputObject)]
pub struct RevokeSkillAssessmentInput {
    /// The assessment.
    assessment_id: ID,
    /// Why, 1–4000 characters. The person reads it.
    reason: String,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl RevokeSkillAssessmentInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::WithdrawSkillAssessment {
        let assessment_id = raw::<SkillAssessmentKind>(&self.assessment_id);
        let Self { reason, expected_revision, .. } = self;
        app::WithdrawSkillAssessment { assessment_id, reason, expected_revision }
    }
}

/// An answer to an assessment of yourself.
#[derive(Debug, InputObject)]
pub struct RespondToSkillAssessmentInput {
    /// The assessment.
    assessment_id: ID,
    /// What you answer, 1–4000 characters. A later answer is shown in place of this one.
    text: String,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// Your revision as you have seen it; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl RespondToSkillAssessmentInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::RespondToSkillAssessment {
        let assessment_id = raw::<SkillAssessmentKind>(&self.assessment_id);
        let Self { text, expected_revision, .. } = self;
        app::RespondToSkillAssessment { assessment_id, text, expected_revision }
    }
}

/// How much a person would like to work with a skill.
#[derive(Debug, InputObject)]
pub struct SetSkillInterestInput {
    /// The person: yourself.
    person_id: ID,
    /// The skill. One that was merged stands for the one it reads as today.
    skill_id: ID,
    /// 0 (not at all) to 5 (very much).
    interest: i32,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// Your revision as you have seen it; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl SetSkillInterestInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::SetSkillInterest {
        app::SetSkillInterest {
            person_id: raw::<PersonKind>(&self.person_id),
            skill_id: raw::<SkillKind>(&self.skill_id),
            interest: self.interest,
            expected_revision: self.expected_revision,
        }
    }
}
