//! Goals and check-ins: what is measured, progress that follows from it, and what is refused.

use serde_json::{Value, json};

use super::{active_plan, assert_refused, day, done, mutate, plan, seen, whole_goal};
use crate::assessments::{House, LEAD, MEMBER, merge};

on_both! {
    async fn progress_follows_from_the_last_check_in_and_the_first_one_begins_the_goal(world: World) {
        let house = House::in_world(&world).await;
        let (plan, goal) = active_plan(&world, &house).await;
        let fresh = seen(&world, MEMBER, &plan).await["goals"]["nodes"][0].clone();
        assert_eq!((&fresh["status"], &fresh["progressPct"]), (&json!("NOT_STARTED"), &json!(0)));
        for (value, progress) in [(3, 50), (4, 100), (2, 0), (5, 100), (1, 0)] {
            let said = done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": value })).await;
            assert_eq!(said["goal"]["progressPct"], progress, "at {value}");
            assert_eq!(said["goal"]["status"], "IN_PROGRESS");
        }
        let values = seen(&world, LEAD, &plan).await["goals"]["nodes"][0]["checkIns"]["nodes"].clone();
        let values: Vec<f64> = values.as_array().unwrap().iter().map(|one| one["value"].as_f64().unwrap()).collect();
        assert_eq!(values, [1.0, 5.0, 2.0, 4.0, 3.0], "the newest first, and none is lost");
    }

    async fn fewer_can_be_the_goal(world: World) {
        let house = House::in_world(&world).await;
        let plan = plan(&world, &house).await;
        let mut fewer = whole_goal(&world, &house, &plan);
        fewer["metric"] = json!({ "kind": "NUMBER", "baseline": 12.5, "target": 2.5, "unit": "incidents a month" });
        let goal = done(&world, MEMBER, "addDevelopmentGoal", fewer).await["goal"]["id"].clone();
        done(&world, LEAD, "agreeDevelopmentPlan", json!({ "planId": plan })).await;
        done(&world, MEMBER, "startDevelopmentPlan", json!({ "planId": plan })).await;
        for (value, progress) in [(12.5, 0), (7.5, 50), (2.501, 99), (2.5, 100), (14.0, 0)] {
            let said = done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": value })).await;
            assert_eq!(said["goal"]["progressPct"], progress, "at {value}");
        }
    }

    async fn a_goal_is_achieved_when_its_target_is_and_missed_when_its_day_is_over(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        let named = json!({ "goalId": goal });
        assert_refused(&mutate(&world, MEMBER, "markGoalAchieved", named.clone()).await, "ILLEGAL_STATE", "goalId");
        assert_refused(&mutate(&world, MEMBER, "markGoalMissed", named.clone()).await, "ILLEGAL_STATE", "goalId");
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
        assert_refused(&mutate(&world, MEMBER, "markGoalAchieved", named.clone()).await, "ILLEGAL_STATE", "goalId");
        // Due on day 60: that day is still its own.
        world.set_clock(world.day(60));
        assert_refused(&mutate(&world, MEMBER, "markGoalMissed", named.clone()).await, "ILLEGAL_STATE", "goalId");
        world.set_clock(world.day(1));
        let missed = done(&world, MEMBER, "markGoalMissed", named.clone()).await;
        assert_eq!(missed["goal"]["status"], "MISSED");
        let late = mutate(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 4 })).await;
        assert_refused(&late, "ILLEGAL_STATE", "goalId");
    }

    async fn goals_are_worked_on_while_their_plan_is_active(world: World) {
        let house = House::in_world(&world).await;
        let plan = plan(&world, &house).await;
        let goal = done(&world, MEMBER, "addDevelopmentGoal", whole_goal(&world, &house, &plan)).await;
        let said = json!({ "goalId": goal["goal"]["id"], "value": 3 });
        let refused = mutate(&world, MEMBER, "checkInOnGoal", said).await;
        assert_refused(&refused, "ILLEGAL_STATE", "goalId");
        let told = refused["userErrors"][0]["message"].as_str().unwrap();
        assert_eq!(told, "The plan is DRAFT: its goals are worked on while it is ACTIVE.");
        assert_eq!(world.count("goal_check_in").await, 0);
    }

    async fn a_part_that_breaks_a_rule_is_named(world: World) {
        let house = House::in_world(&world).await;
        let plan = plan(&world, &house).await;
        let level = |baseline: f64, target: f64| json!({ "metric": { "kind": "LEVEL", "baseline": baseline, "target": target } });
        for (with, field) in [
            (json!({ "specific": " " }), "specific"),
            (json!({ "relevance": "x".repeat(4001) }), "relevance"),
            (level(2.0, 6.0), "metric.target"),
            (level(2.5, 4.0), "metric.baseline"),
            (level(2.0, 2.0), "metric.target"),
            (level(3.0, 1.0), "metric.target"),
            (json!({ "metric": { "kind": "NUMBER", "baseline": 0.0005, "target": 1, "unit": "h" } }), "metric.baseline"),
            (json!({ "metric": { "kind": "COUNT", "baseline": 0, "target": 1 } }), "metric.unit"),
            (json!({ "metric": { "kind": "LEVEL", "baseline": 0, "target": 1, "unit": "stars" } }), "metric.unit"),
            (json!({ "gap": { "requiredLevel": 6 } }), "gap.requiredLevel"),
            (json!({ "startDate": day(&world, -1) }), "startDate"),
            (json!({ "startDate": day(&world, 61) }), "dueDate"),
        ] {
            let mut goal: Value = whole_goal(&world, &house, &plan);
            merge(&mut goal, with);
            assert_refused(&mutate(&world, MEMBER, "addDevelopmentGoal", goal).await, "INVALID", field);
        }
        assert_eq!(world.count("development_goal").await, 0);
    }

    async fn what_is_measured_stays_the_same_once_something_was(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
        let other = json!({ "goalId": goal, "metric": { "kind": "PERCENT", "baseline": 0, "target": 80 } });
        assert_refused(&mutate(&world, LEAD, "updateDevelopmentGoal", other).await, "INVALID", "metric");
        let higher = json!({ "goalId": goal, "metric": { "kind": "LEVEL", "baseline": 2, "target": 5 } });
        let changed = done(&world, LEAD, "updateDevelopmentGoal", higher).await;
        assert_eq!(changed["goal"]["progressPct"], 33);
    }

    async fn a_check_in_is_never_changed_behind_the_service_either(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
        assert!(world.try_execute("UPDATE goal_check_in SET value = 4000", []).await.is_err());
        assert!(world.try_execute("DELETE FROM goal_check_in", []).await.is_err());
    }
}
