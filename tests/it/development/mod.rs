//! Development plans through the graph: drafted from a gap, agreed, checked in on, and seen by nobody else.

mod drafts;
mod goals;
mod plans;
mod proposals;
mod resources;
mod sight;

use assay::domain::{
    ids::{PersonId, RoleProfileKind, RoleProfileVersionKind, SkillId, TeamMembershipKind},
    policy::Claim,
};
use serde_json::{Value, json};

use crate::{
    assessments::{Anything, House, LEAD, MEMBER},
    reads::answer,
    support::World,
};

const PLAN: &str = "plan { id status revision period { startDate endDate } agreedAt agreedBy { displayName } \
     targetRoleProfile { title } person { id } }";
const GOAL: &str = "goal { id status progressPct specific dueDate metric { kind baseline target unit } \
     gap { requiredLevel actualLevel status } proposedAssessment { level source } plan { revision } }";

/// The payload of a mutation of plans, goals or learning resources.
pub async fn mutate(world: &World, who: &str, name: &str, mut input: Value) -> Value {
    let token = if who == "ADMIN" {
        world.token("an-admin", &[Claim::Admin], &[])
    } else {
        world.token(who, &[], &[])
    };
    world.tick();
    if input.get("idempotencyKey").is_none() {
        input["idempotencyKey"] = json!(world.id::<Anything>().to_string());
    }
    let shown = match name {
        "checkInOnGoal" => format!("checkIn {{ id value note by {{ displayName }} }} {GOAL}"),
        _ if name.ends_with("LearningResource") => {
            "resource { id level title language minutes status skill { id revision } }".to_owned()
        }
        _ if name.ends_with("Goal") || name.starts_with("markGoal") => GOAL.to_owned(),
        _ => PLAN.to_owned(),
    };
    let kind = format!("{}{}Input", name[..1].to_uppercase(), &name[1..]);
    let document = format!(
        "mutation ($input: {kind}!) {{ {name}(input: $input) {{ {shown} \
         userErrors {{ code field message currentRevision }} }} }}"
    );
    let said = answer(world, &token, &document, json!({ "input": input })).await;
    assert_eq!(said.get("errors"), None, "{document}");
    said["data"][name].clone()
}

/// The payload of a mutation that must not be refused.
pub async fn done(world: &World, who: &str, name: &str, input: Value) -> Value {
    let payload = mutate(world, who, name, input).await;
    assert_eq!(payload["userErrors"], json!([]), "{name}");
    payload
}

/// Holds a payload against the one refusal it must tell.
pub fn assert_refused(payload: &Value, code: &str, field: &str) {
    let errors = payload["userErrors"].as_array().expect("a list");
    let told: Vec<(String, String)> = errors
        .iter()
        .map(|error| {
            let path = error["field"].as_array().into_iter().flatten().filter_map(Value::as_str);
            (error["code"].as_str().expect("a code").to_owned(), path.collect::<Vec<_>>().join("."))
        })
        .collect();
    assert_eq!(told, [(code.to_owned(), field.to_owned())], "{payload}");
}

/// So many days from now, as a day.
pub fn day(world: &World, days: i64) -> String {
    world.day(days).date_naive().to_string()
}

pub fn period(world: &World) -> Value {
    json!({ "startDate": day(world, 0), "endDate": day(world, 90) })
}

/// An empty plan of Mia.
pub async fn plan(world: &World, house: &House) -> String {
    let input = json!({ "personId": house.mia.to_string(), "period": period(world) });
    let payload = done(world, MEMBER, "createDevelopmentPlan", input).await;
    payload["plan"]["id"].as_str().expect("an id").to_owned()
}

/// A whole goal of Mia: from level 2 to 4 in Rust.
pub fn whole_goal(world: &World, house: &House, plan: &str) -> Value {
    json!({
        "planId": plan,
        "skillId": house.rust.to_string(),
        "specific": "Leads a rewrite.",
        "metric": { "kind": "LEVEL", "baseline": 2, "target": 4 },
        "gap": { "requiredLevel": 4 },
        "dueDate": day(world, 60),
    })
}

/// A plan of Mia with one whole goal, being worked on; its id and the goal's.
pub async fn active_plan(world: &World, house: &House) -> (String, String) {
    let plan = plan(world, house).await;
    let goal = done(world, MEMBER, "addDevelopmentGoal", whole_goal(world, house, &plan)).await;
    done(world, LEAD, "agreeDevelopmentPlan", json!({ "planId": plan })).await;
    done(world, MEMBER, "startDevelopmentPlan", json!({ "planId": plan })).await;
    (plan, goal["goal"]["id"].as_str().expect("an id").to_owned())
}

/// A published role profile that requires these levels.
pub async fn role(world: &World, key: &str, requires: &[(SkillId, i32, &str)]) -> String {
    let (profile, version) = (world.id::<RoleProfileKind>(), world.id::<RoleProfileVersionKind>());
    let row = [
        ("id", profile.uuid().into()),
        ("key", key.into()),
        ("title", "Engineer".into()),
        ("title_key", "engineer".into()),
        ("family", "Engineering".into()),
        ("track", "TECHNICAL".into()),
        ("seniority", 3.into()),
        ("status", "ACTIVE".into()),
    ];
    world.insert("role_profile", row).await;
    let root = [("aggregate", "ROLE_PROFILE".into()), ("id", profile.uuid().into()), ("value", 1_i64.into())];
    world.insert("revision", root).await;
    let row = [
        ("id", version.uuid().into()),
        ("role_profile_id", profile.uuid().into()),
        ("number", 1.into()),
        ("summary", "".into()),
        ("status", "DRAFT".into()),
    ];
    world.insert("role_profile_version", row).await;
    for (n, (skill, level, importance)) in (0..).zip(requires) {
        let row = [
            ("id", world.id::<TeamMembershipKind>().uuid().into()),
            ("role_profile_version_id", version.uuid().into()),
            ("position", n.into()),
            ("skill_id", skill.uuid().into()),
            ("required_level", (*level).into()),
            ("importance", (*importance).into()),
            ("weight", 3.into()),
        ];
        world.insert("role_skill_requirement", row).await;
    }
    let publish = "UPDATE role_profile_version SET status = 'PUBLISHED', published_at = $1 WHERE id = $2";
    world.execute(publish, [world.day(-10).into(), version.uuid().into()]).await;
    profile.to_string()
}

/// What a plan holds, as `who` sees it.
pub async fn seen(world: &World, who: &str, plan: &str) -> Value {
    let document = "query ($id: ID!) { developmentPlan(id: $id) { id status revision goals { nodes { id status \
         progressPct specific achievableBecause relevance startDate dueDate metric { kind baseline target unit } \
         gap { requiredLevel actualLevel status importance } skill { name } \
         checkIns { nodes { value note } } viewerCan { updateDevelopmentGoal checkInOnGoal markGoalAchieved } } } \
         viewerCan { updateDevelopmentPlan agreeDevelopmentPlan startDevelopmentPlan abandonDevelopmentPlan \
         addDevelopmentGoal } } }";
    let said = answer(world, &world.token(who, &[], &[]), document, json!({ "id": plan })).await;
    assert_eq!(said.get("errors"), None);
    said["data"]["developmentPlan"].clone()
}

/// Rated by a lead, long ago.
pub async fn rated(world: &World, house: &House, person: PersonId, skill: SkillId, level: i32) {
    let rating = crate::support::Rating {
        person,
        skill,
        source: assay::domain::assessments::AssessmentSource::Manager,
        assessor: house.lena,
        level,
        observed_at: world.day(-30),
    };
    world.rate(rating).await;
}
