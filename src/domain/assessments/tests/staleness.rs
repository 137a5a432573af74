//! F2 at and around each of its edges.

use chrono::TimeDelta;
use proptest::prelude::*;

use crate::domain::{
    assessments::staleness::{Observation, ReviewPolicy, Staleness},
    sampling::{cases, day, now},
    time::{Timestamp, earliest},
};

const YEARLY: ReviewPolicy = ReviewPolicy { review_interval_days: Some(100), expires_after_days: Some(400) };
const TICK: TimeDelta = TimeDelta::microseconds(1);

fn seen_today(expires_at: Option<Timestamp>) -> Observation {
    Observation { observed_at: now(), expires_at }
}

#[test]
fn each_edge_belongs_to_the_later_state() {
    let edges = [
        (day(100), Staleness::Fresh, Staleness::Due),
        (day(150), Staleness::Due, Staleness::Stale),
        (day(400), Staleness::Stale, Staleness::Expired),
    ];
    for (edge, before, after) in edges {
        assert_eq!(seen_today(None).staleness(&YEARLY, edge - TICK), before, "just before {edge}");
        assert_eq!(seen_today(None).staleness(&YEARLY, edge), after, "at {edge}");
        assert_eq!(seen_today(None).next_change(&YEARLY, edge - TICK), Some(edge));
    }
    assert_eq!(seen_today(None).next_change(&YEARLY, day(400)), None);
}

#[test]
fn half_a_day_of_one_and_a_half_intervals_is_kept() {
    let policy = ReviewPolicy { review_interval_days: Some(7), expires_after_days: None };
    let stale_at = now() + TimeDelta::hours(252);
    assert_eq!(seen_today(None).staleness(&policy, stale_at - TICK), Staleness::Due);
    assert_eq!(seen_today(None).staleness(&policy, stale_at), Staleness::Stale);
}

#[test]
fn the_earlier_of_the_two_ends_holds_and_gives_thirty_days_notice() {
    let rated = seen_today(Some(day(60)));
    assert_eq!(rated.expiry(&YEARLY), Some(day(60)));
    assert_eq!(rated.due_at(&YEARLY), Some(day(30)));
    assert_eq!(rated.staleness(&YEARLY, day(30)), Staleness::Due);
    assert_eq!(rated.staleness(&YEARLY, day(60)), Staleness::Expired);
    assert_eq!(seen_today(Some(day(900))).expiry(&YEARLY), Some(day(400)));
}

#[test]
fn without_a_policy_nothing_ages() {
    let never = ReviewPolicy::default();
    assert_eq!(seen_today(None).staleness(&never, day(40_000)), Staleness::Fresh);
    assert_eq!(seen_today(None).next_change(&never, now()), None);
    assert_eq!(seen_today(None).due_at(&never), None);
}

#[test]
fn an_interval_beyond_the_calendar_means_never() {
    let policy = ReviewPolicy { review_interval_days: Some(i32::MAX), expires_after_days: Some(i32::MAX) };
    assert_eq!(seen_today(None).staleness(&policy, day(40_000)), Staleness::Fresh);
    assert_eq!(seen_today(None).expiry(&policy), None);
}

prop_compose! {
    fn observations()(
        review in prop::option::of(1_i32..500),
        expires in prop::option::of(1_i32..800),
        own_end in prop::option::of(1_i64..800),
        hours in 0_i64..30_000,
    ) -> (Observation, ReviewPolicy, Timestamp) {
        let policy = ReviewPolicy { review_interval_days: review, expires_after_days: expires };
        (seen_today(own_end.map(day)), policy, now() + TimeDelta::hours(hours))
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn staleness_only_ever_grows(case in observations(), later in 0_i64..30_000) {
        let (seen, policy, t) = case;
        prop_assert!(seen.staleness(&policy, t) <= seen.staleness(&policy, t + TimeDelta::hours(later)));
    }

    #[test]
    fn nothing_changes_before_the_next_change_and_something_does_at_it(case in observations(), share in 0.0..1.0) {
        let (seen, policy, t) = case;
        let state = seen.staleness(&policy, t);
        let Some(edge) = seen.next_change(&policy, t) else {
            prop_assert_eq!(seen.staleness(&policy, t + TimeDelta::days(90_000)), state);
            return Ok(());
        };
        prop_assert!(edge > t);
        let between = t + TimeDelta::microseconds(((edge - t).num_microseconds().unwrap() as f64 * share) as i64);
        prop_assert_eq!(seen.staleness(&policy, between.min(edge - TICK)), state);
        prop_assert!(seen.staleness(&policy, edge) > state);
    }

    #[test]
    fn it_is_fresh_exactly_before_it_is_due(case in observations()) {
        let (seen, policy, t) = case;
        let fresh = seen.staleness(&policy, t) == Staleness::Fresh;
        let first_edge = earliest(seen.due_at(&policy), seen.expiry(&policy));
        prop_assert_eq!(fresh, first_edge.is_none_or(|edge| t < edge));
    }
}
