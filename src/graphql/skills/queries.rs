//! The roots of the skill catalogue.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{levels::PROFICIENCY_SCALE, policy::reach},
    graphql::{
        connection::Connection,
        context::Reading,
        paging::{KeyKind, PageArguments},
        skills::{
            ProficiencyLevel, Skill, SkillCategory,
            inputs::{SkillCategoryFilter, SkillCategoryOrder, SkillFilter, SkillOrder},
        },
    },
};

/// The roots of the skill catalogue.
#[derive(Debug, Default)]
pub struct SkillQueries;

#[Object]
impl SkillQueries {
    /// The scale every skill is rated on, lowest first: at most 6 levels, 0–5. Unrated is not one of
    /// them: it is the absence of an assessment, never level 0. Empty when you may not see the catalogue.
    async fn proficiency_scale(&self, ctx: &Context<'_>) -> Result<Vec<ProficiencyLevel>> {
        let scope = &ctx.reads()?.scope;
        let seen = reach::catalogue(scope.claims(), scope.standing());
        Ok(PROFICIENCY_SCALE.iter().filter(|_| seen).map(ProficiencyLevel).collect())
    }

    /// One skill, as it stands: a merged one names its successor in `mergedInto`. Null when it does not
    /// exist or you may not see it.
    async fn skill(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the skill.")] id: ID,
    ) -> Option<Result<Skill>> {
        Skill::named(ctx, &id).await.transpose()
    }

    /// One skill by its slug; null when it does not exist or you may not see it.
    async fn skill_by_slug(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the skill.")] slug: String,
    ) -> Option<Result<Skill>> {
        by_slug(ctx, &slug).await.transpose()
    }

    /// The skills you see.
    async fn skills(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SkillFilter>,
        order_by: Option<SkillOrder>,
    ) -> Result<Connection<Skill>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Text)?;
        let reads = ctx.reads()?;
        let (filter, order) = (filter.unwrap_or_default().read(), SkillOrder::read(order_by));
        let page = reads.store.skills_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |skill| Skill(Arc::new(skill))))
    }

    /// The categories of skills, of all levels of the tree; ask for `topLevel` ones to walk it.
    async fn skill_categories(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<SkillCategoryFilter>,
        order_by: Option<SkillCategoryOrder>,
    ) -> Result<Connection<SkillCategory>> {
        let (order, kind) = SkillCategoryOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let reads = ctx.reads()?;
        let filter = filter.unwrap_or_default().read();
        let page = reads.store.categories_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |category| SkillCategory(Arc::new(category))))
    }

    #[graphql(entity)]
    async fn find_skill(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Skill>> {
        Skill::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_skill_category(&self, ctx: &Context<'_>, id: ID) -> Result<Option<SkillCategory>> {
        SkillCategory::named(ctx, &id).await
    }
}

async fn by_slug(ctx: &Context<'_>, slug: &str) -> Result<Option<Skill>> {
    let reads = ctx.reads()?;
    let skill = reads.store.skill_by_slug(&reads.scope, slug).await?;
    Ok(skill.map(|skill| Skill(Arc::new(skill))))
}
