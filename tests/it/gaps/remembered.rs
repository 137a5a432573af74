//! A gap report that is remembered, on both sides of every boundary the clock crosses, and after each change.

use std::{collections::BTreeSet, sync::Arc};

use assay::{
    auth::Scope,
    cache::Cache,
    domain::{assessments::AssessmentSource, gaps::GapStatus},
    views::{
        gaps::{GapView, Question, gaps_of},
        profiles::Edition,
    },
};
use chrono::TimeDelta;
use serde_json::json;

use crate::{
    assessments::{House, LEAD, record},
    support::{Rating, SkillSketch, World},
};

async fn ask(world: &World, cache: &Cache, scope: &Scope, question: Question) -> Arc<GapView> {
    let mut found = gaps_of(world.store(), cache, scope, &[question]).await.expect("a report");
    found.remove(&question).expect("an answer")
}

whatever_is_remembered! {
    async fn a_remembered_gap_is_right_on_both_sides_of_every_boundary(world: World) {
        let house = House::in_world(&world).await;
        let sketch = SkillSketch { review_interval_days: Some(60), expires_after_days: Some(150), owner: None };
        let ageing = world.skill(house.category, "Ageing", sketch).await;
        let profile = world.role_profile("Engineer").await;
        let required = [(ageing, 3, "MUST", 3), (house.rust, 2, "MUST", 1)];
        let version_id = world.publish(profile.uuid(), 1, world.day(-300), &required).await;
        let (source, observed_at) = (AssessmentSource::Manager, world.day(-10));
        world.rate(Rating { person: house.mia, skill: ageing, source, assessor: house.lena, level: 4, observed_at }).await;
        world.excuse(house.mia.uuid(), house.rust, world.day(-1), world.day(20), None).await;
        world.excuse(house.mia.uuid(), house.rust, world.day(30), world.day(50), Some(world.day(40))).await;
        let question = Question { person_id: house.mia, edition: Edition { role_profile_id: profile, version_id }, as_of: None };
        let scope = world.scope(&world.token(LEAD, &[], &[])).await;
        let (mut at, mut seen, mut crossed) = (world.now(), BTreeSet::new(), 0);
        loop {
            let scope = Scope::new(scope.viewer().clone(), at, scope.standing().clone());
            let warm = ask(&world, world.cache(), &scope, question).await;
            let cold = ask(&world, &Cache::Off, &scope, question).await;
            assert_eq!(warm.report, cold.report, "at {at} the cache shows through");
            assert_eq!(warm.version, cold.version, "at {at}");
            seen.extend(cold.report.items.iter().map(|item| item.status));
            let Some(next) = cold.fresh_until.filter(|next| *next > at) else { break };
            let just_before = next - TimeDelta::microseconds(1);
            at = if just_before > at { just_before } else { next };
            crossed += 1;
            assert!(crossed < 60);
        }
        for status in [GapStatus::Met, GapStatus::Expired, GapStatus::Exempt, GapStatus::Unknown] {
            assert!(seen.contains(&status), "{status:?} of {seen:?}");
        }
        assert!(crossed >= 12, "{crossed}");
    }

    async fn a_remembered_gap_follows_each_rating_at_once(world: World) {
        let house = House::in_world(&world).await;
        let profile = world.role_profile("Engineer").await;
        let version_id = world.publish(profile.uuid(), 1, world.day(-300), &[(house.rust, 3, "MUST", 3)]).await;
        let question = Question { person_id: house.mia, edition: Edition { role_profile_id: profile, version_id }, as_of: None };
        let mut versions = BTreeSet::new();
        for level in [1, 4, 0, 3] {
            record(&world, LEAD, house.rating("MANAGER", level, json!({}))).await;
            let scope = world.scope(&world.token(LEAD, &[], &[])).await;
            for _ in 0..2 {
                let read = ask(&world, world.cache(), &scope, question).await;
                assert_eq!(read.report.items[0].actual.map(|level| i32::from(level.value())), Some(level));
                versions.insert(read.version.clone());
            }
        }
        assert_eq!(versions.len(), 4, "each change has a version of its own");
    }
}
