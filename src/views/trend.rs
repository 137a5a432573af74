//! How a team's coverage moved: one reading of the history in one snapshot, evaluated at each step.
//!
//! Not remembered: what is asked of it is rarely asked twice. The counts are of everyone who was there, for
//! who leads the team; it names nobody.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use crate::{
    auth::Scope,
    domain::{
        capabilities::{Column, Known},
        coverage::trend::Trend,
        ids::{PersonId, SkillId, TeamId},
        levels::Level,
        policy::Actor,
        skills::Skill,
        time::{Interval, Timestamp},
    },
    store::{Presence, Store, StoreError, TeamReach},
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// Whose.
    pub team_id: TeamId,
    /// Of which skills; one that does not exist is left out.
    pub skill_ids: Vec<SkillId>,
    /// At which instants, the earliest first.
    pub steps: Vec<Timestamp>,
    /// From which level on somebody counts.
    pub least: Level,
    /// Whose members.
    pub reach: TeamReach,
}

/// A trend, with the skills it names.
#[derive(Debug, Clone)]
pub struct TrendView {
    /// The points.
    pub trend: Trend,
    /// The skills.
    pub skills: BTreeMap<SkillId, Arc<Skill>>,
}

/// Answers `question`; `None` when it is not the viewer's to know. Callers pass a team that they found in
/// `scope`.
///
/// # Errors
/// [`StoreError`].
pub async fn team_trend(
    store: &Store,
    scope: &Scope,
    question: Question,
) -> Result<Option<TrendView>, StoreError> {
    let actor = Actor::new(scope.claims(), scope.standing());
    if !actor.sees_coverage_of(question.team_id) || !actor.sees_catalogue() {
        return Ok(None);
    }
    let question = Arc::new(question);
    let view = store.snapshot(move |snapshot| {
        let question = Arc::clone(&question);
        async move {
            let steps = &question.steps;
            let (Some(from), Some(to)) = (steps.first().copied(), steps.last().copied()) else {
                let trend = Trend::of(Vec::new(), Vec::new(), question.least);
                return Ok(TrendView { trend, skills: BTreeMap::new() });
            };
            let found = snapshot.yardstick(&question.skill_ids, &[], None).await?.skills;
            let columns: Vec<Column> = found.iter().map(Column::of).collect();
            let span = Interval { from, to: Some(to) };
            let there = snapshot.presence(question.team_id, question.reach, span).await?;
            let present = present(question.team_id, &there, steps);
            let people: Vec<PersonId> = present.keys().copied().collect();
            let skills: Vec<SkillId> = columns.iter().map(|column| column.skill_id).collect();
            let mut trend = Trend::of(columns, steps.clone(), question.least);
            trend.count(&present);
            let weigh = |known: Known| {
                if let Some(there) = present.get(&known.person_id) {
                    trend.weigh(&known, there);
                }
            };
            snapshot.known_of(&people, &skills, Some(to), weigh).await?;
            let skills = found.into_iter().map(|skill| (skill.id, Arc::new(skill))).collect();
            Ok::<_, StoreError>(TrendView { trend, skills })
        }
    });
    Ok(Some(view.await?))
}

/// At which steps each person was in the team, or in one that was below it then.
fn present(root: TeamId, there: &[Presence], steps: &[Timestamp]) -> HashMap<PersonId, Vec<bool>> {
    let mut present: HashMap<PersonId, Vec<bool>> = HashMap::new();
    for (n, at) in steps.iter().enumerate() {
        let tree = tree(root, there, *at);
        for one in there {
            if let Presence::Stay { team, person, valid } = one
                && valid.contains(*at)
                && tree.contains(team)
            {
                present.entry(*person).or_insert_with(|| vec![false; steps.len()])[n] = true;
            }
        }
    }
    present
}

/// The team and those below it at an instant.
fn tree(root: TeamId, there: &[Presence], at: Timestamp) -> BTreeSet<TeamId> {
    let mut below: HashMap<TeamId, Vec<TeamId>> = HashMap::new();
    for one in there {
        if let Presence::Place { team, parent, valid } = one
            && valid.contains(at)
        {
            below.entry(*parent).or_default().push(*team);
        }
    }
    let (mut tree, mut open) = (BTreeSet::new(), vec![root]);
    while let Some(team) = open.pop() {
        if tree.insert(team) {
            open.extend(below.get(&team).into_iter().flatten());
        }
    }
    tree
}
