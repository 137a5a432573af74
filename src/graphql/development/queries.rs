//! The roots of development.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    graphql::{
        connection::{Connection, Edge},
        context::Reading,
        development::{
            AssessmentProposal, DevelopmentGoal, DevelopmentPlan, GoalCheckIn, LearningResource,
            inputs::{
                AssessmentProposalFilter, AssessmentProposalOrder, LearningResourceFilter,
                LearningResourceOrder,
            },
        },
        paging::{KeyKind, PageArguments},
    },
    store::Page,
};

/// The roots of development.
#[derive(Debug, Default)]
pub struct DevelopmentQueries;

#[Object]
impl DevelopmentQueries {
    /// One development plan; null when it does not exist or you may not see it.
    async fn development_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the plan.")] id: ID,
    ) -> Option<Result<DevelopmentPlan>> {
        DevelopmentPlan::named(ctx, &id).await.transpose()
    }

    /// The goals of people you lead that reached their target, each with the assessment it proposes: until
    /// you record one in the skill.
    async fn assessment_proposals(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AssessmentProposalFilter>,
        order_by: Option<AssessmentProposalOrder>,
    ) -> Result<Connection<AssessmentProposal>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Time)?;
        let (filter, order) = (filter.unwrap_or_default().read(), AssessmentProposalOrder::read(order_by));
        let reads = ctx.reads()?;
        let found = reads.store.assessment_proposals_page(&reads.scope, &filter, order, &page).await?;
        Ok(proposals(found.map(|(person, goal)| AssessmentProposal::of(person, goal))))
    }

    /// What skills can be learned from, as far as you see the skills.
    async fn learning_resources(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<LearningResourceFilter>,
        order_by: Option<LearningResourceOrder>,
    ) -> Result<Connection<LearningResource>> {
        let (order, kind) = LearningResourceOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let filter = filter.unwrap_or_default().read()?;
        let reads = ctx.reads()?;
        let page = reads.store.learning_resources_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |offered| LearningResource(Arc::new(offered))))
    }

    #[graphql(entity)]
    async fn find_development_plan(&self, ctx: &Context<'_>, id: ID) -> Result<Option<DevelopmentPlan>> {
        DevelopmentPlan::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_development_goal(&self, ctx: &Context<'_>, id: ID) -> Result<Option<DevelopmentGoal>> {
        DevelopmentGoal::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_goal_check_in(&self, ctx: &Context<'_>, id: ID) -> Result<Option<GoalCheckIn>> {
        GoalCheckIn::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_learning_resource(&self, ctx: &Context<'_>, id: ID) -> Result<Option<LearningResource>> {
        LearningResource::named(ctx, &id).await
    }
}

/// The store finds what is reached by the rule that the domain proposes by, so that nothing is left out.
fn proposals(page: Page<Option<AssessmentProposal>>) -> Connection<AssessmentProposal> {
    let found = Connection::of(page, |proposal| proposal);
    let edges = found.edges.into_iter();
    let edges = edges.filter_map(|Edge { cursor, node }| Some(Edge { cursor, node: node? })).collect();
    Connection { edges, has_previous_page: found.has_previous_page, has_next_page: found.has_next_page }
}
