//! The mutations of the skill catalogue: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::skills as app,
    graphql::{
        mutation::{Outcome, command},
        skills::{
            mutation_inputs::{
                ApproveSkillInput, CreateSkillCategoryInput, DeprecateSkillInput, MergeSkillsInput,
                MoveSkillCategoryInput, ProposeSkillInput, UndoSkillMergeInput, UpdateSkillInput,
            },
            payloads::{
                ApproveSkillPayload, CreateSkillCategoryPayload, DeprecateSkillPayload, MergeSkillsPayload,
                MoveSkillCategoryPayload, ProposeSkillPayload, UndoSkillMergePayload, UpdateSkillPayload,
            },
        },
    },
};

/// The mutations of the skill catalogue.
#[derive(Debug, Default)]
pub struct SkillMutations;

#[Object]
impl SkillMutations {
    /// Says that a skill is missing. The proposal is seen by you, its owner and ADMIN, takes its names
    /// when it is approved, and cannot be assessed before.
    async fn propose_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The skill.")] input: ProposeSkillInput,
    ) -> Result<ProposeSkillPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::propose_skill(store, command, input.read()).await;
        ProposeSkillPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Takes a proposal into use. TAKEN at `skillId` when another skill has its name or an alias by now.
    async fn approve_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The proposal.")] input: ApproveSkillInput,
    ) -> Result<ApproveSkillPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.skill_id;
        let done = app::approve_skill(store, command, input).await;
        ApproveSkillPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Changes a skill. Its owner changes `levelDescriptors` alone.
    async fn update_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdateSkillInput,
    ) -> Result<UpdateSkillPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.skill_id;
        let done = app::update_skill(store, command, input).await;
        UpdateSkillPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Takes a skill out of use: it is no longer assessed or required. Its history and its names stay.
    async fn deprecate_skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DeprecateSkillInput,
    ) -> Result<DeprecateSkillPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.skill_id;
        let done = app::deprecate_skill(store, command, input).await;
        DeprecateSkillPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Lets one skill read as another: its assessments, requirements, names and relations count as the
    /// other's from now on. History is not rewritten, and the merge can be undone. CYCLE when a skill would
    /// read as itself, or come before itself by PREREQUISITE or BROADER.
    async fn merge_skills(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which into which.")] input: MergeSkillsInput,
    ) -> Result<MergeSkillsPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.from_id;
        let done = app::merge_skills(store, command, input).await;
        MergeSkillsPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Lets a merged skill read as itself again, with its names and with what was merged into it before.
    async fn undo_skill_merge(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: UndoSkillMergeInput,
    ) -> Result<UndoSkillMergePayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.skill_id;
        let done = app::undo_skill_merge(store, command, input).await;
        UndoSkillMergePayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Creates a category of skills.
    async fn create_skill_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The category.")] input: CreateSkillCategoryInput,
    ) -> Result<CreateSkillCategoryPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_skill_category(store, command, input.read()).await;
        CreateSkillCategoryPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Moves a category, with everything below it.
    async fn move_skill_category(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and where to.")] input: MoveSkillCategoryInput,
    ) -> Result<MoveSkillCategoryPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.category_id;
        let done = app::move_skill_category(store, command, input).await;
        MoveSkillCategoryPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
