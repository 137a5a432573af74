//! `approveSkill` and `deprecateSkill`: a proposal is taken into use, and a skill out of it.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, RefusalCode, Write, Written, command,
        skills::{skill_for, taken},
    },
    domain::{
        ids::SkillId,
        policy::actions::Action,
        revisions::{Aggregate, Revision, Root},
        skills::{Skill, SkillStatus},
        text, values,
    },
    store::Store,
};

/// A proposal to take into use.
#[derive(Debug, Clone, Serialize)]
pub struct ApproveSkill {
    /// The proposal.
    pub skill_id: Uuid,
    /// Unique; made from the name when absent.
    pub slug: Option<String>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// A skill to take out of use.
#[derive(Debug, Clone, Serialize)]
pub struct DeprecateSkill {
    /// The skill.
    pub skill_id: Uuid,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Takes a proposal into use, and reserves its names. The payload shows its id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the skill; INVALID or TAKEN slug; TAKEN at `skillId` when
/// another skill has the name or an alias by now; CONFLICT.
pub async fn approve_skill(store: &Store, command: Command, input: ApproveSkill) -> Result<Written, Failure> {
    command::run(store, command, Action::ApproveSkill.as_str(), input, |write, input| async move {
        let id = SkillId::from_uuid(input.skill_id);
        let skill = skill_for(&write, id, Action::ApproveSkill, "skillId").await?;
        let slug = input.slug.unwrap_or_else(|| text::slug_of(&skill.name));
        let names = names_of(&write, &skill).await?;
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut checks = Checks::default();
        let slug = checks.keep("slug", values::slug(&slug)).unwrap_or_default();
        if !write.tx.holders_of_names(&names).await?.is_empty() {
            let rule = "has a name or an alias of another skill: update the proposal first";
            checks.refuse(RefusalCode::Taken, "skillId", rule);
        }
        checks.done()?;
        settle(&write, Skill { slug, status: SkillStatus::Active, ..skill }, input.expected_revision).await?;
        write.tx.replace_skill_names(id, &names).await.map_err(taken)?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// Takes a skill out of use; its history and its names stay. The payload shows its id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the skill; CONFLICT.
pub async fn deprecate_skill(
    store: &Store,
    command: Command,
    input: DeprecateSkill,
) -> Result<Written, Failure> {
    command::run(store, command, Action::DeprecateSkill.as_str(), input, |write, input| async move {
        let id = SkillId::from_uuid(input.skill_id);
        let skill = skill_for(&write, id, Action::DeprecateSkill, "skillId").await?;
        let skill = Skill { status: SkillStatus::Deprecated, ..skill };
        settle(&write, skill, input.expected_revision).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// Stores and audits the skill as it stands from now on.
async fn settle(write: &Write, skill: Skill, expected: Option<Revision>) -> Result<(), Failure> {
    let root = Root::of(Aggregate::Skill, skill.id);
    write.raise(root, [], expected).await?;
    write.tx.update_skill(&skill).await.map_err(taken)?;
    Ok(write.audit(root).await?)
}

async fn names_of(write: &Write, skill: &Skill) -> Result<Vec<String>, Failure> {
    let aliases = write.tx.aliases_of(&[skill.id]).await?.remove(&skill.id).unwrap_or_default();
    let aliases = aliases.into_iter().map(|alias| alias.alias);
    Ok(std::iter::once(skill.name.clone()).chain(aliases).collect())
}
