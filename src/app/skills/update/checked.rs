//! Checking an update of a skill: values first, then what they refer to and who has them already.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    app::{
        Checks, Edit, Failure, Refusal, RefusalCode, Write, ids,
        skills::{
            category_for, names,
            propose::LONGEST_DESCRIPTION,
            update::{LevelDescription, Reference, UpdateSkill, changes::Changes, relations},
        },
    },
    domain::{
        ids::{PersonId, SkillCategoryId, SkillId},
        levels::Level,
        people::PersonStatus,
        skills::{ExternalRef, Skill, SkillLevelDescriptor},
        values::{self, Rule},
    },
};

/// The most references a skill is given.
const MOST_REFS: usize = 100;

/// What `input` makes of `skill`.
pub(super) async fn changes(write: &Write, skill: Skill, input: &UpdateSkill) -> Result<Changes, Failure> {
    let mut checks = Checks::default();
    let own = write.tx.recorded_aliases(skill.id).await?;
    let columns = columns(&mut checks, &skill, input);
    let wanted = input.aliases.as_ref().unwrap_or(&own);
    let aliases = names::checked_aliases(&mut checks, &columns.name, wanted);
    let level_descriptors =
        input.level_descriptors.as_ref().map(|given| descriptors(&mut checks, skill.id, given));
    let refs = input.external_refs.as_ref().map(|given| references(&mut checks, skill.id, given));
    checks.done()?;
    refer(write, input).await?;
    let mut checks = Checks::default();
    let renamed = columns.name != skill.name || input.aliases.is_some();
    let aliases = match renamed {
        true => names::free(write, &mut checks, Some(skill.id), &columns.name, aliases).await?,
        false => aliases,
    };
    let external_refs = match refs {
        Some(refs) => Some(free_references(write, &mut checks, skill.id, refs).await?),
        None => None,
    };
    checks.done()?;
    let relations = match &input.relations {
        Some(wanted) => Some(relations::changes(write, skill.id, wanted).await?),
        None => None,
    };
    Ok(Changes { skill: columns, aliases, renamed, level_descriptors, relations, external_refs })
}

fn columns(checks: &mut Checks, skill: &Skill, input: &UpdateSkill) -> Skill {
    let prose = |text: &str| values::prose(text, LONGEST_DESCRIPTION);
    let name = checks.keep_some("name", input.name.as_deref(), values::name);
    let slug = checks.keep_some("slug", input.slug.as_deref(), values::slug);
    let description = checks.keep_some("description", input.description.as_deref(), prose);
    checks.keep_some("reviewIntervalDays", input.review_interval_days.set().copied(), days);
    checks.keep_some("expiresAfterDays", input.expires_after_days.set().copied(), days);
    let owner = match input.owner_id {
        Edit::Keep => Edit::Keep,
        Edit::Clear => Edit::Clear,
        Edit::Set(id) => Edit::Set(PersonId::from_uuid(id)),
    };
    Skill {
        name: name.unwrap_or_else(|| skill.name.clone()),
        slug: slug.unwrap_or_else(|| skill.slug.clone()),
        description: description.unwrap_or_else(|| skill.description.clone()),
        kind: input.kind.unwrap_or(skill.kind),
        category_id: input.category_id.map_or(skill.category_id, SkillCategoryId::from_uuid),
        owner_id: owner.over(skill.owner_id),
        review_interval_days: input.review_interval_days.over(skill.review_interval_days),
        expires_after_days: input.expires_after_days.over(skill.expires_after_days),
        ..skill.clone()
    }
}

fn days(days: i32) -> Result<i32, Rule> {
    if (1..=36_500).contains(&days) { Ok(days) } else { Err("must be 1 to 36500 days") }
}

fn descriptors(
    checks: &mut Checks,
    skill_id: SkillId,
    given: &[LevelDescription],
) -> Vec<SkillLevelDescriptor> {
    let mut levels = BTreeSet::new();
    let mut kept = Vec::new();
    for (n, given) in given.iter().enumerate() {
        let field = |name: &str| format!("levelDescriptors.{n}.{name}");
        let level = Level::new(given.level).map_err(|_| "must be 0 to 5");
        let Some(level) = checks.keep(&field("level"), level) else { continue };
        checks.hold(&field("level"), levels.insert(level), "must be described once");
        let behaviour = filled(&given.behaviour, 4_000, "must have 1 to 4000 characters");
        let behaviour = checks.keep(&field("behaviour"), behaviour).unwrap_or_default();
        checks.hold(&field("examples"), given.examples.len() <= 20, "must be at most 20");
        let mut examples = Vec::new();
        for (m, example) in given.examples.iter().enumerate().take(20) {
            let example = filled(example, 500, "must have 1 to 500 characters each");
            examples.extend(checks.keep(&field(&format!("examples.{m}")), example));
        }
        kept.push(SkillLevelDescriptor { skill_id, level, behaviour, examples });
    }
    kept
}

fn filled(text: &str, most: usize, rule: Rule) -> Result<String, Rule> {
    let text = values::prose(text.trim(), most).map_err(|_| rule)?;
    if text.is_empty() { Err(rule) } else { Ok(text) }
}

fn references(checks: &mut Checks, skill_id: SkillId, given: &[Reference]) -> Vec<ExternalRef> {
    checks.hold("externalRefs", given.len() <= MOST_REFS, "must be at most 100");
    let mut names = BTreeSet::new();
    let mut kept = Vec::new();
    for (n, given) in given.iter().enumerate().take(MOST_REFS) {
        let field = |name: &str| format!("externalRefs.{n}.{name}");
        let uri = filled(&given.uri, 2_000, "must have 1 to 2000 characters");
        let uri = checks.keep(&field("uri"), uri).unwrap_or_default();
        checks.hold(&field("uri"), !uri.contains(char::is_whitespace), "must not hold white space");
        let version = values::prose(given.scheme_version.trim(), 100);
        let scheme_version = checks.keep(&field("schemeVersion"), version).unwrap_or_default();
        let new = names.insert((given.scheme, uri.clone(), scheme_version.clone()));
        checks.hold(&field("uri"), new, "must be given once");
        let (scheme, match_kind) = (given.scheme, given.match_kind);
        kept.push(ExternalRef { skill_id, scheme, uri, scheme_version, match_kind });
    }
    kept
}

/// Category and owner are there, and the owner has not left.
async fn refer(write: &Write, input: &UpdateSkill) -> Result<(), Failure> {
    if let Some(category) = input.category_id {
        category_for(write, SkillCategoryId::from_uuid(category), "categoryId").await?;
    }
    let Some(owner) = input.owner_id.set() else { return Ok(()) };
    let found = write.tx.people_by_id(&write.scope, &[PersonId::from_uuid(*owner)]).await?.pop();
    let owner = found.ok_or_else(|| Refusal::not_found("ownerId"))?;
    if owner.status == PersonStatus::Active {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::IllegalState, "ownerId", "The person has left.").into())
}

/// The references to store: none that another skill has, nor those that came with a merged one.
async fn free_references(
    write: &Write,
    checks: &mut Checks,
    own: SkillId,
    refs: Vec<ExternalRef>,
) -> Result<Vec<(Uuid, ExternalRef)>, Failure> {
    let mut held = write.tx.holders_of_external_refs(&refs).await?;
    held.retain(|held| held.skill_id != own);
    let mut kept = Vec::new();
    for (n, external) in refs.into_iter().enumerate() {
        match held.iter().find(|held| held.is(&external)) {
            None => kept.push((ids::fresh_uuid(write.now()), external)),
            Some(held) if held.finds == own => {}
            Some(_) => {
                let field = format!("externalRefs.{n}.uri");
                checks.refuse(RefusalCode::Taken, &field, "is a reference of another skill");
            }
        }
    }
    Ok(kept)
}
