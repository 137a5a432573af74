//! Texts no name can hold, and instants no answer can have: the client's mistake, never a fault of ours.

use assay::domain::teams::TeamRole;
use serde_json::json;

use super::answer;

on_both! {
    async fn a_text_that_no_name_can_hold_finds_nothing(world: World) {
        let team = world.team("Platform", None).await;
        world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let lena = world.token("lena-lead", &[], &[]);
        let document = "query ($text: String!) { teamBySlug(slug: $text) { name } skillBySlug(slug: $text) { name } \
            roleProfile(by: { key: $text }) { title } teams(filter: { text: $text }) { nodes { name } } \
            people(filter: { text: $text }) { nodes { displayName } } skills(filter: { text: $text }) { nodes { name } } \
            skillCategories(filter: { text: $text }) { nodes { name } } \
            roleProfiles(filter: { text: $text, family: $text }) { nodes { title } } }";
        let nothing = json!({
            "teamBySlug": null, "skillBySlug": null, "roleProfile": null, "teams": { "nodes": [] },
            "people": { "nodes": [] }, "skills": { "nodes": [] }, "skillCategories": { "nodes": [] },
            "roleProfiles": { "nodes": [] },
        });
        for text in ["\0", "plat\0form", &"%".repeat(60_000), &"a".repeat(60_000)] {
            let answer = answer(&world, &lena, document, json!({ "text": text })).await;
            assert_eq!((&answer["errors"], &answer["data"]), (&json!(null), &nothing));
        }
    }

    async fn an_instant_to_come_is_refused_by_the_name_of_its_argument(world: World) {
        let team = world.team("Platform", None).await;
        world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let lena = world.token("lena-lead", &[], &[]);
        for (field, argument) in [
            ("skillMatrix(asOf: $at) { asOf }", "`asOf`"),
            ("skillMatrix(changedSince: $at) { asOf }", "`changedSince`"),
            ("skillChanges(since: $at) { nodes { toLevel } }", "`since`"),
        ] {
            let document = format!("query ($at: DateTime!) {{ teamBySlug(slug: \"platform\") {{ {field} }} }}");
            let answer = answer(&world, &lena, &document, json!({ "at": "9999-01-01T00:00:00Z" })).await;
            let error = &answer["errors"][0];
            assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
            assert!(error["message"].as_str().unwrap().starts_with(argument), "{answer}");
        }
    }
}
