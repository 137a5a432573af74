//! The closed sets of values around assessments. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::{assessments, levels};

/// On what ground a level was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "assessments::AssessmentSource")]
pub enum AssessmentSource {
    /// Self. The person themself.
    #[graphql(name = "SELF")]
    SelfRating,
    /// Manager. Somebody who leads the person.
    Manager,
    /// Peer. A colleague; counts once two colleagues have rated.
    Peer,
    /// Interview. Scored interviews.
    Interview,
    /// Certificate. A certificate, validated by the skill's owner or a lead.
    Certificate,
    /// Import. Data from elsewhere.
    Import,
}

/// Where an assessment stands: PENDING, then VALIDATED or REJECTED; VALIDATED, then SUPERSEDED or REVOKED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "assessments::AssessmentStatus")]
pub enum AssessmentStatus {
    /// Pending. Waits for a lead or the skill's owner.
    Pending,
    /// Validated. Counts.
    Validated,
    /// Rejected. Was refused and never counts.
    Rejected,
    /// Superseded. A later one took its place; it counts for the past.
    Superseded,
    /// Revoked. Was withdrawn and never counts.
    Revoked,
}

/// How sure the assessor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "levels::Confidence")]
pub enum Confidence {
    /// Low. A guess.
    Low,
    /// Medium. Some evidence.
    Medium,
    /// High. Seen repeatedly.
    High,
}

/// How old a level is, measured by its skill's review settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "assessments::staleness::Staleness")]
pub enum Staleness {
    /// Fresh. Recent enough.
    Fresh,
    /// Due. Should be looked at again soon; still counts.
    Due,
    /// Stale. Was not looked at for one and a half review intervals; still counts.
    Stale,
    /// Expired. No longer counts.
    Expired,
}

/// Why a source was chosen, or was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "assessments::effective::ExplanationOutcome")]
pub enum LevelExplanationOutcome {
    /// Chosen. Its level is the effective one.
    Chosen,
    /// Lower rank. A source that weighs more was there.
    LowerRank,
    /// Stale. A fresher source of its group was there.
    Stale,
    /// Expired. No longer counts.
    Expired,
    /// Too few peers. One peer does not speak for the peers.
    TooFewPeers,
}
