//! A cell says what F1 says, both ways there are to ask it; and a table is as good as its cells one by one.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    assessments::{
        effective::{ExplanationOutcome, explain},
        tests::histories::{counting, histories, questions},
    },
    policy::sight::BAND,
    sampling::{cases, id, level, levels},
};

fn any_cell() -> impl Strategy<Value = Cell> {
    let staleness = prop::option::of(0..Staleness::ALL.len());
    let interest = prop::option::of(0_i64..=5);
    (prop::option::of(levels()), staleness, any::<bool>(), interest).prop_map(
        |(level, age, verified, interest)| {
            let staleness = age.map(|n| Staleness::ALL[n]);
            let cell = Cell::of(&EffectiveSkill { level, staleness, verified, ..EffectiveSkill::default() });
            interest.map_or(cell, |interest| cell.with_interest(Interest::new(interest).unwrap()))
        },
    )
}

#[test]
fn a_cell_takes_two_bytes_and_an_empty_one_says_nothing() {
    assert_eq!(size_of::<Cell>(), 2);
    let cell = Cell::default();
    assert_eq!((cell.level(), cell.staleness(), cell.interest()), (None, None, None));
    assert!(!cell.is_rated() && !cell.is_verified());
}

#[test]
fn a_row_that_is_added_is_as_wide_as_the_table() {
    let mut table = Capabilities::blank(vec![id(1)], vec![id(10), id(11)]);
    table.push(id(2), [Cell::vouched_for(level(4))]);
    assert_eq!(table.people(), [id(1), id(2)]);
    assert_eq!(table.cell(1, 0).level(), Some(level(4)));
    assert_eq!((table.cell(1, 1), table.cell(0, 0), table.cell(7, 7)), Default::default());
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_cell_keeps_what_it_is_told(
        level in prop::option::of(levels()),
        age in prop::option::of(0..Staleness::ALL.len()),
        verified in any::<bool>(),
        interest in 0_i64..=5,
    ) {
        let staleness = age.map(|n| Staleness::ALL[n]);
        let interest = Interest::new(interest).unwrap();
        let told = EffectiveSkill { level, staleness, verified, ..EffectiveSkill::default() };
        let cell = Cell::of(&told).with_interest(interest);
        prop_assert_eq!(cell.effective(), told);
        prop_assert_eq!(cell.interest(), Some(interest));
        prop_assert_eq!(Cell::of(&told).interest(), None);
    }

    #[test]
    fn of_who_is_merely_discoverable_the_band_and_the_interest_are_told(cell in any_cell()) {
        let banded = cell.banded(BAND);
        prop_assert_eq!(banded.level(), cell.level().filter(|level| *level >= BAND).map(|_| BAND));
        prop_assert_eq!(banded.interest(), cell.interest());
        prop_assert!(!banded.is_verified());
        prop_assert!(banded.is_rated() == banded.level().is_some());
    }

    #[test]
    fn a_surveyed_cell_is_the_choice_that_f1_explains(history in histories(), question in questions()) {
        let ratings = counting(&history);
        let (person, skill) = (id(1), id(2));
        let column = Column { skill_id: skill, kind: question.kind, policy: question.policy };
        let mut survey = Survey::of(vec![person], &[column], question.at);
        let interests = vec![(skill, Interest::new(4).unwrap()), (id(3), Interest::new(1).unwrap())];
        survey.weigh(&Known { person_id: person, ratings: [(skill, ratings.clone())].into(), interests });
        let (table, fresh_until) = survey.finish();
        let question = Question { view: LevelView::Effective, ..question };
        let explained = explain(&ratings, &question);
        let chosen = explained.iter().find(|said| said.outcome == ExplanationOutcome::Chosen);
        let cell = table.cell(0, 0);
        prop_assert_eq!(cell.level(), chosen.map(|said| said.level));
        prop_assert_eq!(cell.is_verified(), chosen.is_some_and(|said| said.source.is_third_party()));
        if let Some(said) = chosen {
            prop_assert_eq!(cell.staleness(), Some(said.staleness));
        }
        prop_assert_eq!(cell.interest(), Some(Interest::new(4).unwrap()));
        prop_assert_eq!(fresh_until, effective(&ratings, &question).fresh_until);
    }
}
