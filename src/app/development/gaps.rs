//! How requirements stand for a person now, read in the transaction that plans by it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    app::{Failure, Write},
    domain::{
        assessments::{
            effective::{EffectiveSkill, LevelView, Question, Rating, effective},
            staleness::ReviewPolicy,
        },
        gaps::SkillGap,
        ids::{PersonId, SkillId},
        profiles::RoleSkillRequirement,
        skills::Skill,
    },
};

/// What a person can do now, in the skills asked for.
#[derive(Debug)]
pub(super) struct Abilities {
    /// The skills that the viewer sees, by their id.
    pub(super) skills: BTreeMap<SkillId, Skill>,
    levels: HashMap<SkillId, EffectiveSkill>,
    /// The skills whose requirements they are exempt from now.
    exempt: BTreeSet<SkillId>,
}

impl Abilities {
    /// Of canonical skills, for a person whose assessments are open to the viewer.
    pub(super) async fn of(write: &Write, person: PersonId, skills: &[SkillId]) -> Result<Self, Failure> {
        let found = write.tx.skills_by_id(&write.scope, skills).await?;
        let skills: BTreeMap<SkillId, Skill> = found.into_iter().map(|skill| (skill.id, skill)).collect();
        let wanted: Vec<SkillId> = skills.keys().copied().collect();
        let mut ratings: HashMap<SkillId, Vec<Rating>> = HashMap::new();
        for placed in write.tx.current_ratings(&[person], Some(&wanted)).await? {
            ratings.entry(placed.skill_id).or_default().push(placed.rating);
        }
        let level = |skill: &Skill| {
            let (kind, policy) = (skill.kind, ReviewPolicy::of(skill));
            let question = Question { kind, policy, at: write.now(), view: LevelView::Effective };
            let ratings = ratings.get(&skill.id).map(Vec::as_slice).unwrap_or_default();
            (skill.id, effective(ratings, &question))
        };
        let levels = skills.values().map(level).collect();
        let held = write.tx.exemptions_held(&[person]).await?.remove(&person).unwrap_or_default();
        let exempt = held.iter().filter(|one| one.valid().contains(write.now())).map(|one| one.skill_id);
        Ok(Self { skills, levels, exempt: exempt.collect() })
    }

    /// What the person can do in a skill.
    pub(super) fn level(&self, skill: SkillId) -> EffectiveSkill {
        self.levels.get(&skill).copied().unwrap_or_default()
    }

    /// How a requirement stands.
    pub(super) fn gap(&self, requirement: &RoleSkillRequirement) -> SkillGap {
        let skill = requirement.skill_id;
        SkillGap::of(requirement, &self.level(skill), self.exempt.contains(&skill))
    }
}
