//! What a change does, by example and for any team.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    assessments::{effective::EffectiveSkill, staleness::Staleness},
    levels::Interest,
    profiles::Importance,
    sampling::{cases, id, level},
};

const SKILLS: usize = 4;

fn skill(n: usize) -> SkillId {
    id(100 + n as u128)
}

/// A team of as many people as `levels` has rows; persons are numbered from 1.
fn team(levels: &[[Option<u8>; SKILLS]]) -> (Capabilities, Vec<Member>) {
    let mut table = Capabilities::blank(Vec::new(), (0..SKILLS).map(skill).collect());
    for (n, row) in levels.iter().enumerate() {
        let cell = |held: &Option<u8>| {
            let said = EffectiveSkill {
                level: held.map(level),
                staleness: held.map(|_| Staleness::Fresh),
                verified: n % 2 == 0,
                ..EffectiveSkill::default()
            };
            Cell::of(&said).with_interest(Interest::new(3).unwrap())
        };
        table.push(id(n as u128 + 1), row.iter().map(cell));
    }
    let member = |row| Member { row, allocation_pct: 80 };
    (table, (0..levels.len()).map(member).collect())
}

fn targets() -> Vec<Target> {
    (0..SKILLS).map(|n| Target { skill_id: skill(n), level: level(3), head_count: 1 }).collect()
}

fn requirements() -> Vec<RoleSkillRequirement> {
    let one = |n| RoleSkillRequirement {
        skill_id: skill(n),
        required_level: level(3),
        importance: if n == 0 { Importance::Must } else { Importance::Should },
        weight: 2,
    };
    (0..SKILLS).map(one).collect()
}

fn outlook(members: &[Member], table: &Capabilities) -> Outlook {
    Outlook::of(&targets(), Some(&requirements()), members, table)
}

fn after(levels: &[[Option<u8>; SKILLS]], changes: &Changes) -> Outlook {
    let (mut table, members) = team(levels);
    let members = changed(&members, &mut table, changes);
    outlook(&members, &table)
}

fn holders(outlook: &Outlook) -> Vec<usize> {
    outlook.coverage.iter().map(|skill| skill.holders.len()).collect()
}

#[test]
fn who_leaves_takes_their_skills_along_and_who_joins_brings_theirs() {
    let levels = [[Some(4), Some(3), None, None], [Some(2), None, Some(5), Some(3)]];
    let (mut table, members) = team(&levels);
    let before = outlook(&members[..1], &table);
    assert_eq!(holders(&before), [1, 1, 0, 0]);
    let joined = Changes { joiners: vec![id(2)], ..Changes::default() };
    let both = changed(&members[..1], &mut table, &joined);
    assert_eq!(both[1], Member { row: 1, allocation_pct: 100 });
    assert_eq!(holders(&outlook(&both, &table)), [1, 1, 1, 1]);
    let left = Changes { leavers: [id(1)].into(), joiners: vec![id(2)], ..Changes::default() };
    let other = changed(&members[..1], &mut table, &left);
    assert_eq!(holders(&outlook(&other, &table)), [0, 0, 1, 1]);
}

#[test]
fn another_share_of_time_changes_what_a_team_has_of_somebody() {
    let changes = Changes { shares: [(id(1), 50)].into(), ..Changes::default() };
    let outlook = after(&[[Some(4); SKILLS]], &changes);
    assert_eq!(outlook.coverage[0].holders_fte, 0.5);
}

#[test]
fn the_people_of_a_team_are_counted_by_how_they_stand_against_a_role() {
    let levels = [[Some(4), Some(3), None, None], [Some(4), Some(1), None, None], [None; SKILLS]];
    let readiness = after(&levels, &Changes::default()).readiness.unwrap();
    assert_eq!((readiness.ready, readiness.n, readiness.missing), (Some(1), 2, 1));
    // The first fulfils all that is known of them, the second 4/4 and 1/3 of two equal weights.
    assert!((readiness.mean_fulfilment.unwrap() - (100.0 + 200.0 / 3.0) / 2.0).abs() < 1e-9);
    let counted = |n: usize| readiness.requirements[n].1.clone();
    let one = |status| (status, 1);
    assert_eq!(counted(0), [GapStatus::Met, GapStatus::Unknown, GapStatus::Unverified].map(one).into());
    assert_eq!(counted(1), [GapStatus::Met, GapStatus::Partial, GapStatus::Unknown].map(one).into());
    assert_eq!(counted(2), [(GapStatus::Unknown, 3)].into());
}

fn any_team() -> impl Strategy<Value = Vec<[Option<u8>; SKILLS]>> {
    prop::collection::vec(prop::array::uniform4(prop::option::of(0_u8..=5)), 1..12)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn without_a_change_everything_is_as_it_is_today(levels in any_team()) {
        let (table, members) = team(&levels);
        prop_assert_eq!(after(&levels, &Changes::default()), outlook(&members, &table));
        let same = Changes { shares: [(id(1), 80)].into(), ..Changes::default() };
        prop_assert_eq!(after(&levels, &same), outlook(&members, &table));
    }

    #[test]
    fn who_leaves_adds_no_holder_and_lowers_the_count_by_one(levels in any_team(), n in 0_usize..12) {
        let n = n % levels.len();
        let (table, members) = team(&levels);
        let before = outlook(&members, &table);
        let changes = Changes { leavers: [id(n as u128 + 1)].into(), ..Changes::default() };
        let after = after(&levels, &changes);
        prop_assert_eq!(after.members + 1, before.members);
        prop_assert!(holders(&after).iter().zip(holders(&before)).all(|(now, then)| *now <= then));
        // The same as if they had never been there.
        let others: Vec<Member> = members.iter().filter(|member| member.row != n).copied().collect();
        prop_assert_eq!(after, outlook(&others, &table));
    }

    #[test]
    fn who_is_hired_at_a_role_holds_and_is_vouched_for_in_all_of_it(levels in any_team()) {
        let (table, members) = team(&levels);
        let before = outlook(&members, &table);
        let after = after(&levels, &Changes { hires: vec![requirements()], ..Changes::default() });
        for (now, then) in after.coverage.iter().zip(&before.coverage) {
            prop_assert_eq!(now.holders.len(), then.holders.len() + 1);
            prop_assert_eq!(now.verified_holders, then.verified_holders + 1);
        }
        let ready = |outlook: &Outlook| outlook.readiness.as_ref().unwrap().ready.unwrap();
        prop_assert_eq!(ready(&after), ready(&before) + 1);
        prop_assert!(after.coverage.iter().all(|skill| !skill.is_uncovered()));
    }
}
