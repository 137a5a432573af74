//! What belongs to an object and is short enough to come whole: loaded for many objects at once.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use async_graphql::dataloader::Loader;

use crate::{
    cache::Entry,
    domain::{
        assessments::{SkillInterest, effective::Rating},
        coverage::Target,
        ids::{PersonId, RoleProfileId, RoleProfileVersionId, SkillId, TeamId},
        policy::{
            facts::{PersonFacts, TeamFacts},
            reach::{self, AssessmentReach},
        },
        profiles::{CareerPath, SalaryBenchmark},
    },
    graphql::context::Reads,
    store::StoreError,
    views::{
        profiles::{self, Edition, RoleProfileContent},
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
    /// What interests a person whose assessments are open to the viewer.
    InterestsOf(PersonId) => SkillInterest, interests_of;
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
}
