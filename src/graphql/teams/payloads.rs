//! What a client gets back from changing teams and memberships: read again under its scope, after the
//! change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{TeamId, TeamMembershipId},
        text::fold,
    },
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        people::Person,
        teams::{Team, TeamMembership},
    },
    store::{Cursor, SortKey},
};

/// What came of founding a team.
#[derive(Debug, SimpleObject)]
pub struct CreateTeamPayload {
    /// The new team; null when nothing was written.
    team: Option<Team>,
    /// The new team as it stands in `Query.teams`; null when nothing was written.
    edge: Option<Edge<Team>>,
    /// Why nothing was written, at most 100 reasons; empty when the team is founded.
    user_errors: Vec<UserError>,
}

impl CreateTeamPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let team = team(ctx, outcome.ids.first().copied()).await?;
        let edge = team.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(fold(&node.0.name)), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { team, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one team that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The team after the change, or as it stands on CONFLICT; null when it was refused otherwise.
            team: Option<Team>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let team = team(ctx, outcome.shown(named)).await?;
                Ok(Self { team, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of changing a team.
    UpdateTeamPayload;
    /// What came of moving a team.
    MoveTeamPayload;
    /// What came of archiving a team.
    ArchiveTeamPayload;
}

/// What came of adding a member to a team.
#[derive(Debug, SimpleObject)]
pub struct AddTeamMemberPayload {
    /// The new membership; null when nothing was written.
    membership: Option<TeamMembership>,
    /// The new membership as it stands in `Team.members`; null when nothing was written.
    edge: Option<Edge<TeamMembership>>,
    /// The team, with its new revision, or as it stands on CONFLICT; null when it was refused otherwise.
    team: Option<Team>,
    /// Why nothing was written, at most 100 reasons; empty when the membership is written.
    user_errors: Vec<UserError>,
}

impl AddTeamMemberPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let membership = membership(ctx, outcome.ids.first().copied()).await?;
        let edge = match membership.clone() {
            Some(node) => edge(ctx, node).await?,
            None => None,
        };
        let team = team(ctx, outcome.shown(named).map(|_| named)).await?;
        Ok(Self { membership, edge, team, user_errors: outcome.user_errors })
    }
}

async fn edge(ctx: &Context<'_>, node: TeamMembership) -> Result<Option<Edge<TeamMembership>>> {
    let person = Person::find(ctx, node.0.person_id).await?;
    Ok(person.map(|person| {
        let place = Cursor { key: SortKey::Text(fold(&person.0.display_name)), id: node.0.id.uuid() };
        Edge { cursor: encode(&place), node }
    }))
}

/// What came of changing a membership.
#[derive(Debug, SimpleObject)]
pub struct UpdateTeamMembershipPayload {
    /// The membership that holds from then on, under an id of its own, or the one named as it stands on
    /// CONFLICT; null when it was refused otherwise.
    membership: Option<TeamMembership>,
    /// The membership so far, now with its end; null when nothing was written. The same as `membership`
    /// when nothing of it changes.
    previous: Option<TeamMembership>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl UpdateTeamMembershipPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let shown = membership(ctx, outcome.shown(named)).await?;
        let previous = membership(ctx, outcome.ids.first().map(|_| named)).await?;
        Ok(Self { membership: shown, previous, user_errors: outcome.user_errors })
    }
}

/// What came of ending a membership.
#[derive(Debug, SimpleObject)]
pub struct EndTeamMembershipPayload {
    /// The membership with its end, or as it stands on CONFLICT; null when it was refused otherwise.
    membership: Option<TeamMembership>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl EndTeamMembershipPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let membership = membership(ctx, outcome.shown(named)).await?;
        Ok(Self { membership, user_errors: outcome.user_errors })
    }
}

async fn team(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Team>> {
    match id {
        Some(id) => Team::find(ctx, TeamId::from_uuid(id)).await,
        None => Ok(None),
    }
}

async fn membership(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<TeamMembership>> {
    match id {
        Some(id) => TeamMembership::find(ctx, TeamMembershipId::from_uuid(id)).await,
        None => Ok(None),
    }
}
