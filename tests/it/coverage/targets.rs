//! What a team is asked to be able to do: set, replaced, taken away, and who may.

use assay::domain::teams::TeamRole;
use serde_json::{Value, json};

use crate::support::{Client, SkillSketch};

const TARGETS: &str = "query ($team: ID!) { team(id: $team) { revision \
    skillTargets { skill { name } level headCount } viewerCan { setTeamSkillTarget removeTeamSkillTarget } } }";
const SET: &str = "mutation ($input: SetTeamSkillTargetInput!) { setTeamSkillTarget(input: $input) { \
    target { skill { name } level headCount } team { revision } userErrors { code field message } } }";
const REMOVE: &str = "mutation ($input: RemoveTeamSkillTargetInput!) { removeTeamSkillTarget(input: $input) { \
    team { skillTargets { level } } userErrors { code } } }";

async fn targets(client: &Client, team: &str) -> Value {
    client.query(TARGETS, json!({ "team": team })).await["team"]["skillTargets"].clone()
}

async fn set(client: &Client, input: Value) -> Value {
    client.query(SET, json!({ "input": input })).await["setTeamSkillTarget"].clone()
}

on_both! {
    async fn a_lead_asks_a_level_of_a_skill_and_asks_another_later(world: World) {
        let team = world.team("Platform", None).await;
        world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        world.person_in(team, "Mia Member", TeamRole::Member).await;
        let category = world.category("Languages").await;
        let (rust, sql) = (world.skill(category, "Rust", SkillSketch::default()).await, world.skill(category, "SQL", SkillSketch::default()).await);
        let lena = world.as_person("Lena Lead").await;
        let (team, rust, sql) = (team.to_string(), rust.to_string(), sql.to_string());
        let first = set(&lena, json!({ "teamId": team, "skillId": sql, "level": 4, "headCount": 2 })).await;
        assert_eq!(first["target"], json!({ "skill": { "name": "SQL" }, "level": 4, "headCount": 2 }), "{first}");
        set(&lena, json!({ "teamId": team, "skillId": rust, "level": 3 })).await;
        let revision = first["team"]["revision"].as_i64().expect("a revision");
        let stale = set(&lena, json!({ "teamId": team, "skillId": sql, "level": 2, "expectedRevision": revision })).await;
        assert_eq!(stale["userErrors"][0]["code"], "CONFLICT");
        assert_eq!(stale["target"]["level"], 4);
        set(&lena, json!({ "teamId": team, "skillId": sql, "level": 2 })).await;
        let both = json!([
            { "skill": { "name": "Rust" }, "level": 3, "headCount": 1 },
            { "skill": { "name": "SQL" }, "level": 2, "headCount": 1 },
        ]);
        assert_eq!(targets(&lena, &team).await, both);
        let mia = world.as_person("Mia Member").await;
        assert_eq!(targets(&mia, &team).await, both, "everyone who sees the team sees what is asked of it");
        let refused = set(&mia, json!({ "teamId": team, "skillId": sql, "level": 5 })).await;
        assert_eq!(refused["userErrors"][0]["code"], "FORBIDDEN");
        let gone = lena.query(REMOVE, json!({ "input": { "teamId": team, "skillId": sql } })).await;
        assert_eq!(gone["removeTeamSkillTarget"]["team"]["skillTargets"], json!([{ "level": 3 }]));
    }

    async fn what_is_no_target_is_refused_by_field_and_rule(world: World) {
        let team = world.team("Platform", None).await;
        world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", SkillSketch::default()).await.to_string();
        let lena = world.as_person("Lena Lead").await;
        let team = team.to_string();
        let refused = set(&lena, json!({ "teamId": team, "skillId": rust, "level": 0, "headCount": 0 })).await;
        let said: Vec<&str> =
            refused["userErrors"].as_array().expect("errors").iter().filter_map(|e| e["message"].as_str()).collect();
        assert_eq!(said, ["level must be 1 to 5.", "headCount must be 1 to 1,000."]);
        world.execute("UPDATE skill SET status = 'DEPRECATED'", []).await;
        let refused = set(&lena, json!({ "teamId": team, "skillId": rust, "level": 3 })).await;
        assert_eq!(refused["userErrors"][0]["code"], "ILLEGAL_STATE");
        assert_eq!(targets(&lena, &team).await, json!([]));
    }
}
