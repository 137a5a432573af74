//! Progress: derived from the last check-in, upwards and downwards alike.

use proptest::prelude::*;

use crate::domain::{
    development::{
        DevelopmentGoal, GoalGap, GoalStatus, LastCheckIn,
        metric::{Metric, MetricKind, Quantity},
    },
    gaps::GapStatus,
    sampling::{cases, id, level, levels, now},
};

fn quantities() -> impl Strategy<Value = Quantity> {
    (-Quantity::MOST.thousandths()..=Quantity::MOST.thousandths()).prop_map(Quantity::of_thousandths)
}

/// Any two that differ: upwards or downwards.
fn metrics() -> impl Strategy<Value = Metric> {
    let ends = (quantities(), quantities()).prop_filter("a way to go", |(from, to)| from != to);
    ends.prop_map(|(baseline, target)| {
        let unit = "incidents a month".to_owned();
        Metric { kind: MetricKind::Number, baseline, target: Some(target), unit }
    })
}

/// A goal with this metric and last check-in.
pub(super) fn goal(metric: Option<Metric>, last: Option<Quantity>) -> DevelopmentGoal {
    let day = now().date_naive();
    DevelopmentGoal {
        id: id(1),
        plan_id: id(2),
        position: 0,
        skill_id: id(3),
        gap: Some(GoalGap {
            required: level(4),
            actual: Some(level(2)),
            status: GapStatus::Partial,
            requirement: None,
        }),
        specific: String::new(),
        metric,
        achievable_because: String::new(),
        relevance: String::new(),
        start_date: day,
        due_date: Some(day),
        status: GoalStatus::InProgress,
        last: last.map(|value| LastCheckIn { value, at: now(), seq: 1, assessed_since: false }),
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn progress_never_falls_when_a_value_comes_closer(
        metric in metrics(), a in quantities(), b in quantities(),
    ) {
        let upwards = metric.target.unwrap() > metric.baseline;
        let (less, more) = if (a <= b) == upwards { (a, b) } else { (b, a) };
        prop_assert!(metric.progress_pct(less) <= metric.progress_pct(more));
        prop_assert!(metric.progress_pct(more) <= 100);
    }

    #[test]
    fn progress_is_whole_exactly_when_the_target_is_reached(metric in metrics(), value in quantities()) {
        let target = metric.target.unwrap();
        let reached = if target > metric.baseline { value >= target } else { value <= target };
        prop_assert_eq!(metric.progress_pct(value) == 100, reached);
        prop_assert_eq!(metric.progress_pct(metric.baseline), 0);
    }

    #[test]
    fn the_same_way_downwards_is_the_same_progress(metric in metrics(), value in quantities()) {
        let turned = |n: Quantity| Quantity::of_thousandths(-n.thousandths());
        let down = Metric {
            baseline: turned(metric.baseline),
            target: metric.target.map(turned),
            ..metric.clone()
        };
        prop_assert_eq!(metric.progress_pct(value), down.progress_pct(turned(value)));
    }

    #[test]
    fn only_the_last_check_in_counts(metric in metrics(), last in quantities()) {
        let goal = goal(Some(metric.clone()), Some(last));
        prop_assert_eq!(goal.progress_pct(), metric.progress_pct(last));
        prop_assert_eq!(goal.is_reached(), goal.proposed_level().is_some());
    }

    #[test]
    fn a_number_of_three_decimals_reads_back_as_it_was(thousandths in -1_000_000_000_000..=1_000_000_000_000_i64) {
        let number = Quantity::of_thousandths(thousandths);
        prop_assert_eq!(Quantity::of(number.as_f64()), Ok(number));
    }

    #[test]
    fn a_goal_in_levels_proposes_the_level_it_reached(from in levels(), to in levels()) {
        prop_assume!(from != to);
        let metric = Metric::levels(from, to);
        let reached = goal(Some(metric.clone()), metric.target);
        prop_assert_eq!(reached.proposed_level().map(|(level, _)| level), Some(to));
        prop_assert_eq!(reached.baseline_level(), from);
    }
}

#[test]
fn what_is_no_number_or_too_fine_is_refused() {
    assert!(Quantity::of(f64::NAN).is_err() && Quantity::of(1e10).is_err() && Quantity::of(0.0005).is_err());
    assert_eq!(Quantity::of(-2.5), Ok(Quantity::of_thousandths(-2_500)));
}

#[test]
fn a_goal_without_metric_or_check_in_has_no_progress_and_proposes_nothing() {
    let metric = Metric::levels(level(2), level(4));
    assert_eq!(goal(None, Some(Quantity::whole(4))).progress_pct(), 0);
    let silent = goal(Some(metric.clone()), None);
    assert_eq!((silent.progress_pct(), silent.proposed_level()), (0, None));
    let mut half = metric;
    half.target = None;
    assert!(!goal(Some(half.clone()), None).is_complete());
    assert_eq!(goal(Some(half), Some(Quantity::whole(4))).progress_pct(), 0);
}

#[test]
fn a_proposal_ends_when_a_manager_has_assessed_the_skill_since() {
    let mut goal = goal(Some(Metric::levels(level(2), level(4))), Some(Quantity::whole(4)));
    assert_eq!(goal.proposed_level(), Some((level(4), now())));
    goal.last.as_mut().unwrap().assessed_since = true;
    assert_eq!(goal.proposed_level(), None);
}

#[test]
fn a_goal_that_counts_something_else_proposes_the_level_of_its_gap() {
    let metric = Metric {
        kind: MetricKind::Count,
        baseline: Quantity::ZERO,
        target: Some(Quantity::whole(10)),
        unit: "reviews".to_owned(),
    };
    let goal = goal(Some(metric), Some(Quantity::whole(12)));
    assert_eq!(goal.proposed_level().map(|(level, _)| level), Some(level(4)));
    assert_eq!(goal.baseline_level(), level(2));
}

#[test]
fn each_part_that_makes_a_goal_smart_must_be_there() {
    let whole = goal(Some(Metric::levels(level(2), level(4))), None);
    assert!(whole.is_complete());
    for missing in [
        DevelopmentGoal { metric: None, ..whole.clone() },
        DevelopmentGoal { due_date: None, ..whole.clone() },
        DevelopmentGoal { gap: None, ..whole.clone() },
    ] {
        assert!(!missing.is_complete());
    }
}

#[test]
fn each_kind_of_metric_admits_its_own_numbers() {
    use MetricKind as K;
    let admits = |kind: K, number: f64| kind.admits(Quantity::of(number).unwrap()).is_ok();
    assert!(admits(K::Level, 5.0) && !admits(K::Level, 6.0) && !admits(K::Level, 2.5));
    assert!(admits(K::Count, 40.0) && !admits(K::Count, -1.0) && !admits(K::Count, 0.5));
    assert!(admits(K::Percent, 99.9) && !admits(K::Percent, 100.1));
    assert!(admits(K::Number, -0.125));
}
