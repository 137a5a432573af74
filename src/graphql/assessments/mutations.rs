//! The mutations of assessments and interests: each hands its input to a use case and shows what came
//! of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::assessments as app,
    graphql::{
        assessments::{
            mutation_inputs::{
                ConfirmSkillAssessmentsInput, RecordSkillAssessmentInput, RecordSkillAssessmentsInput,
                RejectSkillAssessmentInput, RespondToSkillAssessmentInput, RevokeSkillAssessmentInput,
                SetSkillInterestInput, ValidateSkillAssessmentsInput,
            },
            payloads::{
                ConfirmSkillAssessmentsPayload, RecordSkillAssessmentPayload, RecordSkillAssessmentsPayload,
                RejectSkillAssessmentPayload, RespondToSkillAssessmentPayload, RevokeSkillAssessmentPayload,
                SetSkillInterestPayload, ValidateSkillAssessmentsPayload,
            },
        },
        mutation::{Outcome, command},
    },
};

/// The mutations of assessments and interests.
#[derive(Debug, Default)]
pub struct AssessmentMutations;

#[Object]
impl AssessmentMutations {
    /// Rates a person. SELF, MANAGER and IMPORT count at once and supersede the current one of their
    /// kind, unless that was observed later; PEER and CERTIFICATE wait to be validated.
    async fn record_skill_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The rating.")] input: RecordSkillAssessmentInput,
    ) -> Result<RecordSkillAssessmentPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::record_skill_assessment(store, command, input.read()).await;
        RecordSkillAssessmentPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Rates people, at most 200 ratings at once, each by the rules of `recordSkillAssessment`. All are
    /// recorded or none is.
    async fn record_skill_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ratings.")] input: RecordSkillAssessmentsInput,
    ) -> Result<RecordSkillAssessmentsPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::record_skill_assessments(store, command, input.read()).await;
        RecordSkillAssessmentsPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Lets pending assessments count. All or none. Each supersedes the current one of its peer or
    /// certificate, unless that was observed later.
    async fn validate_skill_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ValidateSkillAssessmentsInput,
    ) -> Result<ValidateSkillAssessmentsPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let done = app::validate_skill_assessments(store, command, input.read()).await;
        ValidateSkillAssessmentsPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Refuses a pending assessment: it never counts.
    async fn reject_skill_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: RejectSkillAssessmentInput,
    ) -> Result<RejectSkillAssessmentPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.assessment_id;
        let done = app::reject_skill_assessment(store, command, input).await;
        RejectSkillAssessmentPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Withdraws an assessment that counts, as if it had never been made: what it superseded speaks
    /// again.
    async fn revoke_skill_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: RevokeSkillAssessmentInput,
    ) -> Result<RevokeSkillAssessmentPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.assessment_id;
        let done = app::revoke_skill_assessment(store, command, input).await;
        RevokeSkillAssessmentPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says that assessments still hold: each gets a new one at the same level, observed now, by you. All
    /// or none. PEER and CERTIFICATE ones wait to be validated, and the old ones count until then.
    async fn confirm_skill_assessments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ConfirmSkillAssessmentsInput,
    ) -> Result<ConfirmSkillAssessmentsPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::confirm_skill_assessments(store, command, input.read()).await;
        ConfirmSkillAssessmentsPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Answers an assessment of yourself. The assessment stays as it is.
    async fn respond_to_skill_assessment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and your answer.")] input: RespondToSkillAssessmentInput,
    ) -> Result<RespondToSkillAssessmentPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read();
        let named = input.assessment_id;
        let done = app::respond_to_skill_assessment(store, command, input).await;
        RespondToSkillAssessmentPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says how much you would like to work with a skill, rated in it or not.
    async fn set_skill_interest(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which skill, and how much.")] input: SetSkillInterestInput,
    ) -> Result<SetSkillInterestPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = [input.person_id, input.skill_id];
        let done = app::set_skill_interest(store, command, input).await;
        SetSkillInterestPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
