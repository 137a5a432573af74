//! The catalogue's rows as entities. Adds ids and owners, nothing else.

use std::collections::BTreeMap;

use crate::{
    app::demo::ids::id_of,
    domain::{
        ids::SkillId,
        skills::{
            ExternalRef, Skill, SkillAlias, SkillCategory, SkillLevelDescriptor, SkillRelation, SkillStatus,
        },
    },
    interchange::{catalogue::SkillRow, demo::Demo},
};

/// The skill catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skills {
    /// Categories, each after the one above it.
    pub categories: Vec<SkillCategory>,
    /// Skills.
    pub skills: Vec<Skill>,
    /// Their other names.
    pub aliases: Vec<SkillAlias>,
    /// How they relate.
    pub relations: Vec<SkillRelation>,
    /// What they are called elsewhere.
    pub external_refs: Vec<ExternalRef>,
    /// What their levels look like.
    pub descriptors: Vec<SkillLevelDescriptor>,
}

impl Skills {
    pub(super) fn of(demo: &Demo) -> Self {
        let rows = &demo.catalogue.skills;
        let owners: BTreeMap<&str, &str> = demo
            .organisation
            .people
            .iter()
            .flat_map(|person| person.owns_skills.iter().map(|skill| (skill.as_str(), person.email.as_str())))
            .collect();
        Self {
            categories: categories(demo),
            skills: rows.iter().map(|row| skill(row, owners.get(row.slug.as_str()).copied())).collect(),
            aliases: rows.iter().flat_map(aliases).collect(),
            relations: rows.iter().flat_map(relations).collect(),
            external_refs: rows.iter().flat_map(external_refs).collect(),
            descriptors: rows.iter().flat_map(descriptors).collect(),
        }
    }
}

pub(super) fn skill_id(slug: &str) -> SkillId {
    id_of(slug)
}

/// Parents come first, and siblings are numbered in the order of the file.
fn categories(demo: &Demo) -> Vec<SkillCategory> {
    let mut siblings: BTreeMap<Option<&str>, i32> = BTreeMap::new();
    let mut made: Vec<SkillCategory> = Vec::new();
    let mut waiting: Vec<_> = demo.catalogue.categories.iter().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|row| {
            let parent = row.parent.as_ref().map(|slug| slug.as_str());
            if parent.is_some_and(|slug| !made.iter().any(|category| category.slug == slug)) {
                return true;
            }
            let position = siblings.entry(parent).or_default();
            made.push(SkillCategory {
                id: id_of(&row.slug),
                name: row.name.value.clone(),
                slug: row.slug.value.clone(),
                parent_id: parent.map(id_of),
                position: *position,
                revision: 1,
            });
            *position += 1;
            false
        });
        if waiting.len() == before {
            break;
        }
    }
    made
}

fn skill(row: &SkillRow, owner: Option<&str>) -> Skill {
    Skill {
        id: skill_id(&row.slug),
        name: row.name.value.clone(),
        slug: row.slug.value.clone(),
        description: row.description.clone(),
        kind: row.kind,
        category_id: id_of(&row.category),
        owner_id: owner.map(id_of),
        proposed_by: None,
        status: SkillStatus::Active,
        merged_into: None,
        review_interval_days: row.review_interval_days.as_ref().map(|days| days.value),
        expires_after_days: row.expires_after_days.as_ref().map(|days| days.value),
        revision: 1,
    }
}

fn aliases(row: &SkillRow) -> impl Iterator<Item = SkillAlias> {
    row.aliases.iter().map(|alias| SkillAlias { skill_id: skill_id(&row.slug), alias: alias.value.clone() })
}

fn relations(row: &SkillRow) -> impl Iterator<Item = SkillRelation> {
    row.relations.iter().map(|relation| SkillRelation {
        from_id: skill_id(&row.slug),
        to_id: skill_id(&relation.to),
        kind: relation.kind,
    })
}

fn external_refs(row: &SkillRow) -> impl Iterator<Item = ExternalRef> {
    row.external_refs.iter().map(|reference| ExternalRef {
        skill_id: skill_id(&row.slug),
        scheme: reference.scheme,
        uri: reference.uri.value.clone(),
        scheme_version: reference.scheme_version.clone(),
        match_kind: reference.match_kind,
    })
}

fn descriptors(row: &SkillRow) -> impl Iterator<Item = SkillLevelDescriptor> {
    row.levels.iter().map(|step| SkillLevelDescriptor {
        skill_id: skill_id(&row.slug),
        level: step.level,
        behaviour: step.behaviour.value.clone(),
        examples: step.examples.clone(),
    })
}
