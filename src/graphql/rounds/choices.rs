//! The closed sets of values around assessment rounds. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::rounds;

/// Where an assessment round stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rounds::AssessmentRoundStatus")]
pub enum AssessmentRoundStatus {
    /// Open. Waits for assessments, overdue or not.
    Open,
    /// Closed. Is over; kept for its history.
    Closed,
}
