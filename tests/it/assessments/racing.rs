//! Writers who come at the same time: the person's lock puts them in a row, and each sees what the one
//! before left.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{House, LEAD, MEMBER, OWNER, done, mutate, record, refusals};
use crate::support::{Backend, World};

/// The ids of the assessments that are VALIDATED now.
async fn validated(world: &World) -> usize {
    let sql = "SELECT 1 FROM skill_assessment_status s WHERE s.status = 'VALIDATED' AND s.seq = (SELECT MAX(l.seq) \
               FROM skill_assessment_status l WHERE l.assessment_id = s.assessment_id)";
    world.rows(sql, []).await.len()
}

/// Has every connection of the pool open, so that who comes first does not win by being connected.
async fn crowd(world: &World) {
    if world.backend() == Backend::Postgres {
        join_all((0..5).map(|_| world.rows("SELECT pg_sleep(0.1)", []))).await;
    }
}

fn refused(payloads: &[Value]) -> Vec<String> {
    payloads.iter().flat_map(refusals).map(|(code, _)| code).collect()
}

on_both! {
    async fn of_many_who_rate_at_once_one_rating_stays_and_it_is_the_latest_observed(world: World) {
        let house = House::in_world(&world).await;
        crowd(&world).await;
        let now = world.now();
        let rating = |n: i64| {
            // The latest observation is told by neither the first nor the last.
            let observed_at = now - chrono::TimeDelta::days((n * 5 + 3) % 8);
            house.rating("MANAGER", i32::try_from(n % 6).unwrap(), json!({ "observedAt": observed_at.to_rfc3339() }))
        };
        let writers = (0..8).map(|n| done(&world, LEAD, "recordSkillAssessment", rating(n)));
        join_all(writers).await;
        assert_eq!((world.count("skill_assessment").await, validated(&world).await), (8, 1));
        assert_eq!(world.revision(house.mia).await, 9);
        let latest = (0..8).find(|n| (n * 5 + 3) % 8 == 0).unwrap();
        assert_eq!(house.level(&world, house.mia, house.rust).await, u8::try_from(latest % 6).ok());
    }

    async fn of_two_who_validate_the_same_rating_one_is_told_that_it_happened(world: World) {
        let house = House::in_world(&world).await;
        crowd(&world).await;
        let pending = house.peered(&world, 3).await;
        let input = json!({ "assessmentIds": [pending] });
        let judge = |who| mutate(&world, who, "validateSkillAssessments", input.clone());
        let payloads = join_all([LEAD, OWNER, LEAD, OWNER].map(judge)).await;
        assert_eq!(refused(&payloads), ["ILLEGAL_STATE"; 3]);
        assert_eq!(world.statuses(&pending).await, ["PENDING", "VALIDATED"]);
    }

    async fn of_two_who_have_seen_one_revision_one_is_told_of_the_conflict(world: World) {
        let house = House::in_world(&world).await;
        crowd(&world).await;
        let input = |level| house.rating("MANAGER", level, json!({ "expectedRevision": 1 }));
        let payloads = join_all((1..5).map(|n| mutate(&world, LEAD, "recordSkillAssessment", input(n)))).await;
        assert_eq!(refused(&payloads), ["CONFLICT"; 3]);
        assert_eq!(world.count("skill_assessment").await, 1);
    }

    async fn one_key_sent_many_times_at_once_is_one_write_and_one_answer(world: World) {
        let house = House::in_world(&world).await;
        crowd(&world).await;
        let input = house.rating("MANAGER", 4, json!({ "idempotencyKey": "once", "expectedRevision": 1 }));
        let payloads = join_all((0..4).map(|_| mutate(&world, LEAD, "recordSkillAssessment", input.clone()))).await;
        assert_eq!(refused(&payloads), Vec::<String>::new());
        assert!(payloads.iter().all(|payload| *payload == payloads[0]));
        assert_eq!(world.count("skill_assessment").await, 1);
    }

    async fn rounds_that_share_people_wait_for_each_other_and_all_are_written(world: World) {
        let house = House::in_world(&world).await;
        crowd(&world).await;
        let people = [house.mia, house.pia];
        let round = |n: usize| {
            // Each names the people in another order: locks are taken in one.
            let order = [people[n % 2], people[(n + 1) % 2]];
            let rating = |person| house.rating("MANAGER", 3, json!({ "personId": format!("{person}") }));
            json!({ "assessments": order.map(rating) })
        };
        let write = |n| done(&world, LEAD, "recordSkillAssessments", round(n));
        join_all((0..6).map(write)).await;
        assert_eq!((world.count("skill_assessment").await, validated(&world).await), (12, 2));
        record(&world, MEMBER, house.rating("SELF", 1, json!({}))).await;
    }

    async fn the_database_itself_refuses_a_second_current_level_of_one_slot(world: World) {
        let house = House::in_world(&world).await;
        house.managed(&world, 2).await;
        house.managed(&world, 3).await;
        let sql = "UPDATE current_level SET validated = TRUE";
        world.try_execute(sql, []).await.expect("only one row of the slot is kept");
        let sql = "INSERT INTO current_level SELECT person_id, skill_id, (SELECT id FROM skill_assessment a \
                   WHERE a.id <> c.assessment_id), recorded_skill_id, source, party, level, confidence, observed_at, \
                   recorded_at, expires_at, validated FROM current_level c";
        assert!(world.try_execute(sql, []).await.is_err());
    }
}
