//! Teams, their tree and their memberships.

use crate::domain::{
    choices::choices,
    ids::{PersonId, TeamId, TeamMembershipId},
    revisions::Revision,
    time::Interval,
};

/// A team of people; teams form a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// 1–200 characters.
    pub name: String,
    /// Unique in the organisation.
    pub slug: String,
    /// Where it stands in its life.
    pub status: TeamStatus,
    /// The team above it today; `None` at the top.
    pub parent_id: Option<TeamId>,
    /// Raised by every write to the team, its place in the tree or its memberships.
    pub revision: Revision,
}

choices! {
    /// ACTIVE → ARCHIVED, and only without active members or children.
    TeamStatus {
        /// At work.
        Active = "ACTIVE",
        /// Kept for its history.
        Archived = "ARCHIVED",
    }
}

/// A dated stay of a person in a team. A person can be in several teams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMembership {
    /// Its id.
    pub id: TeamMembershipId,
    /// Who.
    pub person_id: PersonId,
    /// Where.
    pub team_id: TeamId,
    /// What the person is there.
    pub role: TeamRole,
    /// Share of a full-time week, 1–100.
    pub allocation_pct: i32,
    /// `validFrom..validTo`, half-open.
    pub valid: Interval,
}

choices! {
    /// What a person is in a team.
    TeamRole {
        /// Leads this team and those below it.
        Lead = "LEAD",
        /// Works in it.
        Member = "MEMBER",
    }
}
