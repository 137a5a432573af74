//! Assessment rounds: who opens them, how far they come, and who is told of it.

use assay::domain::skills::{SkillKind, SkillStatus};
use serde_json::{Value, json};

use crate::{
    assessments::{House, LEAD, MEMBER, PEER, STRANGER, merge, record, refusals},
    organisation::instant,
    reads::{answer, data},
    support::World,
};

const SHOWN: &str = "round { id name status dueAt closedAt revision skills { name } viewerCan { updateAssessmentRound \
     closeAssessmentRound } } userErrors { code field message currentRevision }";

async fn change(world: &World, who: &str, name: &str, input: Value) -> Value {
    world.tick();
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document = format!("mutation ($input: {kind}!) {{ {name}(input: $input) {{ {SHOWN} }} }}");
    let said = answer(world, &world.token(who, &[], &[]), &document, json!({ "input": input })).await;
    assert_eq!(said.get("errors"), None, "{document}");
    said["data"][name].clone()
}

/// A round of the team in Rust and Go, to be changed by `with`.
fn spring(world: &World, house: &House, with: Value) -> Value {
    let mut input = json!({
        "teamId": house.team.to_string(),
        "name": "Spring",
        "skillIds": [house.rust.to_string(), house.go.to_string()],
        "dueAt": instant(world.day(14)),
        "idempotencyKey": world.now().to_rfc3339(),
    });
    merge(&mut input, with);
    input
}

async fn opened(world: &World, house: &House) -> Value {
    let payload = change(world, LEAD, "openAssessmentRound", spring(world, house, json!({}))).await;
    assert_eq!(payload["userErrors"], json!([]));
    payload["round"].clone()
}

async fn progress(world: &World, who: &str, people: &str) -> Value {
    let document = format!(
        "{{ teamBySlug(slug: \"platform\") {{ assessmentRounds(first: 1) {{ nodes {{ progress {{ expected done \
         people{people} {{ nodes {{ person {{ displayName }} expected done missing {{ skill {{ name }} source }} }} }} \
         }} }} }} }} }}"
    );
    data(world, &world.token(who, &[], &[]), &document).await["teamBySlug"]["assessmentRounds"]["nodes"][0]
        ["progress"]
        .take()
}

fn counts(progress: &Value) -> (u64, u64) {
    (progress["expected"].as_u64().expect("a number"), progress["done"].as_u64().expect("a number"))
}

on_both! {
    async fn a_round_comes_as_far_as_what_was_observed_since_it_was_opened(world: World) {
        let house = House::in_world(&world).await;
        house.managed(&world, 2).await;
        let round = opened(&world, &house).await;
        assert_eq!((&round["status"], &round["revision"]), (&json!("OPEN"), &json!(1)));
        assert_eq!(round["skills"], json!([{ "name": "Rust" }, { "name": "Go" }]));
        // Lena is led by nobody and asked for her own word alone.
        assert_eq!(counts(&progress(&world, LEAD, "").await), (10, 0), "what was said before does not count");
        record(&world, MEMBER, house.rating("SELF", 3, json!({}))).await;
        house.managed(&world, 3).await;
        let late = json!({ "observedAt": instant(world.day(-3)), "skillId": house.go.to_string() });
        record(&world, MEMBER, house.rating("SELF", 3, late)).await;
        let now = progress(&world, LEAD, "(filter: { incomplete: true })").await;
        assert_eq!(counts(&now), (10, 2), "nor what was seen before");
        let mia = now["people"]["nodes"].as_array().unwrap().iter().find(|one| one["person"]["displayName"] == "Mia Member");
        assert_eq!(mia.unwrap()["missing"], json!([
            { "skill": { "name": "Go" }, "source": "SELF" }, { "skill": { "name": "Go" }, "source": "MANAGER" },
        ]));
        let most = progress(&world, LEAD, "(orderBy: { field: MISSING, direction: DESC }, first: 1)").await;
        assert_eq!(most["people"]["nodes"][0]["person"]["displayName"], "Pia Peer");
    }

    async fn a_member_is_told_of_their_own_part_and_a_stranger_of_nothing(world: World) {
        let house = House::in_world(&world).await;
        let round = opened(&world, &house).await;
        let own = progress(&world, MEMBER, "").await;
        assert_eq!(counts(&own), (4, 0));
        assert_eq!(own["people"]["nodes"].as_array().map(Vec::len), Some(1));
        let document = format!("{{ node(id: {}) {{ id }} }}", round["id"]);
        let stranger = data(&world, &world.token(STRANGER, &[], &[]), &document).await;
        assert_eq!(stranger["node"], Value::Null);
    }

    async fn a_merge_brings_two_skills_of_a_round_together(world: World) {
        let house = House::in_world(&world).await;
        opened(&world, &house).await;
        record(&world, MEMBER, house.rating("SELF", 3, json!({}))).await;
        world.redirect(house.rust, house.go).await;
        assert_eq!(counts(&progress(&world, LEAD, "").await), (5, 1));
    }

    async fn a_round_is_changed_while_it_is_open_and_stays_when_it_is_closed(world: World) {
        let house = House::in_world(&world).await;
        let round = opened(&world, &house).await;
        let id = &round["id"];
        let changed = change(&world, LEAD, "updateAssessmentRound", json!({ "roundId": id, "name": "Summer",
            "skillIds": [house.go.to_string()], "expectedRevision": 1 })).await;
        assert_eq!((&changed["round"]["name"], &changed["round"]["revision"]), (&json!("Summer"), &json!(2)));
        assert_eq!(changed["round"]["skills"], json!([{ "name": "Go" }]));
        let stale = change(&world, LEAD, "updateAssessmentRound", json!({ "roundId": id, "name": "Autumn", "expectedRevision": 1 })).await;
        assert_eq!(refusals(&stale), [("CONFLICT".into(), "expectedRevision".into())]);
        let closed = change(&world, LEAD, "closeAssessmentRound", json!({ "roundId": id })).await;
        assert_eq!(closed["round"]["status"], "CLOSED");
        assert_eq!(closed["round"]["viewerCan"], json!({ "updateAssessmentRound": false, "closeAssessmentRound": false }));
        record(&world, MEMBER, house.rating("SELF", 3, json!({ "skillId": house.go.to_string() }))).await;
        assert_eq!(counts(&progress(&world, LEAD, "").await), (5, 0), "what comes later does not count");
        for name in ["updateAssessmentRound", "closeAssessmentRound"] {
            let again = change(&world, LEAD, name, json!({ "roundId": id })).await;
            assert_eq!(refusals(&again), [("ILLEGAL_STATE".into(), "roundId".into())], "{name}");
        }
    }

    async fn a_profile_names_the_skills_that_people_can_be_rated_in(world: World) {
        let house = House::in_world(&world).await;
        let profile = world.role_profile("Engineer").await;
        let exam = world.skill(house.category, "Exam", Default::default()).await;
        world.set_skill(exam, SkillStatus::Active, SkillKind::Certification).await;
        world.publish(profile.uuid(), 1, world.day(-30), &[(house.go, 3, "MUST", 3), (exam, 1, "MUST", 3)]).await;
        let with = json!({ "skillIds": null, "roleProfileId": profile.to_string() });
        let payload = change(&world, LEAD, "openAssessmentRound", spring(&world, &house, with)).await;
        assert_eq!(payload["round"]["skills"], json!([{ "name": "Go" }]));
        let both = json!({ "roleProfileId": profile.to_string() });
        let both = change(&world, LEAD, "openAssessmentRound", spring(&world, &house, both)).await;
        assert_eq!(refusals(&both), [("INVALID".into(), "skillIds".into())]);
        let named = json!({ "skillIds": [house.go.to_string(), exam.to_string()] });
        let named = change(&world, LEAD, "openAssessmentRound", spring(&world, &house, named)).await;
        assert_eq!(refusals(&named), [("ILLEGAL_STATE".into(), "skillIds.1".into())]);
    }

    async fn what_makes_no_sense_is_refused_at_its_field(world: World) {
        let house = House::in_world(&world).await;
        for (with, code, field) in [
            (json!({ "name": " " }), "INVALID", "name"),
            (json!({ "dueAt": instant(world.day(-1)) }), "INVALID", "dueAt"),
            (json!({ "skillIds": [] }), "INVALID", "skillIds"),
        ] {
            let payload = change(&world, LEAD, "openAssessmentRound", spring(&world, &house, with.clone())).await;
            assert_eq!(refusals(&payload), [(code.into(), field.into())], "{with}");
        }
        for (who, code) in [(MEMBER, "FORBIDDEN"), (PEER, "FORBIDDEN"), (STRANGER, "NOT_FOUND")] {
            let payload = change(&world, who, "openAssessmentRound", spring(&world, &house, json!({}))).await;
            assert_eq!(refusals(&payload), [(code.into(), "teamId".into())], "{who}");
        }
        assert_eq!(world.count("assessment_round").await, 0);
    }

    async fn the_rounds_of_many_teams_cost_as_many_statements_as_those_of_few(world: World) {
        let house = House::in_world(&world).await;
        let document = "{ teams(first: 3) { nodes { assessmentRounds(first: 6) { nodes { name skills { name } progress { expected \
             people(first: 5) { nodes { person { displayName } missing { skill { name } } } } } } } } } }";
        let mut counts = Vec::new();
        for _ in 0..2 {
            for _ in 0..3 {
                opened(&world, &house).await;
            }
            let before = world.statements();
            data(&world, &world.token(LEAD, &[], &[]), document).await;
            counts.push(world.statements() - before);
        }
        assert_eq!(counts[0], counts[1], "{counts:?}");
        assert!(counts[0] <= 9, "{counts:?}");
    }
}
