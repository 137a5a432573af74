//! `draftPlanFromGap`: each unmet requirement has its goal, and says why.

use serde_json::{Value, json};

use super::{assert_refused, day, done, mutate, period, rated, role, seen};
use crate::{
    assessments::{House, LEAD, MEMBER, PEER},
    support::World,
};

const DRAFT: &str = "draftPlanFromGap";

fn input(world: &World, house: &House) -> Value {
    json!({ "personId": house.mia.to_string(), "roleProfile": { "key": "engineer" }, "period": period(world) })
}

on_both! {
    async fn each_requirement_that_is_not_met_has_a_goal_must_first_and_inside_the_period(world: World) {
        let house = House::in_world(&world).await;
        role(&world, "engineer", &[(house.go, 3, "NICE"), (house.rust, 4, "MUST")]).await;
        rated(&world, &house, house.mia, house.rust, 3).await;
        let interest = json!({ "personId": house.mia.to_string(), "skillId": house.rust.to_string(), "interest": 4 });
        crate::assessments::done(&world, MEMBER, "setSkillInterest", interest).await;
        let offer = json!({
            "skillId": house.rust.to_string(), "level": 4, "title": "The Rustonomicon",
            "url": "https://doc.rust-lang.org/nomicon/", "licence": "MIT OR Apache-2.0",
        });
        done(&world, "ADMIN", "createLearningResource", offer).await;

        let payload = done(&world, MEMBER, DRAFT, input(&world, &house)).await;
        assert_eq!(payload["plan"]["status"], "DRAFT");
        assert_eq!(payload["plan"]["targetRoleProfile"]["title"], "Engineer");
        let plan = seen(&world, LEAD, payload["plan"]["id"].as_str().unwrap()).await;
        let goals = plan["goals"]["nodes"].as_array().unwrap();
        assert_eq!(goals.len(), 2);
        let (must, nice) = (&goals[0], &goals[1]);
        assert_eq!(must["skill"]["name"], "Rust");
        assert_eq!(must["metric"], json!({ "kind": "LEVEL", "baseline": 3.0, "target": 4.0, "unit": "level" }));
        assert_eq!(
            must["gap"],
            json!({ "requiredLevel": 4, "actualLevel": 3, "status": "PARTIAL", "importance": "MUST" })
        );
        assert_eq!(
            must["achievableBecause"],
            "It is one level away. The wish to work with it is 4 of 5. One learning resource leads to the next level."
        );
        assert_eq!(must["startDate"], day(&world, 0));
        // One of four levels to climb in 90 days.
        assert_eq!(must["dueDate"], day(&world, 22));
        assert_eq!((&nice["startDate"], &nice["dueDate"]), (&json!(day(&world, 22)), &json!(day(&world, 90))));
        assert_eq!(nice["gap"]["status"], "UNKNOWN");
        assert_eq!(plan["viewerCan"]["agreeDevelopmentPlan"], true, "each goal is whole");
    }

    async fn what_is_met_is_not_planned_for(world: World) {
        let house = House::in_world(&world).await;
        role(&world, "engineer", &[(house.rust, 3, "MUST")]).await;
        rated(&world, &house, house.mia, house.rust, 4).await;
        let payload = mutate(&world, MEMBER, DRAFT, input(&world, &house)).await;
        assert_refused(&payload, "ILLEGAL_STATE", "roleProfile");
        assert_eq!(world.count("development_plan").await, 0);
        assert_eq!(world.count("audit_event").await, 0);
    }

    async fn a_plan_is_drafted_for_oneself_or_somebody_one_leads(world: World) {
        let house = House::in_world(&world).await;
        role(&world, "engineer", &[(house.rust, 3, "MUST")]).await;
        assert_refused(&mutate(&world, PEER, DRAFT, input(&world, &house)).await, "FORBIDDEN", "personId");
        done(&world, LEAD, DRAFT, input(&world, &house)).await;
        let missing = json!({
            "personId": house.mia.to_string(), "roleProfile": { "key": "no-such-role" }, "period": period(&world),
        });
        assert_refused(&mutate(&world, MEMBER, DRAFT, missing).await, "NOT_FOUND", "roleProfile.key");
    }

    async fn the_same_key_drafts_one_plan(world: World) {
        let house = House::in_world(&world).await;
        role(&world, "engineer", &[(house.rust, 3, "MUST")]).await;
        let mut input = input(&world, &house);
        input["idempotencyKey"] = json!("once");
        let first = done(&world, MEMBER, DRAFT, input.clone()).await;
        let again = done(&world, MEMBER, DRAFT, input).await;
        assert_eq!(first["plan"]["id"], again["plan"]["id"]);
        assert_eq!((world.count("development_plan").await, world.count("development_goal").await), (1, 1));
        assert_eq!(world.count("audit_event").await, 1);
    }
}
