//! `createLearningResource`, `updateLearningResource` and `archiveLearningResource`: what a skill can be
//! learned from. They belong to their skill, whose root they raise.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Edit, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        development::judge,
        ids,
    },
    domain::{
        development::{LearningResource, LearningResourceStatus},
        ids::{LearningResourceId, SkillId},
        levels::Level,
        policy::{
            actions::{Action, Target},
            facts::{LearningResourceFacts, SkillFacts},
        },
        revisions::{Aggregate, Revision, Revisions, Root},
        text::fold,
        values::{self, Rule},
    },
    store::{Store, StoreError},
};

/// Something to offer.
#[derive(Debug, Clone, Serialize)]
pub struct CreateLearningResource {
    /// The skill. One that was merged stands for the one it reads as.
    pub skill_id: Uuid,
    /// The level it leads to, 1–5.
    pub level: i32,
    /// 1–200 characters.
    pub title: String,
    /// Where it is, an absolute URL; once a skill.
    pub url: String,
    /// Under which terms, 1–200 characters.
    pub licence: String,
    /// As BCP 47 writes it.
    pub language: Option<String>,
    /// 1–100,000.
    pub minutes: Option<i32>,
}

/// What changes of it; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateLearningResource {
    /// Which.
    pub resource_id: Uuid,
    /// The level it leads to.
    pub level: Option<i32>,
    /// What it is called.
    pub title: Option<String>,
    /// Where it is.
    pub url: Option<String>,
    /// Under which terms.
    pub licence: Option<String>,
    /// The language it is in.
    pub language: Edit<String>,
    /// How long it takes, about.
    pub minutes: Edit<i32>,
    /// The revision of the skill that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// What is no longer offered.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveLearningResource {
    /// Which.
    pub resource_id: Uuid,
    /// The revision of the skill that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Offers something to learn a skill from. The payload shows its id.
///
/// # Errors
/// NOT_FOUND skill; FORBIDDEN; INVALID values; TAKEN address.
pub async fn create_learning_resource(
    store: &Store,
    command: Command,
    input: CreateLearningResource,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::CreateLearningResource;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let skill_id = skill_for(&write, SkillId::from_uuid(input.skill_id), ACTION).await?;
        let mut checks = Checks::default();
        let parts = Parts {
            level: checks.keep("level", level(input.level)),
            title: checks.keep("title", values::name(&input.title)),
            url: checks.keep("url", address(&input.url)),
            licence: checks.keep("licence", values::name(&input.licence)),
        };
        let language = checks.keep_some("language", input.language.as_deref(), language);
        let minutes = checks.keep_some("minutes", input.minutes, minutes);
        checks.done()?;
        let offered = parts.of(LearningResource {
            id: ids::fresh(write.now()),
            skill_id,
            level: Level::ALL[1],
            title: String::new(),
            url: String::new(),
            licence: String::new(),
            language,
            minutes,
            status: LearningResourceStatus::Active,
        });
        write.raise(root_of(skill_id), [], None).await?;
        write.tx.insert_learning_resources(std::slice::from_ref(&offered)).await.map_err(taken)?;
        write.audit(root_of(skill_id)).await?;
        Ok((write, Written { ids: vec![offered.id.uuid()] }))
    })
    .await
}

/// Changes what is offered. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE once it is archived; INVALID values; TAKEN address; CONFLICT.
pub async fn update_learning_resource(
    store: &Store,
    command: Command,
    input: UpdateLearningResource,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateLearningResource;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let held = held(&write, LearningResourceId::from_uuid(input.resource_id), ACTION).await?;
        let mut checks = Checks::default();
        let parts = Parts {
            level: checks.keep_some("level", input.level, level),
            title: checks.keep_some("title", input.title.as_deref(), values::name),
            url: checks.keep_some("url", input.url.as_deref(), address),
            licence: checks.keep_some("licence", input.licence.as_deref(), values::name),
        };
        checks.keep_some("language", input.language.set().map(String::as_str), language);
        checks.keep_some("minutes", input.minutes.set().copied(), minutes);
        checks.done()?;
        let mut offered = parts.of(held.offered.clone());
        offered.language = input.language.over(offered.language).map(|language| fold(&language));
        offered.minutes = input.minutes.over(offered.minutes);
        held.settle(&write, &offered, input.expected_revision).await?;
        Ok((write, Written { ids: vec![input.resource_id] }))
    })
    .await
}

/// Offers it no longer; goals that name it keep it to be read. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE once it is archived; CONFLICT.
pub async fn archive_learning_resource(
    store: &Store,
    command: Command,
    input: ArchiveLearningResource,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::ArchiveLearningResource;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let held = held(&write, LearningResourceId::from_uuid(input.resource_id), ACTION).await?;
        let status = LearningResourceStatus::Archived;
        let offered = LearningResource { status, ..held.offered.clone() };
        held.settle(&write, &offered, input.expected_revision).await?;
        Ok((write, Written { ids: vec![input.resource_id] }))
    })
    .await
}

/// The values that must be there, where an input gives them.
struct Parts {
    level: Option<Level>,
    title: Option<String>,
    url: Option<String>,
    licence: Option<String>,
}

impl Parts {
    fn of(self, offered: LearningResource) -> LearningResource {
        LearningResource {
            level: self.level.unwrap_or(offered.level),
            title: self.title.unwrap_or(offered.title),
            url: self.url.unwrap_or(offered.url),
            licence: self.licence.unwrap_or(offered.licence),
            ..offered
        }
    }
}

/// A learning resource whose skill is locked.
struct Held {
    offered: LearningResource,
    skill_id: SkillId,
    raised: Revisions,
}

impl Held {
    async fn settle(
        &self,
        write: &Write,
        offered: &LearningResource,
        expected: Option<Revision>,
    ) -> Result<(), Failure> {
        seen(&self.raised, root_of(self.skill_id), expected)?;
        write.tx.update_learning_resource(offered).await.map_err(taken)?;
        Ok(write.audit(root_of(self.skill_id)).await?)
    }
}

/// The learning resource named at `resourceId`: visible, may, state; its skill locked.
async fn held(write: &Write, id: LearningResourceId, action: Action) -> Result<Held, Failure> {
    const FIELD: &str = "resourceId";
    let skill_id = canonical(write, named(write, id).await?.skill_id).await?;
    let raised = write.tx.raise(&[root_of(skill_id)].into()).await?;
    // Read again: until the lock was ours, somebody else could have changed it.
    let offered = named(write, id).await?;
    let facts = LearningResourceFacts { skill_id, status: offered.status };
    let reason = || "The learning resource is archived.".to_owned();
    judge(write, action, &Target::LearningResource(&facts), FIELD, reason)?;
    Ok(Held { offered, skill_id, raised })
}

async fn named(write: &Write, id: LearningResourceId) -> Result<LearningResource, Failure> {
    let found = write.tx.learning_resources_by_id(&write.scope, &[id]).await?.pop();
    Ok(found.ok_or_else(|| Refusal::not_found("resourceId"))?)
}

/// The canonical skill named at `skillId`: visible, may, state.
async fn skill_for(write: &Write, named: SkillId, action: Action) -> Result<SkillId, Failure> {
    const FIELD: &str = "skillId";
    if write.tx.skills_by_id(&write.scope, &[named]).await?.is_empty() {
        return Err(Refusal::not_found(FIELD).into());
    }
    let id = canonical(write, named).await?;
    let skill = write.tx.skills_by_id(&write.scope, &[id]).await?.pop();
    let skill = skill.ok_or_else(|| Refusal::not_found(FIELD))?;
    let reason = || format!("The skill is {}.", skill.status.as_str());
    judge(write, action, &Target::Skill(&SkillFacts::from(&skill)), FIELD, reason)?;
    Ok(id)
}

async fn canonical(write: &Write, id: SkillId) -> Result<SkillId, Failure> {
    Ok(write.tx.hold_redirects(&[id]).await?.get(&id).copied().unwrap_or(id))
}

fn root_of(skill: SkillId) -> Root {
    Root::of(Aggregate::Skill, skill)
}

fn level(level: i32) -> Result<Level, Rule> {
    Level::new(level.into()).ok().filter(|level| level.value() > 0).ok_or("must be 1 to 5")
}

/// That it is a URL of a scheme to follow is known by the time it gets here.
fn address(url: &str) -> Result<String, Rule> {
    let url = url.trim();
    if (1..=2000).contains(&url.chars().count()) && !url.contains(char::is_whitespace) {
        return Ok(url.to_owned());
    }
    Err("must have 1 to 2000 characters without white space")
}

fn language(tag: &str) -> Result<String, Rule> {
    let tag = fold(tag);
    let subtag =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if (2..=35).contains(&tag.len()) && tag.split('-').all(subtag) {
        return Ok(tag);
    }
    Err("must be a language tag of BCP 47, such as en or pt-br")
}

fn minutes(minutes: i32) -> Result<i32, Rule> {
    if (1..=100_000).contains(&minutes) { Ok(minutes) } else { Err("must be 1 to 100000") }
}

fn taken(error: StoreError) -> Failure {
    if error.violates("learning_resource", "skill_id") {
        return Refusal::new(RefusalCode::Taken, "url", "url is one that the skill has already.").into();
    }
    error.into()
}
