//! Many ratings at once: all or nothing, errors by index, and as many statements for many as for two.

use assay::domain::teams::TeamRole;
use serde_json::{Value, json};

use super::{House, LEAD, assert_refused, done, mutate};
use crate::{
    reads::answer,
    support::{SkillSketch, World},
};

const RECORD: &str = "recordSkillAssessments";

/// The ratings of ten people in ten skills by their lead.
async fn hundred(world: &World, house: &House) -> Vec<Value> {
    let (mut people, mut skills) = (Vec::new(), Vec::new());
    for n in 0..10 {
        people.push(world.person_in(house.team, &format!("Person {n}"), TeamRole::Member).await);
        skills.push(world.skill(house.category, &format!("Skill {n}"), SkillSketch::default()).await);
    }
    let pairs = people.iter().flat_map(|person| skills.iter().map(move |skill| (person, skill)));
    let rating = |(person, skill): (&_, &_)| {
        house.rating("MANAGER", 3, json!({ "personId": format!("{person}"), "skillId": format!("{skill}") }))
    };
    pairs.map(rating).collect()
}

on_both! {
    async fn a_round_is_recorded_whole_and_answered_in_its_order(world: World) {
        let house = House::in_world(&world).await;
        let ratings = [
            house.rating("MANAGER", 2, json!({})),
            house.rating("MANAGER", 4, json!({ "personId": house.pia.to_string() })),
            house.rating("MANAGER", 1, json!({ "skillId": house.go.to_string() })),
        ];
        let payload = done(&world, LEAD, RECORD, json!({ "assessments": ratings })).await;
        let levels: Vec<_> = payload["assessments"].as_array().unwrap().iter().map(|a| &a["level"]).collect();
        assert_eq!(levels, [2, 4, 1]);
        assert_eq!(house.level(&world, house.pia, house.rust).await, Some(4));
        assert_eq!(house.level(&world, house.mia, house.go).await, Some(1));
        assert_eq!(world.count("audit_event").await, 2, "one for each person concerned");
        assert_eq!((world.revision(house.mia).await, world.revision(house.pia).await), (2, 2));
    }

    async fn one_wrong_rating_keeps_all_from_being_recorded_and_each_is_told_by_its_index(world: World) {
        let house = House::in_world(&world).await;
        let good = house.rating("MANAGER", 2, json!({}));
        let ratings = json!([
            good,
            house.rating("MANAGER", 6, json!({ "skillId": house.go.to_string() })),
            house.rating("IMPORT", 2, json!({})),
            house.rating("MANAGER", 7, json!({ "personId": house.pia.to_string(), "note": "x".repeat(4001) })),
        ]);
        let payload = mutate(&world, LEAD, RECORD, json!({ "assessments": ratings })).await;
        assert_refused(&payload, &[
            ("INVALID", "assessments.1.level"),
            ("FORBIDDEN", "assessments.2.source"),
            ("INVALID", "assessments.3.level"),
            ("INVALID", "assessments.3.note"),
        ]);
        let unseen = house.rating("MANAGER", 9, json!({ "personId": house.otto.to_string() }));
        let payload = mutate(&world, LEAD, RECORD, json!({ "assessments": [good, unseen] })).await;
        assert_refused(&payload, &[("NOT_FOUND", "assessments.1.personId")]);
        assert_eq!(world.count("skill_assessment").await, 0);
        assert_eq!(world.revision(house.mia).await, 1);
    }

    async fn a_round_has_at_least_one_rating_and_at_most_200(world: World) {
        let house = House::in_world(&world).await;
        let payload = mutate(&world, LEAD, RECORD, json!({ "assessments": [] })).await;
        assert_refused(&payload, &[("INVALID", "assessments")]);
        let many = vec![house.rating("MANAGER", 2, json!({})); 201];
        let payload = mutate(&world, LEAD, RECORD, json!({ "assessments": many })).await;
        assert_refused(&payload, &[("LIMIT", "assessments")]);
    }

    async fn two_words_of_one_party_about_one_instant_are_refused_and_about_two_are_ordered(world: World) {
        let house = House::in_world(&world).await;
        let twice = [house.rating("MANAGER", 2, json!({})), house.rating("MANAGER", 3, json!({}))];
        let payload = mutate(&world, LEAD, RECORD, json!({ "assessments": twice })).await;
        assert_refused(&payload, &[("INVALID", "assessments.1.observedAt")]);
        let at = |days, level| house.rating("MANAGER", level, json!({ "observedAt": world.day(days).to_rfc3339() }));
        let ratings = [at(-5, 3), at(-1, 5), at(-9, 1)];
        let payload = done(&world, LEAD, RECORD, json!({ "assessments": ratings })).await;
        let statuses: Vec<_> = payload["assessments"].as_array().unwrap().iter().map(|a| &a["status"]).collect();
        assert_eq!(statuses, ["SUPERSEDED", "VALIDATED", "SUPERSEDED"]);
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(5));
        assert_eq!(house.level_as_of(&world, house.mia, house.rust, Some(world.day(-3))).await, Some(3));
    }

    async fn a_revision_is_taken_only_when_all_are_of_one_person(world: World) {
        let house = House::in_world(&world).await;
        let mia = house.rating("MANAGER", 2, json!({}));
        let pia = house.rating("MANAGER", 2, json!({ "personId": house.pia.to_string() }));
        let two = json!({ "assessments": [mia, pia], "expectedRevision": 1 });
        assert_refused(&mutate(&world, LEAD, RECORD, two).await, &[("INVALID", "expectedRevision")]);
        let stale = json!({ "assessments": [mia], "expectedRevision": 4 });
        assert_refused(&mutate(&world, LEAD, RECORD, stale).await, &[("CONFLICT", "expectedRevision")]);
        done(&world, LEAD, RECORD, json!({ "assessments": [mia], "expectedRevision": 1 })).await;
    }

    async fn a_hundred_ratings_run_as_many_statements_as_two(world: World) {
        let house = House::in_world(&world).await;
        let ratings = hundred(&world, &house).await;
        // The first write of a process reads the key of the digests.
        done(&world, LEAD, RECORD, json!({ "assessments": ratings[..1] })).await;
        let mut ran = Vec::new();
        for (n, part) in [&ratings[..2], &ratings[..], &ratings[..]].into_iter().enumerate() {
            world.tick();
            let document = "mutation ($input: RecordSkillAssessmentsInput!) { \
                            recordSkillAssessments(input: $input) { assessments { status } } }";
            let input = json!({ "input": { "idempotencyKey": format!("{n}"), "assessments": part } });
            let token = world.token(LEAD, &[], &[]);
            let before = world.statements();
            let said = answer(&world, &token, document, input).await;
            ran.push(world.statements() - before);
            let written = said["data"]["recordSkillAssessments"]["assessments"].as_array().expect("written");
            assert_eq!(written.len(), part.len());
        }
        assert!(ran.iter().all(|n| *n == ran[0]), "{ran:?}");
        assert!(ran[0] <= 20, "{ran:?}");
        let sql = "SELECT 1 FROM current_level WHERE validated";
        assert_eq!(world.rows(sql, []).await.len(), 100);
    }
}
