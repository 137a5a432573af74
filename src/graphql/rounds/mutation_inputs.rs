//! What a client sends to open, change and close assessment rounds, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject};

use crate::{
    app::rounds as app,
    domain::ids::{AssessmentRoundKind, RoleProfileKind, SkillKind, TeamKind},
    graphql::{ids::raw, scalars::DateTime},
};

/// An assessment round to open.
#[derive(Debug, InputObject)]
pub struct OpenAssessmentRoundInput {
    /// The team whose members are assessed.
    team_id: ID,
    /// 1–200 characters.
    name: String,
    /// In what: 1–100 skills in use, no certifications. Or else give `roleProfileId`.
    skill_ids: Option<Vec<ID>>,
    /// In what the published version of this role profile requires, as far as people can be rated in it.
    role_profile_id: Option<ID>,
    /// By when it shall be done, later than now.
    due_at: DateTime,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl OpenAssessmentRoundInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::OpenAssessmentRound {
        app::OpenAssessmentRound {
            team_id: raw::<TeamKind>(&self.team_id),
            name: self.name,
            skill_ids: self.skill_ids.map(|ids| ids.iter().map(raw::<SkillKind>).collect()),
            role_profile_id: self.role_profile_id.as_ref().map(raw::<RoleProfileKind>),
            due_at: self.due_at.0,
        }
    }
}

/// What changes of an open round; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateAssessmentRoundInput {
    /// The round.
    round_id: ID,
    /// 1–200 characters.
    name: Option<String>,
    /// Exactly these from now on: 1–100 skills in use, no certifications.
    skill_ids: Option<Vec<ID>>,
    /// By when it shall be done, later than now.
    due_at: Option<DateTime>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the round that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateAssessmentRoundInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateAssessmentRound {
        app::UpdateAssessmentRound {
            round_id: raw::<AssessmentRoundKind>(&self.round_id),
            name: self.name,
            skill_ids: self.skill_ids.map(|ids| ids.iter().map(raw::<SkillKind>).collect()),
            due_at: self.due_at.map(|at| at.0),
            expected_revision: self.expected_revision,
        }
    }
}

/// A round to close.
#[derive(Debug, InputObject)]
pub struct CloseAssessmentRoundInput {
    /// The round.
    round_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the round that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl CloseAssessmentRoundInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CloseAssessmentRound {
        let round_id = raw::<AssessmentRoundKind>(&self.round_id);
        app::CloseAssessmentRound { round_id, expected_revision: self.expected_revision }
    }
}
