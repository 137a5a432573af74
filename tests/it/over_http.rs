//! GraphQL over HTTP, with the real schema: the 61 audits of npm `graphql-http`, and who gets in.

use std::process::{Command, Stdio};

use assay::domain::teams::TeamRole;
use serde_json::json;

on_both! {
    async fn the_graphql_over_http_audits_pass(world: World) {
        let client = world.as_stranger(&[]).await;
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/audits/run.mjs");
        let mut node = Command::new("node");
        node.arg(script).arg(client.endpoint()).env("AUDIT_TOKEN", client.token()).stdin(Stdio::null());
        let output = node.output().expect("node runs the audits: run scripts/test, which finds or installs it");
        let said = String::from_utf8_lossy(&output.stdout);
        let faults = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}{faults}");
        assert!(said.ends_with("61 of 61 audits passed\n"), "{said}{faults}");
    }

    async fn a_client_is_the_person_of_its_token(world: World) {
        let team = world.team("Platform", None).await;
        let person = world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let asked = "{ viewer { person { id displayName } ledTeams { nodes { id } } } }";
        let data = world.as_person("Lena Lead").await.query(asked, json!({})).await;
        let expected = json!({ "viewer": {
            "person": { "id": person.to_string(), "displayName": "Lena Lead" },
            "ledTeams": { "nodes": [{ "id": team.to_string() }] },
        } });
        assert_eq!(data, expected);
    }

    async fn an_unknown_subject_reads_that_it_is_nobody_and_no_more(world: World) {
        world.team("Platform", None).await;
        let asked = "{ viewer { person { id } } teamBySlug(slug: \"platform\") { id } }";
        let data = world.as_stranger(&[]).await.query(asked, json!({})).await;
        assert_eq!(data, json!({ "viewer": { "person": null }, "teamBySlug": null }));
    }

    async fn a_program_sees_what_its_scopes_name(world: World) {
        world.team("Platform", None).await;
        let asked = "{ teamBySlug(slug: \"platform\") { name } }";
        let named = world.as_service(&["teams:read"]).await.query(asked, json!({})).await;
        assert_eq!(named, json!({ "teamBySlug": { "name": "Platform" } }));
        let unnamed = world.as_service(&["people:read"]).await.query(asked, json!({})).await;
        assert_eq!(unnamed, json!({ "teamBySlug": null }));
    }

    async fn an_answer_tells_what_it_cost_and_a_refusal_by_how_much_whoever_asks(world: World) {
        world.team("Platform", None).await;
        let page = "query ($n: Int) { teams(first: $n) { nodes { members { nodes { role } } } } }";
        let (lead, nobody) = (world.as_service(&["teams:read"]).await, world.as_stranger(&[]).await);
        for client in [&lead, &nobody] {
            // Each team, and 20 of its members by default.
            for (first, requested) in [(Some(7), 7 * 21), (Some(47), 47 * 21), (None, 20 * 21)] {
                let answer = client.ask(page, json!({ "n": first })).await;
                assert_eq!(answer.body["extensions"], json!({ "cost": { "requested": requested, "limit": 1_000 } }));
                assert!(answer.body["data"]["teams"]["nodes"].is_array(), "{:?}", answer.body);
            }
            let answer = client.ask(page, json!({ "n": 48 })).await;
            let cost = json!({ "requested": 48 * 21, "limit": 1_000 });
            let refused = json!({ "errors": [{
                "message": "This operation costs 1008; the limit is 1000.",
                "extensions": { "code": "QUERY_TOO_COMPLEX", "limit": "cost", "cost": cost },
            }] });
            assert_eq!((answer.status.as_u16(), answer.body), (400, refused));
            let answer = client.ask("{ nothing }", json!({})).await;
            assert_eq!((answer.codes(), answer.body.get("extensions")), (vec!["GRAPHQL_VALIDATION_FAILED"], None));
        }
    }

    async fn a_gateway_pays_for_each_entity_it_names(world: World) {
        let team = world.team("Platform", None).await.to_string();
        let named = |count| json!({ "r": vec![json!({ "__typename": "Team", "id": team }); count] });
        let members = "query ($r: [_Any!]!) { _entities(representations: $r) { \
                       ... on Team { members(first: 9) { nodes { role } } } } }";
        let lead = world.as_service(&["teams:read"]).await;
        let answer = lead.ask(members, named(7)).await;
        assert_eq!(answer.body["extensions"], json!({ "cost": { "requested": 7 * 10, "limit": 1_000 } }));
        assert_eq!(answer.body["data"]["_entities"].as_array().map(Vec::len), Some(7), "{:?}", answer.body);
        let before = world.statements();
        let answer = lead.ask(members, named(150)).await;
        assert_eq!(answer.codes(), ["QUERY_TOO_COMPLEX"], "{:?}", answer.body);
        assert_eq!(world.statements() - before, 1, "the scope alone");
    }

    async fn a_token_of_another_issuer_is_refused(world: World) {
        let answer = world.with_token("not.a.token".to_owned()).await.ask("{ __typename }", json!({})).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.codes(), ["UNAUTHENTICATED"]);
    }
}
