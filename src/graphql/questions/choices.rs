//! The closed sets of values around questions. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::questions;

/// What sort of question it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "questions::QuestionKind")]
pub enum QuestionKind {
    /// Behavioural. Asks for something the person has done.
    Behavioral,
    /// Situational. Puts a situation and asks for a choice.
    Situational,
    /// Knowledge. Asks how something works.
    Knowledge,
    /// Coding. Asks for code, or to read it.
    Coding,
    /// System design. Asks for a design and its trade-offs.
    SystemDesign,
    /// Case. Works through a case with figures and constraints.
    Case,
}

/// Where a version stands: DRAFT, IN_REVIEW, APPROVED, then RETIRED, after a leak by way of COMPROMISED.
/// An approved one never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "questions::QuestionVersionStatus")]
pub enum QuestionVersionStatus {
    /// Draft. Being written.
    Draft,
    /// In review. Waits for the verdict of somebody who wrote nothing of it.
    InReview,
    /// Approved. May be asked; at most one a question.
    Approved,
    /// Compromised. Known outside, and not to be asked.
    Compromised,
    /// Retired. No longer asked.
    Retired,
}

/// How much of a question a skill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "questions::SkillRole")]
pub enum QuestionSkillRole {
    /// Primary. What the question is there to show.
    Primary,
    /// Secondary. Shown along the way.
    Secondary,
}

/// What two questions are to each other. Two that are ENEMY, VARIANT or DUPLICATE never stand in one
/// assembled set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "questions::QuestionRelationKind")]
pub enum QuestionRelationKind {
    /// Enemy. One gives the other away.
    Enemy,
    /// Variant. The same question in other clothes.
    Variant,
    /// Follow-up. The other goes on where the one ends.
    FollowUp,
    /// Duplicate. The same question.
    Duplicate,
}

/// What a reviewer says of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "questions::ReviewVerdict")]
pub enum ReviewVerdict {
    /// Approve. It may be asked.
    Approve,
    /// Request changes. It goes back to its author.
    RequestChanges,
}
