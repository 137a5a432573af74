//! Whose levels should be looked at again: every skill a member of a team was rated in, with the day from
//! which F2 calls its level due. Reads what the viewer may see of the members and nothing of the others.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    auth::Scope,
    domain::{
        assessments::{
            effective::{
                Due, EffectiveSkill, Explanation, LevelView, Question, Rating, due, effective, evidence,
                explain,
            },
            staleness::ReviewPolicy,
        },
        ids::{PersonId, SkillAssessmentId, SkillId, TeamId},
        people::Person,
        skills::Skill,
        time::Timestamp,
    },
    store::{GapRoster, Store, StoreError, TeamReach},
};

/// A level that is due, or will be.
#[derive(Debug, Clone)]
pub struct DueLevel {
    /// Whose.
    pub person: Arc<Person>,
    /// In what.
    pub skill: Arc<Skill>,
    /// When and why.
    pub due: Due,
    /// The level.
    pub effective: EffectiveSkill,
    /// How it was chosen.
    pub reasons: Vec<Explanation>,
    /// One of the assessments behind it: no other level rests on the same, so it tells two apart.
    pub assessment_id: SkillAssessmentId,
}

/// The levels of the members of a team, which the viewer sees, that are due before `until`. A skill that is
/// not in use is not rated any more, and so never due.
///
/// # Errors
/// [`StoreError`].
pub async fn levels_due(
    store: &Store,
    scope: &Scope,
    team_id: TeamId,
    reach: TeamReach,
    until: Timestamp,
) -> Result<Vec<DueLevel>, StoreError> {
    let roster = GapRoster { team_id, reach, at: scope.now(), version: None, people: None, text: None };
    let people = store.open_members(scope, &roster).await?;
    let people: BTreeMap<PersonId, Arc<Person>> =
        people.into_iter().map(|person| (person.id, Arc::new(person))).collect();
    let ids: Vec<PersonId> = people.keys().copied().collect();
    let mut cells: BTreeMap<(PersonId, SkillId), Vec<Rating>> = BTreeMap::new();
    for placed in store.current_ratings(&ids, None).await? {
        cells.entry((placed.person_id, placed.skill_id)).or_default().push(placed.rating);
    }
    let rated: BTreeSet<SkillId> = cells.keys().map(|(_, skill)| *skill).collect();
    let rated: Vec<SkillId> = rated.into_iter().collect();
    let skills = store.skills_by_id(scope, &rated).await?.into_iter();
    let skills: BTreeMap<SkillId, Arc<Skill>> = skills
        .filter(|skill| skill.status.can_be_assessed())
        .map(|skill| (skill.id, Arc::new(skill)))
        .collect();
    let levels = cells.iter().filter_map(|((person, skill), ratings)| {
        let (person, skill) = (people.get(person)?, skills.get(skill)?);
        level_due(person, skill, ratings, scope.now())
    });
    Ok(levels.filter(|level| level.due.at < until).collect())
}

fn level_due(
    person: &Arc<Person>,
    skill: &Arc<Skill>,
    ratings: &[Rating],
    at: Timestamp,
) -> Option<DueLevel> {
    let policy = ReviewPolicy::of(skill);
    let question = Question { kind: skill.kind, policy, at, view: LevelView::Effective };
    Some(DueLevel {
        person: Arc::clone(person),
        skill: Arc::clone(skill),
        due: due(ratings, &question)?,
        effective: effective(ratings, &question),
        reasons: explain(ratings, &question),
        assessment_id: evidence(ratings, &question).first().copied()?,
    })
}
