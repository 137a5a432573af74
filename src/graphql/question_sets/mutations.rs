//! The mutations of sets of questions: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::question_sets as app,
    graphql::{
        mutation::{Outcome, command},
        question_sets::{
            mutation_inputs::{
                ArchiveQuestionSetInput, CreateQuestionSetInput, PublishQuestionSetInput,
                UpdateQuestionSetInput,
            },
            payloads::{
                ArchiveQuestionSetPayload, CreateQuestionSetPayload, PublishQuestionSetPayload,
                UpdateQuestionSetPayload,
            },
        },
    },
};

/// The mutations of sets of questions.
#[derive(Debug, Default)]
pub struct QuestionSetMutations;

#[Object]
impl QuestionSetMutations {
    /// Puts a set of questions together: empty, of given questions, or begun as a copy of another set.
    async fn create_question_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The set.")] input: CreateQuestionSetInput,
    ) -> Result<CreateQuestionSetPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_question_set(store, command, input.read()).await;
        CreateQuestionSetPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes a set that is not published. ILLEGAL_STATE of a published one: begin another as a copy of it.
    async fn update_question_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it becomes.")] input: UpdateQuestionSetInput,
    ) -> Result<UpdateQuestionSetPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.question_set_id;
        let done = app::update_question_set(store, command, input).await;
        UpdateQuestionSetPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Makes a set ready for everyone who interviews; from then on it never changes. ILLEGAL_STATE of an empty one, and
    /// of one with questions that are no longer approved.
    async fn publish_question_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PublishQuestionSetInput,
    ) -> Result<PublishQuestionSetPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.question_set_id;
        let done = app::publish_question_set(store, command, input).await;
        PublishQuestionSetPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Takes a published set out of use.
    async fn archive_question_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ArchiveQuestionSetInput,
    ) -> Result<ArchiveQuestionSetPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.question_set_id;
        let done = app::archive_question_set(store, command, input).await;
        ArchiveQuestionSetPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
