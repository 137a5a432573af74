//! `proposeSkill`: any member may say that a skill is missing.
//!
//! A proposal is between its proposer, its owner and ADMIN. It takes no name and no slug that others
//! could miss, and is in nobody's read model, so that nobody learns of it by a refusal or by a revision
//! that moved.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, Write, Written, command, ids,
        skills::{category_for, names, taken},
    },
    domain::{
        ids::{SkillCategoryId, SkillId},
        policy::actions::{Action, Target},
        revisions::{Aggregate, Root},
        skills::{Skill, SkillKind, SkillStatus},
        text, values,
    },
    store::Store,
};

/// The most characters of a skill's description.
pub(in crate::app) const LONGEST_DESCRIPTION: usize = 20_000;

/// A skill to propose.
#[derive(Debug, Clone, Serialize)]
pub struct ProposeSkill {
    /// 1–200 characters; no name of another skill.
    pub name: String,
    /// What the skill covers, Markdown, at most 20,000 characters.
    pub description: String,
    /// What sort of skill.
    pub kind: SkillKind,
    /// Where it stands.
    pub category_id: Uuid,
    /// Other names to find it by, at most 50.
    pub aliases: Vec<String>,
}

/// Proposes a skill. The payload shows its id.
///
/// # Errors
/// FORBIDDEN; INVALID or TAKEN name or alias; INVALID description; NOT_FOUND category.
pub async fn propose_skill(store: &Store, command: Command, input: ProposeSkill) -> Result<Written, Failure> {
    command::run(store, command, Action::ProposeSkill.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::ProposeSkill, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        let (skill, aliases) = checked(&write, input).await?;
        write.tx.insert_skills(std::slice::from_ref(&skill)).await.map_err(taken)?;
        write.tx.insert_unreserved_aliases(&names::rows(&write, skill.id, &aliases)).await?;
        write.audit(Root::of(Aggregate::Skill, skill.id)).await?;
        Ok((write, Written { ids: vec![skill.id.uuid()] }))
    })
    .await
}

async fn checked(write: &Write, input: ProposeSkill) -> Result<(Skill, Vec<String>), Failure> {
    let mut checks = Checks::default();
    let name = checks.keep("name", values::name(&input.name)).unwrap_or_default();
    let aliases = names::checked_aliases(&mut checks, &name, &input.aliases);
    let prose = values::prose(&input.description, LONGEST_DESCRIPTION);
    let description = checks.keep("description", prose).unwrap_or_default();
    checks.done()?;
    let category = category_for(write, SkillCategoryId::from_uuid(input.category_id), "categoryId").await?;
    let mut checks = Checks::default();
    let aliases = names::free(write, &mut checks, None, &name, aliases).await?;
    checks.done()?;
    let id = ids::fresh(write.now());
    let skill = Skill {
        id,
        slug: provisional_slug(&name, id),
        name,
        description,
        kind: input.kind,
        category_id: category.id,
        owner_id: None,
        proposed_by: write.scope.actor().speaker(),
        status: SkillStatus::Proposed,
        merged_into: None,
        review_interval_days: None,
        expires_after_days: None,
        revision: 1,
    };
    Ok((skill, aliases))
}

/// A slug that no other skill has, until approval gives it a plain one.
fn provisional_slug(name: &str, id: SkillId) -> String {
    let stem: String = text::slug_of(name).chars().take(50).collect();
    let stem = if stem.is_empty() { "skill" } else { stem.trim_end_matches('-') };
    let digits = id.uuid().simple().to_string();
    format!("{stem}-{}", digits.get(20..).unwrap_or(&digits))
}
