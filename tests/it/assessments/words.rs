//! What is said beside ratings: the answer of whoever was rated, and what interests them.

use assay::domain::{
    ids::SkillKind as SkillIdKind,
    skills::{SkillKind, SkillStatus},
};
use serde_json::{Value, json};

use super::{House, LEAD, MEMBER, PEER, STRANGER, assert_refused, done, mutate, nothing};
use crate::support::SkillSketch;

const RESPOND: &str = "respondToSkillAssessment";
const INTEREST: &str = "setSkillInterest";

fn answer(id: &str, text: &str) -> Value {
    json!({ "assessmentId": id, "text": text })
}

impl House {
    fn interest(&self, interest: i32) -> Value {
        json!({ "personId": self.mia.to_string(), "skillId": self.rust.to_string(), "interest": interest })
    }
}

on_both! {
    async fn the_rated_person_answers_and_the_latest_answer_is_shown(world: World) {
        let house = House::in_world(&world).await;
        let managed = house.managed(&world, 2).await;
        let payload = done(&world, MEMBER, RESPOND, answer(&managed, "I led the rewrite.")).await;
        assert_eq!(payload["assessment"]["response"], "I led the rewrite.");
        let payload = done(&world, MEMBER, RESPOND, answer(&managed, " See ADR 7. ")).await;
        assert_eq!(payload["assessment"]["response"], "See ADR 7.");
        assert_eq!(payload["assessment"]["level"], 2);
        assert_eq!(world.count("skill_assessment_response").await, 2);
        assert_eq!(world.statuses(&managed).await, ["VALIDATED"]);
        assert_eq!(world.revision(house.mia).await, 4);
    }

    async fn nobody_answers_for_another(world: World) {
        let house = House::in_world(&world).await;
        let pending = house.peered(&world, 2).await;
        for who in [LEAD, PEER] {
            assert_refused(&mutate(&world, who, RESPOND, answer(&pending, "No")).await, &[("FORBIDDEN", "assessmentId")]);
        }
        assert_refused(&mutate(&world, STRANGER, RESPOND, answer(&pending, "No")).await, &[("NOT_FOUND", "assessmentId")]);
        for text in ["", "\n", &"x".repeat(4001)] {
            assert_refused(&mutate(&world, MEMBER, RESPOND, answer(&pending, text)).await, &[("INVALID", "text")]);
        }
        let mut late = answer(&pending, "Thank you.");
        late["expectedRevision"] = json!(1);
        let payload = mutate(&world, MEMBER, RESPOND, late).await;
        assert_eq!(payload["userErrors"][0]["code"], "CONFLICT");
        assert_eq!(payload["assessment"]["id"], json!(pending));
        assert_eq!(world.count("skill_assessment_response").await, 0);
    }

    async fn what_was_rejected_needs_no_answer(world: World) {
        let house = House::in_world(&world).await;
        let pending = house.peered(&world, 2).await;
        done(&world, LEAD, "rejectSkillAssessment", json!({ "assessmentId": pending, "reason": "No" })).await;
        let payload = mutate(&world, MEMBER, RESPOND, answer(&pending, "Good.")).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentId")]);
    }

    async fn an_interest_holds_since_it_was_first_said(world: World) {
        let house = House::in_world(&world).await;
        let first = done(&world, MEMBER, INTEREST, house.interest(4)).await;
        let again = done(&world, MEMBER, INTEREST, house.interest(4)).await;
        assert_eq!(first["interest"], again["interest"]);
        assert_eq!(world.count("skill_interest").await, 1);
        let less = done(&world, MEMBER, INTEREST, house.interest(0)).await;
        assert_eq!(less["interest"]["interest"], 0);
        assert_ne!(less["interest"]["since"], first["interest"]["since"]);
        assert_eq!(world.count("skill_interest").await, 2, "what interested before is kept");
        assert_eq!(house.level(&world, house.mia, house.rust).await, None, "an interest is no level");
    }

    async fn an_interest_in_a_merged_skill_is_one_in_the_skill_it_reads_as(world: World) {
        let house = House::in_world(&world).await;
        let merged = world.skill(house.category, "Rust 2015", SkillSketch::default()).await;
        world.redirect(merged, house.rust).await;
        let mut input = house.interest(5);
        input["skillId"] = json!(merged.to_string());
        let payload = done(&world, MEMBER, INTEREST, input).await;
        assert_eq!(payload["interest"]["skill"]["id"], json!(house.rust.to_string()));
    }

    async fn an_interest_is_one_s_own_to_say_and_keeps_the_rules(world: World) {
        let house = House::in_world(&world).await;
        assert_refused(&mutate(&world, LEAD, INTEREST, house.interest(3)).await, &[("FORBIDDEN", "personId")]);
        assert_refused(&mutate(&world, STRANGER, INTEREST, house.interest(3)).await, &[("NOT_FOUND", "personId")]);
        for interest in [-1, 6] {
            let payload = mutate(&world, MEMBER, INTEREST, house.interest(interest)).await;
            assert_refused(&payload, &[("INVALID", "interest")]);
        }
        let mut input = house.interest(3);
        input["skillId"] = json!(nothing::<SkillIdKind>());
        assert_refused(&mutate(&world, MEMBER, INTEREST, input).await, &[("NOT_FOUND", "skillId")]);
        let mut late = house.interest(3);
        late["expectedRevision"] = json!(9);
        assert_refused(&mutate(&world, MEMBER, INTEREST, late).await, &[("CONFLICT", "expectedRevision")]);
        assert_eq!(world.count("skill_interest").await, 0);
    }

    async fn an_interest_in_a_skill_out_of_use_can_be_taken_back_and_one_in_a_proposal_not_be_said(world: World) {
        let house = House::in_world(&world).await;
        done(&world, MEMBER, INTEREST, house.interest(5)).await;
        world.set_skill(house.rust, SkillStatus::Deprecated, SkillKind::Technical).await;
        done(&world, MEMBER, INTEREST, house.interest(0)).await;
        world.set_skill(house.rust, SkillStatus::Proposed, SkillKind::Technical).await;
        let sql = "UPDATE skill SET proposed_by = $1 WHERE id = $2";
        world.execute(sql, [house.mia.uuid().into(), house.rust.uuid().into()]).await;
        let payload = mutate(&world, MEMBER, INTEREST, house.interest(5)).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "skillId")]);
    }
}
