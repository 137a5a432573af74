//! A set of questions as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};

use crate::{
    domain::{
        ids::QuestionSetId,
        policy::{actions::Target, facts::QuestionSetFacts},
        questions::sets::{self, PinnedItem},
    },
    graphql::{
        connection::listed,
        context::{Reading, find, found_by_id},
        cost,
        details::ItemsOfQuestionSet,
        ids::global,
        people::Person,
        permissions::QuestionSetPermissions,
        profiles::{RoleProfileVersion, edition_named, inputs::RoleProfileInput},
        question_sets::{
            CoverageOf, KitOf, QuestionSetCoverage, QuestionSetItem, QuestionSetWarning, RelationsWithinSet,
            choices::{QuestionSetPurpose, QuestionSetStatus},
            kit::{QuestionSetKitLink, link_of},
        },
        scalars::{DateTime, Markdown},
    },
    views::question_sets::{CoverageQuestion, markdown_of},
};

/// What a kit costs: it holds everything of as many as fifty questions.
const KIT: usize = 100;

/// A set the viewer sees.
#[derive(Debug, Clone)]
pub struct QuestionSet(pub Arc<sets::QuestionSet>);

found_by_id! { QuestionSet(QuestionSetId); }
listed! { QuestionSet: "sets of questions"; }

impl QuestionSet {
    async fn held(&self, ctx: &Context<'_>) -> Result<Arc<Vec<PinnedItem>>> {
        Ok(find(ctx, ItemsOfQuestionSet(self.0.id)).await?.unwrap_or_default())
    }

    async fn covered(
        &self,
        ctx: &Context<'_>,
        role_profile: Option<RoleProfileInput>,
    ) -> Result<Option<QuestionSetCoverage>> {
        let edition = match (role_profile, self.0.role_profile_version_id) {
            (Some(named), _) => edition_named(ctx, named, None).await?,
            (None, Some(own)) => RoleProfileVersion::find(ctx, own).await?.map(|version| version.edition()),
            (None, None) => None,
        };
        let Some(edition) = edition else { return Ok(None) };
        let question = CoverageQuestion { set_id: self.0.id, edition };
        Ok(find(ctx, CoverageOf(question)).await?.map(QuestionSetCoverage::of))
    }

    async fn written(&self, ctx: &Context<'_>) -> Result<Option<Markdown>> {
        Ok(find(ctx, KitOf(self.0.id)).await?.map(|kit| Markdown(markdown_of(&kit))))
    }
}

/// Questions in an order, each pinned to a version and with the time it gets.
#[Object]
impl QuestionSet {
    /// The id of the set.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for.
    async fn purpose(&self) -> QuestionSetPurpose {
        self.0.purpose.into()
    }

    /// Where it stands in its life.
    async fn status(&self) -> QuestionSetStatus {
        self.0.status.into()
    }

    /// Who put it together; null for what was imported, and when you may not see them.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.author_id?).await.transpose()
    }

    /// The role it interviews for; null for any, and when you may not see it.
    async fn role_profile_version(&self, ctx: &Context<'_>) -> Option<Result<RoleProfileVersion>> {
        RoleProfileVersion::find(ctx, self.0.role_profile_version_id?).await.transpose()
    }

    /// What is asked, in order: at most 50.
    async fn items(&self, ctx: &Context<'_>) -> Result<Vec<QuestionSetItem>> {
        Ok(QuestionSetItem::all(&self.held(ctx).await?))
    }

    /// All the time it takes, in minutes.
    async fn total_minutes(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.held(ctx).await?.iter().map(|pinned| pinned.item.minutes).sum())
    }

    /// What is wrong with it, what leaked first: at most 100. Empty when all is well.
    async fn warnings(&self, ctx: &Context<'_>) -> Result<Vec<QuestionSetWarning>> {
        let items = self.held(ctx).await?;
        let relations = find(ctx, RelationsWithinSet(self.0.id)).await?.unwrap_or_default();
        let told = sets::warnings(&items, &relations).into_iter().take(100);
        Ok(told.map(|warning| QuestionSetWarning { items: Arc::clone(&items), warning }).collect())
    }

    /// What it covers of a role profile, and what it leaves out; null when there is none to measure against, or you
    /// do not see it.
    #[graphql(complexity = "cost::own(5 + child_complexity, child_complexity)")]
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Measured against this; the role of the set when left out.")] role_profile: Option<
            RoleProfileInput,
        >,
    ) -> Option<Result<QuestionSetCoverage>> {
        self.covered(ctx, role_profile).await.transpose()
    }

    /// The kit as Markdown: everything an interviewer needs, in one document.
    #[graphql(complexity = "cost::own(KIT, child_complexity)")]
    async fn kit_markdown(&self, ctx: &Context<'_>) -> Option<Result<Markdown>> {
        self.written(ctx).await.transpose()
    }

    /// A link to the kit as a page to print, one question a sheet, with room for notes and the scale; good for five
    /// minutes. Null for who has no use for one.
    #[graphql(complexity = "cost::own(1, child_complexity)")]
    async fn kit_link(&self, ctx: &Context<'_>) -> Option<Result<QuestionSetKitLink>> {
        link_of(ctx, self.0.id).await.transpose()
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was published; null before.
    async fn published_at(&self) -> Option<DateTime> {
        self.0.published_at.map(DateTime)
    }

    /// When it went out of use; null before.
    async fn archived_at(&self) -> Option<DateTime> {
        self.0.archived_at.map(DateTime)
    }

    /// Raised by every change of the set; pass it as `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// What you may do with the set now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<QuestionSetPermissions> {
        let facts = QuestionSetFacts::of(&self.0, &self.held(ctx).await?);
        Ok(QuestionSetPermissions::of(&ctx.reads()?.actor(), &Target::QuestionSet(&facts)))
    }
}
