//! What a client sends to change the skill catalogue, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::{
    app::skills as app,
    domain::ids::{PersonKind, SkillCategoryKind, SkillKind as SkillId},
    graphql::{
        ids::raw,
        mutation::edit,
        scalars::{Markdown, Url},
        skills::choices::{ExternalMatch, ExternalScheme, SkillKind, SkillRelationKind},
    },
};

/// A skill that is missing.
#[derive(Debug, InputObject)]
pub struct ProposeSkillInput {
    /// 1–200 characters; no name or alias of another skill, case and width aside.
    name: String,
    /// What the skill covers, at most 20,000 characters.
    description: Option<Markdown>,
    /// What sort of skill.
    kind: SkillKind,
    /// The category it belongs to.
    category_id: ID,
    /// Other names it shall be found by, at most 50.
    aliases: Option<Vec<String>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl ProposeSkillInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ProposeSkill {
        app::ProposeSkill {
            name: self.name,
            description: self.description.map(|text| text.0).unwrap_or_default(),
            kind: self.kind.into(),
            category_id: raw::<SkillCategoryKind>(&self.category_id),
            aliases: self.aliases.unwrap_or_default(),
        }
    }
}

/// A proposal to take into use.
#[derive(Debug, InputObject)]
pub struct ApproveSkillInput {
    /// The proposal.
    skill_id: ID,
    /// The name of the skill in addresses, unique in the organisation: 1–64 lower-case letters, digits and
    /// single inner hyphens. Made from the name when left out.
    slug: Option<String>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ApproveSkillInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ApproveSkill {
        let Self { slug, expected_revision, .. } = self;
        app::ApproveSkill { skill_id: raw::<SkillId>(&self.skill_id), slug, expected_revision }
    }
}

/// What changes of a skill. What is left out stays; a list that is given takes the place of the skill's
/// own, and what came with a skill that was merged into it stays as long as the merge.
#[derive(Debug, InputObject)]
pub struct UpdateSkillInput {
    /// The skill.
    skill_id: ID,
    /// 1–200 characters; no name or alias of another skill, case and width aside.
    name: Option<String>,
    /// The name of the skill in addresses, unique in the organisation: 1–64 lower-case letters, digits and
    /// single inner hyphens.
    slug: Option<String>,
    /// What the skill covers, at most 20,000 characters.
    description: Option<Markdown>,
    /// What sort of skill.
    kind: Option<SkillKind>,
    /// The category it belongs to.
    category_id: Option<ID>,
    /// Who validates PEER and CERTIFICATE assessments of it: an active person. Null: nobody.
    owner_id: MaybeUndefined<ID>,
    /// Days after which an assessment is due for review, 1–36,500. Null: never.
    review_interval_days: MaybeUndefined<i32>,
    /// Days after which an assessment no longer counts, 1–36,500. Null: never.
    expires_after_days: MaybeUndefined<i32>,
    /// Other names the skill is found by, at most 50.
    aliases: Option<Vec<String>>,
    /// What levels of the scale look like for this skill, each level at most once. The owner of the skill
    /// may change this, and this alone.
    level_descriptors: Option<Vec<SkillLevelDescriptorInput>>,
    /// How the skill relates to others, at most 100.
    relations: Option<Vec<SkillRelationInput>>,
    /// The skill in other taxonomies, at most 100; each belongs to one skill.
    external_refs: Option<Vec<ExternalRefInput>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdateSkillInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdateSkill {
        app::UpdateSkill {
            skill_id: raw::<SkillId>(&self.skill_id),
            name: self.name,
            slug: self.slug,
            description: self.description.map(|text| text.0),
            kind: self.kind.map(Into::into),
            category_id: self.category_id.map(|id| raw::<SkillCategoryKind>(&id)),
            owner_id: edit(self.owner_id, |id| raw::<PersonKind>(&id)),
            review_interval_days: edit(self.review_interval_days, |days| days),
            expires_after_days: edit(self.expires_after_days, |days| days),
            aliases: self.aliases,
            level_descriptors: self.level_descriptors.map(|list| list.into_iter().map(Into::into).collect()),
            relations: self.relations.map(|list| list.into_iter().map(Into::into).collect()),
            external_refs: self.external_refs.map(|list| list.into_iter().map(Into::into).collect()),
            expected_revision: self.expected_revision,
        }
    }
}

/// What a level of the scale looks like for a skill.
#[derive(Debug, InputObject)]
pub struct SkillLevelDescriptorInput {
    /// The level, 0–5.
    level: i32,
    /// What a person at this level does, 1–4,000 characters.
    behaviour: String,
    /// Examples of it: at most 20, of 1–500 characters each.
    examples: Option<Vec<String>>,
}

impl From<SkillLevelDescriptorInput> for app::LevelDescription {
    fn from(given: SkillLevelDescriptorInput) -> Self {
        let examples = given.examples.unwrap_or_default();
        Self { level: given.level.into(), behaviour: given.behaviour, examples }
    }
}

/// A relation to another skill.
#[derive(Debug, InputObject)]
pub struct SkillRelationInput {
    /// The other skill. One that was merged counts as the one it reads as.
    skill_id: ID,
    /// How they relate, seen from the skill that is updated.
    kind: SkillRelationKind,
}

impl From<SkillRelationInput> for app::Relation {
    fn from(given: SkillRelationInput) -> Self {
        Self { skill_id: raw::<SkillId>(&given.skill_id), kind: given.kind.into() }
    }
}

/// The same skill in somebody else's taxonomy.
#[derive(Debug, InputObject)]
pub struct ExternalRefInput {
    /// Whose taxonomy.
    scheme: ExternalScheme,
    /// Its name there.
    uri: Url,
    /// The release of the taxonomy, at most 100 characters; empty when left out.
    scheme_version: Option<String>,
    /// How well the two agree.
    #[graphql(name = "match")]
    match_kind: ExternalMatch,
}

impl From<ExternalRefInput> for app::Reference {
    fn from(given: ExternalRefInput) -> Self {
        Self {
            scheme: given.scheme.into(),
            uri: given.uri.0,
            scheme_version: given.scheme_version.unwrap_or_default(),
            match_kind: given.match_kind.into(),
        }
    }
}

/// A skill to take out of use.
#[derive(Debug, InputObject)]
pub struct DeprecateSkillInput {
    /// The skill.
    skill_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl DeprecateSkillInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::DeprecateSkill {
        let expected_revision = self.expected_revision;
        app::DeprecateSkill { skill_id: raw::<SkillId>(&self.skill_id), expected_revision }
    }
}

/// Two skills to make one.
#[derive(Debug, InputObject)]
pub struct MergeSkillsInput {
    /// The skill that reads as the other from now on. ACTIVE.
    from_id: ID,
    /// The skill that stays. ACTIVE, or merged into one that is.
    into_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill `fromId` that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl MergeSkillsInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::MergeSkills {
        app::MergeSkills {
            from_id: raw::<SkillId>(&self.from_id),
            into_id: raw::<SkillId>(&self.into_id),
            expected_revision: self.expected_revision,
        }
    }
}

/// A merge to take back.
#[derive(Debug, InputObject)]
pub struct UndoSkillMergeInput {
    /// The skill that was merged.
    skill_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the skill that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UndoSkillMergeInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UndoSkillMerge {
        let expected_revision = self.expected_revision;
        app::UndoSkillMerge { skill_id: raw::<SkillId>(&self.skill_id), expected_revision }
    }
}

/// A category to create.
#[derive(Debug, InputObject)]
pub struct CreateSkillCategoryInput {
    /// 1–200 characters.
    name: String,
    /// The name of the category in addresses, unique in the organisation: 1–64 lower-case letters, digits
    /// and single inner hyphens. Made from the name when left out.
    slug: Option<String>,
    /// The category above it; at the top when left out.
    parent_id: Option<ID>,
    /// Where it stands among its siblings, 0–9,999, lowest first; after all of them when left out.
    position: Option<i32>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreateSkillCategoryInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreateSkillCategory {
        let parent_id = self.parent_id.map(|id| raw::<SkillCategoryKind>(&id));
        app::CreateSkillCategory { name: self.name, slug: self.slug, parent_id, position: self.position }
    }
}

/// Where a category goes.
#[derive(Debug, InputObject)]
pub struct MoveSkillCategoryInput {
    /// The category.
    category_id: ID,
    /// The category above it from now on; at the top when left out.
    parent_id: Option<ID>,
    /// Where it stands among its siblings, 0–9,999, lowest first. When left out: as before among the same
    /// siblings, and after all of others.
    position: Option<i32>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the category that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl MoveSkillCategoryInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::MoveSkillCategory {
        app::MoveSkillCategory {
            category_id: raw::<SkillCategoryKind>(&self.category_id),
            parent_id: self.parent_id.map(|id| raw::<SkillCategoryKind>(&id)),
            position: self.position,
            expected_revision: self.expected_revision,
        }
    }
}
