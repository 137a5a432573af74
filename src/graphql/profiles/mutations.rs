//! The mutations of role profiles: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::profiles as app,
    graphql::{
        mutation::{Outcome, command},
        profiles::{
            mutation_inputs::{
                ArchiveRoleProfileInput, CreateRoleProfileInput, PublishRoleProfileInput,
                SaveRoleProfileDraftInput, UpdateRoleProfileInput,
            },
            payloads::{
                ArchiveRoleProfilePayload, CreateRoleProfilePayload, PublishRoleProfilePayload,
                SaveRoleProfileDraftPayload, UpdateRoleProfilePayload,
            },
        },
    },
};

/// The mutations of role profiles.
#[derive(Debug, Default)]
pub struct RoleProfileMutations;

#[Object]
impl RoleProfileMutations {
    /// Begins a role profile. It has no version until one is written and published; until then only those who
    /// may write it see it.
    async fn create_role_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role profile.")] input: CreateRoleProfileInput,
    ) -> Result<CreateRoleProfilePayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_role_profile(store, command, input.read()).await;
        CreateRoleProfilePayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes what a role profile is called and where it leads, at once: none of it belongs to a version. CYCLE
    /// when it would lead back to itself other than LATERAL.
    async fn update_role_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateRoleProfileInput,
    ) -> Result<UpdateRoleProfilePayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.role_profile_id;
        let done = app::update_role_profile(store, command, input).await;
        UpdateRoleProfilePayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Writes the next version of a role profile, whole. What is published stays as it is.
    async fn save_role_profile_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what it is to hold.")] input: SaveRoleProfileDraftInput,
    ) -> Result<SaveRoleProfileDraftPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.role_profile_id;
        let done = app::save_role_profile_draft(store, command, input).await;
        SaveRoleProfileDraftPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Lets the draft of a role profile hold from now on. It never changes again; the version before it is
    /// SUPERSEDED.
    async fn publish_role_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PublishRoleProfileInput,
    ) -> Result<PublishRoleProfilePayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.role_profile_id;
        let done = app::publish_role_profile(store, command, input).await;
        PublishRoleProfilePayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Takes a role profile out of use, and its published version with it. Who holds it and what it said are kept.
    async fn archive_role_profile(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ArchiveRoleProfileInput,
    ) -> Result<ArchiveRoleProfilePayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.role_profile_id;
        let done = app::archive_role_profile(store, command, input).await;
        ArchiveRoleProfilePayload::of(ctx, Outcome::of(done)?, named).await
    }
}
