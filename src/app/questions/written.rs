//! What a client writes of a question, checked: the entry's own fields and the content of a version.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::{PersonId, SkillId},
        questions::{
            content::QuestionContent,
            rules::{self, Broken},
        },
        values::{self, Rule},
    },
};

/// The most tags of an entry.
const MOST_TAGS: usize = 10;

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
        self.source_url = checks.keep_some("details.sourceUrl", self.source_url.take(), address);
    }

    /// The owner, whom the viewer has to see.
    pub(super) async fn owner(&self, write: &Write) -> Result<Option<PersonId>, Failure> {
        let Some(owner) = self.owner_id.map(PersonId::from_uuid) else { return Ok(None) };
        let found = write.tx.people_by_id(&write.scope, &[owner]).await?;
        if found.is_empty() { Err(Refusal::not_found("details.ownerId").into()) } else { Ok(Some(owner)) }
    }
}

fn address(text: String) -> Result<String, Rule> {
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    if is_address && text.len() <= 2000 {
        Ok(text)
    } else {
        Err("must be an address of at most 2,000 characters")
    }
}

/// The content with its skills as they read today. Refused with every rule it breaks, at `content`.
pub(super) async fn content(write: &Write, written: WrittenContent) -> Result<QuestionContent, Failure> {
    refuse(rules::shape(&written))?;
    let named: BTreeSet<SkillId> =
        written.skills.iter().map(|shown| SkillId::from_uuid(shown.skill)).collect();
    let named: Vec<SkillId> = named.into_iter().collect();
    let seen: BTreeSet<_> =
        write.tx.skills_by_id(&write.scope, &named).await?.into_iter().map(|skill| skill.id).collect();
    let canonical = write.tx.canonical_skills(&named).await?;
    let mut missing = Vec::new();
    for (at, shown) in written.skills.iter().enumerate() {
        if !seen.contains(&SkillId::from_uuid(shown.skill)) {
            missing.push(Refusal::not_found(&format!("content.skills.{at}.skillId")));
        }
    }
    if !missing.is_empty() {
        return Err(missing.into());
    }
    let content = written.map_skills(|skill| {
        let named = SkillId::from_uuid(skill);
        canonical.get(&named).copied().unwrap_or(named)
    });
    // Two names of one skill, by a merge, are one skill named twice.
    refuse(rules::shape(&content))?;
    Ok(content)
}

/// What is submitted is whole.
pub(super) fn whole(content: &QuestionContent) -> Result<(), Failure> {
    refuse(rules::shape(content).into_iter().chain(rules::complete(content)).collect())
}

fn refuse(broken: Vec<Broken>) -> Result<(), Failure> {
    let mut checks = Checks::default();
    for Broken { path, rule } in broken {
        checks.refuse(RefusalCode::Invalid, &input_path(&path), rule);
    }
    Ok(checks.done()?)
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
