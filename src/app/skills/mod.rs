//! Use cases on the skill catalogue: proposals, skills in use, redirects between them, and categories.
//!
//! The catalogue has one lock, its own root. Whoever changes it takes that lock once they are known to
//! be allowed to, and looks again at what they change: two merges cannot close a circle between them.

mod categories;
mod circles;
mod lifecycle;
mod merge;
mod names;
mod propose;
mod undo;
mod update;

use std::collections::BTreeSet;

pub use categories::{CreateSkillCategory, MoveSkillCategory, create_skill_category, move_skill_category};
pub use lifecycle::{ApproveSkill, DeprecateSkill, approve_skill, deprecate_skill};
pub use merge::{MergeSkills, merge_skills};
pub(in crate::app) use propose::LONGEST_DESCRIPTION;
pub use propose::{ProposeSkill, propose_skill};
pub use undo::{UndoSkillMerge, undo_skill_merge};
pub use update::{LevelDescription, Reference, Relation, UpdateSkill, update_skill};

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::{SkillCategoryId, SkillId},
        policy::{
            actions::{Action, Target, allows},
            facts::SkillFacts,
        },
        revisions::Root,
        skills::{Skill, SkillCategory, SkillStatus},
    },
    store::StoreError,
};

/// The skill named at `field`, on which the viewer may take `action`: visible, may, state. The catalogue
/// is locked with it.
async fn skill_for(write: &Write, id: SkillId, action: Action, field: &str) -> Result<Skill, Failure> {
    permitted(write, id, action, field).await?;
    hold_catalogue(write).await?;
    let skill = seen(write, id, field).await?;
    open(&skill, action, field)?;
    Ok(skill)
}

/// The skill as it stands, if the viewer sees it.
async fn seen(write: &Write, id: SkillId, field: &str) -> Result<Skill, Failure> {
    let found = write.tx.skills_by_id(&write.scope, &[id]).await?.pop();
    Ok(found.ok_or_else(|| Refusal::not_found(field))?)
}

/// Visible, and the action is the viewer's.
async fn permitted(write: &Write, id: SkillId, action: Action, field: &str) -> Result<(), Failure> {
    let facts = SkillFacts::from(&seen(write, id, field).await?);
    if write.scope.actor().permits(action, &Target::Skill(&facts)) {
        return Ok(());
    }
    Err(Refusal::forbidden(field).into())
}

/// The skill's state allows the action.
fn open(skill: &Skill, action: Action, field: &str) -> Result<(), Refusal> {
    if allows(action, &Target::Skill(&SkillFacts::from(skill))) {
        return Ok(());
    }
    let rule = match (action, skill.status) {
        (Action::ApproveSkill, _) => "The skill is in use already, or was.",
        (Action::UndoSkillMerge, _) => "The skill is not merged.",
        (_, SkillStatus::Proposed) => "The skill is a proposal. Approve it first.",
        (_, SkillStatus::Merged) => {
            "The skill is merged into another one. Change that one, or undo the merge."
        }
        (_, _) => "The skill is deprecated.",
    };
    Err(Refusal::new(RefusalCode::IllegalState, field, rule))
}

/// Locks the catalogue and raises it: every read model lists it, so that none outlives this write.
async fn hold_catalogue(write: &Write) -> Result<(), StoreError> {
    write.tx.raise(&BTreeSet::from([Root::SKILL_CATALOGUE])).await.map(drop)
}

/// The category named at `field`.
async fn category_for(write: &Write, id: SkillCategoryId, field: &str) -> Result<SkillCategory, Failure> {
    let found = write.tx.categories_by_id(&write.scope, &[id]).await?.pop();
    Ok(found.ok_or_else(|| Refusal::not_found(field))?)
}

/// A slug, name or reference that somebody else has, or took meanwhile, is the client's to mend; anything
/// else is a fault.
fn taken(error: StoreError) -> Failure {
    let refuse = |field, rule: &str| Refusal::new(RefusalCode::Taken, field, rule).into();
    if error.violates("skill", "slug") || error.violates("skill_category", "slug") {
        return refuse("slug", "slug is taken.");
    }
    if error.violates("skill_name", "name_key") || error.violates("skill_name", "pkey") {
        return refuse("name", "name is the name of another skill.");
    }
    if error.violates("external_ref", "scheme") {
        return refuse("externalRefs", "externalRefs holds a reference of another skill.");
    }
    error.into()
}
