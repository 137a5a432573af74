//! The closed sets of values around people. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::{people, policy};

/// Where a person stands in their life here: ACTIVE, INACTIVE, then ERASED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "people::PersonStatus")]
pub enum PersonStatus {
    /// Active. Works here.
    Active,
    /// Inactive. Left; the history is kept.
    Inactive,
    /// Erased. Left, and their personal data was removed.
    Erased,
}

/// Who, beyond those who see a person's assessments anyway, finds them by skill: by level bands
/// from 3 and by interest, never by source or history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "people::Discoverability")]
pub enum Discoverability {
    /// My teams. People who share a current team with them.
    Team,
    /// Whole organisation. Every member of the organisation.
    Organisation,
    /// Nobody. Only those who see their assessments anyway.
    Nobody,
}

/// What a token grants, whoever carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "policy::Claim", name = "Role")]
pub enum Role {
    /// Interviewer. Interviews candidates.
    Interviewer,
    /// Question editor. Writes and reviews questions.
    QuestionEditor,
    /// Recruiter. Runs applications and schedules; reads salary benchmarks.
    Recruiter,
    /// Calibrator. Runs calibrations.
    Calibrator,
    /// Administrator. Manages teams, people, skills and role profiles.
    Admin,
    /// Service. A program; sees and does what its scopes name.
    Service,
}
