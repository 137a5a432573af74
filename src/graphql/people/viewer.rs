//! Who asks, as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::graphql::{
    connection::Connection,
    context::Reading,
    paging::{KeyKind, PageArguments},
    people::{Person, choices::Role},
    permissions::ViewerPermissions,
    scalars::DateTime,
    teams::{
        Team,
        inputs::{TeamFilter, TeamOrder},
    },
};

/// The viewer of the operation.
#[derive(Debug, Clone, Copy)]
pub struct Viewer;

/// You: the bearer of the token, as this service knows them.
#[Object]
impl Viewer {
    /// The active person that the token is linked to; null when there is none.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        person(ctx).await.transpose()
    }

    /// What the token grants.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        Ok(ctx.reads()?.scope.claims().roles.iter().copied().map(Into::into).collect())
    }

    /// For the token of a program: what it may see and do, such as `teams:read`.
    async fn scopes(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        Ok(ctx.reads()?.scope.claims().scopes.iter().cloned().collect())
    }

    /// When the token ends.
    async fn token_expires_at(&self, ctx: &Context<'_>) -> Result<Option<DateTime>> {
        Ok(ctx.reads()?.scope.viewer().expires_at().map(DateTime))
    }

    /// The teams you lead.
    async fn led_teams(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<TeamFilter>,
        order_by: Option<TeamOrder>,
        #[graphql(desc = "The teams below them too; false when left out.")] include_subteams: Option<bool>,
    ) -> Result<Connection<Team>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Text)?;
        let Some(mut filter) = filter.unwrap_or_default().read() else { return Ok(Connection::empty()) };
        let reads = ctx.reads()?;
        let Some(person) = reads.scope.person_id() else { return Ok(Connection::empty()) };
        if include_subteams.unwrap_or(false) {
            filter.ids = Some(reads.scope.standing().leads.clone());
        } else {
            filter.led_by = Some(person);
        }
        let order = TeamOrder::read(order_by);
        let page = reads.store.teams_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |team| Team(Arc::new(team))))
    }

    /// What you may do that is not about an object that exists.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<ViewerPermissions> {
        Self::permissions(ctx)
    }
}

async fn person(ctx: &Context<'_>) -> Result<Option<Person>> {
    let Some(id) = ctx.reads()?.scope.person_id() else { return Ok(None) };
    Person::find(ctx, id).await
}
