//! What a client writes of a question, checked: the entry's own fields and the content of a version.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::{PersonId, SkillId},
        questions::{
            content::QuestionContent,
            rules::{self, Broken, MOST_TAGS},
        },
        skills::SkillStatus,
        values,
    },
};

/// The content of a version as a client writes it; skills by their ids.
pub type WrittenContent = QuestionContent<Uuid>;

/// What stands of an entry itself.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QuestionDetails {
    /// 1–200 characters.
    pub category: String,
    /// At most 10 slugs.
    pub tags: Vec<String>,
    /// Who answers for it.
    pub owner_id: Option<Uuid>,
    /// 1–200 characters.
    pub licence: Option<String>,
    /// An address.
    pub source_url: Option<String>,
}

impl QuestionDetails {
    /// Notes what breaks a rule, at `details`, and puts the tags in order.
    pub(super) fn check(&mut self, checks: &mut Checks) {
        self.category = checks.keep("details.category", values::name(&self.category)).unwrap_or_default();
        checks.hold("details.tags", self.tags.len() <= MOST_TAGS, "must have at most 10 entries");
        for (at, tag) in self.tags.iter().enumerate() {
            checks.keep(&format!("details.tags.{at}"), values::slug(tag));
        }
        self.tags = std::mem::take(&mut self.tags).into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        self.licence = checks.keep_some("details.licence", self.licence.take(), |text| values::name(&text));
        self.source_url =
            checks.keep_some("details.sourceUrl", self.source_url.take(), |text| values::web_address(&text));
    }

    /// The owner, whom the viewer has to see.
    pub(super) async fn owner(&self, write: &Write) -> Result<Option<PersonId>, Failure> {
        let Some(owner) = self.owner_id.map(PersonId::from_uuid) else { return Ok(None) };
        let found = write.tx.people_by_id(&write.scope, &[owner]).await?;
        if found.is_empty() { Err(Refusal::not_found("details.ownerId").into()) } else { Ok(Some(owner)) }
    }
}

/// The content with its skills as they read today. Refused with every rule it breaks, at `content`.
pub(super) async fn content(write: &Write, written: WrittenContent) -> Result<QuestionContent, Failure> {
    let written = written.tidied();
    let broken = rules::shape(&written);
    let named: Vec<SkillId> = written.skills.iter().map(|shown| SkillId::from_uuid(shown.skill)).collect();
    let canonical = write.tx.canonical_skills(&named).await?;
    let reads_as = |skill: SkillId| canonical.get(&skill).copied().unwrap_or(skill);
    let ids: BTreeSet<SkillId> = named.iter().flat_map(|skill| [*skill, reads_as(*skill)]).collect();
    let seen = statuses(write, ids).await?;
    let unseen = named.iter().enumerate().filter(|(_, skill)| !seen.contains_key(skill));
    let unseen: Vec<Refusal> =
        unseen.map(|(at, _)| Refusal::not_found(&format!("content.skills.{at}.skillId"))).collect();
    if broken.is_empty() && !unseen.is_empty() {
        return Err(unseen.into());
    }
    let mut checks = checked(broken);
    in_use(&mut checks, &seen, named.iter().map(|skill| reads_as(*skill)));
    checks.done()?;
    let content = written.map_skills(|skill| reads_as(SkillId::from_uuid(skill)));
    // Two names of one skill, by a merge, are one skill named twice.
    checked(rules::shape(&content)).done()?;
    Ok(content)
}

/// What is submitted is whole, and asks for nothing that has gone out of use since it was written.
pub(super) async fn whole(write: &Write, content: &QuestionContent) -> Result<(), Failure> {
    let broken = rules::shape(content).into_iter().chain(rules::complete(content)).collect();
    let seen = statuses(write, content.skills.iter().map(|shown| shown.skill).collect()).await?;
    let mut checks = checked(broken);
    in_use(&mut checks, &seen, content.skills.iter().map(|shown| shown.skill));
    Ok(checks.done()?)
}

/// Where each of these skills stands, of those that the viewer sees.
async fn statuses(
    write: &Write,
    skills: BTreeSet<SkillId>,
) -> Result<BTreeMap<SkillId, SkillStatus>, Failure> {
    let skills: Vec<SkillId> = skills.into_iter().collect();
    let seen = write.tx.skills_by_id(&write.scope, &skills).await?.into_iter();
    Ok(seen.map(|skill| (skill.id, skill.status)).collect())
}

/// Nobody is asked for a skill that is not agreed on, or no longer.
fn in_use(checks: &mut Checks, seen: &BTreeMap<SkillId, SkillStatus>, skills: impl Iterator<Item = SkillId>) {
    for (at, skill) in skills.enumerate() {
        let field = format!("content.skills.{at}.skillId");
        let status = seen.get(&skill);
        let proposed = status == Some(&SkillStatus::Proposed);
        checks.hold(&field, !proposed, "must not be a skill that is only proposed");
        let retired = status == Some(&SkillStatus::Deprecated);
        checks.hold(&field, !retired, "must not be a skill that is deprecated");
    }
}

fn checked(broken: Vec<Broken>) -> Checks {
    let mut checks = Checks::default();
    for Broken { path, rule } in broken {
        checks.refuse(RefusalCode::Invalid, &input_path(&path), rule);
    }
    checks
}

/// Where a client writes what stands at `path` of the content.
fn input_path(path: &[String]) -> String {
    let input = |part: &String| match part.as_str() {
        "rubric" => None,
        "skill" => Some("skillId".to_owned()),
        other => Some(other.to_owned()),
    };
    std::iter::once("content".to_owned()).chain(path.iter().filter_map(input)).collect::<Vec<_>>().join(".")
}
