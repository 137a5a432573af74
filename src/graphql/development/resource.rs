//! A learning resource as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{development, ids::LearningResourceId},
    graphql::{
        connection::listed,
        context::found_by_id,
        development::{choices::LearningResourceStatus, permissions::LearningResourcePermissions},
        ids::global,
        scalars::Url,
        skills::Skill,
    },
};

/// A learning resource the viewer sees.
#[derive(Debug, Clone)]
pub struct LearningResource(pub Arc<development::LearningResource>);

found_by_id! { LearningResource(LearningResourceId); }
listed! { LearningResource: "learning resources"; }

/// Something to learn a skill from.
#[Object]
impl LearningResource {
    /// The id of the learning resource.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What it teaches: of a skill that was merged, the one it reads as today. Its revision is the one to
    /// pass as `expectedRevision`.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// The level it leads to, 1–5.
    async fn level(&self) -> i32 {
        self.0.level.value().into()
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// Where it is.
    async fn url(&self) -> Url {
        Url(self.0.url.clone())
    }

    /// Under which terms it can be used, an SPDX expression where there is one.
    async fn licence(&self) -> &str {
        &self.0.licence
    }

    /// The language it is in, as BCP 47 writes it; null when that does not matter.
    async fn language(&self) -> Option<&str> {
        self.0.language.as_deref()
    }

    /// How many minutes it takes, about; null when nobody said.
    async fn minutes(&self) -> Option<i32> {
        self.0.minutes
    }

    /// Whether it is offered.
    async fn status(&self) -> LearningResourceStatus {
        self.0.status.into()
    }

    /// What you may do with the learning resource now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<LearningResourcePermissions> {
        self.permissions(ctx).await
    }
}
