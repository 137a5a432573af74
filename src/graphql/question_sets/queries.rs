//! The roots of sets of questions.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::graphql::{
    connection::Connection,
    context::Reading,
    paging::PageArguments,
    question_sets::{
        QuestionSet,
        inputs::{QuestionSetFilter, QuestionSetOrder},
    },
};

/// The roots of sets of questions.
#[derive(Debug, Default)]
pub struct QuestionSetQueries;

#[Object]
impl QuestionSetQueries {
    /// One set of questions; null when it does not exist or you may not see it.
    async fn question_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the set.")] id: ID,
    ) -> Option<Result<QuestionSet>> {
        QuestionSet::named(ctx, &id).await.transpose()
    }

    /// The sets of questions you see: all for those who edit the bank, the published ones and their own for those who
    /// interview, none for everybody else.
    async fn question_sets(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<QuestionSetFilter>,
        order_by: Option<QuestionSetOrder>,
    ) -> Result<Connection<QuestionSet>> {
        let (order, kind) = QuestionSetOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let filter = filter.unwrap_or_default().read();
        let reads = ctx.reads()?;
        let page = reads.store.question_sets_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, |set| QuestionSet(Arc::new(set))))
    }

    #[graphql(entity)]
    async fn find_question_set(&self, ctx: &Context<'_>, id: ID) -> Result<Option<QuestionSet>> {
        QuestionSet::named(ctx, &id).await
    }
}
