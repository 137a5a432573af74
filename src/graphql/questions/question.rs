//! An entry of the question bank as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, Error, ID, Object, Result};
use futures_util::future::try_join_all;

use crate::{
    domain::{ids::QuestionId, questions},
    graphql::{
        connection::{Connection, listed},
        context::find,
        details::RelationsOfQuestion,
        ids::global,
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments},
        people::Person,
        permissions::QuestionPermissions,
        questions::{
            QuestionRelation, QuestionVersion,
            inputs::{QuestionVersionFilter, QuestionVersionOrder},
        },
        scalars::{DateTime, Url},
    },
    store::{self, ListedQuestion, PageRequest},
};

/// An entry the viewer sees.
#[derive(Debug, Clone)]
pub struct Question {
    pub(in crate::graphql) entry: Arc<questions::Question>,
    /// The version that a list found with it.
    listed: Option<QuestionVersion>,
}

listed! { Question: "questions"; }

impl Question {
    /// The entry with this id, if the viewer sees it.
    ///
    /// # Errors
    /// What the store returns.
    pub async fn find(ctx: &Context<'_>, id: QuestionId) -> Result<Option<Self>> {
        Ok(find(ctx, id).await?.map(Self::known))
    }

    /// The entry a client names, if the viewer sees it.
    ///
    /// # Errors
    /// What the store returns.
    pub async fn named(ctx: &Context<'_>, id: &ID) -> Result<Option<Self>> {
        match id.parse::<QuestionId>() {
            Ok(id) => Self::find(ctx, id).await,
            Err(_) => Ok(None),
        }
    }

    /// An entry that was found.
    pub(super) const fn known(entry: Arc<questions::Question>) -> Self {
        Self { entry, listed: None }
    }

    /// The entry as a list shows it.
    pub(super) fn of(found: ListedQuestion) -> Self {
        let listed = Some(QuestionVersion(Arc::new(found.version)));
        Self { entry: Arc::new(found.question), listed }
    }

    /// The version that stands for it: to those who see it the one written last, else the approved one, else the
    /// newest that they see.
    pub(in crate::graphql) async fn shown(&self, ctx: &Context<'_>) -> Result<Option<QuestionVersion>> {
        if let Some(listed) = &self.listed {
            return Ok(Some(listed.clone()));
        }
        match QuestionVersion::find(ctx, self.entry.latest_version_id).await? {
            Some(latest) => Ok(Some(latest)),
            None => match self.approved_version(ctx).await? {
                Some(approved) => Ok(Some(approved)),
                None => self.newest_seen(ctx).await,
            },
        }
    }

    async fn newest_seen(&self, ctx: &Context<'_>) -> Result<Option<QuestionVersion>> {
        let order = store::QuestionVersionOrder { descending: true };
        let asked =
            Asked { filter: store::QuestionVersionFilter::default(), order, page: PageRequest::first(1) };
        let newest = list_of(ctx, self.entry.id, asked).await?.items.pop();
        Ok(newest.map(|(_, version)| QuestionVersion(version)))
    }

    /// A page of its versions.
    pub(super) async fn history(
        &self,
        ctx: &Context<'_>,
        page: PageArguments,
        filter: Option<QuestionVersionFilter>,
        order_by: Option<QuestionVersionOrder>,
    ) -> Result<Connection<QuestionVersion>> {
        let page = page.request(KeyKind::Number)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: QuestionVersionOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.entry.id, asked).await?, QuestionVersion))
    }

    async fn approved_version(&self, ctx: &Context<'_>) -> Result<Option<QuestionVersion>> {
        let Some(id) = self.entry.approved_version_id else { return Ok(None) };
        QuestionVersion::find(ctx, id).await
    }
}

/// A stable entry of the question bank. What is asked is in its versions, which never change once they are
/// approved. Seen by those who edit the bank, and as far as it may be asked by those who interview.
#[Object]
impl Question {
    /// The id of the question.
    pub async fn id(&self) -> ID {
        global(self.entry.id)
    }

    /// The stable name, such as `cancel-a-task-and-clean-up`; unique in the bank.
    async fn key(&self) -> &str {
        &self.entry.key
    }

    /// The area it belongs to, such as `Databases`.
    async fn category(&self) -> &str {
        &self.entry.category
    }

    /// Words it is found by, in order of the alphabet: at most 10.
    async fn tags(&self) -> &[String] {
        &self.entry.tags
    }

    /// Who answers for it; null without an owner, and when you may not see them.
    async fn owner(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.entry.owner_id?).await.transpose()
    }

    /// Under which licence it may be used; null when it is the organisation's own.
    async fn licence(&self) -> Option<&str> {
        self.entry.licence.as_deref()
    }

    /// Where it comes from.
    async fn source_url(&self) -> Option<Url> {
        self.entry.source_url.clone().map(Url)
    }

    /// When it was entered.
    async fn created_at(&self) -> DateTime {
        DateTime(self.entry.created_at)
    }

    /// How often it was asked, in any version.
    async fn asked_count(&self) -> i32 {
        self.entry.asked_count
    }

    /// When it was asked last; null: never.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.entry.last_used_at.map(DateTime)
    }

    /// Raised by every change of the question, its versions, reviews and relations; pass it as
    /// `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.entry.revision
    }

    /// The version that stands for the question: the latest one that you may see; in a list that is filtered
    /// by APPROVED alone the approved one.
    async fn current(&self, ctx: &Context<'_>) -> Option<Result<QuestionVersion>> {
        self.shown(ctx).await.transpose()
    }

    /// The version that may be asked; null when there is none.
    async fn approved(&self, ctx: &Context<'_>) -> Option<Result<QuestionVersion>> {
        self.approved_version(ctx).await.transpose()
    }

    /// The versions that you may see, the newest first.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<QuestionVersionFilter>,
        order_by: Option<QuestionVersionOrder>,
    ) -> Result<Connection<QuestionVersion>> {
        self.history(ctx, PageArguments { first, after, last, before }, filter, order_by).await
    }

    /// What it is to other questions that you may see, by kind: at most 100.
    async fn relations(&self, ctx: &Context<'_>) -> Result<Vec<QuestionRelation>> {
        let relations = find(ctx, RelationsOfQuestion(self.entry.id)).await?.unwrap_or_default();
        let seen_from = self.entry.id;
        let relation = |relation: questions::QuestionRelation| async move {
            let other = Self::find(ctx, relation.other_than(seen_from)).await?;
            Ok::<_, Error>(other.map(|other| QuestionRelation { seen_from, relation, other }))
        };
        let seen = try_join_all(relations.iter().copied().map(relation)).await?;
        Ok(seen.into_iter().flatten().take(questions::MOST_RELATIONS).collect())
    }

    /// What you may do with the question now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<QuestionPermissions> {
        self.permissions(ctx).await
    }
}
