//! What a client sends to change teams and memberships, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject};

use crate::{
    app::teams as app,
    domain::ids::{PersonKind, TeamKind, TeamMembershipKind},
    graphql::{ids::raw, scalars::DateTime, teams::choices::TeamRole},
};

/// A team to found.
#[derive(Debug, InputObject)]
pub struct CreateTeamInput {
    /// 1–200 characters.
    name: String,
    /// The name of the team in addresses, unique in the organisation: 1–64 lower-case letters, digits and
    /// single inner hyphens. Made from the name when left out.
    slug: Option<String>,
    /// The team above; at the top when left out.
    parent_id: Option<ID>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreateTeamInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreateTeam {
        let Self { name, slug, parent_id, .. } = self;
        app::CreateTeam { name, slug, parent_id: parent_id.as_ref().map(raw::<TeamKind>) }
    }
}

/// What changes of a team; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateTeamInput {
    /// The team.
    team_id: ID,
    /// 1–200 characters.
    name: Option<String>,
    /// The name of the team in addresses, unique in the organisation: 1–64 lower-case letters, digits and
    /// single inner hyphens. It does not follow the name.
    slug: Option<String>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateTeamInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateTeam {
        let Self { name, slug, expected_revision, .. } = self;
        app::UpdateTeam { team_id: raw::<TeamKind>(&self.team_id), name, slug, expected_revision }
    }
}

/// Where a team goes.
#[derive(Debug, InputObject)]
pub struct MoveTeamInput {
    /// The team.
    team_id: ID,
    /// The team above from now on; at the top when null or left out.
    parent_id: Option<ID>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl MoveTeamInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::MoveTeam {
        app::MoveTeam {
            team_id: raw::<TeamKind>(&self.team_id),
            parent_id: self.parent_id.as_ref().map(raw::<TeamKind>),
            expected_revision: self.expected_revision,
        }
    }
}

/// A team to close.
#[derive(Debug, InputObject)]
pub struct ArchiveTeamInput {
    /// The team.
    team_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ArchiveTeamInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ArchiveTeam {
        let expected_revision = self.expected_revision;
        app::ArchiveTeam { team_id: raw::<TeamKind>(&self.team_id), expected_revision }
    }
}

/// A stay of a person in a team, to begin.
#[derive(Debug, InputObject)]
pub struct AddTeamMemberInput {
    /// Where: an active team.
    team_id: ID,
    /// Who: somebody who works here.
    person_id: ID,
    /// What the person is in the team; MEMBER when left out.
    role: Option<TeamRole>,
    /// The share of a full-time week that the person gives to the team, in per cent, 1–100; 100 when left
    /// out.
    allocation_pct: Option<i32>,
    /// The first instant of the membership, past or future; now when left out.
    valid_from: Option<DateTime>,
    /// The first instant after it; lasting when left out. An end that is given once cannot be changed.
    valid_to: Option<DateTime>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl AddTeamMemberInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::AddTeamMember {
        app::AddTeamMember {
            team_id: raw::<TeamKind>(&self.team_id),
            person_id: raw::<PersonKind>(&self.person_id),
            role: self.role.unwrap_or(TeamRole::Member).into(),
            allocation_pct: self.allocation_pct.unwrap_or(100),
            valid_from: self.valid_from.map(|at| at.0),
            valid_to: self.valid_to.map(|at| at.0),
            expected_revision: self.expected_revision,
        }
    }
}

/// What changes of a membership; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdateTeamMembershipInput {
    /// The membership. One that has its end, past or to come, does not change.
    membership_id: ID,
    /// What the person is in the team from then on.
    role: Option<TeamRole>,
    /// The share of a full-time week that the person gives to the team from then on, in per cent, 1–100.
    allocation_pct: Option<i32>,
    /// From when, later than the membership began; now when left out.
    valid_from: Option<DateTime>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateTeamMembershipInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateTeamMembership {
        app::UpdateTeamMembership {
            membership_id: raw::<TeamMembershipKind>(&self.membership_id),
            role: self.role.map(Into::into),
            allocation_pct: self.allocation_pct,
            valid_from: self.valid_from.map(|at| at.0),
            expected_revision: self.expected_revision,
        }
    }
}

/// A membership to end.
#[derive(Debug, InputObject)]
pub struct EndTeamMembershipInput {
    /// The membership. One that has its end, past or to come, does not change.
    membership_id: ID,
    /// The first instant after it, past or future, later than it began; now when left out.
    valid_to: Option<DateTime>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl EndTeamMembershipInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::EndTeamMembership {
        app::EndTeamMembership {
            membership_id: raw::<TeamMembershipKind>(&self.membership_id),
            valid_to: self.valid_to.map(|at| at.0),
            expected_revision: self.expected_revision,
        }
    }
}
