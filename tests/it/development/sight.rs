//! Who finds a plan on which path, and in how many statements.

use serde_json::{Value, json};

use super::{active_plan, done, plan, seen};
use crate::{
    assessments::{House, LEAD, MEMBER, PEER, STRANGER},
    reads::data,
};

on_both! {
    async fn a_plan_is_seen_by_its_person_and_who_leads_them_on_every_path(world: World) {
        let house = House::in_world(&world).await;
        let (plan, goal) = active_plan(&world, &house).await;
        let said = done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
        let said = said["checkIn"]["id"].as_str().unwrap().to_owned();
        for (who, sees) in [(MEMBER, true), (LEAD, true), (PEER, false), (STRANGER, false)] {
            assert_eq!(!seen(&world, who, &plan).await.is_null(), sees, "{who}");
            let document = format!(
                "{{ nodes(ids: [\"{plan}\", \"{goal}\", \"{said}\"]) {{ id }} \
                 person(id: \"{}\") {{ developmentPlans {{ nodes {{ id }} }} }} \
                 team(id: \"{}\") {{ developmentPlans {{ nodes {{ id }} }} }} }}",
                house.mia, house.team
            );
            let told = data(&world, &world.token(who, &[], &[]), &document).await;
            let found = |value: &Value| value.as_array().unwrap().iter().filter(|one| !one.is_null()).count();
            assert_eq!(found(&told["nodes"]), if sees { 3 } else { 0 }, "{who}");
            let listed = usize::from(sees);
            if !told["person"].is_null() {
                assert_eq!(found(&told["person"]["developmentPlans"]["nodes"]), listed, "{who}");
            }
            if !told["team"].is_null() {
                assert_eq!(found(&told["team"]["developmentPlans"]["nodes"]), listed, "{who}");
            }
        }
    }

    async fn plans_are_listed_newest_first_and_by_status(world: World) {
        let house = House::in_world(&world).await;
        let first = plan(&world, &house).await;
        let second = plan(&world, &house).await;
        done(&world, MEMBER, "abandonDevelopmentPlan", json!({ "planId": first })).await;
        let document = "{ viewer { person { developmentPlans { nodes { id } } \
             open: developmentPlans(filter: { statuses: [DRAFT] }) { nodes { id } } \
             oldest: developmentPlans(first: 1, orderBy: { field: CREATED_AT }) { nodes { id } pageInfo { hasNextPage } } } } }";
        let told = data(&world, &world.token(MEMBER, &[], &[]), document).await["viewer"]["person"].clone();
        assert_eq!(told["developmentPlans"]["nodes"], json!([{ "id": second }, { "id": first }]));
        assert_eq!(told["open"]["nodes"], json!([{ "id": second }]));
        assert_eq!(told["oldest"]["nodes"], json!([{ "id": first }]));
        assert_eq!(told["oldest"]["pageInfo"]["hasNextPage"], true);
    }

    async fn the_plans_of_a_team_with_goals_and_check_ins_are_read_in_few_statements(world: World) {
        let house = House::in_world(&world).await;
        let document = format!(
            "{{ team(id: \"{}\") {{ developmentPlans {{ nodes {{ status person {{ displayName }} goals(first: 5) {{ \
             nodes {{ progressPct skill {{ name }} checkIns(first: 3) {{ nodes {{ value }} }} \
             viewerCan {{ checkInOnGoal }} }} }} viewerCan {{ agreeDevelopmentPlan }} }} }} }} }}",
            house.team
        );
        let (_, goal) = active_plan(&world, &house).await;
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
        let mut counts = Vec::new();
        for _ in 0..2 {
            let before = world.statements();
            data(&world, &world.token(LEAD, &[], &[]), &document).await;
            counts.push(world.statements() - before);
            for _ in 0..4 {
                let (_, goal) = active_plan(&world, &house).await;
                done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
            }
        }
        assert_eq!(counts[0], counts[1], "whatever the number of plans");
        assert!(counts[0] <= 10, "{counts:?}");
    }
}
