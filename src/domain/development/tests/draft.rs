//! The plan that is drafted from a gap.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use proptest::{collection::vec, prelude::*};

use crate::domain::{
    assessments::{effective::EffectiveSkill, staleness::Staleness},
    development::{
        MOST_GOALS,
        draft::{GoalDraft, Need, Role, goals},
        metric::Quantity,
        period::{MOST_DAYS, Period},
    },
    gaps::{GapStatus, SkillGap},
    levels::{Interest, Level},
    profiles::{Importance, RoleSkillRequirement},
    sampling::{cases, id, level, levels, now},
};

const ROLE: &str = "Senior Python Developer";

fn role() -> Role<'static> {
    Role { version_id: id(90), number: 2, title: ROLE }
}

/// How a person stands in a skill: never rated, expired, or rated, vouched for or not.
fn stands() -> impl Strategy<Value = EffectiveSkill> {
    prop_oneof![
        Just(EffectiveSkill::default()),
        levels().prop_map(|last| EffectiveSkill {
            last_known_level: Some(last),
            staleness: Some(Staleness::Expired),
            ..EffectiveSkill::default()
        }),
        (levels(), any::<bool>()).prop_map(|(level, verified)| EffectiveSkill {
            level: Some(level),
            verified,
            ..EffectiveSkill::default()
        }),
    ]
}

prop_compose! {
    fn needs()(
        all in vec((1_u8..=5, 0..3_usize, 1..=100_i32, stands(), any::<bool>(), 0..=5_i64, 0..3_usize), 0..12),
    ) -> Vec<Need> {
        let numbered = all.into_iter().zip(1_u128..);
        numbered.map(|((required, importance, weight, actual, exempt, interest, resources), n)| {
            let requirement = RoleSkillRequirement {
                skill_id: id(n),
                required_level: level(required),
                importance: Importance::ALL[importance],
                weight,
            };
            Need {
                gap: SkillGap::of(&requirement, &actual, exempt && n % 3 == 0),
                skill: format!("Skill {n}"),
                last_known: actual.last_known_level,
                behaviour: (n % 2 == 0).then(|| "Does it well.".to_owned()),
                interest: Interest::new(interest).ok(),
                resources,
            }
        }).collect()
    }
}

prop_compose! {
    fn periods()(start in 0..2_000_i64, days in 0..MOST_DAYS) -> Period {
        let start = now().date_naive() + TimeDelta::days(start);
        Period::new(start, start + TimeDelta::days(days)).unwrap()
    }
}

#[test]
fn a_plan_is_drafted_with_no_more_goals_than_it_may_hold() {
    let missed = EffectiveSkill::default();
    let need = |n: u128| {
        let importance = if n > 100 { Importance::Must } else { Importance::Nice };
        let requirement =
            RoleSkillRequirement { skill_id: id(n), required_level: level(3), importance, weight: 1 };
        let gap = SkillGap::of(&requirement, &missed, false);
        let skill = format!("Skill {n}");
        Need { gap, skill, last_known: None, behaviour: None, interest: None, resources: 0 }
    };
    let needs: Vec<Need> = (1..=120).map(need).collect();
    let start = now().date_naive();
    let drafts = goals(&role(), &needs, Period::new(start, start + TimeDelta::days(300)).unwrap());
    assert_eq!(drafts.len(), MOST_GOALS);
    let musts = drafts.iter().filter(|draft| need_of(&needs, draft).gap.importance == Importance::Must);
    assert_eq!(musts.count(), 20, "what matters most comes first");
}

fn need_of<'a>(needs: &'a [Need], draft: &GoalDraft) -> &'a Need {
    needs.iter().find(|need| need.gap.skill_id == draft.skill_id).unwrap()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_unmet_requirement_has_one_goal_and_nothing_else_has(needs in needs(), period in periods()) {
        let drafts = goals(&role(), &needs, period);
        let planned: BTreeSet<_> = drafts.iter().map(|draft| draft.skill_id).collect();
        prop_assert_eq!(planned.len(), drafts.len());
        for need in &needs {
            prop_assert_eq!(planned.contains(&need.gap.skill_id), !need.gap.status.satisfies());
            prop_assert!(!need.gap.blocks() || planned.contains(&need.gap.skill_id));
        }
    }

    #[test]
    fn a_goal_climbs_to_what_is_required_and_no_higher(needs in needs(), period in periods()) {
        for draft in goals(&role(), &needs, period) {
            let (from, to) = (draft.metric.baseline, draft.metric.target.unwrap());
            prop_assert!(from < to);
            prop_assert!(to <= Quantity::whole(draft.gap.required.value().into()));
            if let Some(level) = draft.metric.target_level() {
                prop_assert_eq!(level, draft.gap.required);
            }
        }
    }

    #[test]
    fn goals_follow_each_other_inside_the_period(needs in needs(), period in periods()) {
        let drafts = goals(&role(), &needs, period);
        let mut free = period.start;
        for draft in &drafts {
            prop_assert_eq!(draft.start_date, free);
            prop_assert!(period.contains(draft.start_date) && period.contains(draft.due_date));
            prop_assert!(draft.start_date <= draft.due_date);
            free = draft.due_date;
        }
        prop_assert!(drafts.is_empty() || free == period.end);
    }

    #[test]
    fn what_matters_more_is_due_first(needs in needs(), period in periods()) {
        let drafts = goals(&role(), &needs, period);
        let order: Vec<_> = drafts.iter().map(|draft| {
            let gap = &need_of(&needs, draft).gap;
            (gap.importance, -gap.weight)
        }).collect();
        prop_assert!(order.is_sorted());
    }

    #[test]
    fn a_goal_says_what_why_and_why_it_can_be_done(needs in needs(), period in periods()) {
        for draft in goals(&role(), &needs, period) {
            let need = need_of(&needs, &draft);
            prop_assert!(draft.specific.contains(&need.skill));
            prop_assert!(draft.relevance.contains(ROLE));
            prop_assert!(draft.relevance.contains(need.gap.importance.as_str()));
            prop_assert!(!draft.achievable_because.is_empty());
        }
    }

    #[test]
    fn the_order_in_which_requirements_are_written_decides_only_between_equals(
        mut needs in needs(), period in periods(),
    ) {
        for (n, need) in needs.iter_mut().enumerate() {
            need.gap.weight = 100 - i32::try_from(n).unwrap();
        }
        let written = goals(&role(), &needs, period);
        needs.reverse();
        prop_assert_eq!(goals(&role(), &needs, period), written);
    }
}

fn need(importance: Importance, required: u8, actual: Option<u8>, verified: bool) -> Need {
    let requirement =
        RoleSkillRequirement { skill_id: id(7), required_level: level(required), importance, weight: 3 };
    let actual = EffectiveSkill { level: actual.map(level), verified, ..EffectiveSkill::default() };
    Need {
        gap: SkillGap::of(&requirement, &actual, false),
        skill: "Rust".to_owned(),
        last_known: None,
        behaviour: None,
        interest: None,
        resources: 0,
    }
}

fn one(need: Need) -> GoalDraft {
    let start = now().date_naive();
    let period = Period::new(start, start + TimeDelta::days(90)).unwrap();
    goals(&role(), &[need], period).pop().unwrap()
}

#[test]
fn a_step_of_one_level_reads_as_a_sentence() {
    let keen =
        Need { interest: Interest::new(4).ok(), resources: 2, ..need(Importance::Must, 4, Some(3), true) };
    let draft = one(keen);
    assert_eq!(
        draft.specific,
        "Reach level 4 (Advanced) in Rust, from level 3. \
         It shows in this: Solves hard problems and helps others with theirs."
    );
    assert_eq!(
        draft.relevance,
        "Senior Python Developer (version 2) requires level 4 in Rust. \
         It is a MUST: without it nobody is ready for the role, whatever else they can do."
    );
    assert_eq!(
        draft.achievable_because,
        "It is one level away. The wish to work with it is 4 of 5. \
         2 learning resources lead to the next level."
    );
}

#[test]
fn a_level_nobody_else_vouches_for_is_to_be_confirmed_and_not_climbed() {
    let draft = one(need(Importance::Should, 3, Some(4), false));
    assert_eq!(draft.gap.status, GapStatus::Unverified);
    assert_eq!((draft.metric.baseline, draft.metric.target), (Quantity::ZERO, Some(Quantity::whole(1))));
    assert_eq!(draft.metric.unit, "assessment by somebody else");
    assert!(
        draft.specific.starts_with("Have level 3 (Practitioner) in Rust confirmed"),
        "{}",
        draft.specific
    );
}

#[test]
fn what_nobody_has_rated_begins_with_an_assessment() {
    let draft = one(need(Importance::Nice, 2, None, false));
    assert_eq!(draft.gap.actual, None);
    assert_eq!(draft.metric.baseline_level(), Some(Level::ALL[0]));
    assert!(draft.specific.contains("which nobody has rated yet"), "{}", draft.specific);
}

#[test]
fn a_period_has_an_order_and_an_end_within_three_years() {
    let day = now().date_naive();
    assert!(Period::new(day, day).is_ok());
    assert!(Period::new(day, day - TimeDelta::days(1)).is_err());
    assert!(Period::new(day, day + TimeDelta::days(MOST_DAYS)).is_err());
}
