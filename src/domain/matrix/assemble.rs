//! Puts the matrix together for everyone: members at the instant, their cells, and until when it holds.
//!
//! Looks at no viewer. Costs what there is to say, not people times skills.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::domain::{
    assessments::effective::{Question, Rating, effective},
    ids::{PersonId, SkillId},
    levels::Level,
    matrix::{
        AssembledMatrix, Before, Candidate, Cell, Change, Columns, Input, LIMIT, Ratings, Required,
        Requirements, SparseRow, TooLarge,
    },
    time::{Interval, Timestamp, earliest},
};

/// Puts the matrix together.
///
/// # Errors
/// [`TooLarge`] when more than [`LIMIT`] people are in it, or more skills were asked for. Found skills
/// are counted by the cut, from what the viewer sees.
pub fn assemble(input: &Input) -> Result<AssembledMatrix, TooLarge> {
    assemble_within(input, LIMIT)
}

/// The same with at most `most` people and as many skills asked for: a file may have more than a screen.
///
/// # Errors
/// [`TooLarge`].
pub fn assemble_within(input: &Input, most: usize) -> Result<AssembledMatrix, TooLarge> {
    let people = people_at(input);
    if people.len() > most {
        return Err(TooLarge::People(people.len()));
    }
    let (asked, candidates) = match &input.columns {
        Columns::Asked(candidates) => (true, distinct(candidates)),
        Columns::Found(candidates) => (false, distinct(candidates)),
    };
    if asked && candidates.len() > most {
        return Err(TooLarge::Skills(candidates.len()));
    }
    let columns = Index::of(&candidates);
    let rows: Vec<SparseRow> = people.into_iter().map(|person| row(input, &columns, person)).collect();
    Ok(AssembledMatrix {
        at: input.at,
        asked,
        skills: candidates.iter().map(|candidate| candidate.skill_id).collect(),
        fresh_until: if input.live { fresh_until(input, &rows) } else { None },
        rows,
    })
}

/// The members at the instant, each once, in the order given.
fn people_at(input: &Input) -> Vec<PersonId> {
    let mut seen = BTreeSet::new();
    let here = input.members.iter().filter(|member| member.valid.contains(input.at));
    here.map(|member| member.person_id).filter(|person| seen.insert(*person)).collect()
}

/// Each skill once: two ids that were asked for may have been merged.
fn distinct(candidates: &[Candidate]) -> Vec<&Candidate> {
    let mut seen = BTreeSet::new();
    candidates.iter().filter(|candidate| seen.insert(candidate.skill_id)).collect()
}

/// Where a skill stands among the columns.
struct Index<'a>(BTreeMap<SkillId, (usize, &'a Candidate)>);

impl<'a> Index<'a> {
    fn of(candidates: &[&'a Candidate]) -> Self {
        Self(candidates.iter().enumerate().map(|(at, c)| (c.skill_id, (at, *c))).collect())
    }
}

fn row(input: &Input, columns: &Index<'_>, person_id: PersonId) -> SparseRow {
    let mut cells: BTreeMap<usize, Cell> = BTreeMap::new();
    let question = |candidate: &Candidate, at: Timestamp| Question {
        kind: candidate.kind,
        policy: candidate.policy,
        at,
        view: input.view,
    };
    for (skill, ratings) in of_person(&input.ratings, person_id) {
        if let Some((at, candidate)) = columns.0.get(&skill) {
            let cell = cells.entry(*at).or_default();
            cell.effective = effective(ratings, &question(candidate, input.at));
            cell.rated = ratings.iter().any(|rating| rating.observed_at <= input.at);
        }
    }
    for (skill, level) in required_of(input, person_id) {
        if let Some((at, _)) = columns.0.get(&skill) {
            let cell = cells.entry(*at).or_default();
            cell.required = cell.required.max(Some(level));
        }
    }
    if let Some(Before { since, ratings }) = &input.before {
        compare(&mut cells, columns, |skill, candidate| {
            let earlier = ratings.get(&(person_id, skill)).map(Vec::as_slice).unwrap_or_default();
            effective(earlier, &question(candidate, *since)).level
        });
    }
    SparseRow { person_id, cells: cells.into_iter().collect() }
}

/// Marks the cells whose level is another than `before` says. Every skill is looked at: one that was
/// known then may say nothing now.
fn compare(
    cells: &mut BTreeMap<usize, Cell>,
    columns: &Index<'_>,
    before: impl Fn(SkillId, &Candidate) -> Option<Level>,
) {
    for (skill, (at, candidate)) in &columns.0 {
        let from = before(*skill, candidate);
        let now = cells.get(at).and_then(|cell| cell.effective.level);
        if from != now {
            cells.entry(*at).or_default().change = Some(Change { from });
        }
    }
}

fn of_person(ratings: &Ratings, person: PersonId) -> impl Iterator<Item = (SkillId, &[Rating])> {
    let whole = (person, SkillId::from_uuid(Uuid::nil()))..=(person, SkillId::from_uuid(Uuid::max()));
    ratings.range(whole).map(|((_, skill), ratings)| (*skill, ratings.as_slice()))
}

fn required_of(input: &Input, person: PersonId) -> Vec<(SkillId, Level)> {
    let pair = |required: &Required| (required.skill_id, required.level);
    match &input.requirements {
        Requirements::Profile(requires) => requires.iter().map(pair).collect(),
        Requirements::Own(holdings) => holdings
            .iter()
            .filter(|holding| holding.person_id == person && holding.valid.contains(input.at))
            .flat_map(|holding| holding.requires.iter().map(pair))
            .collect(),
    }
}

/// The earliest instant at which a row comes or goes, a requirement changes hands or a cell ages.
fn fresh_until(input: &Input, rows: &[SparseRow]) -> Option<Timestamp> {
    let boundary = |valid: &Interval| valid.next_boundary(input.at);
    let stays = input.members.iter().map(|member| boundary(&member.valid));
    let holdings = match &input.requirements {
        Requirements::Own(holdings) => holdings.as_slice(),
        Requirements::Profile(_) => &[],
    };
    let profiles = holdings.iter().map(|holding| boundary(&holding.valid));
    let cells = rows.iter().flat_map(|row| &row.cells).map(|(_, cell)| cell.effective.fresh_until);
    stays.chain(profiles).chain(cells).fold(input.changes_at.filter(|at| *at > input.at), earliest)
}
