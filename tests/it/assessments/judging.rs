//! What becomes of a rating: validated, rejected, revoked, confirmed; by whom, and from which state.

use serde_json::{Value, json};

use super::{
    House, LEAD, MEMBER, OWNER, PEER, STRANGER, assert_refused, done, id_of, mutate, nothing, record,
};
use crate::support::{SkillSketch, World};
use assay::domain::{
    ids::SkillAssessmentKind,
    skills::{SkillKind, SkillStatus},
    teams::TeamRole,
};

const VALIDATE: &str = "validateSkillAssessments";
const REJECT: &str = "rejectSkillAssessment";
const REVOKE: &str = "revokeSkillAssessment";
const CONFIRM: &str = "confirmSkillAssessments";

fn ids(ids: &[&String]) -> Value {
    json!({ "assessmentIds": ids })
}

fn because(id: &str, reason: &str) -> Value {
    json!({ "assessmentId": id, "reason": reason })
}

async fn validated(world: &World, id: &String) {
    done(world, OWNER, VALIDATE, ids(&[id])).await;
}

on_both! {
    async fn two_validated_peers_count_and_one_does_not(world: World) {
        let house = House::in_world(&world).await;
        world.person_in(house.team, "Paul Peer", TeamRole::Member).await;
        let pia = house.peered(&world, 2).await;
        let paul = id_of(&record(&world, "paul-peer", house.rating("PEER", 4, json!({}))).await);
        done(&world, LEAD, VALIDATE, ids(&[&pia])).await;
        assert_eq!(world.statuses(&pia).await, ["PENDING", "VALIDATED"]);
        assert_eq!(house.level(&world, house.mia, house.rust).await, None);
        validated(&world, &paul).await;
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(2), "the lower median of 2 and 4");
    }

    async fn a_peer_s_next_word_supersedes_only_their_own_and_only_when_validated(world: World) {
        let house = House::in_world(&world).await;
        world.person_in(house.team, "Paul Peer", TeamRole::Member).await;
        let paul = id_of(&record(&world, "paul-peer", house.rating("PEER", 4, json!({}))).await);
        let first = house.peered(&world, 2).await;
        validated(&world, &paul).await;
        validated(&world, &first).await;
        let second = house.peered(&world, 3).await;
        assert_eq!(world.statuses(&first).await, ["PENDING", "VALIDATED"]);
        validated(&world, &second).await;
        assert_eq!(world.statuses(&first).await, ["PENDING", "VALIDATED", "SUPERSEDED"]);
        assert_eq!(world.statuses(&paul).await, ["PENDING", "VALIDATED"]);
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(3));
    }

    async fn an_older_peer_rating_validated_late_is_superseded_at_once(world: World) {
        let house = House::in_world(&world).await;
        let older = house.peered(&world, 2).await;
        let newer = house.peered(&world, 4).await;
        let payload = done(&world, OWNER, VALIDATE, ids(&[&newer, &older])).await;
        assert_eq!(payload["assessments"][0]["id"], json!(newer));
        assert_eq!(payload["assessments"][1]["status"], "SUPERSEDED");
        assert_eq!(world.statuses(&older).await, ["PENDING", "VALIDATED", "SUPERSEDED"]);
        assert_eq!(world.statuses(&newer).await, ["PENDING", "VALIDATED"]);
    }

    async fn a_list_is_validated_whole_or_not_at_all(world: World) {
        let house = House::in_world(&world).await;
        let pending = house.peered(&world, 2).await;
        let managed = house.managed(&world, 3).await;
        let payload = mutate(&world, LEAD, VALIDATE, ids(&[&pending, &managed])).await;
        assert_refused(&payload, &[("FORBIDDEN", "assessmentIds.1")]);
        let gone = nothing::<SkillAssessmentKind>();
        let payload = mutate(&world, LEAD, VALIDATE, ids(&[&gone, &pending])).await;
        assert_refused(&payload, &[("NOT_FOUND", "assessmentIds.0")]);
        let payload = mutate(&world, LEAD, VALIDATE, ids(&[&pending, &pending])).await;
        assert_refused(&payload, &[("INVALID", "assessmentIds.1")]);
        assert_refused(&mutate(&world, LEAD, VALIDATE, ids(&[])).await, &[("INVALID", "assessmentIds")]);
        let many = vec![&pending; 201];
        assert_refused(&mutate(&world, LEAD, VALIDATE, ids(&many)).await, &[("LIMIT", "assessmentIds")]);
        assert_eq!(world.statuses(&pending).await, ["PENDING"]);
        validated(&world, &pending).await;
        let payload = mutate(&world, LEAD, VALIDATE, ids(&[&pending])).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentIds.0")]);
    }

    async fn nobody_judges_their_own_word_nor_a_word_about_themself(world: World) {
        let house = House::in_world(&world).await;
        let pending = house.peered(&world, 5).await;
        for who in [PEER, MEMBER] {
            assert_refused(&mutate(&world, who, VALIDATE, ids(&[&pending])).await, &[("FORBIDDEN", "assessmentIds.0")]);
            let payload = mutate(&world, who, REJECT, because(&pending, "No")).await;
            assert_refused(&payload, &[("FORBIDDEN", "assessmentId")]);
        }
        let payload = mutate(&world, STRANGER, VALIDATE, ids(&[&pending])).await;
        assert_refused(&payload, &[("NOT_FOUND", "assessmentIds.0")]);
    }

    async fn a_rejected_rating_never_counts_and_stays_rejected(world: World) {
        let house = House::in_world(&world).await;
        let pending = house.peered(&world, 5).await;
        let payload = mutate(&world, LEAD, REJECT, because(&pending, " ")).await;
        assert_refused(&payload, &[("INVALID", "reason")]);
        let payload = mutate(&world, LEAD, REJECT, because(&pending, &"x".repeat(4001))).await;
        assert_refused(&payload, &[("INVALID", "reason")]);
        let payload = done(&world, LEAD, REJECT, because(&pending, "Never worked together.")).await;
        assert_eq!(payload["assessment"]["status"], "REJECTED");
        assert_eq!(world.statuses(&pending).await, ["PENDING", "REJECTED"]);
        let told = world.rows("SELECT reason FROM skill_assessment_status WHERE status = 'REJECTED'", []).await;
        assert_eq!(told[0].try_get::<String>("", "reason").unwrap(), "Never worked together.");
        let payload = mutate(&world, LEAD, VALIDATE, ids(&[&pending])).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentIds.0")]);
    }

    async fn revoking_lets_what_was_superseded_speak_again(world: World) {
        let house = House::in_world(&world).await;
        let first = house.managed(&world, 2).await;
        let second = house.managed(&world, 5).await;
        let before_revoking = world.now();
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(5));
        let payload = mutate(&world, LEAD, REVOKE, because(&first, "x")).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentId")]);
        let payload = done(&world, LEAD, REVOKE, because(&second, "Wrong person.")).await;
        assert_eq!(payload["assessment"]["status"], "REVOKED");
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(2));
        assert_eq!(house.level_as_of(&world, house.mia, house.rust, Some(before_revoking)).await, Some(2));
        let third = house.managed(&world, 4).await;
        assert_eq!(world.statuses(&third).await, ["VALIDATED"]);
        assert_eq!(world.statuses(&first).await, ["VALIDATED", "SUPERSEDED"]);
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(4));
    }

    async fn a_word_about_oneself_is_one_s_own_to_withdraw_and_a_lead_s_is_the_lead_s(world: World) {
        let house = House::in_world(&world).await;
        let own = id_of(&record(&world, MEMBER, house.rating("SELF", 5, json!({}))).await);
        let managed = house.managed(&world, 2).await;
        assert_refused(&mutate(&world, LEAD, REVOKE, because(&own, "No")).await, &[("FORBIDDEN", "assessmentId")]);
        assert_refused(&mutate(&world, MEMBER, REVOKE, because(&managed, "No")).await, &[("FORBIDDEN", "assessmentId")]);
        assert_refused(&mutate(&world, OWNER, REVOKE, because(&managed, "No")).await, &[("NOT_FOUND", "assessmentId")]);
        done(&world, MEMBER, REVOKE, because(&own, "Too bold.")).await;
        done(&world, LEAD, REVOKE, because(&managed, "Mistaken.")).await;
        assert_eq!(house.level(&world, house.mia, house.rust).await, None);
    }

    async fn a_conflict_shows_the_assessment_as_it_stands(world: World) {
        let house = House::in_world(&world).await;
        let managed = house.managed(&world, 2).await;
        let mut input = because(&managed, "Mistaken.");
        input["expectedRevision"] = json!(1);
        let payload = mutate(&world, LEAD, REVOKE, input).await;
        assert_eq!(payload["userErrors"][0]["code"], "CONFLICT");
        assert_eq!(payload["userErrors"][0]["currentRevision"], 2);
        assert_eq!(payload["assessment"]["status"], "VALIDATED");
    }

    async fn confirming_says_the_same_today_in_a_rating_of_its_own(world: World) {
        let house = House::in_world(&world).await;
        world.person_in(house.team, "Lara Lead", TeamRole::Lead).await;
        let with = json!({ "observedAt": world.day(-300).to_rfc3339(), "note": "Lena's words", "confidence": "LOW" });
        let old = id_of(&record(&world, LEAD, house.rating("MANAGER", 4, with)).await);
        let payload = done(&world, "lara-lead", CONFIRM, ids(&[&old])).await;
        let new = &payload["assessments"][0];
        assert_ne!(new["id"], json!(old));
        assert_eq!((&new["level"], &new["status"]), (&json!(4), &json!("VALIDATED")));
        assert_eq!(new["assessor"]["displayName"], "Lara Lead");
        assert_eq!((&new["note"], &new["confidence"]), (&Value::Null, &json!("LOW")));
        assert_eq!(new["observedAt"], json!(world.now().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)));
        assert_eq!(world.statuses(&old).await, ["VALIDATED", "SUPERSEDED"]);
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(4));
        let payload = mutate(&world, LEAD, CONFIRM, ids(&[&old])).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentIds.0")]);
    }

    async fn a_confirmed_peer_rating_waits_again_and_the_old_one_counts_until_then(world: World) {
        let house = House::in_world(&world).await;
        let old = house.peered(&world, 3).await;
        validated(&world, &old).await;
        assert_refused(&mutate(&world, LEAD, CONFIRM, ids(&[&old])).await, &[("FORBIDDEN", "assessmentIds.0")]);
        let payload = done(&world, PEER, CONFIRM, ids(&[&old])).await;
        let new = id_of(&payload["assessments"][0]);
        assert_eq!((world.statuses(&new).await, world.statuses(&old).await), (
            vec!["PENDING".to_owned()],
            vec!["PENDING".to_owned(), "VALIDATED".to_owned()],
        ));
        validated(&world, &new).await;
        assert_eq!(world.statuses(&old).await, ["PENDING", "VALIDATED", "SUPERSEDED"]);
    }

    async fn what_has_expired_or_is_out_of_use_is_not_confirmed(world: World) {
        let house = House::in_world(&world).await;
        let with = json!({ "observedAt": world.day(-9).to_rfc3339(), "expiresAt": world.day(-1).to_rfc3339() });
        let expired = id_of(&record(&world, LEAD, house.rating("MANAGER", 4, with)).await);
        let payload = mutate(&world, LEAD, CONFIRM, ids(&[&expired])).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentIds.0")]);
        let go = json!({ "skillId": house.go.to_string() });
        let old = id_of(&record(&world, LEAD, house.rating("MANAGER", 4, go)).await);
        world.set_skill(house.go, SkillStatus::Deprecated, SkillKind::Technical).await;
        let payload = mutate(&world, LEAD, CONFIRM, ids(&[&old])).await;
        assert_refused(&payload, &[("ILLEGAL_STATE", "assessmentIds.0")]);
    }

    async fn a_rating_of_a_merged_skill_is_confirmed_in_the_one_it_reads_as(world: World) {
        let house = House::in_world(&world).await;
        let merged = world.skill(house.category, "Rust 2015", SkillSketch::default()).await;
        let with = json!({ "skillId": merged.to_string() });
        let old = id_of(&record(&world, LEAD, house.rating("MANAGER", 4, with)).await);
        let other = house.managed(&world, 2).await;
        world.redirect(merged, house.rust).await;
        let payload = mutate(&world, LEAD, CONFIRM, ids(&[&old, &other])).await;
        assert_refused(&payload, &[("INVALID", "assessmentIds.1")]);
        let payload = done(&world, LEAD, CONFIRM, ids(&[&old])).await;
        assert_eq!(payload["assessments"][0]["recordedSkill"]["id"], house.rust.to_string());
        for superseded in [&old, &other] {
            assert_eq!(world.statuses(superseded).await, ["VALIDATED", "SUPERSEDED"]);
        }
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(4));
    }
}
