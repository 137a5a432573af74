//! Who in the organisation comes closest to a role, as far as the viewer may know it: those whose levels are
//! open to them by their levels, those who are merely discoverable by band, nobody else.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    auth::Scope,
    domain::{
        capabilities::{Cell, Column, Survey},
        ids::{PersonId, SkillId, TeamId},
        matches::{Match, closest},
        policy::{
            Actor,
            sight::{BAND, Findable},
        },
        profiles::RoleSkillRequirement,
        skills::Skill,
    },
    store::{Store, StoreError},
    views::profiles::Edition,
};

/// The closest matches, with the skills they name.
#[derive(Debug, Clone)]
pub struct MatchesView {
    /// The closest first.
    pub matches: Vec<Match>,
    /// Each requirement's skill.
    pub skills: BTreeMap<SkillId, Arc<Skill>>,
    /// For each match, the level of each requirement's skill as it may be told.
    pub cells: BTreeMap<PersonId, BTreeMap<SkillId, Cell>>,
}

/// The `first` people who come closest to what `edition` requires; with `within`, of those teams. Callers
/// pass a version and teams that they found in `scope`.
///
/// # Errors
/// [`StoreError`].
pub async fn closest_matches(
    store: &Store,
    scope: &Scope,
    edition: Edition,
    within: Option<&[TeamId]>,
    first: usize,
) -> Result<MatchesView, StoreError> {
    let found = findable(store, scope, within).await?;
    let people: Vec<PersonId> = found.keys().copied().collect();
    let at = scope.now();
    let read = store.snapshot(move |snapshot| {
        let people = people.clone();
        async move {
            let mut yardstick = snapshot.yardstick(&[], &[edition.version_id], None).await?;
            let required = yardstick.required.remove(&edition.version_id).unwrap_or_default();
            let columns: Vec<Column> = yardstick.skills.iter().map(Column::of).collect();
            let skills: Vec<SkillId> = columns.iter().map(|column| column.skill_id).collect();
            let mut survey = Survey::of(people.clone(), &columns, at);
            snapshot.known_of(&people, &skills, None, |known| survey.weigh(&known)).await?;
            Ok::<_, StoreError>((survey.finish().0, required, yardstick.skills))
        }
    });
    let (table, required, skills) = read.await?;
    let columns = table.columns();
    let cell = |row: usize, skill: SkillId, exact: bool| {
        let cell = columns.get(&skill).map(|column| table.cell(row, *column)).unwrap_or_default();
        if exact { cell } else { cell.banded(BAND) }
    };
    let matched = |(row, person): (usize, &PersonId)| {
        let exact = found.get(person) == Some(&Findable::ByLevel);
        Match::of(*person, exact, &required, |one| cell(row, one.skill_id, exact))
    };
    let matches = closest(table.people().iter().enumerate().filter_map(matched).collect(), first);
    let rows = table.rows();
    let told = matches.iter().filter_map(|one| {
        let row = *rows.get(&one.person_id)?;
        let of =
            |required: &RoleSkillRequirement| (required.skill_id, cell(row, required.skill_id, one.exact));
        Some((one.person_id, required.iter().map(of).collect()))
    });
    let cells = told.collect();
    let skills = skills.into_iter().map(|skill| (skill.id, Arc::new(skill))).collect();
    Ok(MatchesView { matches, skills, cells })
}

/// Whom the viewer may find, and how.
async fn findable(
    store: &Store,
    scope: &Scope,
    within: Option<&[TeamId]>,
) -> Result<BTreeMap<PersonId, Findable>, StoreError> {
    let actor = Actor::new(scope.claims(), scope.standing());
    let people = store.candidates(scope, &[]).await?;
    let facts = store.person_facts(scope, &people).await?;
    let inside = |teams: &std::collections::BTreeSet<TeamId>| {
        within.is_none_or(|within| within.iter().any(|team| teams.contains(team)))
    };
    let kept = facts.into_values().filter(|person| inside(&person.teams));
    let found = kept.map(|person| (person.id, actor.may_find(&person)));
    Ok(found.filter(|(_, how)| *how != Findable::Not).collect())
}
