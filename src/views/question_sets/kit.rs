//! The kit of a set: everything an interviewer needs, read whole. How it looks is each writer's own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    domain::{
        ids::{QuestionSetId, QuestionVersionId, RoleProfileId, RoleProfileVersionId, SkillId},
        questions::{
            QuestionVersion, SkillRole,
            content::{Criterion, QuestionSkill},
            sets::{PinnedItem, QuestionSet, QuestionSetWarning, warnings},
        },
    },
    store::{Snapshot, Store, StoreError},
};

/// What a signed link to a kit asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KitOrder {
    /// Whose kit.
    pub question_set_id: QuestionSetId,
}

/// A set with all that its questions hold.
#[derive(Debug, Clone)]
pub struct Kit {
    /// The set.
    pub set: QuestionSet,
    /// The title of the role it interviews for, if the viewer sees it.
    pub role: Option<String>,
    /// What is asked, in order.
    pub items: Vec<KitItem>,
    /// What is wrong with it; items by their index.
    pub warnings: Vec<QuestionSetWarning>,
}

/// One question of a kit.
#[derive(Debug, Clone)]
pub struct KitItem {
    /// Its place.
    pub pinned: PinnedItem,
    /// What is asked.
    pub version: QuestionVersion,
    /// What it shows, each skill with its name.
    pub skills: Vec<(String, QuestionSkill)>,
    /// What is scored, each with the name of its skill.
    pub criteria: Vec<(String, Criterion)>,
}

impl Kit {
    /// All the time it takes.
    #[must_use]
    pub fn minutes(&self) -> i32 {
        self.items.iter().map(|item| item.pinned.item.minutes).sum()
    }
}

impl KitItem {
    /// The name it has in the bank.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.pinned.key
    }

    /// What it is called: questions have no titles, so the skills it is there for.
    #[must_use]
    pub fn title(&self) -> String {
        let primary = self.skills.iter().filter(|(_, shown)| shown.role == SkillRole::Primary);
        primary.map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// The kits of the sets among `ids` that the viewer sees, by the same few statements however many.
///
/// # Errors
/// [`StoreError`].
pub async fn kits_of(
    store: &Store,
    scope: &Scope,
    ids: &[QuestionSetId],
) -> Result<HashMap<QuestionSetId, Kit>, StoreError> {
    let (scope, ids) = (scope.clone(), ids.to_vec());
    store
        .snapshot(move |snapshot| {
            let (scope, ids) = (scope.clone(), ids.clone());
            async move { Read::of(&snapshot, &scope, &ids).await.map(Read::kits) }
        })
        .await
}

struct Read {
    sets: Vec<QuestionSet>,
    items: HashMap<QuestionSetId, Vec<PinnedItem>>,
    warnings: HashMap<QuestionSetId, Vec<QuestionSetWarning>>,
    versions: HashMap<QuestionVersionId, QuestionVersion>,
    skills: HashMap<QuestionVersionId, Vec<QuestionSkill>>,
    criteria: HashMap<QuestionVersionId, Vec<Criterion>>,
    names: BTreeMap<SkillId, String>,
    roles: HashMap<RoleProfileVersionId, String>,
}

impl Read {
    async fn of(snapshot: &Snapshot, scope: &Scope, ids: &[QuestionSetId]) -> Result<Self, StoreError> {
        let sets = snapshot.question_sets_by_id(scope, ids).await?;
        let ids: Vec<QuestionSetId> = sets.iter().map(|set| set.id).collect();
        let items = snapshot.items_of_question_sets(&ids).await?;
        let mut relations = snapshot.relations_within_question_sets(&ids).await?;
        let told =
            items.iter().map(|(id, items)| (*id, warnings(items, &relations.remove(id).unwrap_or_default())));
        let warnings = told.collect();
        let pinned: BTreeSet<_> = items.values().flatten().map(|it| it.item.question_version_id).collect();
        let pinned: Vec<QuestionVersionId> = pinned.into_iter().collect();
        let versions = snapshot.question_versions_by_id(scope, &pinned).await?;
        let skills = snapshot.skills_of_question_versions(&pinned).await?;
        let criteria = snapshot.criteria_of(&pinned).await?;
        let named = skills.values().flatten().map(|shown| shown.skill);
        let named: BTreeSet<SkillId> =
            named.chain(criteria.values().flatten().map(|scored| scored.skill)).collect();
        let names = snapshot.skills_by_id(scope, &named.into_iter().collect::<Vec<_>>()).await?;
        Ok(Self {
            roles: roles(snapshot, scope, &sets).await?,
            sets,
            items,
            warnings,
            versions: versions.into_iter().map(|version| (version.id, version)).collect(),
            skills,
            criteria,
            names: names.into_iter().map(|skill| (skill.id, skill.name)).collect(),
        })
    }

    fn kits(mut self) -> HashMap<QuestionSetId, Kit> {
        let sets = std::mem::take(&mut self.sets);
        let kit = |set: QuestionSet| {
            let items = self.items.get(&set.id).into_iter().flatten();
            Kit {
                role: set.role_profile_version_id.and_then(|id| self.roles.get(&id).cloned()),
                items: items.filter_map(|pinned| self.item(pinned)).collect(),
                warnings: self.warnings.get(&set.id).cloned().unwrap_or_default(),
                set,
            }
        };
        sets.into_iter().map(|set| (set.id, kit(set))).collect()
    }

    /// A version that a visible set pins is visible too.
    fn item(&self, pinned: &PinnedItem) -> Option<KitItem> {
        let id = pinned.item.question_version_id;
        let name = |skill: SkillId| self.names.get(&skill).cloned().unwrap_or_default();
        let skills = self.skills.get(&id).into_iter().flatten();
        let criteria = self.criteria.get(&id).into_iter().flatten();
        Some(KitItem {
            pinned: pinned.clone(),
            version: self.versions.get(&id)?.clone(),
            skills: skills.map(|shown| (name(shown.skill), shown.clone())).collect(),
            criteria: criteria.map(|scored| (name(scored.skill), scored.clone())).collect(),
        })
    }
}

/// The titles of the roles that sets interview for.
async fn roles(
    snapshot: &Snapshot,
    scope: &Scope,
    sets: &[QuestionSet],
) -> Result<HashMap<RoleProfileVersionId, String>, StoreError> {
    let versions: Vec<_> = sets.iter().filter_map(|set| set.role_profile_version_id).collect();
    if versions.is_empty() {
        return Ok(HashMap::new());
    }
    let versions = snapshot.role_profile_versions_by_id(scope, &versions).await?;
    let profiles: Vec<RoleProfileId> = versions.iter().map(|version| version.role_profile_id).collect();
    let profiles = snapshot.role_profiles_by_id(scope, &profiles).await?;
    let titles: HashMap<_, _> = profiles.into_iter().map(|profile| (profile.id, profile.title)).collect();
    let title = |id: &RoleProfileId| titles.get(id).cloned();
    Ok(versions.iter().filter_map(|version| Some((version.id, title(&version.role_profile_id)?))).collect())
}
