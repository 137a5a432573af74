//! Excusing people from requirements: who may, what is refused, and what history says afterwards.

use assay::{
    domain::{
        people::PersonStatus,
        skills::{SkillKind, SkillStatus},
    },
    store::Store,
};
use serde_json::{Value, json};

use crate::{
    assessments::{House, LEAD, MEMBER, PEER, admin, merge, nothing, refusals},
    organisation::instant,
    reads::{answer, data},
    support::World,
};

const SHOWN: &str = "exemption { id reason validFrom until endedAt person { displayName } skill { name } \
     grantedBy { displayName } endedBy { displayName } viewerCan { endRequirementExemption } } \
     userErrors { code field message currentRevision }";

/// The payload of a mutation of exemptions.
async fn change(world: &World, token: &str, name: &str, input: Value) -> Value {
    world.tick();
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {SHOWN} }} }}");
    let said = answer(world, token, &document, json!({ "input": input })).await;
    assert_eq!(said.get("errors"), None, "{document}");
    said["data"][name].clone()
}

/// Mia excused from Rust for ten days, to be changed by `with`.
fn leave(world: &World, house: &House, with: Value) -> Value {
    let mut input = json!({
        "personId": house.mia.to_string(),
        "skillId": house.rust.to_string(),
        "reason": "On leave.",
        "until": instant(world.day(10)),
        "idempotencyKey": world.now().to_rfc3339(),
    });
    merge(&mut input, with);
    input
}

async fn exempted(world: &World, house: &House) -> Value {
    let input = leave(world, house, json!({}));
    let payload = change(world, &world.token(LEAD, &[], &[]), "exemptRequirement", input).await;
    assert_eq!(payload["userErrors"], json!([]));
    payload["exemption"].clone()
}

fn ending(exemption: &Value) -> Value {
    json!({ "exemptionId": exemption["id"], "idempotencyKey": "end" })
}

/// What Mia is excused from, as she reads it.
async fn read(world: &World, filter: &str) -> Value {
    let document =
        format!("{{ viewer {{ person {{ exemptions{filter} {{ nodes {{ reason endedAt }} }} }} }} }}");
    let read = data(world, &world.token(MEMBER, &[], &[]), &document).await;
    read["viewer"]["person"]["exemptions"]["nodes"].clone()
}

async fn history(store: &Store, house: &House) -> usize {
    store.exemptions_held(&[house.mia]).await.expect("read").values().map(Vec::len).sum()
}

on_both! {
    async fn a_lead_excuses_a_person_until_a_day_and_ends_it_before(world: World) {
        let house = House::in_world(&world).await;
        let revision = world.revision(house.mia).await;
        let exemption = exempted(&world, &house).await;
        assert_eq!(exemption["person"]["displayName"], "Mia Member");
        assert_eq!(exemption["grantedBy"]["displayName"], "Lena Lead");
        assert_eq!(exemption["viewerCan"]["endRequirementExemption"], true);
        assert_eq!(exemption["validFrom"], instant(world.now()));
        assert_eq!(read(&world, "").await, json!([{ "reason": "On leave.", "endedAt": null }]));
        assert_eq!(world.revision(house.mia).await, revision + 1);

        let ended = change(&world, &admin(&world), "endRequirementExemption", ending(&exemption)).await;
        assert_eq!(ended["exemption"]["endedAt"], instant(world.now()));
        assert_eq!(ended["exemption"]["viewerCan"]["endRequirementExemption"], false);
        assert_eq!(read(&world, "").await, json!([]));
        assert_eq!(read(&world, "(filter: { history: true })").await.as_array().map(Vec::len), Some(1));
        let then = format!("(filter: {{ at: \"{}\" }})", exemption["validFrom"].as_str().unwrap());
        assert_eq!(read(&world, &then).await.as_array().map(Vec::len), Some(1), "as it was");
        assert_eq!(world.count("audit_event").await, 2);
    }

    async fn an_exemption_ends_by_itself_on_its_day(world: World) {
        let house = House::in_world(&world).await;
        let exemption = exempted(&world, &house).await;
        world.set_clock(exemption["until"].as_str().unwrap().parse().unwrap());
        assert_eq!(read(&world, "").await, json!([]));
        let late = change(&world, &world.token(LEAD, &[], &[]), "endRequirementExemption", ending(&exemption)).await;
        assert_eq!(refusals(&late), [("ILLEGAL_STATE".into(), "exemptionId".into())]);
        exempted(&world, &house).await;
        assert_eq!(history(world.store(), &house).await, 2);
    }

    async fn who_may_not_excuse_is_told_so_and_nobody_excuses_themselves(world: World) {
        let house = House::in_world(&world).await;
        let excuse = |with| leave(&world, &house, with);
        for who in [MEMBER, PEER] {
            let payload = change(&world, &world.token(who, &[], &[]), "exemptRequirement", excuse(json!({}))).await;
            assert_eq!(refusals(&payload), [("FORBIDDEN".into(), "personId".into())], "{who}");
        }
        let lena = json!({ "personId": house.lena.to_string() });
        let own = change(&world, &world.token(LEAD, &[], &[]), "exemptRequirement", excuse(lena)).await;
        assert_eq!(refusals(&own), [("FORBIDDEN".into(), "personId".into())]);
        let unseen = json!({ "personId": house.otto.to_string() });
        let hidden = change(&world, &world.token(LEAD, &[], &[]), "exemptRequirement", excuse(unseen)).await;
        assert_eq!(refusals(&hidden), [("NOT_FOUND".into(), "personId".into())]);
        let exemption = exempted(&world, &house).await;
        let own = change(&world, &world.token(MEMBER, &[], &[]), "endRequirementExemption", ending(&exemption)).await;
        assert_eq!(refusals(&own), [("FORBIDDEN".into(), "exemptionId".into())]);
        let peer = change(&world, &world.token(PEER, &[], &[]), "endRequirementExemption", ending(&exemption)).await;
        assert_eq!(refusals(&peer), [("NOT_FOUND".into(), "exemptionId".into())]);
    }

    async fn what_makes_no_sense_is_refused_at_its_field_and_nothing_is_written(world: World) {
        let house = House::in_world(&world).await;
        let proposed = world.skill(house.category, "Zig", Default::default()).await;
        world.set_skill(proposed, SkillStatus::Proposed, SkillKind::Technical).await;
        let admin = admin(&world);
        let past = instant(world.day(-1));
        for (with, code, field) in [
            (json!({ "reason": " " }), "INVALID", "reason"),
            (json!({ "reason": "x".repeat(4001) }), "INVALID", "reason"),
            (json!({ "until": past }), "INVALID", "until"),
            (json!({ "skillId": proposed.to_string() }), "ILLEGAL_STATE", "skillId"),
            (json!({ "skillId": nothing::<assay::domain::ids::SkillKind>() }), "NOT_FOUND", "skillId"),
            (json!({ "expectedRevision": 99 }), "CONFLICT", "expectedRevision"),
        ] {
            let payload = change(&world, &admin, "exemptRequirement", leave(&world, &house, with.clone())).await;
            assert_eq!(refusals(&payload), [(code.into(), field.into())], "{with}");
        }
        world.set_status(house.mia, PersonStatus::Inactive).await;
        let gone = change(&world, &admin, "exemptRequirement", leave(&world, &house, json!({}))).await;
        assert_eq!(refusals(&gone), [("ILLEGAL_STATE".into(), "personId".into())]);
        assert_eq!(history(world.store(), &house).await, 0);
    }

    async fn a_person_has_one_exemption_from_a_skill_at_a_time_merged_or_not(world: World) {
        let house = House::in_world(&world).await;
        exempted(&world, &house).await;
        let lead = world.token(LEAD, &[], &[]);
        let again = change(&world, &lead, "exemptRequirement", leave(&world, &house, json!({}))).await;
        assert_eq!(refusals(&again), [("OVERLAP".into(), "skillId".into())]);
        world.redirect(house.rust, house.go).await;
        for skill in [house.rust, house.go] {
            let with = json!({ "skillId": skill.to_string() });
            let again = change(&world, &lead, "exemptRequirement", leave(&world, &house, with)).await;
            assert_eq!(refusals(&again), [("OVERLAP".into(), "skillId".into())]);
        }
        let filter = format!("(filter: {{ skillIds: [\"{}\"] }})", house.go);
        assert_eq!(read(&world, &filter).await.as_array().map(Vec::len), Some(1), "what it reads as now");
        // A program that may excuse and sees no exemption is kept from a second one too.
        let program = world.mint(&assay::auth::issuer::Grant {
            scopes: ["people:read", "catalogue:read", "assessments:write"].map(str::to_owned).into(),
            acting_for: Some(LEAD.to_owned()),
            ..assay::auth::issuer::Grant::to("a-program", &[assay::domain::policy::Claim::Service])
        });
        let again = change(&world, &program, "exemptRequirement", leave(&world, &house, json!({}))).await;
        assert_eq!(refusals(&again), [("OVERLAP".into(), "skillId".into())]);
    }

    async fn the_same_key_excuses_once(world: World) {
        let house = House::in_world(&world).await;
        let (lead, input) = (world.token(LEAD, &[], &[]), leave(&world, &house, json!({})));
        let first = change(&world, &lead, "exemptRequirement", input.clone()).await;
        let again = change(&world, &lead, "exemptRequirement", input.clone()).await;
        assert_eq!(first, again);
        let mut other = input;
        other["reason"] = json!("Another one.");
        let other = change(&world, &lead, "exemptRequirement", other).await;
        assert_eq!(refusals(&other), [("IDEMPOTENCY_MISMATCH".into(), "idempotencyKey".into())]);
        assert_eq!(history(world.store(), &house).await, 1);
    }
}
