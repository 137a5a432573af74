//! How a team covers skills: read whole in one snapshot, cached for everyone, counted for who may know.
//!
//! The counts are of everyone in the team, for they are what a lead is to know of it; people are named only
//! where the viewer sees them and what they can do.

mod read;
mod shown;
mod what_if;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    cache::{Cache, Entry, Key, Remembered},
    domain::{
        capabilities::Capabilities,
        coverage::{MOST_TARGETS, Member, Target, what_if::Outlook},
        ids::{PersonId, RoleProfileVersionId, SkillId, TeamId},
        levels::Level,
        people::Person,
        policy::Actor,
        profiles::RoleSkillRequirement,
        skills::Skill,
        time::Timestamp,
    },
    store::{Snapshot, Store, StoreError, TeamReach},
    views::{
        profiles::Edition,
        remembered::{ReadModel, remembered},
    },
};

pub use what_if::{Changes, Move, WhatIfError, WhatIfView, what_if};

/// The most people of one question.
pub const MOST_PEOPLE: usize = 5_000;

/// What a team is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Against {
    /// Its own targets.
    OwnTargets,
    /// What a version of a role profile requires, one person each.
    Profile(Edition),
    /// These, by whatever id their skills are asked for.
    Targets(Vec<Target>),
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Question {
    /// Whose coverage.
    pub team_id: TeamId,
    /// As of a past instant, in valid time; now when absent.
    pub as_of: Option<Timestamp>,
    /// Whose members.
    pub reach: TeamReach,
    /// Of what.
    pub against: Against,
    /// Whose abilities are read beside those of the members.
    pub joiners: BTreeSet<PersonId>,
    /// The versions whose requirements are read too.
    pub hires: BTreeSet<Edition>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum CoverageError {
    /// More people than one question is about.
    #[error("{0} people are more than the {MOST_PEOPLE} of one question")]
    People(usize),
    /// More skills than one question is about.
    #[error("{0} skills are more than the {MOST_TARGETS} of one question")]
    Skills(usize),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is cached: everyone's abilities, for nobody in particular.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Whole {
    /// The members, then the joiners who are none.
    pub(super) table: Capabilities,
    pub(super) members: Vec<Member>,
    /// The team, and those below it when they are looked at too.
    pub(super) teams: BTreeSet<TeamId>,
    pub(super) targets: Vec<Target>,
    /// What the role profile requires, when it is one that the team is measured against.
    pub(super) requirements: Option<Vec<RoleSkillRequirement>>,
    pub(super) hires: BTreeMap<RoleProfileVersionId, Vec<RoleSkillRequirement>>,
    pub(super) skills: BTreeMap<SkillId, Arc<Skill>>,
    pub(super) people: BTreeMap<PersonId, Arc<Person>>,
}

impl Remembered for Whole {
    fn bytes(&self) -> usize {
        let named = self.skills.len() + self.people.len() + self.targets.len();
        512 + self.table.bytes() + 600 * named
    }
}

impl ReadModel for Whole {
    type Question = Question;
    type Error = CoverageError;

    fn key(question: &Question) -> Key {
        Key::TeamCoverage(question.team_id, question.digest())
    }

    async fn read(
        snapshot: &Snapshot,
        questions: &[Question],
        now: Timestamp,
    ) -> Result<Vec<(Question, Entry<Self>)>, CoverageError> {
        let mut read = Vec::with_capacity(questions.len());
        for question in questions {
            read.push((question.clone(), read::whole(snapshot, question, now).await?));
        }
        Ok(read)
    }
}

/// How a team covers what was asked, with the people and skills that it names.
#[derive(Debug, Clone)]
pub struct CoverageView {
    /// As of when.
    pub as_of: Timestamp,
    /// Skill by skill, and as a whole.
    pub outlook: Outlook,
    /// The people and skills that may be named.
    pub named: Arc<Named>,
    /// An opaque digest of what it was read under and of what it says.
    pub version: String,
    /// The earliest instant at which the clock alone may change it; `None`: never.
    pub fresh_until: Option<Timestamp>,
}

/// The people and skills that a view may name to its viewer.
#[derive(Debug, Default)]
pub struct Named {
    /// The skills.
    pub skills: BTreeMap<SkillId, Arc<Skill>>,
    /// The people; who is not here is counted and not named.
    pub people: BTreeMap<PersonId, Arc<Person>>,
}

/// Answers `question`, with `least` in the place of every level that is asked for; `None` when it is not
/// the viewer's to know. Callers pass a team that they found in `scope`.
///
/// # Errors
/// [`CoverageError`].
pub async fn team_coverage(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    question: &Question,
    least: Option<Level>,
) -> Result<Option<CoverageView>, CoverageError> {
    if !may_ask(scope, question.team_id) {
        return Ok(None);
    }
    let whole = whole(store, cache, scope, question).await?;
    let named = Arc::new(shown::to(store, scope, question, &whole.value).await?);
    let outlook = whole.value.outlook(least, &whole.value.members, &whole.value.table);
    let version = shown::version(question, &whole.revisions, &named, &[&outlook]);
    let as_of = question.as_of.unwrap_or(scope.now());
    Ok(Some(CoverageView { as_of, outlook, named, version, fresh_until: whole.fresh_until }))
}

/// Whether the viewer sees how the team covers skills, and skills at all.
fn may_ask(scope: &Scope, team: TeamId) -> bool {
    let actor = Actor::new(scope.claims(), scope.standing());
    actor.sees_coverage_of(team) && actor.sees_catalogue()
}

async fn whole(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    question: &Question,
) -> Result<Arc<Entry<Whole>>, CoverageError> {
    let asked = std::slice::from_ref(question);
    let found = remembered::<Whole>(store, cache, scope.now(), asked).await?.remove(question);
    Ok(found.ok_or_else(|| StoreError::Fault("a coverage was not read".to_owned()))?)
}

impl Whole {
    fn outlook(&self, least: Option<Level>, members: &[Member], table: &Capabilities) -> Outlook {
        let raised = |target: &Target| Target { level: least.unwrap_or(target.level), ..*target };
        let targets: Vec<Target> = self.targets.iter().map(raised).collect();
        Outlook::of(&targets, self.requirements.as_deref(), members, table)
    }
}

impl Question {
    /// The same question has the same digest, in every process.
    fn digest(&self) -> [u8; 32] {
        let against = match &self.against {
            Against::OwnTargets => "own".to_owned(),
            Against::Profile(edition) => edition.version_id.to_string(),
            Against::Targets(targets) => {
                let one = |t: &Target| format!("{} {} {}", t.skill_id, t.level.value(), t.head_count);
                targets.iter().map(one).collect::<Vec<_>>().join(",")
            }
        };
        let joiners: Vec<String> = self.joiners.iter().map(PersonId::to_string).collect();
        let hires: Vec<String> = self.hires.iter().map(|edition| edition.version_id.to_string()).collect();
        let parts = [
            self.as_of.map(|at| at.to_rfc3339()).unwrap_or_default(),
            self.reach.as_str().to_owned(),
            against,
            joiners.join(","),
            hires.join(","),
        ];
        let mut hash = blake3::Hasher::new();
        for part in parts {
            hash.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        *hash.finalize().as_bytes()
    }
}
