//! A skill category as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{ids::SkillCategoryId, skills},
    graphql::{
        connection::{Connection, listed},
        context::found_by_id,
        ids::global,
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments},
        permissions::SkillCategoryPermissions,
        skills::{
            Skill,
            inputs::{SkillCategoryFilter, SkillCategoryOrder, SkillFilter, SkillOrder},
        },
    },
};

/// A category the viewer sees.
#[derive(Debug, Clone)]
pub struct SkillCategory(pub Arc<skills::SkillCategory>);

found_by_id! { SkillCategory(SkillCategoryId); }
listed! { SkillCategory: "skill categories"; }

/// A category of skills. Categories form a tree.
#[Object]
impl SkillCategory {
    /// The id of the category.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the category is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The name of the category in addresses; unique in the organisation.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// Where the category stands among its siblings, lowest first.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Raised by every change of the category; pass it as `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// The category above this one; null at the top.
    async fn parent(&self, ctx: &Context<'_>) -> Option<Result<SkillCategory>> {
        SkillCategory::find(ctx, self.0.parent_id?).await.transpose()
    }

    /// The categories directly below this one.
    async fn children(
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
        let asked = Asked { filter: filter.unwrap_or_default().read(), order, page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, SkillCategory))
    }

    /// The skills directly in this category. For those below too, ask `Query.skills`.
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
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: SkillOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, Skill))
    }

    /// What you may do with the category now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<SkillCategoryPermissions> {
        Self::permissions(ctx)
    }
}
