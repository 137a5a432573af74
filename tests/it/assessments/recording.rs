//! Recording ratings: what supersedes what, and what the matrix says of it, now and of the past.

use assay::domain::skills::{SkillKind, SkillStatus};
use serde_json::json;

use super::{House, LEAD, MEMBER, OWNER, PEER, done, id_of, mutate, record};
use crate::{reads::answer, support::SkillSketch};

on_both! {
    async fn a_lead_s_rating_counts_at_once_and_outweighs_one_s_own(world: World) {
        let house = House::in_world(&world).await;
        record(&world, MEMBER, house.rating("SELF", 5, json!({}))).await;
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(5));
        let rated = record(&world, LEAD, house.rating("MANAGER", 3, json!({ "confidence": "HIGH" }))).await;
        assert_eq!(rated["status"], "VALIDATED");
        assert_eq!(rated["assessor"]["displayName"], "Lena Lead");
        assert_eq!(rated["confidence"], "HIGH");
        assert_eq!(rated["observedAt"], rated["recordedAt"]);
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(3));
    }

    async fn a_level_of_nought_is_a_level_and_not_the_absence_of_one(world: World) {
        let house = House::in_world(&world).await;
        assert_eq!(house.level(&world, house.mia, house.rust).await, None);
        house.managed(&world, 0).await;
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(0));
    }

    async fn a_later_rating_supersedes_and_never_updates(world: World) {
        let house = House::in_world(&world).await;
        let first = house.managed(&world, 2).await;
        let second = house.managed(&world, 4).await;
        assert_eq!(world.statuses(&first).await, ["VALIDATED", "SUPERSEDED"]);
        assert_eq!(world.statuses(&second).await, ["VALIDATED"]);
        assert_eq!(world.count("skill_assessment").await, 2);
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(4));
    }

    async fn a_back_dated_rating_is_at_once_superseded_and_changes_only_the_past(world: World) {
        let house = House::in_world(&world).await;
        let newer = json!({ "observedAt": world.day(-10).to_rfc3339() });
        let newer = id_of(&record(&world, LEAD, house.rating("MANAGER", 4, newer)).await);
        let past = world.day(-30);
        assert_eq!(house.level_as_of(&world, house.mia, house.rust, Some(past)).await, None);
        let older = json!({ "observedAt": world.day(-40).to_rfc3339() });
        let older = record(&world, LEAD, house.rating("MANAGER", 1, older)).await;
        assert_eq!(older["status"], "SUPERSEDED");
        assert_eq!(world.statuses(&id_of(&older)).await, ["VALIDATED", "SUPERSEDED"]);
        assert_eq!(world.statuses(&newer).await, ["VALIDATED"]);
        assert_eq!(house.level_as_of(&world, house.mia, house.rust, Some(past)).await, Some(1));
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(4));
    }

    async fn what_a_peer_or_a_certificate_says_waits_to_be_validated(world: World) {
        let house = House::in_world(&world).await;
        let peer = record(&world, PEER, house.rating("PEER", 4, json!({}))).await;
        let certificate = house.rating("CERTIFICATE", 5, json!({ "certificate": " Rust 101 " }));
        let certificate = record(&world, MEMBER, certificate).await;
        assert_eq!((&peer["status"], &certificate["status"]), (&json!("PENDING"), &json!("PENDING")));
        assert_eq!(certificate["certificate"], "Rust 101");
        assert_eq!(house.level(&world, house.mia, house.rust).await, None);
        assert_eq!(world.count("current_level").await, 0);
    }

    async fn a_certified_skill_takes_a_certificate(world: World) {
        let house = House::in_world(&world).await;
        world.set_skill(house.go, SkillStatus::Active, SkillKind::Certification).await;
        let with = json!({ "skillId": house.go.to_string(), "certificate": "CKA-7", "expiresAt": "2030-01-01T00:00:00Z" });
        let held = id_of(&record(&world, LEAD, house.rating("CERTIFICATE", 3, with)).await);
        let payload = mutate(&world, LEAD, "validateSkillAssessments", json!({ "assessmentIds": [held] })).await;
        // Her own word is not hers to judge; another lead's or the owner's turn.
        assert_eq!(payload["userErrors"][0]["code"], "FORBIDDEN");
        world.execute("UPDATE skill SET owner_id = (SELECT id FROM person WHERE subject = 'owen-owner') WHERE id = $1",
            [house.go.uuid().into()]).await;
        done(&world, OWNER, "validateSkillAssessments", json!({ "assessmentIds": [held] })).await;
        assert_eq!(house.level(&world, house.mia, house.go).await, Some(3));
    }

    async fn a_merged_skill_is_recorded_as_the_one_it_reads_as(world: World) {
        let house = House::in_world(&world).await;
        let old = world.skill(house.category, "Rust 2015", SkillSketch::default()).await;
        world.redirect(old, house.rust).await;
        let rated = record(&world, LEAD, house.rating("MANAGER", 3, json!({ "skillId": old.to_string() }))).await;
        assert_eq!(rated["recordedSkill"]["id"], house.rust.to_string());
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(3));
    }

    async fn two_words_in_one_operation_are_about_one_instant_and_the_second_is_refused(world: World) {
        let house = House::in_world(&world).await;
        let document = "mutation ($a: RecordSkillAssessmentInput!, $b: RecordSkillAssessmentInput!) { \
                        a: recordSkillAssessment(input: $a) { userErrors { code } } \
                        b: recordSkillAssessment(input: $b) { userErrors { code field } } }";
        let input = |key: &str, level| house.rating("MANAGER", level, json!({ "idempotencyKey": key }));
        let inputs = json!({ "a": input("a", 1), "b": input("b", 5) });
        let said = answer(&world, &world.token(LEAD, &[], &[]), document, inputs).await;
        assert_eq!(said["data"]["a"]["userErrors"], json!([]));
        assert_eq!(said["data"]["b"]["userErrors"], json!([{ "code": "INVALID", "field": ["observedAt"] }]));
        assert_eq!(house.level(&world, house.mia, house.rust).await, Some(1));
    }

    async fn evidence_and_note_are_kept_as_given(world: World) {
        let house = House::in_world(&world).await;
        let with = json!({ "evidence": ["https://example.com/pr/1", "ADR 7"], "note": "Led the rewrite.\nAlone." });
        let rated = record(&world, LEAD, house.rating("MANAGER", 4, with)).await;
        assert_eq!(rated["evidence"], json!(["https://example.com/pr/1", "ADR 7"]));
        assert_eq!(rated["note"], "Led the rewrite.\nAlone.");
    }

    async fn the_same_key_records_once_and_answers_the_same(world: World) {
        let house = House::in_world(&world).await;
        let input = house.rating("MANAGER", 4, json!({ "idempotencyKey": "once", "expectedRevision": 1 }));
        let first = record(&world, LEAD, input.clone()).await;
        let again = record(&world, LEAD, input.clone()).await;
        assert_eq!(first, again);
        assert_eq!(world.count("skill_assessment").await, 1);
        let mut other = input;
        other["level"] = json!(5);
        let payload = mutate(&world, LEAD, "recordSkillAssessment", other).await;
        assert_eq!(payload["userErrors"][0]["code"], "IDEMPOTENCY_MISMATCH");
        // Somebody else's key is another key.
        let own = house.rating("SELF", 4, json!({ "idempotencyKey": "once" }));
        record(&world, MEMBER, own).await;
        assert_eq!(world.count("skill_assessment").await, 2);
    }

    async fn a_write_raises_the_person_s_revision_and_leaves_an_audit_event_without_words(world: World) {
        let house = House::in_world(&world).await;
        let before = world.revision(house.mia).await;
        record(&world, LEAD, house.rating("MANAGER", 4, json!({ "note": "Secret" }))).await;
        assert_eq!(world.revision(house.mia).await, before + 1);
        assert_eq!(world.revision(house.pia).await, 1);
        let events = world.rows("SELECT action, aggregate, entity_id, actor_id, digest FROM audit_event", []).await;
        assert_eq!(events.len(), 1);
        let text = |column: &str| events[0].try_get::<String>("", column).unwrap();
        assert_eq!((text("action"), text("aggregate")), ("recordSkillAssessment".to_owned(), "PERSON".to_owned()));
        assert_eq!(events[0].try_get::<uuid::Uuid>("", "entity_id").unwrap(), house.mia.uuid());
        assert_eq!(events[0].try_get::<uuid::Uuid>("", "actor_id").unwrap(), house.lena.uuid());
        assert!(!text("digest").contains("Secret"));
    }
}
