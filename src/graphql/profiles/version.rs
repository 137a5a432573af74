//! A version of a role profile as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{ids::RoleProfileVersionId, profiles},
    graphql::{
        connection::listed,
        context::{find, found_by_id},
        details::{ContentOf, SalaryBenchmarksOf},
        ids::global,
        profiles::{
            RoleProfile, SalaryBenchmark,
            choices::RoleProfileVersionStatus,
            parts::{
                Challenge, MarketInsight, Practice, Qualification, Responsibility, RoleSkillRequirement,
            },
        },
        scalars::{DateTime, Markdown},
    },
    views::profiles::{Edition, RoleProfileContent},
};

/// The most items of one list of a version.
const MOST: usize = 200;

/// A version the viewer sees.
#[derive(Debug, Clone)]
pub struct RoleProfileVersion(pub Arc<profiles::RoleProfileVersion>);

found_by_id! { RoleProfileVersion(RoleProfileVersionId); }
listed! { RoleProfileVersion: "versions of a role profile"; }

impl RoleProfileVersion {
    /// Which edition of which profile it is.
    pub(in crate::graphql) fn edition(&self) -> Edition {
        Edition { role_profile_id: self.0.role_profile_id, version_id: self.0.id }
    }

    /// One list of what it holds.
    async fn listed<T: Clone, O>(
        &self,
        ctx: &Context<'_>,
        list: impl Fn(&RoleProfileContent) -> &Vec<T>,
        object: impl Fn(T) -> O,
    ) -> Result<Vec<O>> {
        let Some(content) = find(ctx, ContentOf(self.edition())).await? else { return Ok(Vec::new()) };
        Ok(list(&content.value).iter().take(MOST).cloned().map(object).collect())
    }
}

/// One edition of a role profile. It never changes once it is published.
#[Object]
impl RoleProfileVersion {
    /// The id of the version.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The profile it is an edition of.
    async fn role_profile(&self, ctx: &Context<'_>) -> Option<Result<RoleProfile>> {
        RoleProfile::find(ctx, self.0.role_profile_id).await.transpose()
    }

    /// 1, 2, 3 and so on.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What the role is.
    async fn summary(&self) -> Markdown {
        Markdown(self.0.summary.clone())
    }

    /// Where the version stands in its life.
    async fn status(&self) -> RoleProfileVersionStatus {
        self.0.status.into()
    }

    /// When it was published; null for a draft.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// When a later version took its place, or it was withdrawn; null while it holds.
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(DateTime)
    }

    /// What the role answers for, in the order written: at most 200.
    async fn responsibilities(&self, ctx: &Context<'_>) -> Result<Vec<Responsibility>> {
        self.listed(ctx, |content| &content.responsibilities, Responsibility).await
    }

    /// The levels of skills that the role needs, in the order written: at most 200.
    async fn requirements(&self, ctx: &Context<'_>) -> Result<Vec<RoleSkillRequirement>> {
        self.listed(ctx, |content| &content.requirements, RoleSkillRequirement).await
    }

    /// Degrees, experience, certificates and preferences, in the order written: at most 200.
    async fn qualifications(&self, ctx: &Context<'_>) -> Result<Vec<Qualification>> {
        self.listed(ctx, |content| &content.qualifications, Qualification).await
    }

    /// The ways of working that the role keeps, in the order written: at most 200.
    async fn practices(&self, ctx: &Context<'_>) -> Result<Vec<Practice>> {
        self.listed(ctx, |content| &content.practices, Practice).await
    }

    /// The difficulties that the role meets, in the order written: at most 200.
    async fn challenges(&self, ctx: &Context<'_>) -> Result<Vec<Challenge>> {
        self.listed(ctx, |content| &content.challenges, Challenge).await
    }

    /// What the market for the role is like, in the order written: at most 200.
    async fn market_insights(&self, ctx: &Context<'_>) -> Result<Vec<MarketInsight>> {
        self.listed(ctx, |content| &content.market_insights, MarketInsight).await
    }

    /// What the role is paid, in the order written: at most 200. Null when you may not know.
    async fn salary_benchmarks(&self, ctx: &Context<'_>) -> Option<Result<Vec<SalaryBenchmark>>> {
        let list = find(ctx, SalaryBenchmarksOf(self.0.id)).await.transpose()?;
        Some(list.map(|list| list.iter().take(MOST).cloned().map(SalaryBenchmark).collect()))
    }
}
