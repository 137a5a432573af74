//! The closed sets of values around teams. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::teams;

/// Where a team stands in its life: ACTIVE, then ARCHIVED.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "teams::TeamStatus")]
pub enum TeamStatus {
    /// Active. At work.
    Active,
    /// Archived. Kept for its history; has no active members and no teams below it.
    Archived,
}

/// What a person is in a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "teams::TeamRole")]
pub enum TeamRole {
    /// Lead. Leads this team and those below it.
    Lead,
    /// Member. Works in the team.
    Member,
}
