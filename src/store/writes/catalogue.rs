//! Storing the skill catalogue: categories, skills, their names and how they relate.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    domain::{
        revisions::{Aggregate, Root},
        skills::{
            ExternalRef, Skill, SkillAlias, SkillCategory, SkillLevelDescriptor, SkillRelation, SkillStatus,
        },
        text::fold,
    },
    store::{
        StoreError, Tx,
        entity::catalogue::{
            external_ref, skill, skill_alias, skill_category, skill_level_descriptor, skill_name,
            skill_relation,
        },
    },
};

impl Tx {
    /// Stores new categories, parents before children.
    ///
    /// # Errors
    /// [`StoreError`]; `skill_category.slug` when a slug is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_categories(&self, categories: &[SkillCategory]) -> Result<(), StoreError> {
        let roots = categories.iter().map(|category| Root::of(Aggregate::SkillCategory, category.id));
        self.found(&roots.collect()).await?;
        let row = |category: &SkillCategory| skill_category::Model {
            id: category.id.uuid(),
            name: category.name.clone(),
            name_key: fold(&category.name),
            slug: category.slug.clone(),
            parent_id: category.parent_id.map(|id| id.uuid()),
            position: category.position,
        };
        self.insert(categories.iter().map(row)).await
    }

    /// Stores new skills and reserves their names, those of proposals excepted: they are reserved at
    /// approval, so that a refused name tells nobody of a proposal they do not see.
    ///
    /// # Errors
    /// [`StoreError`]; `skill.slug` or `skill_name.name_key` when a slug or name is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skills(&self, skills: &[Skill]) -> Result<(), StoreError> {
        let roots: BTreeSet<Root> = skills.iter().map(|skill| Root::of(Aggregate::Skill, skill.id)).collect();
        self.found(&roots).await?;
        self.insert(skills.iter().map(row_of)).await?;
        let in_use = skills.iter().filter(|skill| skill.status != SkillStatus::Proposed);
        self.reserve_names(in_use.map(|skill| (skill.name.as_str(), skill.id.uuid()))).await
    }

    /// Stores other names of skills in use, each row with its id, and reserves them.
    ///
    /// # Errors
    /// [`StoreError`]; `skill_name.name_key` when a name is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_aliases(&self, aliases: &[(Uuid, SkillAlias)]) -> Result<(), StoreError> {
        self.insert_unreserved_aliases(aliases).await?;
        self.reserve_names(aliases.iter().map(|(_, alias)| (alias.alias.as_str(), alias.skill_id.uuid())))
            .await
    }

    /// The same without reserving them: for proposals, and for skills whose names are then
    /// [replaced](Self::replace_skill_names).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_unreserved_aliases(&self, aliases: &[(Uuid, SkillAlias)]) -> Result<(), StoreError> {
        let row = |(id, alias): &(Uuid, SkillAlias)| skill_alias::Model {
            id: *id,
            skill_id: alias.skill_id.uuid(),
            alias: alias.alias.clone(),
            alias_key: fold(&alias.alias),
        };
        self.insert(aliases.iter().map(row)).await
    }

    /// Makes each name the one skill's alone, compared folded.
    async fn reserve_names<'a>(
        &self,
        names: impl Iterator<Item = (&'a str, Uuid)>,
    ) -> Result<(), StoreError> {
        let row = |(name, skill_id): (&str, Uuid)| skill_name::Model { name_key: fold(name), skill_id };
        self.insert(names.map(row)).await
    }

    /// Stores relations. That PREREQUISITE and BROADER stay free of circles is checked under the
    /// catalogue's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_relations(&self, relations: &[SkillRelation]) -> Result<(), StoreError> {
        let row = |relation: &SkillRelation| skill_relation::Model {
            from_id: relation.from_id.uuid(),
            to_id: relation.to_id.uuid(),
            kind: relation.kind.as_str().to_owned(),
        };
        self.insert(relations.iter().map(row)).await
    }

    /// Stores references into public taxonomies, each row with its id.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_external_refs(&self, refs: &[(Uuid, ExternalRef)]) -> Result<(), StoreError> {
        let row = |(id, external): &(Uuid, ExternalRef)| external_ref::Model {
            id: *id,
            skill_id: external.skill_id.uuid(),
            scheme: external.scheme.as_str().to_owned(),
            uri: external.uri.clone(),
            scheme_version: external.scheme_version.clone(),
            match_kind: external.match_kind.as_str().to_owned(),
        };
        self.insert(refs.iter().map(row)).await
    }

    /// Stores what levels look like.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_skill_level_descriptors(
        &self,
        descriptors: &[SkillLevelDescriptor],
    ) -> Result<(), StoreError> {
        let row = |descriptor: &SkillLevelDescriptor| skill_level_descriptor::Model {
            skill_id: descriptor.skill_id.uuid(),
            level: descriptor.level.value().into(),
            behaviour: descriptor.behaviour.clone(),
            examples: serde_json::json!(descriptor.examples).to_string(),
        };
        self.insert(descriptors.iter().map(row)).await
    }
}

/// A skill as it is stored.
pub(super) fn row_of(skill: &Skill) -> skill::Model {
    skill::Model {
        id: skill.id.uuid(),
        name: skill.name.clone(),
        name_key: fold(&skill.name),
        slug: skill.slug.clone(),
        description: skill.description.clone(),
        kind: skill.kind.as_str().to_owned(),
        category_id: skill.category_id.uuid(),
        owner_id: skill.owner_id.map(|id| id.uuid()),
        proposed_by: skill.proposed_by.map(|id| id.uuid()),
        status: skill.status.as_str().to_owned(),
        merged_into: skill.merged_into.map(|id| id.uuid()),
        review_interval_days: skill.review_interval_days,
        expires_after_days: skill.expires_after_days,
    }
}
