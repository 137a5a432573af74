//! A matrix that is remembered, on both sides of every boundary the clock crosses.

use std::{collections::BTreeSet, sync::Arc};

use assay::{auth::Scope, cache::Cache};
use chrono::TimeDelta;

use crate::matrix::{ask, department, of};

whatever_is_remembered! {
    async fn what_is_remembered_is_right_on_both_sides_of_every_boundary(world: World) {
        let (scope, team) = department(&world).await;
        let end = world.day(400);
        let mut seen = BTreeSet::new();
        let mut at = world.now();
        let mut crossed = 0;
        while at < end && crossed < 60 {
            world.set_clock(at);
            let scope = Arc::new(Scope::new(scope.viewer().clone(), at, scope.standing().clone()));
            let warm = ask(&world, world.cache(), &scope, of(team)).await;
            let cold = ask(&world, &Cache::Off, &scope, of(team)).await;
            assert!(warm.matrix == cold.matrix, "at {at} the cache shows through");
            seen.extend(cold.matrix.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.effective.staleness));
            // The last instant before the next boundary, then the boundary itself.
            let next = cold.fresh_until.filter(|next| *next > at);
            let Some(next) = next else { break };
            let just_before = next - TimeDelta::microseconds(1);
            at = if just_before > at { just_before } else { next };
            crossed += 1;
        }
        assert_eq!(seen.len(), 4, "FRESH, DUE, STALE and EXPIRED were all met: {seen:?}");
    }

    async fn what_is_remembered_lets_people_come_and_go_on_the_instant(world: World) {
        let (scope, team) = department(&world).await;
        let (joins, leaves) = (world.day(3), world.day(9));
        let person = world.person("Nova Newcomer").await;
        let stay = [
            ("id", world.id::<assay::domain::ids::TeamMembershipKind>().uuid().into()),
            ("team_id", team.uuid().into()),
            ("person_id", person.uuid().into()),
            ("role", "MEMBER".into()),
            ("allocation_pct", 50.into()),
            ("valid_from", joins.into()),
            ("valid_to", leaves.into()),
        ];
        world.insert("team_membership", stay).await;
        let moment = TimeDelta::microseconds(1);
        for (at, inside) in [(joins - moment, false), (joins, true), (leaves - moment, true), (leaves, false)] {
            let scope = Arc::new(Scope::new(scope.viewer().clone(), at, scope.standing().clone()));
            let view = ask(&world, world.cache(), &scope, of(team)).await;
            let there = view.matrix.rows.iter().any(|row| row.person_id == person);
            assert_eq!(there, inside, "at {at}");
        }
    }
}
