//! The roots of the question bank.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::graphql::{
    connection::Connection,
    context::Reading,
    paging::PageArguments,
    questions::{
        Question, QuestionVersion,
        inputs::{QuestionFilter, QuestionOrder, QuestionVersionFilter, QuestionVersionOrder},
    },
};

/// The roots of the question bank.
#[derive(Debug, Default)]
pub struct QuestionQueries;

#[Object]
impl QuestionQueries {
    /// One question; null when it does not exist or you may not see it.
    async fn question(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the question.")] id: ID,
    ) -> Option<Result<Question>> {
        Question::named(ctx, &id).await.transpose()
    }

    /// One question by its key; null when it does not exist or you may not see it.
    async fn question_by_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key of the question.")] key: String,
    ) -> Option<Result<Question>> {
        by_key(ctx, &key).await.transpose()
    }

    /// The questions you see: whole for those who edit the bank, with what may be asked for those who
    /// interview, empty for everybody else.
    async fn questions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<QuestionFilter>,
        order_by: Option<QuestionOrder>,
    ) -> Result<Connection<Question>> {
        let (order, kind) = QuestionOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let filter = filter.unwrap_or_default().read()?;
        let reads = ctx.reads()?;
        let page = reads.store.questions_page(&reads.scope, &filter, order, &page).await?;
        Ok(Connection::of(page, Question::of))
    }

    /// The versions of a question that you may see, the newest first, each with what it changed
    /// (`QuestionVersion.changes`); null when the question does not exist or you may not see it.
    async fn question_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the question.")] question_id: ID,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<QuestionVersionFilter>,
        order_by: Option<QuestionVersionOrder>,
    ) -> Result<Option<Connection<QuestionVersion>>> {
        let Some(question) = Question::named(ctx, &question_id).await? else { return Ok(None) };
        let page = PageArguments { first, after, last, before };
        Ok(Some(question.history(ctx, page, filter, order_by).await?))
    }

    #[graphql(entity)]
    async fn find_question(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Question>> {
        Question::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_question_version(&self, ctx: &Context<'_>, id: ID) -> Result<Option<QuestionVersion>> {
        QuestionVersion::named(ctx, &id).await
    }
}

async fn by_key(ctx: &Context<'_>, key: &str) -> Result<Option<Question>> {
    let reads = ctx.reads()?;
    let Some(question) = reads.store.question_by_key(&reads.scope, key).await? else { return Ok(None) };
    Ok(Some(Question::known(Arc::new(question))))
}
