//! How a team covers skills, against the matrix, which is made another way: now and as of any instant.

use std::collections::BTreeMap;

use assay::{
    auth::Scope,
    domain::{ids::TeamId, policy::Claim},
};
use serde_json::{Value, json};

use crate::{
    matrix::department,
    support::{Client, World},
};

const MATRIX: &str = "query ($team: ID!, $asOf: DateTime) { team(id: $team) { \
    skillMatrix(asOf: $asOf, scope: SUBTREE) { skills { id } rows { person { id } levels staleness } hiddenRows } } }";
const COVERAGE: &str = "query ($team: ID!, $of: CoverageInput, $least: Int, $asOf: DateTime) { team(id: $team) { \
    coverage(of: $of, minLevel: $least, asOf: $asOf, scope: SUBTREE) { asOf policyVersion version members \
    skills { skill { id } level target holders { id } holderCount verifiedHolders holdersFte benchDepth nearReady \
    singlePointOfFailure uncovered interestedLearners staleShare n missing } } \
    resilience(of: $of, minLevel: $least, asOf: $asOf, scope: SUBTREE) { busFactor exact \
    criticalPeople { person { id } skills { id } } witness { id } } } }";

const ALONE: &str = "query ($team: ID!, $of: CoverageInput) { team(id: $team) { coverage(of: $of, scope: SUBTREE) { \
    members skills { skill { name } holders { displayName } holderCount holdersFte n missing } } } }";

/// The matrix of the whole department as a table of levels and ages, a row a person.
async fn matrix(client: &Client, team: &str, as_of: Option<&str>) -> (Vec<String>, Vec<Value>) {
    let data = client.query(MATRIX, json!({ "team": team, "asOf": as_of })).await;
    let matrix = &data["team"]["skillMatrix"];
    assert_eq!(matrix["hiddenRows"], 0, "everyone who was there");
    let skills = matrix["skills"].as_array().expect("skills");
    let skills = skills.iter().map(|skill| skill["id"].as_str().expect("an id").to_owned()).collect();
    (skills, matrix["rows"].as_array().expect("rows").clone())
}

/// F5 of one column, by the words of its definition.
fn counted(rows: &[Value], column: usize, least: i64) -> BTreeMap<&'static str, Value> {
    let levels: Vec<Option<i64>> = rows.iter().map(|row| row["levels"][column].as_i64()).collect();
    let holders: Vec<&Value> = rows
        .iter()
        .zip(&levels)
        .filter(|(_, level)| level.is_some_and(|level| level >= least))
        .map(|(row, _)| row)
        .collect();
    let known = levels.iter().flatten().count();
    let ages: Vec<&str> = rows.iter().filter_map(|row| row["staleness"][column].as_str()).collect();
    let stale = ages.iter().filter(|age| ["STALE", "EXPIRED"].contains(age)).count();
    #[expect(clippy::cast_precision_loss, reason = "a few people")]
    let share = (!ages.is_empty()).then(|| stale as f64 / ages.len() as f64);
    BTreeMap::from([
        ("holders", holders.iter().map(|row| json!({ "id": row["person"]["id"] })).collect()),
        ("holderCount", json!(holders.len())),
        ("benchDepth", json!(holders.len().saturating_sub(1))),
        ("nearReady", json!(levels.iter().flatten().filter(|level| **level == least - 1).count())),
        ("singlePointOfFailure", json!(holders.len() == 1)),
        ("uncovered", json!(holders.is_empty())),
        ("n", json!(known)),
        ("missing", json!(rows.len() - known)),
        ("staleShare", json!(share)),
    ])
}

async fn asked(world: &World) -> (Client, String) {
    let (_, team): (std::sync::Arc<Scope>, TeamId) = department(world).await;
    (world.with_token(world.token("manager", &[], &[])).await, team.to_string())
}

/// Who sees everybody, those who left since included.
async fn omniscient(world: &World) -> Client {
    let scopes = ["teams:read", "people:read", "assessments:read", "catalogue:read"];
    world.with_token(world.token("reporting", &[Claim::Admin, Claim::Service], &scopes)).await
}

on_both! {
    async fn every_count_is_that_of_the_matrix_now_and_at_any_time(world: World) {
        let (_, team) = asked(&world).await;
        let client = omniscient(&world).await;
        for days in [None, Some(-1), Some(-90), Some(-300)] {
            let as_of = days.map(|days| world.day(days).to_rfc3339());
            let (skills, rows) = matrix(&client, &team, as_of.as_deref()).await;
            assert!(!rows.is_empty() && skills.len() > 10);
            for least in [2, 4] {
                let targets: Vec<Value> =
                    skills.iter().map(|skill| json!({ "skillId": skill, "level": 5 })).collect();
                let variables =
                    json!({ "team": team, "of": { "targets": targets }, "least": least, "asOf": as_of });
                let data = client.query(COVERAGE, variables).await;
                let coverage = &data["team"]["coverage"];
                assert_eq!(coverage["members"], rows.len(), "{days:?}");
                assert_eq!(coverage["policyVersion"], "1");
                let found = coverage["skills"].as_array().expect("skills");
                assert_eq!(found.len(), skills.len());
                for (column, (skill, one)) in skills.iter().zip(found).enumerate() {
                    assert_eq!(one["skill"]["id"], **skill, "by category and then name, as the matrix");
                    for (field, expected) in counted(&rows, column, least) {
                        assert_eq!(one[field], expected, "{field} of {skill} at {least}, {days:?}");
                    }
                }
                let held = found.iter().filter(|one| one["uncovered"] == false).count();
                assert_eq!(data["team"]["resilience"]["busFactor"].is_null(), held == 0);
            }
        }
    }

    async fn a_coverage_by_a_role_takes_eight_statements_at_most(world: World) {
        let (client, team) = asked(&world).await;
        let of = json!({ "roleProfile": { "key": "senior-python-developer" } });
        let before = world.statements();
        let data = client.query(ALONE, json!({ "team": team, "of": of })).await;
        let cold = world.statements() - before;
        assert!(cold <= 8, "{cold} statements, authorisation included");
        let skills = data["team"]["coverage"]["skills"].as_array().expect("skills");
        assert!(skills.len() > 5);
        assert!(skills.iter().any(|one| one["holderCount"].as_u64() > Some(0)), "{data}");
    }

    async fn who_does_not_lead_the_team_sees_nothing_of_it(world: World) {
        let (_, team) = asked(&world).await;
        for (subject, claims) in [("member", &[][..]), ("admin", &[Claim::Admin][..])] {
            let client = world.with_token(world.token(subject, claims, &[])).await;
            let data = client.query(COVERAGE, json!({ "team": team })).await;
            let team = &data["team"];
            assert!(team["coverage"].is_null() && team["resilience"].is_null(), "{subject}: {data}");
        }
    }

    async fn a_question_out_of_bounds_is_refused_by_argument_and_rule(world: World) {
        let (client, team) = asked(&world).await;
        let target = |level: i64, count: i64| json!({ "skillId": "skill_1", "level": level, "headCount": count });
        let many: Vec<Value> = (0..401).map(|_| target(3, 1)).collect();
        for (variables, said) in [
            (json!({ "least": 6 }), "`minLevel` must be 1 to 5."),
            (json!({ "of": { "targets": [target(0, 1)] } }), "`targets.0.level` must be 1 to 5."),
            (json!({ "of": { "targets": [target(3, 1), target(3, 0)] } }), "`targets.1.headCount` must be 1 to 1,000."),
            (json!({ "of": { "targets": many } }), "`targets` holds at most 400 targets."),
        ] {
            let mut variables = variables;
            variables["team"] = json!(team);
            let answer = client.ask(COVERAGE, variables).await;
            let said_all = format!("{answer:?}");
            assert!(said_all.contains(said), "{said}: {said_all}");
        }
    }
}
