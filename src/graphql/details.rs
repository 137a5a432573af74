//! What belongs to an object and is short enough to come whole: loaded for many objects at once.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use async_graphql::dataloader::Loader;
use uuid::Uuid;

use crate::{
    app::accesses,
    cache::Entry,
    domain::{
        assessments::{SkillAssessment, SkillInterest, effective::Rating},
        coverage::Target,
        ids::{
            AssessmentRoundId, PersonId, QuestionId, QuestionSetId, QuestionVersionId, RoleProfileId,
            RoleProfileVersionId, SkillId, TeamId,
        },
        policy::{
            facts::{PersonFacts, QuestionFacts, RoleProfileFacts, TeamFacts},
            reach::{self, AssessmentReach},
        },
        profiles::{CareerPath, SalaryBenchmark},
        questions::{
            LeakReport, QuestionRelation, QuestionReview, QuestionVersion,
            content::{Criterion, QuestionSkill},
            sets::PinnedItem,
        },
        time::Timestamp,
    },
    graphql::context::Reads,
    store::{AccessSubject, StoreError},
    views::{
        gaps::{self, GapView},
        profiles::{self, Edition, RoleProfileContent},
        rounds::{RoundProgress, progress_of},
        skills::{self, SkillDetails},
    },
};

/// Details by what they belong to. `scoped` ones are cut to what the scope sees; the others belong
/// whole to an object that was found under it.
macro_rules! details {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $item:ty, $finder:ident $(, $scoped:ident)?;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $key(pub $id);

        impl Loader<$key> for Reads {
            type Value = Arc<Vec<$item>>;
            type Error = StoreError;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Self::Value>, StoreError> {
                let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                let found = self.store.$finder($(details!(@ $scoped self),)? &ids).await?;
                Ok(found.into_iter().map(|(id, items)| ($key(id), Arc::new(items))).collect())
            }
        }
    )*};
    (@ scoped $reads:ident) => { &$reads.scope };
}

details! {
    /// The teams above a team.
    PathOf(TeamId) => TeamId, teams_above, scoped;
    /// Where a role profile leads.
    CareerPathsFrom(RoleProfileId) => CareerPath, career_paths_from, scoped;
    /// What a team is asked to be able to do.
    SkillTargetsOf(TeamId) => Target, skill_targets_of;
    /// From where a role profile is reached.
    CareerPathsTo(RoleProfileId) => CareerPath, career_paths_to, scoped;
    /// What interests a person whose assessments are open to the viewer.
    InterestsOf(PersonId) => SkillInterest, interests_of;
    /// What a version of a question shows.
    SkillsOfQuestion(QuestionVersionId) => QuestionSkill, skills_of_question_versions;
    /// What is scored of a version of a question.
    CriteriaOf(QuestionVersionId) => Criterion, criteria_of;
    /// The version before a version of a question: one at most.
    BeforeQuestionVersion(QuestionVersionId) => QuestionVersion, question_versions_before, scoped;
    /// Who wrote to a version of a question.
    WritersOf(QuestionVersionId) => PersonId, writers_of;
    /// What reviewers said of a version of a question.
    ReviewsOf(QuestionVersionId) => QuestionReview, reviews_of;
    /// Where a version of a question was seen outside.
    LeaksOf(QuestionVersionId) => LeakReport, leaks_of;
    /// What a question is to others.
    RelationsOfQuestion(QuestionId) => QuestionRelation, relations_of_questions;
    /// What a set of questions holds.
    ItemsOfQuestionSet(QuestionSetId) => PinnedItem, items_of_question_sets;
}

/// Read models by what they belong to, found under the scope.
macro_rules! remembered {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $model:ty, $view:path;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $key(pub $id);

        impl Loader<$key> for Reads {
            type Value = Arc<Entry<$model>>;
            type Error = StoreError;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, Self::Value>, StoreError> {
                let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                let found = $view(&self.store, &self.cache, &self.scope, &ids).await?;
                Ok(found.into_iter().map(|(id, entry)| ($key(id), entry)).collect())
            }
        }
    )*};
}

remembered! {
    /// What belongs to a skill.
    DetailsOf(SkillId) => SkillDetails, skills::details_of;
    /// What a version of a role profile holds.
    ContentOf(Edition) => RoleProfileContent, profiles::contents_of;
}

/// A gap report of a person whose assessments are open to the viewer, against a version they see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct GapOf(pub gaps::Question);

impl Loader<GapOf> for Reads {
    type Value = Arc<GapView>;
    type Error = StoreError;

    async fn load(&self, keys: &[GapOf]) -> Result<HashMap<GapOf, Self::Value>, StoreError> {
        let questions: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = gaps::gaps_of(&self.store, &self.cache, &self.scope, &questions).await?;
        Ok(found.into_iter().map(|(question, view)| (GapOf(question), view)).collect())
    }
}

/// What a round that was found under the scope asks about, and how far who has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ProgressOf(pub AssessmentRoundId);

impl Loader<ProgressOf> for Reads {
    type Value = Arc<RoundProgress>;
    type Error = StoreError;

    async fn load(&self, keys: &[ProgressOf]) -> Result<HashMap<ProgressOf, Self::Value>, StoreError> {
        let rounds: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = progress_of(&self.store, &self.scope, &rounds).await?;
        Ok(found.into_iter().map(|(round, progress)| (ProgressOf(round), Arc::new(progress))).collect())
    }
}

/// How a client names a version of a role profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum NamedProfile {
    /// The version that the profile of this id had at the instant.
    Id(RoleProfileId),
    /// The version that the profile of this key had at the instant.
    Key(String),
    /// This version, whatever the instant.
    Version(RoleProfileVersionId),
}

/// The version that a name stands for at an instant, if the viewer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EditionOf {
    /// The name.
    pub by: NamedProfile,
    /// The instant.
    pub at: Timestamp,
}

impl Loader<EditionOf> for Reads {
    type Value = Edition;
    type Error = StoreError;

    async fn load(&self, keys: &[EditionOf]) -> Result<HashMap<EditionOf, Edition>, StoreError> {
        let (mut asked, mut versions) = (BTreeMap::<Timestamp, (Vec<_>, Vec<&str>)>::new(), Vec::new());
        for EditionOf { by, at } in keys {
            match by {
                NamedProfile::Id(id) => asked.entry(*at).or_default().0.push(*id),
                NamedProfile::Key(key) => asked.entry(*at).or_default().1.push(key),
                NamedProfile::Version(version) => versions.push(*version),
            }
        }
        let mut found: HashMap<(NamedProfile, Option<Timestamp>), Edition> = HashMap::new();
        for (at, (ids, names)) in asked {
            for held in self.store.versions_held(&self.scope, &ids, &names, at).await? {
                let edition = Edition { role_profile_id: held.role_profile_id, version_id: held.version_id };
                found.insert((NamedProfile::Id(held.role_profile_id), Some(at)), edition);
                found.insert((NamedProfile::Key(held.key), Some(at)), edition);
            }
        }
        if !versions.is_empty() {
            for version in self.store.role_profile_versions_by_id(&self.scope, &versions).await? {
                let edition = Edition { role_profile_id: version.role_profile_id, version_id: version.id };
                found.insert((NamedProfile::Version(version.id), None), edition);
            }
        }
        let edition = |key: &EditionOf| {
            let at = (!matches!(key.by, NamedProfile::Version(_))).then_some(key.at);
            found.get(&(key.by.clone(), at)).copied()
        };
        Ok(keys.iter().filter_map(|key| Some((key.clone(), edition(key)?))).collect())
    }
}

/// The latest assessments of a person in a skill up to an instant, as far as the viewer sees them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HistoryOf {
    /// Who.
    pub person: PersonId,
    /// In what, after merges.
    pub skill: SkillId,
    /// Observed by then.
    pub until: Timestamp,
}

/// The most assessments of one history.
const MOST_HISTORY: u32 = 20;

impl Loader<HistoryOf> for Reads {
    type Value = Arc<Vec<Arc<SkillAssessment>>>;
    type Error = StoreError;

    async fn load(&self, keys: &[HistoryOf]) -> Result<HashMap<HistoryOf, Self::Value>, StoreError> {
        let mut asked: BTreeMap<Timestamp, (BTreeSet<PersonId>, BTreeSet<SkillId>)> = BTreeMap::new();
        for key in keys {
            let (people, skills) = asked.entry(key.until).or_default();
            people.insert(key.person);
            skills.insert(key.skill);
        }
        let mut histories = HashMap::new();
        for (until, (people, skills)) in asked {
            let (people, skills): (Vec<_>, Vec<_>) =
                (people.into_iter().collect(), skills.into_iter().collect());
            let found = self.store.histories_of(&self.scope, &people, &skills, until, MOST_HISTORY).await?;
            self.note_histories(found.keys().map(|(person, _)| *person)).await?;
            histories.extend(found.into_iter().map(|((person, skill), rows)| {
                let rows = rows.into_iter().map(Arc::new).collect();
                (HistoryOf { person, skill, until }, Arc::new(rows))
            }));
        }
        Ok(histories)
    }
}

impl Reads {
    /// Notes that the viewer is told what others were rated before.
    pub(in crate::graphql) async fn note_histories(
        &self,
        people: impl Iterator<Item = PersonId>,
    ) -> Result<(), StoreError> {
        let own = self.scope.person_id();
        let others: BTreeSet<Uuid> =
            people.filter(|person| Some(*person) != own).map(PersonId::uuid).collect();
        accesses::note(&self.store, &self.scope, &self.request_id, AccessSubject::History, others).await
    }
}

/// What a version pays; nothing without the permission to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SalaryBenchmarksOf(pub RoleProfileVersionId);

impl Loader<SalaryBenchmarksOf> for Reads {
    type Value = Arc<Vec<SalaryBenchmark>>;
    type Error = StoreError;

    async fn load(
        &self,
        keys: &[SalaryBenchmarksOf],
    ) -> Result<HashMap<SalaryBenchmarksOf, Self::Value>, StoreError> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let Some(mut found) = self.store.salary_benchmarks_of(&self.scope, &ids).await? else {
            return Ok(HashMap::new());
        };
        let read = found.keys().map(|version| version.uuid()).collect::<Vec<_>>();
        accesses::note(&self.store, &self.scope, &self.request_id, AccessSubject::Salary, read).await?;
        Ok(keys.iter().map(|key| (*key, Arc::new(found.remove(&key.0).unwrap_or_default()))).collect())
    }
}

/// Whether all assessments of a person are open to the viewer: present exactly when they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpenBookOf(pub PersonId);

impl Loader<OpenBookOf> for Reads {
    type Value = ();
    type Error = StoreError;

    async fn load(&self, keys: &[OpenBookOf]) -> Result<HashMap<OpenBookOf, ()>, StoreError> {
        let mut people: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut open = BTreeSet::new();
        match reach::assessments(self.scope.claims(), self.scope.standing()) {
            AssessmentReach::All => open.extend(people),
            AssessmentReach::Near { own, .. } => {
                people.retain(|person| Some(*person) != own);
                open = self.store.led_among(&self.scope, &people).await?;
                open.extend(own);
            }
        }
        Ok(keys.iter().filter(|key| open.contains(&key.0)).map(|key| (*key, ())).collect())
    }
}

/// The ratings of a person that may count now, by canonical skill. Asked only of an open book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RatingsOf(pub PersonId);

impl Loader<RatingsOf> for Reads {
    type Value = Arc<BTreeMap<SkillId, Vec<Rating>>>;
    type Error = StoreError;

    async fn load(&self, keys: &[RatingsOf]) -> Result<HashMap<RatingsOf, Self::Value>, StoreError> {
        let people: Vec<_> = keys.iter().map(|key| key.0).collect();
        let mut found: HashMap<RatingsOf, BTreeMap<SkillId, Vec<Rating>>> = HashMap::new();
        for placed in self.store.current_ratings(&people, None).await? {
            let skills = found.entry(RatingsOf(placed.person_id)).or_default();
            skills.entry(placed.skill_id).or_default().push(placed.rating);
        }
        Ok(found.into_iter().map(|(key, skills)| (key, Arc::new(skills))).collect())
    }
}

/// Why the weights of a rubric differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WeightRationaleOf(pub QuestionVersionId);

impl Loader<WeightRationaleOf> for Reads {
    type Value = String;
    type Error = StoreError;

    async fn load(
        &self,
        keys: &[WeightRationaleOf],
    ) -> Result<HashMap<WeightRationaleOf, String>, StoreError> {
        let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
        let found = self.store.weight_rationales_of(&ids).await?;
        Ok(found.into_iter().map(|(id, text)| (WeightRationaleOf(id), text)).collect())
    }
}

/// What the policy must know of something, whoever asks.
macro_rules! facts {
    ($($(#[$doc:meta])* $key:ident($id:ty) => $facts:ty, $finder:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $key(pub $id);

        impl Loader<$key> for Reads {
            type Value = $facts;
            type Error = StoreError;

            async fn load(&self, keys: &[$key]) -> Result<HashMap<$key, $facts>, StoreError> {
                let ids: Vec<_> = keys.iter().map(|key| key.0).collect();
                let found = self.store.$finder(&self.scope, &ids).await?;
                Ok(found.into_iter().map(|(id, facts)| ($key(id), facts)).collect())
            }
        }
    )*};
}

facts! {
    /// The facts of a team.
    TeamFactsOf(TeamId) => TeamFacts, team_facts;
    /// The facts of a person.
    PersonFactsOf(PersonId) => PersonFacts, person_facts;
    /// The facts of a question.
    QuestionFactsOf(QuestionId) => QuestionFacts, question_facts;
    /// The facts of a role profile.
    RoleProfileFactsOf(RoleProfileId) => RoleProfileFacts, role_profile_facts;
}
