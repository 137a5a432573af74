//! A skill as an object of the graph.

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, ID, Object, Result};

use crate::{
    cache::Entry,
    domain::{ids::SkillId, skills},
    graphql::{
        connection::listed,
        context::{Reading, find, found_by_id},
        details::DetailsOf,
        ids::global,
        people::Person,
        permissions::SkillPermissions,
        scalars::Markdown,
        skills::{
            ExternalRef, SkillCategory, SkillLevelDescriptor, SkillRelation,
            choices::{SkillKind, SkillStatus},
        },
    },
    views::skills::SkillDetails,
};

/// A skill the viewer sees.
#[derive(Debug, Clone)]
pub struct Skill(pub Arc<skills::Skill>);

found_by_id! { Skill(SkillId); }
listed! { Skill: "skills"; }

impl Skill {
    /// What a skill reads as today: itself, or the living one it was merged into.
    pub(in crate::graphql) async fn canonical(ctx: &Context<'_>, id: SkillId) -> Result<Option<Self>> {
        let found = Self::find(ctx, id).await?;
        match found.as_ref().and_then(|skill| skill.0.merged_into) {
            Some(into) => Self::find(ctx, into).await,
            None => Ok(found),
        }
    }

    /// The skills that a filter names, as each reads today; any when it names none.
    pub(in crate::graphql) async fn asked(
        ctx: &Context<'_>,
        named: Option<Vec<SkillId>>,
    ) -> Result<Option<BTreeSet<SkillId>>> {
        let Some(named) = named else { return Ok(None) };
        let found = ctx.loader()?.load_many(named).await?.into_values();
        Ok(Some(found.map(|skill| skill.merged_into.unwrap_or(skill.id)).collect()))
    }

    async fn details(&self, ctx: &Context<'_>) -> Result<Option<Arc<Entry<SkillDetails>>>> {
        find(ctx, DetailsOf(self.0.id)).await
    }
}

/// Something a person can be good at. Every person is rated in it on the same scale, see
/// `Query.proficiencyScale`.
#[Object]
impl Skill {
    /// The id of the skill.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// What the skill is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The name of the skill in addresses; unique in the organisation.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What the skill covers.
    async fn description(&self) -> Markdown {
        Markdown(self.0.description.clone())
    }

    /// What sort of skill it is.
    async fn kind(&self) -> SkillKind {
        self.0.kind.into()
    }

    /// Where the skill stands in its life.
    async fn status(&self) -> SkillStatus {
        self.0.status.into()
    }

    /// Raised by every change of the skill; pass it as `expectedRevision`.
    async fn revision(&self) -> i64 {
        self.0.revision
    }

    /// Where the skill stands in the tree of categories.
    async fn category(&self, ctx: &Context<'_>) -> Option<Result<SkillCategory>> {
        SkillCategory::find(ctx, self.0.category_id).await.transpose()
    }

    /// Who validates PEER and CERTIFICATE assessments of the skill; null without an owner, and when you
    /// may not see them.
    async fn owner(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.owner_id?).await.transpose()
    }

    /// Who proposed the skill; null when nobody did, and when you may not see them.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.proposed_by?).await.transpose()
    }

    /// The living skill that this one was merged into; null unless it is MERGED.
    async fn merged_into(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::find(ctx, self.0.merged_into?).await.transpose()
    }

    /// Days after which an assessment is due for review; null: never.
    async fn review_interval_days(&self) -> Option<i32> {
        self.0.review_interval_days
    }

    /// Days after which an assessment no longer counts; null: never.
    async fn expires_after_days(&self) -> Option<i32> {
        self.0.expires_after_days
    }

    /// Other names the skill is found by, in order of the alphabet.
    async fn aliases(&self, ctx: &Context<'_>) -> Result<Vec<String>> {
        let Some(details) = self.details(ctx).await? else { return Ok(Vec::new()) };
        Ok(details.value.aliases.iter().map(|alias| alias.alias.clone()).collect())
    }

    /// What levels of the scale look like for this skill, lowest first: at most 6.
    async fn level_descriptors(&self, ctx: &Context<'_>) -> Result<Vec<SkillLevelDescriptor>> {
        let Some(details) = self.details(ctx).await? else { return Ok(Vec::new()) };
        Ok(details.value.level_descriptors.iter().cloned().map(SkillLevelDescriptor).collect())
    }

    /// How the skill relates to others, by kind, then name: at most 100.
    async fn relations(&self, ctx: &Context<'_>) -> Result<Vec<SkillRelation>> {
        let Some(details) = self.details(ctx).await? else { return Ok(Vec::new()) };
        let seen = details.value.relations_seen(&ctx.reads()?.scope);
        Ok(seen.into_iter().take(100).map(SkillRelation).collect())
    }

    /// The skill in other taxonomies, by scheme: at most 100.
    async fn external_refs(&self, ctx: &Context<'_>) -> Result<Vec<ExternalRef>> {
        let Some(details) = self.details(ctx).await? else { return Ok(Vec::new()) };
        Ok(details.value.external_refs.iter().take(100).cloned().map(ExternalRef).collect())
    }

    /// What you may do with the skill now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<SkillPermissions> {
        self.permissions(ctx)
    }
}
