//! `updateSkill`: anything of a skill by ADMIN, and what its levels look like by its owner too.
//!
//! A list that is given takes the place of the skill's own. What came with a skill that was merged into
//! it is not its own: it stays as long as the merge, whether the list names it or not.

mod changes;
mod checked;
mod relations;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Command, Edit, Failure, Written, command, skills::skill_for},
    domain::{
        ids::SkillId,
        policy::actions::Action,
        revisions::{Aggregate, Revision, Root},
        skills::{ExternalMatch, ExternalScheme, SkillKind, SkillRelationKind},
    },
    store::Store,
};

/// What changes of a skill; what is absent stays.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UpdateSkill {
    /// The skill.
    pub skill_id: Uuid,
    /// 1–200 characters; no name of another skill.
    pub name: Option<String>,
    /// Unique.
    pub slug: Option<String>,
    /// Markdown, at most 20,000 characters.
    pub description: Option<String>,
    /// What sort of skill.
    pub kind: Option<SkillKind>,
    /// Where it stands.
    pub category_id: Option<Uuid>,
    /// Who validates PEER and CERTIFICATE assessments of it: an active person.
    pub owner_id: Edit<Uuid>,
    /// 1–36,500 days after which an assessment is due for review.
    pub review_interval_days: Edit<i32>,
    /// 1–36,500 days after which an assessment no longer counts.
    pub expires_after_days: Edit<i32>,
    /// Other names, at most 50.
    pub aliases: Option<Vec<String>>,
    /// What levels look like, each at most once.
    pub level_descriptors: Option<Vec<LevelDescription>>,
    /// How it relates to others, at most 100.
    pub relations: Option<Vec<Relation>>,
    /// The same skill elsewhere, at most 100.
    pub external_refs: Option<Vec<Reference>>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// What a level looks like for the skill.
#[derive(Debug, Clone, Serialize)]
pub struct LevelDescription {
    /// 0–5.
    pub level: i64,
    /// What a person at this level does, 1–4,000 characters.
    pub behaviour: String,
    /// At most 20 examples of at most 500 characters.
    pub examples: Vec<String>,
}

/// A relation to another skill.
#[derive(Debug, Clone, Serialize)]
pub struct Relation {
    /// The other skill.
    pub skill_id: Uuid,
    /// How they relate, seen from the skill that is updated.
    pub kind: SkillRelationKind,
}

/// The same skill in somebody else's taxonomy.
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// Whose taxonomy.
    pub scheme: ExternalScheme,
    /// Its name there, 1–2,000 characters without white space.
    pub uri: String,
    /// The release of the taxonomy, at most 100 characters.
    pub scheme_version: String,
    /// How well the two agree.
    pub match_kind: ExternalMatch,
}

/// Changes a skill. The payload shows its id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the skill; INVALID values; TAKEN name, alias, slug or reference;
/// NOT_FOUND category, owner or other skill; ILLEGAL_STATE of the owner; CYCLE of relations; CONFLICT.
pub async fn update_skill(store: &Store, command: Command, input: UpdateSkill) -> Result<Written, Failure> {
    command::run(store, command, Action::UpdateSkill.as_str(), input, |write, input| async move {
        let id = SkillId::from_uuid(input.skill_id);
        let skill = skill_for(&write, id, input.action(), "skillId").await?;
        let changes = checked::changes(&write, skill, &input).await?;
        let root = Root::of(Aggregate::Skill, id);
        write.raise(root, [], input.expected_revision).await?;
        changes.store(&write).await?;
        write.audit(root).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

impl UpdateSkill {
    /// What this update is an instance of: describing levels is the owner's too, anything else is not.
    fn action(&self) -> Action {
        let columns = self.name.is_some()
            || self.slug.is_some()
            || self.description.is_some()
            || self.kind.is_some()
            || self.category_id.is_some()
            || !self.owner_id.keeps()
            || !self.review_interval_days.keeps()
            || !self.expires_after_days.keeps();
        let lists = self.aliases.is_some() || self.relations.is_some() || self.external_refs.is_some();
        if columns || lists || self.level_descriptors.is_none() {
            Action::UpdateSkill
        } else {
            Action::DescribeSkillLevels
        }
    }
}
