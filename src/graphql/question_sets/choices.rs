//! The closed sets of values around sets of questions. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::questions::sets;

/// What a set of questions is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "sets::QuestionSetPurpose")]
pub enum QuestionSetPurpose {
    /// Template. To be used again and again, once it is published.
    Template,
    /// Interview. For one interview; it needs no publishing.
    Interview,
}

/// Where a set stands: DRAFT, PUBLISHED, ARCHIVED. A published one never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "sets::QuestionSetStatus")]
pub enum QuestionSetStatus {
    /// Draft. Being put together; for its author and those who edit the bank.
    Draft,
    /// Published. Ready for everyone who interviews.
    Published,
    /// Archived. No longer used.
    Archived,
}

/// How far a set covers what a role requires of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "sets::coverage::SetCoverageStatus")]
pub enum QuestionSetCoverageStatus {
    /// Covered. A question is there to show it, at the required level or above.
    Covered,
    /// Thin. Shown only along the way, or one level below.
    Thin,
    /// Left out. Not shown, or only by questions that are there to show it two levels below or more.
    None,
}

/// What can be wrong with a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "sets::QuestionSetWarningKind")]
pub enum QuestionSetWarningKind {
    /// Compromised. A question is known outside, and not to be asked.
    Compromised,
    /// Out of use. A question is no longer asked, or in a newer version.
    Retired,
    /// Siblings. Two questions give each other away, or ask the same.
    Siblings,
}
