//! A goal that reached its target proposes an assessment: to who leads the person, until they record one.

use serde_json::{Value, json};

use super::{active_plan, done};
use crate::{
    assessments::{House, LEAD, MEMBER, PEER, STRANGER, record},
    reads::data,
    support::World,
};

const PROPOSALS: &str = "{ assessmentProposals { nodes { goal { id } proposedAssessment { level source since \
     person { displayName } skill { name } } } } }";

async fn proposals(world: &World, who: &str) -> Value {
    data(world, &world.token(who, &[], &[]), PROPOSALS).await["assessmentProposals"]["nodes"].clone()
}

on_both! {
    async fn a_reached_goal_waits_for_its_lead_and_changes_no_level(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        assert_eq!(proposals(&world, LEAD).await, json!([]));
        let said = done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 4 })).await;
        assert_eq!(said["goal"]["proposedAssessment"], json!({ "level": 4, "source": "MANAGER" }));
        assert_eq!(said["goal"]["status"], "IN_PROGRESS", "no machine decides");
        assert_eq!(world.count("skill_assessment").await, 0);
        let waiting = proposals(&world, LEAD).await;
        assert_eq!(waiting[0]["goal"]["id"], json!(goal));
        assert_eq!(waiting[0]["proposedAssessment"]["person"]["displayName"], "Mia Member");
        assert_eq!(waiting[0]["proposedAssessment"]["skill"]["name"], "Rust");
        for who in [MEMBER, PEER, STRANGER] {
            assert_eq!(proposals(&world, who).await, json!([]), "{who}");
        }
    }

    async fn recording_the_assessment_ends_the_proposal_and_falling_back_too(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 4 })).await;
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 3 })).await;
        assert_eq!(proposals(&world, LEAD).await, json!([]), "the last check-in counts");
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 5 })).await;
        assert_eq!(proposals(&world, LEAD).await.as_array().unwrap().len(), 1);
        record(&world, LEAD, house.rating("MANAGER", 3, json!({}))).await;
        assert_eq!(proposals(&world, LEAD).await, json!([]), "at whatever level: it was looked at");
        let again = done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 4 })).await;
        assert_eq!(again["goal"]["proposedAssessment"]["level"], 4, "and is proposed again when it is reached again");
    }

    async fn proposals_are_narrowed_by_skill_and_a_merged_one_reads_as_today(world: World) {
        let house = House::in_world(&world).await;
        let (_, goal) = active_plan(&world, &house).await;
        done(&world, MEMBER, "checkInOnGoal", json!({ "goalId": goal, "value": 4 })).await;
        world.redirect(house.rust, house.go).await;
        for (skill, found) in [(house.go, 1), (house.rust, 1)] {
            let document = format!(
                "{{ assessmentProposals(filter: {{ skillIds: [\"{skill}\"] }}) {{ nodes {{ \
                 proposedAssessment {{ skill {{ name }} }} }} }} }}"
            );
            let told = data(&world, &world.token(LEAD, &[], &[]), &document).await;
            let nodes = told["assessmentProposals"]["nodes"].as_array().unwrap();
            assert_eq!(nodes.len(), found);
            assert_eq!(nodes[0]["proposedAssessment"]["skill"]["name"], "Go");
        }
    }
}
