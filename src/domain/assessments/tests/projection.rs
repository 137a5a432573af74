//! The projection says what the whole history says, now and later, and keeps no more than it must.

use proptest::prelude::*;

use super::histories::{asked_at, counting, histories, questions};
use crate::domain::{
    assessments::{
        AssessmentSource, AssessmentStatus,
        effective::{Party, Rating, effective, explain},
        projection::{HistoryRow, Slot, project, superseded},
    },
    sampling::{cases, day, id, level, now},
};

fn kept(history: &[HistoryRow]) -> Vec<Rating> {
    project(history).map(|row| row.rating.clone()).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn f1_over_the_projection_is_f1_over_the_history(history in histories(), question in questions()) {
        let question = asked_at(&question, question.at.max(now()));
        let (whole, kept) = (counting(&history), kept(&history));
        prop_assert_eq!(effective(&kept, &question), effective(&whole, &question));
        prop_assert_eq!(explain(&kept, &question), explain(&whole, &question));
    }

    #[test]
    fn a_slot_never_holds_two_validated_rows(history in histories()) {
        let mut slots: Vec<Slot> = history
            .iter()
            .filter(|row| row.status == AssessmentStatus::Validated)
            .map(|row| Slot {
                recorded_skill_id: row.recorded_skill_id,
                source: row.rating.source,
                party: row.rating.party.clone(),
            })
            .collect();
        let all = slots.len();
        slots.sort();
        slots.dedup();
        prop_assert_eq!(slots.len(), all);
    }

    #[test]
    fn projecting_twice_keeps_the_same(history in histories()) {
        let once: Vec<HistoryRow> = project(&history).cloned().collect();
        let twice: Vec<HistoryRow> = project(&once).cloned().collect();
        prop_assert_eq!(once, twice);
    }
}

fn manager(n: u128, observed: i64, status: AssessmentStatus) -> HistoryRow {
    let rating = Rating {
        assessment_id: id(n),
        source: AssessmentSource::Manager,
        party: Party::Sole,
        level: level(3),
        observed_at: day(observed),
        recorded_at: day(observed),
        expires_at: None,
    };
    HistoryRow { rating, recorded_skill_id: id(1), status }
}

#[test]
fn a_long_history_of_one_manager_keeps_one_row() {
    let mut history: Vec<_> =
        (0..50).map(|n| manager(n, n as i64 - 60, AssessmentStatus::Superseded)).collect();
    history.push(manager(50, -1, AssessmentStatus::Validated));
    assert_eq!(project(&history).count(), 1);
}

#[test]
fn what_a_revoked_row_had_superseded_speaks_again() {
    let history = [manager(1, -9, AssessmentStatus::Superseded), manager(2, -1, AssessmentStatus::Revoked)];
    let ids: Vec<_> = project(&history).map(|row| row.rating.assessment_id).collect();
    assert_eq!(ids, [id(1)]);
}

#[test]
fn a_back_dated_row_is_superseded_at_once_and_a_later_one_takes_over() {
    let standing = manager(1, -5, AssessmentStatus::Validated).rating;
    let (earlier, later) = (
        manager(2, -9, AssessmentStatus::Validated).rating,
        manager(3, -1, AssessmentStatus::Validated).rating,
    );
    assert_eq!(superseded(Some(&standing), &earlier), Some(earlier.assessment_id));
    assert_eq!(superseded(Some(&standing), &later), Some(standing.assessment_id));
    assert_eq!(superseded(None, &later), None);
}

#[test]
fn of_two_ratings_seen_at_once_the_later_told_stays() {
    let mut first = manager(2, -5, AssessmentStatus::Validated).rating;
    let mut second = manager(1, -5, AssessmentStatus::Validated).rating;
    second.recorded_at = day(-4);
    assert_eq!(superseded(Some(&first), &second), Some(first.assessment_id));
    first.recorded_at = day(-4);
    assert_eq!(superseded(Some(&first), &second), Some(second.assessment_id), "the id decides");
}
