//! The mutations of plans and goals: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::development as app,
    graphql::{
        development::{
            mutation_inputs::{
                AbandonDevelopmentPlanInput, AddDevelopmentGoalInput, AgreeDevelopmentPlanInput,
                CheckInOnGoalInput, CompleteDevelopmentPlanInput, CreateDevelopmentPlanInput,
                DraftPlanFromGapInput, DropDevelopmentGoalInput, MarkGoalAchievedInput, MarkGoalMissedInput,
                StartDevelopmentPlanInput, UpdateDevelopmentGoalInput, UpdateDevelopmentPlanInput,
            },
            payloads::{
                AbandonDevelopmentPlanPayload, AddDevelopmentGoalPayload, AgreeDevelopmentPlanPayload,
                CheckInOnGoalPayload, CompleteDevelopmentPlanPayload, CreateDevelopmentPlanPayload,
                DraftPlanFromGapPayload, DropDevelopmentGoalPayload, MarkGoalAchievedPayload,
                MarkGoalMissedPayload, StartDevelopmentPlanPayload, UpdateDevelopmentGoalPayload,
                UpdateDevelopmentPlanPayload,
            },
        },
        mutation::{Outcome, command},
    },
};

/// The mutations of plans and goals.
#[derive(Debug, Default)]
pub struct DevelopmentMutations;

#[Object]
impl DevelopmentMutations {
    /// Begins an empty DRAFT of a development plan.
    async fn create_development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The plan.")] input: CreateDevelopmentPlanInput,
    ) -> Result<CreateDevelopmentPlanPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_development_plan(store, command, input.read()).await;
        CreateDevelopmentPlanPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Begins a DRAFT with one SMART goal for each requirement of a role that the person does not meet: MUST
    /// first, then the heavier weight, then the wider gap, one after the other over the period. A goal climbs
    /// from the effective level to the required one; where only somebody else's word is missing, to one
    /// assessment. Each says why: by the requirement, the way to go, the interest and what there is to learn
    /// from. Nothing is agreed by it.
    async fn draft_plan_from_gap(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose plan, towards which role, and when.")] input: DraftPlanFromGapInput,
    ) -> Result<DraftPlanFromGapPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::draft_plan_from_gap(store, command, input.read()).await;
        DraftPlanFromGapPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes for when a plan is, or towards which role. Once it is agreed, only who leads the person does.
    async fn update_development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what changes.")] input: UpdateDevelopmentPlanInput,
    ) -> Result<UpdateDevelopmentPlanPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.plan_id;
        let done = app::update_development_plan(store, command, input).await;
        UpdateDevelopmentPlanPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Agrees to a draft: for somebody who leads the person. Each goal has its metric, target, due date and
    /// gap by then.
    async fn agree_development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: AgreeDevelopmentPlanInput,
    ) -> Result<AgreeDevelopmentPlanPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.plan_id;
        let done = app::agree_development_plan(store, command, input).await;
        AgreeDevelopmentPlanPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Begins to work on a plan that was agreed.
    async fn start_development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: StartDevelopmentPlanInput,
    ) -> Result<StartDevelopmentPlanPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.plan_id;
        let done = app::start_development_plan(store, command, input).await;
        StartDevelopmentPlanPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Ends a plan in which each goal is achieved, missed or dropped.
    async fn complete_development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: CompleteDevelopmentPlanInput,
    ) -> Result<CompleteDevelopmentPlanPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.plan_id;
        let done = app::complete_development_plan(store, command, input).await;
        CompleteDevelopmentPlanPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Gives a plan up. What it held stays to be read.
    async fn abandon_development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: AbandonDevelopmentPlanInput,
    ) -> Result<AbandonDevelopmentPlanPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.plan_id;
        let done = app::abandon_development_plan(store, command, input).await;
        AbandonDevelopmentPlanPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Adds a goal to a plan. Once it is agreed, only who leads the person does.
    async fn add_development_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The goal.")] input: AddDevelopmentGoalInput,
    ) -> Result<AddDevelopmentGoalPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read();
        let named = input.plan_id;
        let done = app::add_development_goal(store, command, input).await;
        AddDevelopmentGoalPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Changes a goal that is open. Once its plan is agreed, only who leads the person does.
    async fn update_development_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what changes.")] input: UpdateDevelopmentGoalInput,
    ) -> Result<UpdateDevelopmentGoalPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.goal_id;
        let done = app::update_development_goal(store, command, input).await;
        UpdateDevelopmentGoalPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Gives a goal up. Once its plan is agreed, only who leads the person does.
    async fn drop_development_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DropDevelopmentGoalInput,
    ) -> Result<DropDevelopmentGoalPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.goal_id;
        let done = app::drop_development_goal(store, command, input).await;
        DropDevelopmentGoalPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says what was measured on the way to a goal of an ACTIVE plan. The first check-in begins the goal;
    /// progress follows from the last.
    async fn check_in_on_goal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which goal, and what was measured.")] input: CheckInOnGoalInput,
    ) -> Result<CheckInOnGoalPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let input = input.read();
        let named = input.goal_id;
        let done = app::check_in_on_goal(store, command, input).await;
        CheckInOnGoalPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says that a goal was achieved. Its last check-in has reached the target by then; that alone changes
    /// nothing.
    async fn mark_goal_achieved(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: MarkGoalAchievedInput,
    ) -> Result<MarkGoalAchievedPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.goal_id;
        let done = app::mark_goal_achieved(store, command, input).await;
        MarkGoalAchievedPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says that a goal was missed. Its due date is over by then, and its target not reached.
    async fn mark_goal_missed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: MarkGoalMissedInput,
    ) -> Result<MarkGoalMissedPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.goal_id;
        let done = app::mark_goal_missed(store, command, input).await;
        MarkGoalMissedPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
