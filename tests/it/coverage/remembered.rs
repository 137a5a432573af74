//! A coverage that is remembered, on both sides of every boundary the clock crosses.

use std::sync::Arc;

use assay::{auth::Scope, cache::Cache, views::coverage::team_coverage};
use chrono::TimeDelta;

use super::departments::{everything, of};
use crate::matrix::department;

whatever_is_remembered! {
    async fn a_remembered_coverage_is_right_on_both_sides_of_every_boundary(world: World) {
        let (scope, team) = department(&world).await;
        let question = of(team, everything(&world).await);
        let (mut at, mut crossed, mut changed) = (world.now(), 0, 0);
        let mut last = None;
        while crossed < 24 {
            world.set_clock(at);
            let scope = Arc::new(Scope::new(scope.viewer().clone(), at, scope.standing().clone()));
            let warm = team_coverage(world.store(), world.cache(), &scope, &question, None).await;
            let cold = team_coverage(world.store(), &Cache::Off, &scope, &question, None).await;
            let (warm, cold) = (warm.expect("read").expect("seen"), cold.expect("read").expect("seen"));
            assert_eq!((&warm.outlook, &warm.version), (&cold.outlook, &cold.version), "at {at}");
            changed += usize::from(last.as_ref().is_some_and(|last| *last != cold.outlook));
            last = Some(cold.outlook);
            // The last instant before the next boundary, then the boundary itself.
            let Some(next) = cold.fresh_until.filter(|next| *next > at) else { break };
            let just_before = next - TimeDelta::microseconds(1);
            at = if just_before > at { just_before } else { next };
            crossed += 1;
        }
        assert!(changed > 2, "the clock changed something {changed} times");
    }
}
