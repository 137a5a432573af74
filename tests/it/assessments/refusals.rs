//! What is refused, with which code and at which field; and that nothing is written then.

use assay::domain::{
    ids::{PersonKind, SkillKind as SkillIdKind},
    people::PersonStatus,
    skills::{SkillKind, SkillStatus},
};
use serde_json::{Value, json};

use super::{House, LEAD, MEMBER, PEER, STRANGER, admin, assert_refused, mutate, mutate_as, nothing};
use crate::support::{SkillSketch, World};

const RECORD: &str = "recordSkillAssessment";

/// A lead's rating with something wrong about it is refused so, and leaves nothing behind.
async fn refused(world: &World, house: &House, with: Value, expected: &[(&str, &str)]) {
    let payload = mutate(world, LEAD, RECORD, house.rating("MANAGER", 3, with)).await;
    assert_refused(&payload, expected);
    for table in ["skill_assessment", "current_level", "audit_event", "idempotency_record"] {
        assert_eq!(world.count(table).await, 0, "{table}");
    }
}

on_both! {
    async fn a_value_that_breaks_a_rule_is_named_with_its_rule(world: World) {
        let house = House::in_world(&world).await;
        let soon = (world.now() + chrono::TimeDelta::minutes(1)).to_rfc3339();
        let past = world.day(-1).to_rfc3339();
        let long = "x".repeat(2001);
        for (with, field) in [
            (json!({ "level": 6 }), "level"),
            (json!({ "level": -1 }), "level"),
            (json!({ "observedAt": soon }), "observedAt"),
            (json!({ "expiresAt": past }), "expiresAt"),
            (json!({ "observedAt": past, "expiresAt": past }), "expiresAt"),
            (json!({ "certificate": "CKA" }), "certificate"),
            (json!({ "evidence": ["ok", " "] }), "evidence.1"),
            (json!({ "evidence": [long] }), "evidence.0"),
            (json!({ "evidence": vec!["x"; 21] }), "evidence"),
            (json!({ "note": "x".repeat(4001) }), "note"),
            (json!({ "note": "a\u{7}" }), "note"),
            (json!({ "idempotencyKey": "" }), "idempotencyKey"),
            (json!({ "idempotencyKey": "x".repeat(129) }), "idempotencyKey"),
        ] {
            refused(&world, &house, with, &[("INVALID", field)]).await;
        }
    }

    async fn every_broken_rule_is_told_at_once(world: World) {
        let house = House::in_world(&world).await;
        let with = json!({ "level": 9, "note": "x".repeat(4001), "evidence": [""] });
        refused(&world, &house, with, &[("INVALID", "level"), ("INVALID", "evidence.0"), ("INVALID", "note")]).await;
        let payload = mutate(&world, LEAD, RECORD, house.rating("MANAGER", 6, json!({}))).await;
        assert_eq!(payload["userErrors"][0]["message"], "level must be 0 to 5.");
    }

    async fn a_certificate_must_be_named(world: World) {
        let house = House::in_world(&world).await;
        refused(&world, &house, json!({ "source": "CERTIFICATE" }), &[("INVALID", "certificate")]).await;
        let with = json!({ "source": "CERTIFICATE", "certificate": "x".repeat(401) });
        refused(&world, &house, with, &[("INVALID", "certificate")]).await;
    }

    async fn a_skill_out_of_use_is_not_assessed_any_more(world: World) {
        let house = House::in_world(&world).await;
        world.set_skill(house.rust, SkillStatus::Deprecated, SkillKind::Technical).await;
        refused(&world, &house, json!({}), &[("ILLEGAL_STATE", "skillId")]).await;
        let merged = world.skill(house.category, "Rust 2015", SkillSketch::default()).await;
        world.redirect(merged, house.rust).await;
        refused(&world, &house, json!({ "skillId": merged.to_string() }), &[("ILLEGAL_STATE", "skillId")]).await;
    }

    async fn a_proposed_skill_is_not_assessed_yet(world: World) {
        let house = House::in_world(&world).await;
        world.set_skill(house.go, SkillStatus::Proposed, SkillKind::Technical).await;
        let with = json!({ "skillId": house.go.to_string() });
        refused(&world, &house, with.clone(), &[("NOT_FOUND", "skillId")]).await;
        let sql = "UPDATE skill SET proposed_by = $1 WHERE id = $2";
        world.execute(sql, [house.lena.uuid().into(), house.go.uuid().into()]).await;
        refused(&world, &house, with, &[("ILLEGAL_STATE", "skillId")]).await;
    }

    async fn an_opinion_about_a_certificate_is_not_recorded(world: World) {
        let house = House::in_world(&world).await;
        world.set_skill(house.rust, SkillStatus::Active, SkillKind::Certification).await;
        refused(&world, &house, json!({}), &[("INVALID", "source")]).await;
    }

    async fn what_is_invisible_is_told_like_what_is_missing(world: World) {
        let house = House::in_world(&world).await;
        let mut said = Vec::new();
        for person in [house.otto.to_string(), nothing::<PersonKind>(), house.rust.to_string(), "7".to_owned()] {
            let input = house.rating("MANAGER", 3, json!({ "personId": person }));
            let payload = mutate(&world, LEAD, RECORD, input).await;
            assert_refused(&payload, &[("NOT_FOUND", "personId")]);
            said.push(payload);
        }
        assert!(said.windows(2).all(|two| two[0] == two[1]));
        let with = json!({ "skillId": nothing::<SkillIdKind>() });
        refused(&world, &house, with, &[("NOT_FOUND", "skillId")]).await;
    }

    async fn somebody_who_left_is_invisible_and_nobody_rates_them(world: World) {
        let house = House::in_world(&world).await;
        world.set_status(house.mia, PersonStatus::Inactive).await;
        refused(&world, &house, json!({}), &[("NOT_FOUND", "personId")]).await;
        let payload = mutate_as(&world, &admin(&world), RECORD, house.rating("MANAGER", 3, json!({}))).await;
        assert_refused(&payload, &[("FORBIDDEN", "source")]);
    }

    async fn each_ground_is_open_to_whom_it_belongs_and_forbidden_to_the_rest(world: World) {
        let house = House::in_world(&world).await;
        for (who, source, allowed) in [
            (MEMBER, "SELF", true),
            (LEAD, "SELF", false),
            (PEER, "SELF", false),
            (LEAD, "MANAGER", true),
            (MEMBER, "MANAGER", false),
            (PEER, "MANAGER", false),
            (PEER, "PEER", true),
            (MEMBER, "PEER", false),
            (LEAD, "INTERVIEW", false),
            (LEAD, "IMPORT", false),
            (MEMBER, "IMPORT", false),
        ] {
            let payload = mutate(&world, who, RECORD, house.rating(source, 3, json!({}))).await;
            match allowed {
                true => assert_eq!(payload["userErrors"], json!([]), "{who} {source}"),
                false => assert_refused(&payload, &[("FORBIDDEN", "source")]),
            }
        }
    }

    async fn right_is_judged_before_values_and_values_before_the_revision(world: World) {
        let house = House::in_world(&world).await;
        let wrong = json!({ "level": 9, "expectedRevision": 7 });
        let unseen = mutate(&world, STRANGER, RECORD, house.rating("PEER", 3, wrong.clone())).await;
        assert_refused(&unseen, &[("NOT_FOUND", "personId")]);
        let not_theirs = mutate(&world, PEER, RECORD, house.rating("MANAGER", 3, wrong.clone())).await;
        assert_refused(&not_theirs, &[("FORBIDDEN", "source")]);
        refused(&world, &house, wrong, &[("INVALID", "level")]).await;
        refused(&world, &house, json!({ "expectedRevision": 7 }), &[("CONFLICT", "expectedRevision")]).await;
    }

    async fn a_conflict_tells_the_revision_that_holds_and_writes_nothing(world: World) {
        let house = House::in_world(&world).await;
        house.managed(&world, 2).await;
        let input = house.rating("MANAGER", 3, json!({ "expectedRevision": 1 }));
        let payload = mutate(&world, LEAD, RECORD, input).await;
        assert_refused(&payload, &[("CONFLICT", "expectedRevision")]);
        assert_eq!(payload["userErrors"][0]["currentRevision"], 2);
        assert_eq!(world.revision(house.mia).await, 2);
        assert_eq!(world.count("skill_assessment").await, 1);
        let input = house.rating("MANAGER", 3, json!({ "expectedRevision": 2 }));
        super::record(&world, LEAD, input).await;
    }
}
