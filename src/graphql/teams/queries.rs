//! The roots of teams.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::graphql::{
    connection::Connection,
    context::Reading,
    paging::{KeyKind, PageArguments},
    teams::{
        Team, TeamMembership,
        inputs::{TeamFilter, TeamOrder},
    },
};

/// The roots of teams.
#[derive(Debug, Default)]
pub struct TeamQueries;

#[Object]
impl TeamQueries {
    /// One team; null when it does not exist or you may not see it.
    async fn team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the team.")] id: ID,
    ) -> Option<Result<Team>> {
        Team::named(ctx, &id).await.transpose()
    }

    /// One team by its slug; null when it does not exist or you may not see it.
    async fn team_by_slug(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The slug of the team.")] slug: String,
    ) -> Option<Result<Team>> {
        by_slug(ctx, &slug).await.transpose()
    }

    /// The teams you see.
    async fn teams(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TeamFilter>,
        order_by: Option<TeamOrder>,
    ) -> Result<Connection<Team>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Text)?;
        let Some(filter) = filter.unwrap_or_default().read() else { return Ok(Connection::empty()) };
        let reads = ctx.reads()?;
        let order = TeamOrder::read(order_by);
        let page = reads.store.teams_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |team| Team(Arc::new(team))))
    }

    #[graphql(entity)]
    async fn find_team(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Team>> {
        Team::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_team_membership(&self, ctx: &Context<'_>, id: ID) -> Result<Option<TeamMembership>> {
        TeamMembership::named(ctx, &id).await
    }
}

async fn by_slug(ctx: &Context<'_>, slug: &str) -> Result<Option<Team>> {
    let reads = ctx.reads()?;
    let team = reads.store.team_by_slug(&reads.scope, slug).await?;
    Ok(team.map(|team| Team(Arc::new(team))))
}
