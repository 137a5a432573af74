//! The roots of people, and the viewer.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    graphql::{
        connection::Connection,
        context::Reading,
        paging::{KeyKind, PageArguments},
        people::{
            Person, Viewer,
            inputs::{PersonFilter, PersonOrder, SkillClause},
        },
    },
    views::finder::people_with,
};

/// The roots of people.
#[derive(Debug, Default)]
pub struct PersonQueries;

#[Object]
impl PersonQueries {
    /// You: the bearer of the token.
    async fn viewer(&self) -> Viewer {
        Viewer
    }

    /// One person; null when they do not exist or you may not see them.
    async fn person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the person.")] id: ID,
    ) -> Option<Result<Person>> {
        Person::named(ctx, &id).await.transpose()
    }

    /// The people you see.
    async fn people(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<PersonFilter>,
        order_by: Option<PersonOrder>,
    ) -> Result<Connection<Person>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Text)?;
        let reads = ctx.reads()?;
        let asked = filter.unwrap_or_default();
        let below = asked.include_subteams.unwrap_or(false);
        let clauses = SkillClause::read_all(asked.all_of.as_deref().unwrap_or_default())?;
        let Some(clauses) = clauses else { return Ok(Connection::empty()) };
        let mut filter = asked.read();
        if !clauses.is_empty() {
            filter.ids = Some(people_with(&reads.store, &reads.scope, &clauses).await?.into_iter().collect());
        }
        if let Some(teams) = filter.team_ids.as_mut().filter(|_| below) {
            *teams = reads.store.subtree(&reads.scope, teams).await?.into_iter().collect();
        }
        let order = PersonOrder::read(order_by);
        let page = reads.store.people_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |person| Person(Arc::new(person))))
    }

    #[graphql(entity)]
    async fn find_person(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Person>> {
        Person::named(ctx, &id).await
    }
}
