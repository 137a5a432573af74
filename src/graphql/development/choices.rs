//! The closed sets of values around development. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::development;

/// Where a development plan stands: DRAFT, AGREED, ACTIVE, COMPLETED; ABANDONED from any of the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "development::PlanStatus")]
pub enum DevelopmentPlanStatus {
    /// Draft. Being written, by the person and those who lead them.
    Draft,
    /// Agreed. Somebody who leads the person agreed to it; each goal is SMART.
    Agreed,
    /// Active. Being worked on.
    Active,
    /// Completed. Ended, each goal achieved, missed or dropped.
    Completed,
    /// Abandoned. Given up.
    Abandoned,
}

/// Where a goal stands: NOT_STARTED, IN_PROGRESS, then ACHIEVED, MISSED or DROPPED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "development::GoalStatus")]
pub enum DevelopmentGoalStatus {
    /// Not started. Nothing was checked in yet.
    NotStarted,
    /// In progress. Something was checked in.
    InProgress,
    /// Achieved. Its target was reached, and somebody said so.
    Achieved,
    /// Missed. Its due date passed before its target was reached.
    Missed,
    /// Dropped. No longer pursued.
    Dropped,
}

/// What kind of number a goal is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "development::metric::MetricKind")]
pub enum GoalMetricKind {
    /// Level. A proficiency level, 0–5; its unit is `level`.
    Level,
    /// Count. Whole things, such as reviews done.
    Count,
    /// Percent. A share of a hundred; its unit is `%`.
    Percent,
    /// Number. Any other quantity, in a unit of its own.
    Number,
}

/// Whether a learning resource is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "development::LearningResourceStatus")]
pub enum LearningResourceStatus {
    /// Active. Is offered.
    Active,
    /// Archived. Is no longer offered.
    Archived,
}
