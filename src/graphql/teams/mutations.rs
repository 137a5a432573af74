//! The mutations of teams and memberships: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::teams as app,
    graphql::{
        mutation::{Outcome, command},
        teams::{
            mutation_inputs::{
                AddTeamMemberInput, ArchiveTeamInput, CreateTeamInput, EndTeamMembershipInput, MoveTeamInput,
                UpdateTeamInput, UpdateTeamMembershipInput,
            },
            payloads::{
                AddTeamMemberPayload, ArchiveTeamPayload, CreateTeamPayload, EndTeamMembershipPayload,
                MoveTeamPayload, UpdateTeamMembershipPayload, UpdateTeamPayload,
            },
        },
    },
};

/// The mutations of teams and memberships.
#[derive(Debug, Default)]
pub struct TeamMutations;

#[Object]
impl TeamMutations {
    /// Founds a team, below another one or at the top.
    async fn create_team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The team.")] input: CreateTeamInput,
    ) -> Result<CreateTeamPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_team(store, command, input.read()).await;
        CreateTeamPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes the name or the slug of a team.
    async fn update_team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateTeamInput,
    ) -> Result<UpdateTeamPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.team_id;
        let done = app::update_team(store, command, input).await;
        UpdateTeamPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Hangs a team, with everything below it, below another one or at the top. History keeps where it
    /// was. CYCLE when the team would be below itself.
    async fn move_team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and where to.")] input: MoveTeamInput,
    ) -> Result<MoveTeamPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.team_id;
        let done = app::move_team(store, command, input).await;
        MoveTeamPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Closes a team that has no members, now or later, and no active teams below it. Its history and its
    /// place in the tree stay.
    async fn archive_team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ArchiveTeamInput,
    ) -> Result<ArchiveTeamPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.team_id;
        let done = app::archive_team(store, command, input).await;
        ArchiveTeamPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Lets a person be in a team, from now on or at other times. OVERLAP when the person is in this team
    /// during some of them already.
    async fn add_team_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, where and when.")] input: AddTeamMemberInput,
    ) -> Result<AddTeamMemberPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read();
        let named = input.team_id;
        let done = app::add_team_member(store, command, input).await;
        AddTeamMemberPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Changes what a person is in a team, or their share of time: the membership so far gets its end, and
    /// another one begins then. History keeps what they were.
    async fn update_team_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what changes.")] input: UpdateTeamMembershipInput,
    ) -> Result<UpdateTeamMembershipPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.membership_id;
        let done = app::update_team_membership(store, command, input).await;
        UpdateTeamMembershipPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Gives a membership its end. It stays in history. One that has not begun cannot end before it begins.
    async fn end_team_membership(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and when.")] input: EndTeamMembershipInput,
    ) -> Result<EndTeamMembershipPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.membership_id;
        let done = app::end_team_membership(store, command, input).await;
        EndTeamMembershipPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
