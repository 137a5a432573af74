//! A membership as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{ids::TeamMembershipId, teams},
    graphql::{
        connection::listed,
        context::found_by_id,
        ids::global,
        people::Person,
        permissions::TeamMembershipPermissions,
        scalars::DateTime,
        teams::{Team, choices::TeamRole},
    },
};

/// A membership the viewer sees.
#[derive(Debug, Clone)]
pub struct TeamMembership(pub Arc<teams::TeamMembership>);

found_by_id! { TeamMembership(TeamMembershipId); }
listed! { TeamMembership: "memberships"; }

/// A dated stay of a person in a team. A person can be in several teams, and history survives a re-org.
#[Object]
impl TeamMembership {
    /// The id of the membership.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Who is in the team.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.person_id).await.transpose()
    }

    /// The team the person is in.
    async fn team(&self, ctx: &Context<'_>) -> Option<Result<Team>> {
        Team::find(ctx, self.0.team_id).await.transpose()
    }

    /// What the person is in the team.
    async fn role(&self) -> TeamRole {
        self.0.role.into()
    }

    /// The share of a full-time week that the person gives to the team, in per cent, 1–100.
    async fn allocation_pct(&self) -> i32 {
        self.0.allocation_pct
    }

    /// The first instant of the membership.
    async fn valid_from(&self) -> DateTime {
        DateTime(self.0.valid.from)
    }

    /// The first instant after the membership; null while it lasts.
    async fn valid_to(&self) -> Option<DateTime> {
        self.0.valid.to.map(DateTime)
    }

    /// What you may do with the membership now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<TeamMembershipPermissions> {
        self.permissions(ctx)
    }
}
