//! The people finder: who has all of some skills and interests, as far as the viewer may know it.
//!
//! Whose assessments the viewer sees is matched by the exact level. Who is merely discoverable is
//! matched as a practitioner or better, and no finer: neither a source nor a date decides anything
//! that the viewer could read off the result.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::{
    auth::Scope,
    domain::{
        assessments::{
            SkillInterest,
            effective::{LevelView, Question, Rating, effective},
            staleness::ReviewPolicy,
        },
        ids::{PersonId, SkillId},
        levels::{Interest, Level},
        policy::{
            Actor,
            facts::PersonFacts,
            sight::{BAND, Findable},
        },
        skills::Skill,
    },
    store::{SkillClause, Store, StoreError},
};

/// What the finder weighs a person by.
struct Evidence<'a> {
    skills: &'a BTreeMap<SkillId, Skill>,
    ratings: HashMap<(PersonId, SkillId), Vec<Rating>>,
    interests: HashMap<PersonId, Vec<SkillInterest>>,
}

/// The people who meet all `clauses`. A skill that the viewer does not see is met by nobody.
///
/// # Errors
/// [`StoreError`].
pub async fn people_with(
    store: &Store,
    scope: &Scope,
    clauses: &[SkillClause],
) -> Result<BTreeSet<PersonId>, StoreError> {
    let Some((clauses, skills)) = resolved(store, scope, clauses).await? else { return Ok(BTreeSet::new()) };
    let candidates = store.candidates(scope, &clauses).await?;
    if candidates.is_empty() {
        return Ok(BTreeSet::new());
    }
    let facts = store.person_facts(scope, &candidates).await?;
    let wanted: Vec<SkillId> = skills.keys().copied().collect();
    let mut ratings: HashMap<(PersonId, SkillId), Vec<Rating>> = HashMap::new();
    for placed in store.current_ratings(&candidates, Some(&wanted)).await? {
        ratings.entry((placed.person_id, placed.skill_id)).or_default().push(placed.rating);
    }
    let interests = store.interests_of(&candidates).await?;
    let evidence = Evidence { skills: &skills, ratings, interests };
    let met = |person: &&PersonFacts| clauses.iter().all(|clause| evidence.meets(scope, person, clause));
    Ok(facts.values().filter(met).map(|person| person.id).collect())
}

/// The clauses on the skills as they read today; `None` when one is on a skill the viewer does not see.
async fn resolved(
    store: &Store,
    scope: &Scope,
    clauses: &[SkillClause],
) -> Result<Option<(Vec<SkillClause>, BTreeMap<SkillId, Skill>)>, StoreError> {
    let asked: Vec<SkillId> = clauses.iter().map(|clause| clause.skill_id).collect();
    let canonical = store.canonical_skills(&asked).await?;
    let wanted: Vec<SkillId> = canonical.values().copied().collect();
    let found = store.skills_by_id(scope, &wanted).await?;
    let skills: BTreeMap<SkillId, Skill> = found.into_iter().map(|skill| (skill.id, skill)).collect();
    let today = |clause: &SkillClause| {
        let skill_id = *canonical.get(&clause.skill_id)?;
        skills.contains_key(&skill_id).then_some(SkillClause { skill_id, ..*clause })
    };
    let clauses: Option<Vec<SkillClause>> = clauses.iter().map(today).collect();
    Ok(clauses.map(|clauses| (clauses, skills)))
}

impl Evidence<'_> {
    fn meets(&self, scope: &Scope, person: &PersonFacts, clause: &SkillClause) -> bool {
        let least = match Actor::new(scope.claims(), scope.standing()).may_find(person) {
            Findable::Not => return false,
            Findable::ByBand => clause.min_level.map(|level| level.max(BAND)),
            Findable::ByLevel => clause.min_level,
        };
        let level =
            |least: Level| self.level(scope, person.id, clause.skill_id).is_some_and(|level| level >= least);
        let interest =
            |least: Interest| self.interest(person.id, clause.skill_id).is_some_and(|i| i >= least);
        least.is_none_or(level) && clause.min_interest.is_none_or(interest)
    }

    fn level(&self, scope: &Scope, person: PersonId, skill: SkillId) -> Option<Level> {
        let ratings = self.ratings.get(&(person, skill))?;
        let skill = self.skills.get(&skill)?;
        let policy = ReviewPolicy::of(skill);
        let question = Question { kind: skill.kind, policy, at: scope.now(), view: LevelView::Effective };
        effective(ratings, &question).level
    }

    fn interest(&self, person: PersonId, skill: SkillId) -> Option<Interest> {
        let interests = self.interests.get(&person)?;
        interests.iter().find(|one| one.skill_id == skill).map(|one| one.interest)
    }
}
