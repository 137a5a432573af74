//! The life of a plan: agreed by who leads, worked on, ended when each goal is settled (invariant 21).

use serde_json::json;

use super::{active_plan, assert_refused, day, done, mutate, plan, seen, whole_goal};
use crate::assessments::{House, LEAD, MEMBER, PEER, STRANGER};

on_both! {
    async fn a_plan_goes_from_draft_to_completed_step_by_step(world: World) {
        let house = House::in_world(&world).await;
        let (plan, goal) = active_plan(&world, &house).await;
        let named = json!({ "planId": plan });
        assert_refused(&mutate(&world, MEMBER, "completeDevelopmentPlan", named.clone()).await, "ILLEGAL_STATE", "planId");
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 4 })).await;
        done(&world, MEMBER, "markGoalAchieved", json!({ "goalId": goal })).await;
        let ended = done(&world, LEAD, "completeDevelopmentPlan", named.clone()).await;
        assert_eq!(ended["plan"]["status"], "COMPLETED");
        assert_eq!(ended["plan"]["agreedBy"]["displayName"], "Lena Lead");
        for verb in ["agree", "start", "complete", "abandon"] {
            let name = format!("{verb}DevelopmentPlan");
            assert_refused(&mutate(&world, LEAD, &name, named.clone()).await, "ILLEGAL_STATE", "planId");
        }
    }

    async fn a_goal_without_metric_target_due_date_or_gap_keeps_its_plan_a_draft(world: World) {
        let house = House::in_world(&world).await;
        let agree = "agreeDevelopmentPlan";
        let plan = plan(&world, &house).await;
        let named = json!({ "planId": plan });
        let none = mutate(&world, LEAD, agree, named.clone()).await;
        assert_refused(&none, "ILLEGAL_STATE", "planId");
        assert_eq!(none["userErrors"][0]["message"], "The plan has no goals. Add one first.");
        for lacking in [
            json!({ "metric": null }),
            json!({ "metric": { "kind": "LEVEL", "baseline": 2 } }),
            json!({ "dueDate": null }),
            json!({ "gap": null }),
        ] {
            let mut goal = whole_goal(&world, &house, &plan);
            crate::assessments::merge(&mut goal, lacking);
            let added = done(&world, MEMBER, "addDevelopmentGoal", goal).await;
            let refused = mutate(&world, LEAD, agree, named.clone()).await;
            assert_refused(&refused, "ILLEGAL_STATE", "planId");
            let told = refused["userErrors"][0]["message"].as_str().unwrap();
            assert!(told.starts_with("Goals without metric, target, due date or gap: 1."), "{told}");
            done(&world, MEMBER, "dropDevelopmentGoal", json!({ "goalId": added["goal"]["id"] })).await;
        }
        done(&world, MEMBER, "addDevelopmentGoal", whole_goal(&world, &house, &plan)).await;
        done(&world, LEAD, agree, named).await;
    }

    async fn a_draft_can_be_given_up_however_little_of_it_is_written(world: World) {
        let house = House::in_world(&world).await;
        let plan = plan(&world, &house).await;
        let bare = json!({ "planId": plan, "skillId": house.rust.to_string(), "specific": "Some Rust." });
        done(&world, MEMBER, "addDevelopmentGoal", bare).await;
        let given_up = done(&world, MEMBER, "abandonDevelopmentPlan", json!({ "planId": plan })).await;
        assert_eq!(given_up["plan"]["status"], "ABANDONED");
    }

    async fn only_who_leads_the_person_agrees_and_changes_what_was_agreed(world: World) {
        let house = House::in_world(&world).await;
        let plan = plan(&world, &house).await;
        let goal = done(&world, MEMBER, "addDevelopmentGoal", whole_goal(&world, &house, &plan)).await;
        let (named, goal) = (json!({ "planId": plan }), json!({ "goalId": goal["goal"]["id"], "dueDate": day(&world, 50) }));
        assert_refused(&mutate(&world, MEMBER, "agreeDevelopmentPlan", named.clone()).await, "FORBIDDEN", "planId");
        assert_refused(&mutate(&world, PEER, "agreeDevelopmentPlan", named.clone()).await, "NOT_FOUND", "planId");
        assert_refused(&mutate(&world, STRANGER, "agreeDevelopmentPlan", named.clone()).await, "NOT_FOUND", "planId");
        done(&world, MEMBER, "updateDevelopmentGoal", goal.clone()).await;
        done(&world, LEAD, "agreeDevelopmentPlan", named).await;
        assert_refused(&mutate(&world, MEMBER, "updateDevelopmentGoal", goal.clone()).await, "FORBIDDEN", "goalId");
        done(&world, LEAD, "updateDevelopmentGoal", goal.clone()).await;
        let mut bare = goal;
        bare["dueDate"] = json!(null);
        assert_refused(&mutate(&world, LEAD, "updateDevelopmentGoal", bare).await, "INVALID", "dueDate");
        let can = seen(&world, MEMBER, &plan).await["viewerCan"].clone();
        assert_eq!(can["updateDevelopmentPlan"], false);
        assert_eq!(can["startDevelopmentPlan"], true);
    }

    async fn a_period_has_an_order_and_holds_the_days_of_its_goals(world: World) {
        let house = House::in_world(&world).await;
        let backwards = json!({
            "personId": house.mia.to_string(),
            "period": { "startDate": day(&world, 5), "endDate": day(&world, 4) },
        });
        let refused = mutate(&world, MEMBER, "createDevelopmentPlan", backwards).await;
        assert_refused(&refused, "INVALID", "period.endDate");
        let plan = plan(&world, &house).await;
        let mut late = whole_goal(&world, &house, &plan);
        late["dueDate"] = json!(day(&world, 91));
        assert_refused(&mutate(&world, MEMBER, "addDevelopmentGoal", late).await, "INVALID", "dueDate");
        done(&world, MEMBER, "addDevelopmentGoal", whole_goal(&world, &house, &plan)).await;
        let shorter = json!({
            "planId": plan, "period": { "startDate": day(&world, 0), "endDate": day(&world, 59) },
        });
        assert_refused(&mutate(&world, MEMBER, "updateDevelopmentPlan", shorter).await, "INVALID", "period");
        let longer = json!({
            "planId": plan, "period": { "startDate": day(&world, 0), "endDate": day(&world, 60) },
        });
        done(&world, MEMBER, "updateDevelopmentPlan", longer).await;
    }

    async fn who_has_not_seen_the_last_change_is_told(world: World) {
        let house = House::in_world(&world).await;
        let plan = plan(&world, &house).await;
        let mut goal = whole_goal(&world, &house, &plan);
        goal["expectedRevision"] = json!(1);
        done(&world, MEMBER, "addDevelopmentGoal", goal.clone()).await;
        goal["idempotencyKey"] = json!("another");
        let refused = mutate(&world, MEMBER, "addDevelopmentGoal", goal).await;
        assert_refused(&refused, "CONFLICT", "expectedRevision");
        assert_eq!(refused["userErrors"][0]["currentRevision"], 2);
        let stale = json!({ "planId": plan, "expectedRevision": 1 });
        let refused = mutate(&world, LEAD, "agreeDevelopmentPlan", stale).await;
        assert_eq!((&refused["plan"]["revision"], &refused["plan"]["status"]), (&json!(2), &json!("DRAFT")));
    }

    async fn the_trail_holds_ids_and_no_words(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        let said = json!({ "goalId": goal, "value": 3, "note": "A private word." });
        done(&world, MEMBER, "checkInOnGoal", said).await;
        let rows = world.rows("SELECT action, aggregate FROM audit_event ORDER BY at, id", []).await;
        let told: Vec<(String, String)> = rows
            .iter()
            .map(|row| (row.try_get("", "action").unwrap(), row.try_get("", "aggregate").unwrap()))
            .collect();
        let actions: Vec<&str> = told.iter().map(|(action, _)| action.as_str()).collect();
        assert_eq!(
            actions,
            ["createDevelopmentPlan", "addDevelopmentGoal", "agreeDevelopmentPlan", "startDevelopmentPlan", "checkInOnGoal"]
        );
        assert!(told.iter().all(|(_, aggregate)| aggregate == "DEVELOPMENT_PLAN"));
        for table in ["audit_event", "idempotency_record"] {
            for row in world.rows(&format!("SELECT * FROM {table}"), []).await {
                assert!(!format!("{row:?}").contains("private"), "{table}");
            }
        }
    }
}
