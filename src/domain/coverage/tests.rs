//! The counts of F5 by example and against a second reading of the formula, and F6 against brute force.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    resilience::{CriticalPerson, EXACT_UP_TO, Resilience, greedy_count},
    *,
};
use crate::domain::{
    assessments::effective::EffectiveSkill,
    levels::Interest,
    sampling::{cases, id, level},
};

fn member(n: u128, level_now: Option<u8>, interest: Option<i64>, allocation_pct: u16) -> Ability {
    let effective = EffectiveSkill {
        level: level_now.map(level),
        staleness: level_now.map(|_| Staleness::Fresh),
        verified: n % 2 == 1,
        ..EffectiveSkill::default()
    };
    let interest = interest.map(|interest| Interest::new(interest).unwrap());
    let cell = Cell::of(&effective);
    let cell = interest.map_or(cell, |interest| cell.with_interest(interest));
    Ability { person_id: id(n), allocation_pct, cell }
}

fn aged(mut member: Ability, staleness: Staleness) -> Ability {
    member.cell = Cell::of(&EffectiveSkill { staleness: Some(staleness), ..member.cell.effective() });
    member
}

fn lapsed(n: u128) -> Ability {
    aged(member(n, None, None, 100), Staleness::Expired)
}

fn at_least_three() -> Target {
    Target { skill_id: id(1), level: level(3), head_count: 1 }
}

#[test]
fn a_team_is_counted_by_who_holds_who_nearly_does_and_who_would_like_to() {
    let stale = aged(member(3, Some(3), None, 50), Staleness::Stale);
    let members = [
        member(1, Some(4), Some(5), 100),
        member(2, Some(2), Some(3), 100),
        stale,
        member(4, None, Some(4), 100),
        member(5, None, Some(2), 100),
        lapsed(6),
        member(7, Some(0), None, 100),
    ];
    let coverage = SkillCoverage::of(at_least_three(), members.iter().copied());
    assert_eq!(coverage.holders, [id(1), id(3)]);
    assert_eq!((coverage.verified_holders, coverage.holders_fte), (2, 1.5));
    assert_eq!((coverage.bench_depth, coverage.near_ready, coverage.interested_learners), (1, 1, 2));
    assert_eq!((coverage.n, coverage.missing), (4, 3));
    assert_eq!(coverage.stale_share, Some(2.0 / 5.0));
    assert!(!coverage.is_single_point_of_failure() && !coverage.is_uncovered());
}

#[test]
fn a_team_nobody_is_rated_in_is_uncovered_and_has_no_share() {
    let coverage = SkillCoverage::of(at_least_three(), [member(1, None, None, 100)]);
    assert!(coverage.is_uncovered() && !coverage.is_single_point_of_failure());
    assert_eq!((coverage.stale_share, coverage.n, coverage.missing), (None, 0, 1));
}

#[test]
fn a_skill_that_one_person_holds_is_a_single_point_of_failure() {
    let coverage = SkillCoverage::of(at_least_three(), [member(1, Some(3), None, 20), lapsed(2)]);
    assert!(coverage.is_single_point_of_failure());
    assert_eq!((coverage.bench_depth, coverage.holders_fte), (0, 0.2));
}

fn any_member() -> impl Strategy<Value = Ability> {
    let level = prop::option::of(0u8..=5);
    (level, prop::option::of(0i64..=5), 0u16..=100, any::<bool>()).prop_map(
        |(level, interest, time, lapses)| {
            if lapses && level.is_none() { lapsed(1) } else { member(1, level, interest, time) }
        },
    )
}

/// Skills by who holds them, as bits of at most `people`.
fn any_skills(people: u32) -> impl Strategy<Value = Vec<(SkillId, Vec<PersonId>)>> {
    prop::collection::vec(0u32..(1 << people), 0..14).prop_map(move |masks| {
        let holders = |mask: u32| (0..people).filter(move |n| mask & 1 << n != 0).map(|n| id(u128::from(n)));
        let skills = masks.into_iter().enumerate();
        skills.map(|(n, mask)| (id(n as u128 + 100), holders(mask).collect())).collect()
    })
}

fn each(skills: &[(SkillId, Vec<PersonId>)]) -> impl Iterator<Item = (SkillId, &[PersonId])> {
    skills.iter().map(|(skill, holders)| (*skill, holders.as_slice()))
}

/// Every group of people by size, until one takes more than half along.
fn by_brute_force(skills: &[(SkillId, Vec<PersonId>)]) -> Option<usize> {
    let held: Vec<_> = skills.iter().filter(|(_, holders)| !holders.is_empty()).collect();
    let people: BTreeSet<PersonId> = held.iter().flat_map(|(_, holders)| holders.iter().copied()).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let takes = |group: u32| {
        let stays = |one: &PersonId| !people.iter().enumerate().any(|(n, p)| p == one && group & 1 << n != 0);
        held.iter().filter(|(_, holders)| !holders.iter().any(stays)).count() * 2 > held.len()
    };
    let enough = (0u32..1 << people.len()).filter(|group| takes(*group));
    enough.map(|group| group.count_ones() as usize).min().filter(|_| !held.is_empty())
}

#[test]
fn the_greedy_count_is_not_exact() {
    let (a, b, c, d) = (id(1), id(2), id(3), id(4));
    let holders = [vec![b], vec![b], vec![c], vec![c], vec![a, d], vec![a, d], vec![a, d]];
    let skills: Vec<_> = holders.into_iter().enumerate().map(|(n, by)| (id(n as u128 + 10), by)).collect();
    let resilience = Resilience::of(each(&skills));
    assert_eq!((resilience.bus_factor, resilience.exact, greedy_count(each(&skills))), (Some(2), true, 3));
    assert_eq!(resilience.witness, [b, c]);
    let alone = |person, skills: [u128; 2]| CriticalPerson {
        person_id: person,
        solely_held: skills.map(id).to_vec(),
    };
    assert_eq!(resilience.critical_people, [alone(b, [10, 11]), alone(c, [12, 13])]);
}

#[test]
fn a_team_that_can_do_nothing_has_no_bus_factor() {
    for skills in [vec![], vec![(id(1), vec![])]] {
        let resilience = Resilience::of(each(&skills));
        assert_eq!((resilience.bus_factor, resilience.exact, resilience.witness.len()), (None, true, 0));
    }
}

#[test]
fn exactly_half_is_not_more_than_half() {
    // Without the first person one of two skills is lost; it takes the other two as well.
    let skills = [(id(10), vec![id(1)]), (id(11), vec![id(2), id(3)])];
    assert_eq!(Resilience::of(each(&skills)).bus_factor, Some(3));
}

#[test]
fn a_large_team_is_estimated_from_above_and_says_so() {
    let everyone: Vec<PersonId> = (1..=EXACT_UP_TO as u128 + 1).map(id).collect();
    let skills: Vec<_> =
        everyone.iter().enumerate().map(|(n, one)| (id(n as u128 + 100), vec![*one])).collect();
    let resilience = Resilience::of(each(&skills));
    assert_eq!((resilience.bus_factor, resilience.exact), (Some(11), false));
    assert_eq!(resilience.witness, everyone[..11]);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_member_is_known_or_missing_and_no_unknown_holds(members in prop::collection::vec(any_member(), 0..20)) {
        let coverage = SkillCoverage::of(at_least_three(), members.iter().copied());
        prop_assert_eq!(coverage.n + coverage.missing, members.len());
        prop_assert!(coverage.holders.len() + coverage.near_ready <= coverage.n);
        prop_assert!(coverage.verified_holders <= coverage.holders.len());
        prop_assert!(coverage.holders.len() + coverage.interested_learners <= members.len());
        prop_assert!(coverage.stale_share.is_none_or(|share| (0.0..=1.0).contains(&share)));
    }

    #[test]
    fn a_lower_level_is_held_by_no_fewer(members in prop::collection::vec(any_member(), 0..20), asked in 2u8..=5) {
        let held = |level_asked| {
            SkillCoverage::of(Target { level: level(level_asked), ..at_least_three() }, members.iter().copied()).holders.len()
        };
        prop_assert!(held(asked) <= held(asked - 1));
    }

    #[test]
    fn the_exact_bus_factor_is_that_of_brute_force(skills in any_skills(12)) {
        let resilience = Resilience::of(each(&skills));
        prop_assert!(resilience.exact);
        prop_assert_eq!(resilience.bus_factor, by_brute_force(&skills));
        prop_assert_eq!(resilience.witness.len(), resilience.bus_factor.unwrap_or(0));
    }

    #[test]
    fn the_greedy_count_is_never_below_the_exact_one(skills in any_skills(10)) {
        prop_assert!(greedy_count(each(&skills)) >= Resilience::of(each(&skills)).bus_factor.unwrap_or(0));
    }

    #[test]
    fn without_the_witness_more_than_half_has_no_holder(skills in any_skills(8)) {
        let resilience = Resilience::of(each(&skills));
        let held: Vec<_> = skills.iter().filter(|(_, holders)| !holders.is_empty()).collect();
        let lost = held.iter().filter(|(_, holders)| holders.iter().all(|one| resilience.witness.contains(one)));
        prop_assert!(held.is_empty() || lost.count() * 2 > held.len());
    }
}
