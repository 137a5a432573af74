//! What a client sends to excuse people from requirements, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject};

use crate::{
    app::gaps as app,
    domain::ids::{PersonKind, RequirementExemptionKind, SkillKind},
    graphql::{ids::raw, scalars::DateTime},
};

/// An exemption to grant.
#[derive(Debug, InputObject)]
pub struct ExemptRequirementInput {
    /// Who is excused.
    person_id: ID,
    /// From what, whichever role profile requires it. A skill that was merged stands for the one it reads as
    /// today.
    skill_id: ID,
    /// Why, 1–4000 characters. The person reads it.
    reason: String,
    /// The first instant at which it no longer holds, later than now.
    until: DateTime,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ExemptRequirementInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ExemptRequirement {
        app::ExemptRequirement {
            person_id: raw::<PersonKind>(&self.person_id),
            skill_id: raw::<SkillKind>(&self.skill_id),
            reason: self.reason,
            until: self.until.0,
            expected_revision: self.expected_revision,
        }
    }
}

/// An exemption to end before its day.
#[derive(Debug, InputObject)]
pub struct EndRequirementExemptionInput {
    /// The exemption.
    exemption_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl EndRequirementExemptionInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::EndRequirementExemption {
        let exemption_id = raw::<RequirementExemptionKind>(&self.exemption_id);
        app::EndRequirementExemption { exemption_id, expected_revision: self.expected_revision }
    }
}
