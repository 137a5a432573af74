//! The assembled matrix against F1 cell by cell, and across the instants at which it changes.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::teams::inputs;
use crate::domain::{
    assessments::{
        AssessmentSource,
        effective::{EffectiveSkill, LevelView, Party, Question, Rating, effective},
        staleness::ReviewPolicy,
    },
    ids::{PersonId, SkillId},
    levels::Level,
    matrix::{
        Candidate, Columns, Input, LIMIT, Member, Ratings, Required, Requirements, TeamSkillMatrix, TooLarge,
        assemble,
    },
    sampling::{cases, day, id, now},
    skills::SkillKind,
    time::{Interval, Timestamp},
};

fn shown(input: &Input) -> TeamSkillMatrix {
    assemble(input).unwrap().visible_to(|_| true).unwrap()
}

fn candidates(input: &Input) -> &[Candidate] {
    match &input.columns {
        Columns::Asked(candidates) | Columns::Found(candidates) => candidates,
    }
}

/// F1 for one cell, straight from the ratings.
fn naive(input: &Input, person: PersonId, skill: SkillId, at: Timestamp) -> EffectiveSkill {
    let candidate = candidates(input).iter().find(|candidate| candidate.skill_id == skill).unwrap();
    let question = Question { kind: candidate.kind, policy: candidate.policy, at, view: input.view };
    input.ratings.get(&(person, skill)).map_or_else(EffectiveSkill::default, |r| effective(r, &question))
}

fn required(input: &Input, person: PersonId, skill: SkillId) -> Option<Level> {
    let of = |required: &[Required]| required.iter().filter(|r| r.skill_id == skill).map(|r| r.level).max();
    match &input.requirements {
        Requirements::Profile(profile) => of(profile),
        Requirements::Own(holdings) => holdings
            .iter()
            .filter(|h| h.person_id == person && h.valid.contains(input.at))
            .filter_map(|h| of(&h.requires))
            .max(),
    }
}

/// The same with the clock elsewhere; what is only record time or age of the cache is left out.
fn timeless(input: &Input, at: Timestamp) -> TeamSkillMatrix {
    let mut matrix = shown(&Input { at, ..input.clone() });
    matrix.as_of = now();
    matrix
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_cell_is_f1_and_its_requirement(input in inputs()) {
        let matrix = shown(&input);
        for row in &matrix.rows {
            prop_assert_eq!(row.cells.len(), matrix.columns.len());
            for (column, cell) in matrix.columns.iter().zip(&row.cells) {
                let told = naive(&input, row.person_id, column.skill_id, input.at);
                prop_assert_eq!(cell.effective, told);
                prop_assert_eq!(cell.required, required(&input, row.person_id, column.skill_id));
                let before = input.before.as_ref().map(|before| {
                    naive(&input, row.person_id, column.skill_id, before.since).level
                });
                let changed = before.filter(|before| *before != told.level);
                prop_assert_eq!(cell.change.map(|change| change.from), changed);
            }
        }
    }

    #[test]
    fn the_rows_are_the_members_at_the_instant_each_once(input in inputs()) {
        let matrix = shown(&input);
        let mut rows: Vec<_> = matrix.rows.iter().map(|row| row.person_id).collect();
        let mut members: Vec<_> = input
            .members
            .iter()
            .filter(|member| member.valid.contains(input.at))
            .map(|member| member.person_id)
            .collect();
        rows.sort();
        members.sort();
        members.dedup();
        prop_assert_eq!(rows, members);
    }

    #[test]
    fn n_and_missing_make_the_rows_and_the_unknown_lowers_nothing(input in inputs()) {
        let matrix = shown(&input);
        for (at, column) in matrix.columns.iter().enumerate() {
            prop_assert_eq!(column.n + column.missing, matrix.rows.len());
            let known: Vec<_> = matrix.rows.iter().filter_map(|row| row.cells[at].effective.level).collect();
            prop_assert_eq!(column.n, known.len());
            for cell in matrix.rows.iter().map(|row| row.cells[at]) {
                prop_assert!(cell.effective.level.is_some() || cell.delta().is_none());
            }
        }
    }

    #[test]
    fn found_columns_are_the_rated_or_required_and_asked_ones_stay(input in inputs(), ago in 0_i64..900) {
        let input = Input { at: day(-ago), live: false, ..input };
        let matrix = shown(&input);
        let shown: Vec<_> = matrix.columns.iter().map(|column| column.skill_id).collect();
        let asked = matches!(input.columns, Columns::Asked(_));
        let expected: Vec<_> = candidates(&input)
            .iter()
            .map(|candidate| candidate.skill_id)
            .filter(|skill| asked || matrix.rows.iter().any(|row| {
                let rated = input.ratings.get(&(row.person_id, *skill));
                rated.is_some_and(|rated| rated.iter().any(|rating| rating.observed_at <= input.at)) || required(&input, row.person_id, *skill).is_some()
            }))
            .collect();
        prop_assert_eq!(shown, expected);
    }

    #[test]
    fn it_is_the_same_until_the_instant_it_names(input in inputs(), share in 0.0..1.0) {
        let until = assemble(&input).unwrap().fresh_until();
        let last = until.unwrap_or(day(5_000)) - TimeDelta::microseconds(1);
        let span = (last - now()).num_microseconds().unwrap() as f64;
        let here = timeless(&input, now());
        for at in [now() + TimeDelta::microseconds((span * share) as i64), last] {
            prop_assert_eq!(timeless(&input, at), here.clone(), "at {} of {:?}", at, until);
        }
    }

    #[test]
    fn the_matrix_of_a_stated_instant_never_ages(input in inputs()) {
        let stated = Input { live: false, ..input };
        prop_assert_eq!(assemble(&stated).unwrap().fresh_until(), None);
    }
}

fn always() -> Interval {
    Interval { from: day(-1), to: None }
}

fn bare(people: usize, skills: usize, asked: bool) -> Input {
    let candidates: Vec<_> = (0..skills)
        .map(|n| Candidate {
            skill_id: id(n as u128 + 1),
            kind: SkillKind::Technical,
            policy: ReviewPolicy::default(),
        })
        .collect();
    let required =
        candidates.iter().map(|c| Required { skill_id: c.skill_id, level: Level::ALL[1] }).collect();
    Input {
        at: now(),
        live: true,
        view: LevelView::Effective,
        members: (0..people).map(|n| Member { person_id: id(n as u128 + 1), valid: always() }).collect(),
        columns: if asked { Columns::Asked(candidates) } else { Columns::Found(candidates) },
        ratings: Ratings::new(),
        requirements: Requirements::Profile(required),
        before: None,
        changes_at: None,
    }
}

#[test]
fn two_hundred_people_or_skills_are_shown_and_one_more_is_refused() {
    let full = shown(&bare(LIMIT, LIMIT, true));
    assert_eq!((full.rows.len(), full.columns.len()), (LIMIT, LIMIT));
    assert_eq!(assemble(&bare(LIMIT + 1, 1, true)), Err(TooLarge::People(LIMIT + 1)));
    assert_eq!(assemble(&bare(1, LIMIT + 1, true)), Err(TooLarge::Skills(LIMIT + 1)));
    let found = assemble(&bare(1, LIMIT + 1, false)).unwrap();
    assert_eq!(found.visible_to(|_| true), Err(TooLarge::Skills(LIMIT + 1)));
}

#[test]
fn each_boundary_is_exactly_where_the_rows_change() {
    let mut input = bare(1, 1, true);
    input.members[0].valid = Interval { from: day(-5), to: Some(day(7)) };
    input.members.push(Member { person_id: id(2), valid: Interval { from: day(3), to: None } });
    let rows_at = |at| shown(&Input { at, ..input.clone() }).rows.len();
    let until_at = |at| assemble(&Input { at, ..input.clone() }).unwrap().fresh_until();
    let tick = TimeDelta::microseconds(1);
    assert_eq!(until_at(now()), Some(day(3)));
    assert_eq!((rows_at(day(3) - tick), rows_at(day(3))), (1, 2));
    assert_eq!(until_at(day(3)), Some(day(7)));
    assert_eq!((rows_at(day(7) - tick), rows_at(day(7))), (2, 1));
    assert_eq!(until_at(day(7)), None);
    input.changes_at = Some(day(1));
    let until_at = |at| assemble(&Input { at, ..input.clone() }).unwrap().fresh_until();
    assert_eq!((until_at(now()), until_at(day(1))), (Some(day(1)), Some(day(3))));
}

#[test]
fn a_skill_first_rated_later_is_no_column_of_the_past() {
    let mut input = bare(1, 1, false);
    input.requirements = Requirements::Own(vec![]);
    let rating = Rating {
        assessment_id: id(1),
        source: AssessmentSource::SelfRating,
        party: Party::Sole,
        level: Level::ALL[4],
        observed_at: now(),
        recorded_at: now(),
        expires_at: None,
    };
    input.ratings.insert((id(1), id(1)), vec![rating]);
    assert_eq!(shown(&input).columns.len(), 1);
    let past = Input { at: day(-1), live: false, ..input };
    assert_eq!((shown(&past).columns.len(), shown(&past).rows.len()), (0, 1));
}
