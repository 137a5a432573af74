//! Small teams with drawn stays, profiles and histories.

use std::{collections::BTreeMap, sync::Arc};

use proptest::{collection::vec, prelude::*};

use crate::domain::{
    assessments::{
        effective::LevelView,
        tests::histories::{counting, histories, questions},
    },
    matrix::{Before, Candidate, Columns, Holding, Input, Member, Ratings, Required, Requirements},
    sampling::{day, id, level, now},
    time::Interval,
};

const PEOPLE: u128 = 5;
const SKILLS: u128 = 4;

fn stays() -> impl Strategy<Value = Interval> {
    (-300_i64..300, prop::option::of(1_i64..500))
        .prop_map(|(from, days)| Interval { from: day(from), to: days.map(|days| day(from + days)) })
}

fn profiles() -> impl Strategy<Value = Arc<[Required]>> {
    vec((1..=SKILLS, 1_u8..=5), 0..4).prop_map(|required| {
        required.into_iter().map(|(skill, n)| Required { skill_id: id(skill), level: level(n) }).collect()
    })
}

fn requirements() -> impl Strategy<Value = Requirements> {
    let holdings = vec((1..=PEOPLE, stays(), profiles()), 0..6).prop_map(|holdings| {
        let holding = |(person, valid, requires)| Holding { person_id: id(person), valid, requires };
        Requirements::Own(holdings.into_iter().map(holding).collect())
    });
    prop_oneof![3 => holdings, 1 => profiles().prop_map(Requirements::Profile)]
}

fn columns() -> impl Strategy<Value = Columns> {
    (any::<bool>(), vec(questions(), SKILLS as usize)).prop_map(|(asked, questions)| {
        let candidates = (1..=SKILLS)
            .zip(questions)
            .map(|(skill, q)| Candidate { skill_id: id(skill), kind: q.kind, policy: q.policy })
            .collect();
        if asked { Columns::Asked(candidates) } else { Columns::Found(candidates) }
    })
}

fn ratings() -> impl Strategy<Value = Ratings> {
    vec(((1..=PEOPLE, 1..=SKILLS), histories()), 0..8).prop_map(|cells| {
        let cells: BTreeMap<_, _> = cells.into_iter().collect();
        cells.into_iter().map(|((p, s), history)| ((id(p), id(s)), counting(&history))).collect()
    })
}

prop_compose! {
    /// A team and what is asked of it, as of now.
    pub fn inputs()(
        members in vec((1..=PEOPLE, stays()), 0..8),
        columns in columns(),
        ratings in ratings(),
        requirements in requirements(),
        view in prop::sample::select(LevelView::ALL),
        since in prop::option::of(1_i64..600),
        changes_at in prop::option::of(1_i64..300),
    ) -> Input {
        let before = since.map(|days| Before { since: day(-days), ratings: ratings.clone() });
        Input {
            at: now(),
            live: true,
            view,
            members: members.into_iter().map(|(p, valid)| Member { person_id: id(p), valid }).collect(),
            columns,
            ratings,
            requirements,
            before,
            changes_at: changes_at.map(day),
        }
    }
}
