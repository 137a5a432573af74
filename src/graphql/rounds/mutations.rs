//! The mutations of assessment rounds: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::rounds as app,
    graphql::{
        mutation::{Outcome, command},
        rounds::{
            mutation_inputs::{
                CloseAssessmentRoundInput, OpenAssessmentRoundInput, UpdateAssessmentRoundInput,
            },
            payloads::{
                CloseAssessmentRoundPayload, OpenAssessmentRoundPayload, UpdateAssessmentRoundPayload,
            },
        },
    },
};

/// The mutations of assessment rounds.
#[derive(Debug, Default)]
pub struct RoundMutations;

#[Object]
impl RoundMutations {
    /// Asks a team to be assessed in some skills by a day: by each member themself, and by who leads them.
    async fn open_assessment_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which team, in what and by when.")] input: OpenAssessmentRoundInput,
    ) -> Result<OpenAssessmentRoundPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::open_assessment_round(store, command, input.read()).await;
        OpenAssessmentRoundPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes an open round.
    async fn update_assessment_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateAssessmentRoundInput,
    ) -> Result<UpdateAssessmentRoundPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.round_id;
        let done = app::update_assessment_round(store, command, input).await;
        UpdateAssessmentRoundPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Closes a round, done or not: what is observed later does not count for it.
    async fn close_assessment_round(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: CloseAssessmentRoundInput,
    ) -> Result<CloseAssessmentRoundPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.round_id;
        let done = app::close_assessment_round(store, command, input).await;
        CloseAssessmentRoundPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
