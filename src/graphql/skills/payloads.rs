//! What a client gets back from changing the skill catalogue: read again under its scope, after the
//! change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{SkillCategoryId, SkillId},
        text::fold,
    },
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        skills::{Skill, SkillCategory},
    },
    store::{Cursor, SortKey},
};

/// What came of proposing a skill.
#[derive(Debug, SimpleObject)]
pub struct ProposeSkillPayload {
    /// The proposal; null when nothing was written. Its slug is provisional until it is approved.
    skill: Option<Skill>,
    /// The proposal as it stands in `Query.skills`; null when nothing was written.
    edge: Option<Edge<Skill>>,
    /// Why nothing was written, at most 100 reasons; empty when the skill is proposed.
    user_errors: Vec<UserError>,
}

impl ProposeSkillPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let skill = skill(ctx, outcome.ids.first().copied()).await?;
        let edge = skill.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(fold(&node.0.name)), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { skill, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one skill that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The skill after the change, or as it stands on CONFLICT; null when it was refused otherwise.
            skill: Option<Skill>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let skill = skill(ctx, outcome.shown(named)).await?;
                Ok(Self { skill, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of approving a proposal.
    ApproveSkillPayload;
    /// What came of changing a skill.
    UpdateSkillPayload;
    /// What came of deprecating a skill.
    DeprecateSkillPayload;
    /// What came of taking a merge back.
    UndoSkillMergePayload;
}

/// What came of merging two skills.
#[derive(Debug, SimpleObject)]
pub struct MergeSkillsPayload {
    /// The skill that was merged, or as it stands on CONFLICT; null when it was refused otherwise.
    merged: Option<Skill>,
    /// The skill that it reads as from now on; null when nothing was written.
    into: Option<Skill>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl MergeSkillsPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let merged = skill(ctx, outcome.shown(named)).await?;
        let into = skill(ctx, outcome.ids.get(1).copied()).await?;
        Ok(Self { merged, into, user_errors: outcome.user_errors })
    }
}

/// What came of creating a category.
#[derive(Debug, SimpleObject)]
pub struct CreateSkillCategoryPayload {
    /// The new category; null when nothing was written.
    category: Option<SkillCategory>,
    /// The new category as it stands in `Query.skillCategories`; null when nothing was written.
    edge: Option<Edge<SkillCategory>>,
    /// Why nothing was written, at most 100 reasons; empty when the category is created.
    user_errors: Vec<UserError>,
}

impl CreateSkillCategoryPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let category = category(ctx, outcome.ids.first().copied()).await?;
        let edge = category.clone().map(|node| {
            let place = Cursor { key: SortKey::Number(node.0.position.into()), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { category, edge, user_errors: outcome.user_errors })
    }
}

/// What came of moving a category.
#[derive(Debug, SimpleObject)]
pub struct MoveSkillCategoryPayload {
    /// The category after the move, or as it stands on CONFLICT; null when it was refused otherwise.
    category: Option<SkillCategory>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl MoveSkillCategoryPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let category = category(ctx, outcome.shown(named)).await?;
        Ok(Self { category, user_errors: outcome.user_errors })
    }
}

async fn skill(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Skill>> {
    match id {
        Some(id) => Skill::find(ctx, SkillId::from_uuid(id)).await,
        None => Ok(None),
    }
}

async fn category(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<SkillCategory>> {
    match id {
        Some(id) => SkillCategory::find(ctx, SkillCategoryId::from_uuid(id)).await,
        None => Ok(None),
    }
}
