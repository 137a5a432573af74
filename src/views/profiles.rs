//! What a version of a role profile holds, remembered whole. Takes versions that the caller has found under
//! the scope. What a version pays is not among it: that is read under its own permission, each time.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    cache::{Cache, Entry, Key, Remembered},
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId},
        profiles::{
            self, Challenge, MarketInsight, Practice, Qualification, Responsibility, RoleSkillRequirement,
        },
        revisions::{Aggregate, Root},
        time::Timestamp,
    },
    store::{Snapshot, Store, StoreError},
    views::remembered::{ReadModel, remembered},
};

/// A version of a role profile, and the profile, whose root its changes raise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edition {
    /// The profile.
    pub role_profile_id: RoleProfileId,
    /// The version.
    pub version_id: RoleProfileVersionId,
}

impl Edition {
    /// The root that stands for it.
    #[must_use]
    pub const fn root(&self) -> Root {
        Root::of(Aggregate::RoleProfile, self.role_profile_id)
    }
}

/// What a version holds, each list in the order written.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct RoleProfileContent {
    /// What the role answers for.
    pub responsibilities: Vec<Responsibility>,
    /// The levels of skills it needs, by the skill each reads as today.
    pub requirements: Vec<RoleSkillRequirement>,
    /// What else it asks for.
    pub qualifications: Vec<Qualification>,
    /// The ways of working it keeps.
    pub practices: Vec<Practice>,
    /// The difficulties it meets.
    pub challenges: Vec<Challenge>,
    /// What the market for it is like.
    pub market_insights: Vec<MarketInsight>,
}

impl RoleProfileContent {
    fn of(content: profiles::RoleProfileContent) -> Self {
        Self {
            responsibilities: content.responsibilities,
            requirements: content.requirements,
            qualifications: content.qualifications,
            practices: content.practices,
            challenges: content.challenges,
            market_insights: content.market_insights,
        }
    }
}

impl RoleProfileContent {
    /// The same, as the domain compares it: without what it pays.
    #[must_use]
    pub fn whole(&self) -> profiles::RoleProfileContent {
        profiles::RoleProfileContent {
            responsibilities: self.responsibilities.clone(),
            requirements: self.requirements.clone(),
            qualifications: self.qualifications.clone(),
            practices: self.practices.clone(),
            challenges: self.challenges.clone(),
            market_insights: self.market_insights.clone(),
            salary_benchmarks: Vec::new(),
        }
    }
}

impl Remembered for RoleProfileContent {
    fn bytes(&self) -> usize {
        let texts = [
            self.responsibilities.iter().map(|one| one.area.len() + one.statement.len()).sum::<usize>(),
            self.qualifications.iter().map(|one| one.statement.len()).sum(),
            self.practices.iter().map(|one| one.topic.len() + one.statement.len()).sum(),
            self.challenges
                .iter()
                .map(|one| one.title.len() + one.problem.len() + one.resolution.len())
                .sum(),
            self.market_insights.iter().map(|one| one.statement.len() + one.source.len()).sum(),
        ];
        let items = self.responsibilities.len()
            + self.requirements.len()
            + self.qualifications.len()
            + self.practices.len()
            + self.challenges.len()
            + self.market_insights.len();
        512 + 96 * items + texts.iter().sum::<usize>()
    }
}

/// What each of `editions` holds.
///
/// # Errors
/// [`StoreError`].
pub async fn contents_of(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    editions: &[Edition],
) -> Result<HashMap<Edition, Arc<Entry<RoleProfileContent>>>, StoreError> {
    remembered(store, cache, scope.now(), editions).await
}

impl ReadModel for RoleProfileContent {
    type Question = Edition;
    type Error = StoreError;

    fn key(edition: &Edition) -> Key {
        Key::RoleProfileContent(edition.version_id)
    }

    /// The catalogue is a root too: a merge of skills changes what a requirement reads as.
    async fn read(
        snapshot: &Snapshot,
        editions: &[Edition],
        _: Timestamp,
    ) -> Result<Vec<(Edition, Entry<Self>)>, StoreError> {
        let own: BTreeSet<Root> = editions.iter().map(Edition::root).collect();
        let revisions = snapshot.revisions(&own.into_iter().chain([Root::SKILL_CATALOGUE]).collect()).await?;
        let versions: Vec<RoleProfileVersionId> = editions.iter().map(|edition| edition.version_id).collect();
        let mut contents = snapshot.role_profile_contents(&versions).await?;
        let read = editions.iter().map(|edition| {
            let value = Self::of(contents.remove(&edition.version_id).unwrap_or_default());
            let roots = [edition.root(), Root::SKILL_CATALOGUE];
            let revisions = roots.iter().filter_map(|root| Some((*root, *revisions.get(root)?))).collect();
            (*edition, Entry { value, revisions, fresh_until: None })
        });
        Ok(read.collect())
    }
}
