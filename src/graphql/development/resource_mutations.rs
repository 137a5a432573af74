//! The mutations of learning resources: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::development as app,
    graphql::{
        development::{
            resource_inputs::{
                ArchiveLearningResourceInput, CreateLearningResourceInput, UpdateLearningResourceInput,
            },
            resource_payloads::{
                ArchiveLearningResourcePayload, CreateLearningResourcePayload, UpdateLearningResourcePayload,
            },
        },
        mutation::{Outcome, command},
    },
};

/// The mutations of learning resources.
#[derive(Debug, Default)]
pub struct LearningResourceMutations;

#[Object]
impl LearningResourceMutations {
    /// Offers something to learn a skill from: for its owner and ADMIN.
    async fn create_learning_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is offered.")] input: CreateLearningResourceInput,
    ) -> Result<CreateLearningResourcePayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_learning_resource(store, command, input.read()).await;
        CreateLearningResourcePayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes what is offered: for the owner of the skill and ADMIN.
    async fn update_learning_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what changes.")] input: UpdateLearningResourceInput,
    ) -> Result<UpdateLearningResourcePayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.resource_id;
        let done = app::update_learning_resource(store, command, input).await;
        UpdateLearningResourcePayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Takes a learning resource out of the offer, for good: for the owner of the skill and ADMIN.
    async fn archive_learning_resource(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ArchiveLearningResourceInput,
    ) -> Result<ArchiveLearningResourcePayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.resource_id;
        let done = app::archive_learning_resource(store, command, input).await;
        ArchiveLearningResourcePayload::of(ctx, Outcome::of(done)?, named).await
    }
}
