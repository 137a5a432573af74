//! Assessments: who rated whom at what level, from which source, and what counts of it.

pub mod effective;
pub mod projection;
mod representative;
pub mod staleness;
#[cfg(test)]
pub(in crate::domain) mod tests;

use crate::domain::{
    choices::choices,
    ids::{PersonId, SkillAssessmentId, SkillId},
    levels::{Confidence, Interest, Level},
    time::Timestamp,
};

/// One rating. Rows never change; what happens to them is in their statuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillAssessment {
    /// Its id.
    pub id: SkillAssessmentId,
    /// Who was rated.
    pub person_id: PersonId,
    /// In what, as recorded; reads resolve a merged skill to its canonical one.
    pub skill_id: SkillId,
    /// How well.
    pub level: Level,
    /// How sure the assessor was.
    pub confidence: Option<Confidence>,
    /// On what ground.
    pub source: AssessmentSource,
    /// Who rated; `None` for IMPORT by the system.
    pub assessor_id: Option<PersonId>,
    /// For CERTIFICATE, which certificate; one current row per certificate.
    pub certificate: Option<String>,
    /// Valid time: when the level was observed.
    pub observed_at: Timestamp,
    /// Record time: when we were told.
    pub recorded_at: Timestamp,
    /// When the rating stops to count, by its own terms.
    pub expires_at: Option<Timestamp>,
    /// Links or references that support it.
    pub evidence: Vec<String>,
    /// What the assessor wrote.
    pub note: Option<String>,
    /// What the assessed person answered.
    pub response: Option<String>,
    /// The last of its statuses.
    pub status: AssessmentStatus,
}

choices! {
    /// On what ground a level was given.
    AssessmentSource {
        /// The person themself.
        SelfRating = "SELF",
        /// A lead of the person.
        Manager = "MANAGER",
        /// A colleague.
        Peer = "PEER",
        /// Scored interviews.
        Interview = "INTERVIEW",
        /// A certificate.
        Certificate = "CERTIFICATE",
        /// Data from elsewhere.
        Import = "IMPORT",
    }
}

choices! {
    /// PENDING → VALIDATED or REJECTED; VALIDATED → SUPERSEDED or REVOKED. EXPIRED is derived.
    AssessmentStatus {
        /// Waits for a lead or the skill's owner.
        Pending = "PENDING",
        /// Counts.
        Validated = "VALIDATED",
        /// Was refused; never counts.
        Rejected = "REJECTED",
        /// Was replaced by a later one; counts for the past.
        Superseded = "SUPERSEDED",
        /// Was withdrawn; never counts.
        Revoked = "REVOKED",
    }
}

impl AssessmentSource {
    /// The status a new row of this source starts in.
    #[must_use]
    pub const fn initial_status(self) -> AssessmentStatus {
        match self {
            Self::SelfRating | Self::Manager | Self::Import | Self::Interview => AssessmentStatus::Validated,
            Self::Peer | Self::Certificate => AssessmentStatus::Pending,
        }
    }

    /// Whether somebody other than the person vouches for it.
    #[must_use]
    pub const fn is_third_party(self) -> bool {
        matches!(self, Self::Manager | Self::Peer | Self::Interview | Self::Certificate)
    }
}

/// How much a person wants to work with a skill. Stands by itself: an unrated learner exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SkillInterest {
    /// Who.
    pub person_id: PersonId,
    /// What.
    pub skill_id: SkillId,
    /// 0–5.
    pub interest: Interest,
    /// Since when.
    pub since: Timestamp,
}
