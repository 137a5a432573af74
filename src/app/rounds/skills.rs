//! The skills a round asks about: some that are named, or those of a role profile. All of them can be rated by
//! the person and by who leads them.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::{RoleProfileId, SkillId},
        skills::{Skill, SkillKind},
    },
};

/// The most skills of one round.
pub const MOST_SKILLS: usize = 100;

const SKILLS: &str = "skillIds";
const PROFILE: &str = "roleProfileId";

/// The skills that are asked about, as they read today; exactly one of the two is given.
pub(super) async fn asked(
    write: &Write,
    named: Option<&[Uuid]>,
    profile: Option<Uuid>,
) -> Result<Vec<SkillId>, Failure> {
    match (named, profile) {
        (Some(named), None) => by_name(write, named).await,
        (None, Some(profile)) => of_profile(write, RoleProfileId::from_uuid(profile)).await,
        _ => {
            let rule = "Give skillIds or roleProfileId, and only one of them.";
            Err(Refusal::new(RefusalCode::Invalid, SKILLS, rule).into())
        }
    }
}

async fn by_name(write: &Write, named: &[Uuid]) -> Result<Vec<SkillId>, Failure> {
    check_size(named.len(), SKILLS)?;
    let named: Vec<SkillId> = named.iter().copied().map(SkillId::from_uuid).collect();
    let held = write.tx.hold_redirects(&named).await?;
    let wanted: BTreeSet<SkillId> = named.iter().chain(held.values()).copied().collect();
    let wanted: Vec<SkillId> = wanted.into_iter().collect();
    let found = write.tx.skills_by_id(&write.scope, &wanted).await?;
    let found: BTreeMap<SkillId, Skill> = found.into_iter().map(|skill| (skill.id, skill)).collect();
    let mut skills = Vec::new();
    let mut refusals = Vec::new();
    for (n, name) in named.iter().enumerate() {
        let reads_as = held.get(name).unwrap_or(name);
        match found.get(name).and(found.get(reads_as)) {
            None => refusals.push(Refusal::not_found("").at(SKILLS, n)),
            Some(skill) => match refusal(skill) {
                Some(rule) => refusals.push(Refusal::new(RefusalCode::IllegalState, "", rule).at(SKILLS, n)),
                None if skills.contains(reads_as) => {}
                None => skills.push(*reads_as),
            },
        }
    }
    if refusals.is_empty() { Ok(skills) } else { Err(refusals.into()) }
}

fn refusal(skill: &Skill) -> Option<&'static str> {
    if !skill.status.can_be_assessed() {
        return Some("The skill is not in use: nobody can be rated in it.");
    }
    (skill.kind == SkillKind::Certification)
        .then_some("The skill is a certification: nobody rates it, it is held or not.")
}

async fn of_profile(write: &Write, id: RoleProfileId) -> Result<Vec<SkillId>, Failure> {
    let profile = write.tx.role_profiles_by_id(&write.scope, &[id]).await?.pop();
    let profile = profile.ok_or_else(|| Refusal::not_found(PROFILE))?;
    let version = profile.published_version_id.ok_or_else(|| {
        Refusal::new(RefusalCode::IllegalState, PROFILE, "The role profile has no published version.")
    })?;
    let skills = write.tx.rateable_skills_of(version).await?;
    check_size(skills.len(), PROFILE)?;
    Ok(skills)
}

fn check_size(count: usize, field: &str) -> Result<(), Refusal> {
    if count == 0 {
        let rule = format!("{field} must name at least one skill that can be rated.");
        return Err(Refusal::new(RefusalCode::Invalid, field, rule));
    }
    if count > MOST_SKILLS {
        let rule = format!("A round asks about at most {MOST_SKILLS} skills.");
        return Err(Refusal::new(RefusalCode::Limit, field, rule));
    }
    Ok(())
}
