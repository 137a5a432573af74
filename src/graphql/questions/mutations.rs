//! The mutations of the question bank: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::questions as app,
    domain::questions::similarity,
    graphql::{
        mutation::{Outcome, command},
        questions::{
            mutation_inputs::{
                CreateQuestionInput, RelateQuestionsInput, ReportLeakInput, RetireQuestionInput,
                ReviewQuestionInput, SaveQuestionDraftInput, SubmitQuestionInput,
            },
            payloads::{
                CreateQuestionPayload, RelateQuestionsPayload, ReportLeakPayload, RetireQuestionPayload,
                ReviewQuestionPayload, SaveQuestionDraftPayload, SubmitQuestionPayload,
            },
        },
    },
};

/// From which resemblance on two questions are near duplicates, 0 to 1; as the operator set it.
#[derive(Debug, Clone, Copy)]
pub struct NearDuplicate(pub f64);

impl Default for NearDuplicate {
    fn default() -> Self {
        Self(similarity::NEAR)
    }
}

/// The mutations of the question bank.
#[derive(Debug, Default)]
pub struct QuestionMutations;

#[Object]
impl QuestionMutations {
    /// Enters a question with its first draft. Those who interview propose it so.
    async fn create_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The question.")] input: CreateQuestionInput,
    ) -> Result<CreateQuestionPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read();
        let done = app::create_question(store, command, input).await;
        CreateQuestionPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Writes the next version of a question, and what stands of the question itself. An approved version never
    /// changes: writing to it begins another one. What says the same as the draft, or as what is approved,
    /// changes nothing, nor who wrote it. ILLEGAL_STATE while a version is in review.
    async fn save_question_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it becomes.")] input: SaveQuestionDraftInput,
    ) -> Result<SaveQuestionDraftPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.question_id;
        let done = app::save_question_draft(store, command, input).await;
        SaveQuestionDraftPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Hands a draft to review. It has to be whole; INVALID names what is missing. DUPLICATE names the
    /// questions that ask the same, or nearly, and are not related to it.
    async fn submit_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: SubmitQuestionInput,
    ) -> Result<SubmitQuestionPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read(ctx.data_opt().copied().unwrap_or_default());
        let named = input.question_id;
        let done = app::submit_question(store, command, input).await;
        SubmitQuestionPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Approves the version in review, which retires the one approved before, or gives it back to those who
    /// wrote it. FORBIDDEN at `verdict` to approve what you wrote to. DUPLICATE names the questions that ask the
    /// same, or nearly, and are not related to it: you may see some that its author does not.
    async fn review_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what you say.")] input: ReviewQuestionInput,
    ) -> Result<ReviewQuestionPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read(ctx.data_opt().copied().unwrap_or_default());
        let named = input.question_id;
        let done = app::review_question(store, command, input).await;
        ReviewQuestionPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Takes a question out of use: what is approved, and what is compromised. A draft stays as it is, and so do
    /// sets that pin the question.
    async fn retire_question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RetireQuestionInput,
    ) -> Result<RetireQuestionPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.question_id;
        let done = app::retire_question(store, command, input).await;
        RetireQuestionPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says that a question is known outside. Its approved version is COMPROMISED from then on: it leaves
    /// the sets that are not published, and published ones warn of it.
    async fn report_leak(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and where it was seen.")] input: ReportLeakInput,
    ) -> Result<ReportLeakPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read();
        let named = input.question_id;
        let done = app::report_leak(store, command, input).await;
        ReportLeakPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says what two questions are to each other, or that they no longer are; saying it again changes nothing.
    /// CYCLE where one of them is said to follow the other, and the other to follow it.
    async fn relate_questions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what they are.")] input: RelateQuestionsInput,
    ) -> Result<RelateQuestionsPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.question_id;
        let done = app::relate_questions(store, command, input).await;
        RelateQuestionsPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
