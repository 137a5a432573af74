//! F1 case by case, and against a plain second telling of it.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{
    histories::{asked_at, counting, histories, questions},
    naive,
};
use crate::domain::{
    assessments::{
        AssessmentSource::{self, Certificate, Import, Interview, Manager, Peer, SelfRating},
        effective::{
            EffectiveSkill, ExplanationOutcome, LevelView, Party, Question, Rating, due, effective, evidence,
            explain,
        },
        staleness::{ReviewPolicy, Staleness},
    },
    levels::Level,
    sampling::{cases, day, id, level, now},
    skills::SkillKind,
};

/// Review after 100 days, stale after 150, expired after 400.
const ASKED_TODAY: fn() -> Question = || Question {
    kind: SkillKind::Technical,
    policy: ReviewPolicy { review_interval_days: Some(100), expires_after_days: Some(400) },
    at: now(),
    view: LevelView::Effective,
};

/// A rating by party `who`, seen `ago` days ago.
fn rated(source: AssessmentSource, who: u128, value: u8, ago: i64) -> Rating {
    Rating {
        assessment_id: id(who * 1_000 + u128::try_from(ago).unwrap()),
        source,
        party: Party::of(source, Some(id(who)), Some(&who.to_string())),
        level: level(value),
        observed_at: day(-ago),
        recorded_at: day(-ago),
        expires_at: None,
    }
}

fn chosen(ratings: &[Rating]) -> (Option<u8>, Option<AssessmentSource>) {
    let found = effective(ratings, &ASKED_TODAY());
    (found.level.map(Level::value), found.source)
}

#[test]
fn sources_are_chosen_by_group_then_tier_then_rank() {
    let all = [
        rated(Manager, 1, 1, 10),
        rated(Peer, 2, 2, 10),
        rated(Peer, 3, 2, 10),
        rated(Interview, 4, 3, 10),
        rated(Certificate, 5, 4, 10),
        rated(Import, 6, 5, 10),
        rated(SelfRating, 7, 0, 10),
    ];
    let expected = [Manager, Peer, Interview, Certificate, Import, SelfRating];
    let mut left = all.to_vec();
    for source in expected {
        assert_eq!(chosen(&left).1, Some(source));
        left.retain(|rating| rating.source != source);
    }
    assert_eq!(effective(&left, &ASKED_TODAY()), EffectiveSkill::default());
}

#[test]
fn a_stale_manager_yields_to_fresh_peers_but_not_to_a_fresh_self() {
    let stale = rated(Manager, 1, 1, 200);
    let peers = [rated(Peer, 2, 4, 10), rated(Peer, 3, 5, 10)];
    assert_eq!(chosen(&[stale.clone(), peers[0].clone(), peers[1].clone()]), (Some(4), Some(Peer)));
    assert_eq!(chosen(&[stale, rated(SelfRating, 4, 5, 1)]), (Some(1), Some(Manager)));
}

#[test]
fn a_due_manager_still_weighs_more_than_fresh_peers() {
    let ratings = [rated(Manager, 1, 1, 120), rated(Peer, 2, 4, 10), rated(Peer, 3, 5, 10)];
    assert_eq!(chosen(&ratings), (Some(1), Some(Manager)));
    assert_eq!(effective(&ratings, &ASKED_TODAY()).staleness, Some(Staleness::Due));
}

#[test]
fn one_peer_alone_does_not_speak_and_two_give_the_lower_median() {
    assert_eq!(chosen(&[rated(Peer, 1, 5, 1)]), (None, None));
    assert_eq!(chosen(&[rated(Peer, 1, 5, 1), rated(Peer, 2, 2, 1)]).0, Some(2));
    let four = [1, 2, 4, 5].map(|n| rated(Peer, u128::from(n), n, 1));
    assert_eq!(chosen(&four).0, Some(2));
    let again = [rated(Peer, 1, 5, 1), rated(Peer, 1, 5, 2)];
    assert_eq!(chosen(&again).0, None, "one peer twice is one peer");
}

#[test]
fn peers_are_dated_by_the_oldest_observation_used() {
    let ratings = [rated(Peer, 1, 3, 200), rated(Peer, 2, 3, 5), rated(Peer, 2, 1, 300)];
    let found = effective(&ratings, &ASKED_TODAY());
    assert_eq!((found.as_of, found.staleness), (Some(day(-200)), Some(Staleness::Stale)));
}

#[test]
fn a_peer_whose_later_word_ended_is_heard_with_the_earlier_one() {
    let mut brief = rated(Peer, 1, 5, 5);
    brief.expires_at = Some(day(-1));
    assert_eq!(chosen(&[brief, rated(Peer, 1, 3, 50), rated(Peer, 2, 4, 5)]).0, Some(3));
}

#[test]
fn the_highest_living_certificate_counts_and_a_renewal_replaces_its_own() {
    let mut ended = rated(Certificate, 1, 5, 50);
    ended.expires_at = Some(now());
    assert_eq!(chosen(&[ended, rated(Certificate, 2, 3, 50), rated(Certificate, 3, 2, 1)]).0, Some(3));
    assert_eq!(chosen(&[rated(Certificate, 1, 5, 50), rated(Certificate, 1, 4, 1)]).0, Some(4));
}

#[test]
fn a_certificate_that_ends_may_let_an_older_and_higher_one_speak() {
    let mut brief = rated(Certificate, 1, 1, 5);
    brief.expires_at = Some(day(7));
    let ratings = [brief, rated(Certificate, 1, 5, 50), rated(Certificate, 2, 3, 5)];
    let found = effective(&ratings, &ASKED_TODAY());
    assert_eq!((found.level, found.fresh_until), (Some(level(3)), Some(day(7))));
    let then = effective(&ratings, &asked_at(&ASKED_TODAY(), day(7)));
    assert_eq!(then.level, Some(level(5)));
}

#[test]
fn a_certification_admits_only_certificates_and_imports() {
    let question = Question { kind: SkillKind::Certification, ..ASKED_TODAY() };
    let ratings = [rated(Manager, 1, 5, 1), rated(SelfRating, 2, 4, 1), rated(Import, 3, 2, 1)];
    let found = effective(&ratings, &question);
    assert_eq!((found.level, found.source), (Some(level(2)), Some(Import)));
    assert_eq!((found.self_level, found.manager_level, found.difference), (None, None, None));
}

#[test]
fn when_all_expired_the_level_is_unknown_and_the_last_to_lapse_is_named() {
    let found = effective(&[rated(Manager, 1, 2, 600), rated(SelfRating, 2, 4, 500)], &ASKED_TODAY());
    assert_eq!((found.level, found.last_known_level), (None, Some(level(4))));
    assert_eq!((found.staleness, found.source), (Some(Staleness::Expired), Some(SelfRating)));
    let lapsed = effective(&[rated(Manager, 1, 2, 600)], &ASKED_TODAY());
    assert!(!lapsed.verified && lapsed.manager_level.is_none());
    assert!(!found.verified && found.self_level.is_none() && found.difference.is_none());
}

#[test]
fn an_expired_later_word_of_a_manager_does_not_bring_the_earlier_one_back() {
    let mut ended = rated(Manager, 1, 4, 5);
    ended.expires_at = Some(day(-1));
    let found = effective(&[ended, rated(Manager, 1, 2, 50)], &ASKED_TODAY());
    assert_eq!((found.level, found.last_known_level), (None, Some(level(4))));
}

#[test]
fn a_panel_that_shrank_below_two_has_lapsed() {
    let ratings = [rated(Peer, 1, 4, 500), rated(Peer, 2, 5, 5)];
    let found = effective(&ratings, &ASKED_TODAY());
    assert_eq!((found.level, found.last_known_level), (None, Some(level(4))));
    assert_eq!(explain(&ratings, &ASKED_TODAY())[0].outcome, ExplanationOutcome::Expired);
}

#[test]
fn difference_is_manager_minus_self_and_third_parties_two_apart_dispute() {
    let found = effective(&[rated(Manager, 1, 2, 1), rated(SelfRating, 2, 5, 1)], &ASKED_TODAY());
    assert_eq!((found.difference, found.disputed, found.verified), (Some(-3), false, true));
    let apart = [rated(Manager, 1, 2, 1), rated(Interview, 2, 4, 1)];
    assert!(effective(&apart, &ASKED_TODAY()).disputed);
    let close = [rated(Manager, 1, 2, 1), rated(Interview, 2, 3, 1)];
    assert!(!effective(&close, &ASKED_TODAY()).disputed);
}

#[test]
fn a_row_recorded_after_the_instant_asked_for_is_marked_backdated() {
    let mut late = rated(Manager, 1, 2, 50);
    late.recorded_at = day(-10);
    let at = |days| Question { at: day(days), ..ASKED_TODAY() };
    assert!(effective(std::slice::from_ref(&late), &at(-20)).backdated);
    assert!(!effective(std::slice::from_ref(&late), &at(-10)).backdated);
    assert_eq!(effective(&[late], &at(-51)).level, None, "not yet observed");
    let mut peers = [rated(Peer, 1, 3, 50), rated(Peer, 2, 3, 50)];
    peers[1].recorded_at = day(-10);
    assert!(effective(&peers, &at(-20)).backdated, "one of the rows used was");
    peers.reverse();
    assert!(effective(&peers, &at(-20)).backdated);
}

#[test]
fn a_view_shows_one_voice_and_keeps_both_levels_beside_it() {
    let ratings = [rated(Manager, 1, 2, 1), rated(SelfRating, 2, 5, 1)];
    let question = Question { view: LevelView::SelfRating, ..ASKED_TODAY() };
    let found = effective(&ratings, &question);
    assert_eq!((found.level, found.verified), (Some(level(5)), false));
    assert_eq!((found.manager_level, found.difference), (Some(level(2)), Some(-3)));
    assert_eq!(explain(&ratings, &question).len(), 1);
}

#[test]
fn the_explanation_names_why_each_source_lost() {
    use ExplanationOutcome::{Chosen, Expired, LowerRank, Stale, TooFewPeers};
    let ratings = [
        rated(SelfRating, 1, 4, 1),
        rated(Manager, 2, 3, 200),
        rated(Peer, 3, 2, 1),
        rated(Interview, 4, 2, 10),
        rated(Certificate, 5, 2, 1),
        rated(Import, 6, 2, 500),
    ];
    let told: Vec<_> = explain(&ratings, &ASKED_TODAY()).iter().map(|e| (e.source, e.outcome)).collect();
    let expected = [
        (SelfRating, LowerRank),
        (Manager, Stale),
        (Peer, TooFewPeers),
        (Interview, Chosen),
        (Certificate, LowerRank),
        (Import, Expired),
    ];
    assert_eq!(told, expected);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn it_agrees_with_a_plain_second_telling(history in histories(), question in questions()) {
        let ratings = counting(&history);
        prop_assert_eq!(effective(&ratings, &question).level, naive::level(&ratings, &question));
    }

    #[test]
    fn the_order_of_the_rows_does_not_matter(history in histories(), question in questions()) {
        let ratings = counting(&history);
        let reversed: Vec<_> = ratings.iter().rev().cloned().collect();
        prop_assert_eq!(effective(&ratings, &question), effective(&reversed, &question));
    }

    #[test]
    fn nothing_changes_before_fresh_until(history in histories(), question in questions(), share in 0.0..1.0) {
        let ratings = counting(&history);
        let found = effective(&ratings, &question);
        let explained = explain(&ratings, &question);
        let horizon = found.fresh_until.unwrap_or(day(9_000));
        let last = horizon - TimeDelta::microseconds(1);
        let span = (last - question.at).num_microseconds().unwrap() as f64;
        for at in [question.at + TimeDelta::microseconds((span * share) as i64), last] {
            let later = asked_at(&question, at);
            // A row recorded later stops being backdated by record time, which as-of reads of the
            // past alone can see; those are never cached by the clock.
            let again = EffectiveSkill { backdated: found.backdated, ..effective(&ratings, &later) };
            prop_assert_eq!(again, found);
            prop_assert_eq!(explain(&ratings, &later), explained.clone());
        }
    }

    #[test]
    fn the_evidence_alone_amounts_to_the_same_level(history in histories(), question in questions()) {
        let ratings = counting(&history);
        let question = Question { view: LevelView::Effective, ..question };
        let behind = evidence(&ratings, &question);
        let told: Vec<Rating> =
            ratings.iter().filter(|row| behind.contains(&row.assessment_id)).cloned().collect();
        prop_assert_eq!(told.len(), behind.len(), "each once");
        let found = effective(&ratings, &question);
        let again = effective(&told, &question);
        prop_assert_eq!(EffectiveSkill { fresh_until: None, ..again }, EffectiveSkill { fresh_until: None, ..found });
    }

    #[test]
    fn a_level_is_due_from_the_instant_at_which_it_is_no_longer_fresh(
        history in histories(),
        question in questions(),
    ) {
        let ratings = counting(&history);
        let found = effective(&ratings, &question);
        match due(&ratings, &question) {
            Some(due) => {
                prop_assert_eq!(found.staleness, Some(due.staleness));
                prop_assert_eq!(due.staleness == Staleness::Fresh, due.at > question.at);
            }
            None => prop_assert!(matches!(found.staleness, None | Some(Staleness::Fresh))),
        }
    }

    #[test]
    fn exactly_the_source_shown_is_explained_as_chosen(history in histories(), question in questions()) {
        let ratings = counting(&history);
        let found = effective(&ratings, &question);
        let chosen: Vec<_> = explain(&ratings, &question)
            .into_iter()
            .filter(|e| e.outcome == ExplanationOutcome::Chosen)
            .map(|e| (Some(e.source), Some(e.level)))
            .collect();
        let expected = found.level.map(|level| (found.source, Some(level)));
        prop_assert_eq!(chosen, expected.into_iter().collect::<Vec<_>>());
    }
}
