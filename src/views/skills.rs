//! What belongs to a skill, remembered whole for everyone, with relations cut for the viewer. Takes skills
//! that the caller has found under the scope.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use crate::{
    auth::Scope,
    cache::{Cache, Entry, Key, Remembered},
    domain::{
        ids::SkillId,
        policy::facts::SkillFacts,
        revisions::Root,
        skills::{ExternalRef, SkillAlias, SkillLevelDescriptor, SkillRelation},
        time::Timestamp,
    },
    store::{Snapshot, Store, StoreError},
    views::remembered::{ReadModel, remembered},
};

/// What belongs to a skill.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SkillDetails {
    /// Its other names, in order of the alphabet.
    pub aliases: Vec<SkillAlias>,
    /// What its levels look like, lowest first.
    pub level_descriptors: Vec<SkillLevelDescriptor>,
    /// The same skill in other taxonomies, by scheme.
    pub external_refs: Vec<ExternalRef>,
    /// Ways to others, by kind and name, each with what decides who sees the other one.
    pub(super) relations: Vec<(SkillRelation, SkillFacts)>,
}

impl SkillDetails {
    /// The relations to skills the viewer sees.
    #[must_use]
    pub fn relations_seen(&self, scope: &Scope) -> Vec<SkillRelation> {
        let seen = self.relations.iter().filter(|(_, other)| scope.actor().sees_skill(other));
        seen.map(|(relation, _)| *relation).collect()
    }
}

impl Remembered for SkillDetails {
    fn bytes(&self) -> usize {
        let aliases = self.aliases.iter().map(|alias| 48 + alias.alias.len());
        let descriptors = self.level_descriptors.iter().map(|one| {
            64 + one.behaviour.len() + one.examples.iter().map(|text| 24 + text.len()).sum::<usize>()
        });
        let refs = self.external_refs.iter().map(|one| 96 + one.uri.len());
        512 + 128 * self.relations.len() + aliases.chain(descriptors).chain(refs).sum::<usize>()
    }
}

/// What belongs to each of `skills`.
///
/// # Errors
/// [`StoreError`].
pub async fn details_of(
    store: &Store,
    cache: &Cache,
    scope: &Scope,
    skills: &[SkillId],
) -> Result<HashMap<SkillId, Arc<Entry<SkillDetails>>>, StoreError> {
    remembered(store, cache, scope.now(), skills).await
}

impl ReadModel for SkillDetails {
    type Question = SkillId;
    type Error = StoreError;

    fn key(skill: &SkillId) -> Key {
        Key::SkillDetails(*skill)
    }

    /// One root for all: names, merges and who sees what of one skill show in the details of others.
    async fn read(
        snapshot: &Snapshot,
        skills: &[SkillId],
        _: Timestamp,
    ) -> Result<Vec<(SkillId, Entry<Self>)>, StoreError> {
        let revisions = snapshot.revisions(&BTreeSet::from([Root::SKILL_CATALOGUE])).await?;
        let mut aliases = snapshot.aliases_of(skills).await?;
        let mut level_descriptors = snapshot.level_descriptors_of(skills).await?;
        let mut relations = snapshot.relations_of(skills).await?;
        let mut external_refs = snapshot.external_refs_of(skills).await?;
        let read = skills.iter().map(|skill| {
            let value = Self {
                aliases: aliases.remove(skill).unwrap_or_default(),
                level_descriptors: level_descriptors.remove(skill).unwrap_or_default(),
                relations: relations.remove(skill).unwrap_or_default(),
                external_refs: external_refs.remove(skill).unwrap_or_default(),
            };
            (*skill, Entry { value, revisions: revisions.clone(), fresh_until: None })
        });
        Ok(read.collect())
    }
}
