//! The plans, goals, check-ins and learning resources of the access world: a plan of everyone who is seen
//! by somebody else again.

use assay::domain::ids::{DevelopmentGoalKind, DevelopmentPlanKind, GoalCheckInKind, LearningResourceKind};
use sea_orm::Value;

use super::objects::Objects;

/// A plan, whose name begins with whom it is of: its status, and who agreed.
const PLANS: [(&str, &str, Option<&str>); 6] = [
    ("mia draft", "DRAFT", None),
    ("mia active", "ACTIVE", Some("lena")),
    ("stan draft", "DRAFT", None),
    ("sam agreed", "AGREED", Some("otto")),
    ("rex draft", "DRAFT", None),
    ("ina draft", "DRAFT", None),
];

/// A goal, the plan it is in by name and status, its status and the days by which it is due.
const GOALS: [(&str, &str, &str, &str, i64); 6] = [
    ("mia draft", "mia draft", "DRAFT", "NOT_STARTED", 30),
    ("mia active", "mia active", "ACTIVE", "IN_PROGRESS", 60),
    ("mia late", "mia active", "ACTIVE", "NOT_STARTED", -5),
    ("stan draft", "stan draft", "DRAFT", "NOT_STARTED", 30),
    ("sam agreed", "sam agreed", "AGREED", "NOT_STARTED", 30),
    ("ina draft", "ina draft", "DRAFT", "NOT_STARTED", 30),
];

pub async fn lay(objects: &mut Objects<'_>) {
    for (name, status, lead) in PLANS {
        plan(objects, name, status, lead).await;
    }
    for (n, goal_row) in GOALS.into_iter().enumerate() {
        goal(objects, i32::try_from(n).expect("few"), goal_row).await;
    }
    let said = objects.world.id::<GoalCheckInKind>();
    let row = [
        ("id", said.uuid().into()),
        ("goal_id", objects.uuid("goal/mia active").into()),
        ("seq", 1.into()),
        ("at", objects.day(-1).into()),
        ("value", 5_000_i64.into()),
        ("note", "There.".into()),
        ("by_id", objects.uuid("person/mia").into()),
    ];
    objects.world.insert("goal_check_in", row).await;
    objects.keep("GoalCheckIn", "check-in/mia active", said, "");
    for (skill, language) in [("rust", "en"), ("sql", "de"), ("zig", "fr")] {
        resource(objects, skill, language).await;
    }
}

async fn plan(objects: &mut Objects<'_>, name: &str, status: &str, lead: Option<&str>) {
    let id = objects.world.id::<DevelopmentPlanKind>();
    let (whom, _) = name.split_once(' ').expect("whom it is of");
    let row = [
        ("id", id.uuid().into()),
        ("person_id", objects.uuid(&format!("person/{whom}")).into()),
        ("target_role_profile_id", objects.uuid("profile/engineer").into()),
        ("starts_on", objects.day(-100).date_naive().into()),
        ("ends_on", objects.day(100).date_naive().into()),
        ("status", status.into()),
        ("created_at", objects.day(-100).into()),
        ("agreed_by_id", lead.map(|lead| objects.uuid(&format!("person/{lead}"))).into()),
        ("agreed_at", lead.map(|_| objects.day(-90)).into()),
    ];
    objects.world.insert("development_plan", row).await;
    objects.root("DEVELOPMENT_PLAN", id.uuid()).await;
    objects.keep("DevelopmentPlan", &format!("plan/{name}"), id, "");
}

async fn goal(
    objects: &mut Objects<'_>,
    position: i32,
    (name, plan, plan_status, status, due): (&str, &str, &str, &str, i64),
) {
    let id = objects.world.id::<DevelopmentGoalKind>();
    let row: [(&str, Value); 20] = [
        ("id", id.uuid().into()),
        ("plan_id", objects.uuid(&format!("plan/{plan}")).into()),
        ("plan_status", plan_status.into()),
        ("position", position.into()),
        ("skill_id", objects.uuid("skill/rust").into()),
        ("gap_version_id", objects.uuid("version/engineer 2").into()),
        ("gap_importance", "MUST".into()),
        ("gap_required_level", 4.into()),
        ("gap_actual_level", 3.into()),
        ("gap_status", "PARTIAL".into()),
        ("specific", "Leads a rewrite.".into()),
        ("metric_kind", "LEVEL".into()),
        ("metric_baseline", 3_000_i64.into()),
        ("metric_target", 5_000_i64.into()),
        ("metric_unit", "level".into()),
        ("achievable_because", "It is near.".into()),
        ("relevance", "It is a must.".into()),
        ("starts_on", objects.day(-50).date_naive().into()),
        ("due_on", objects.day(due).date_naive().into()),
        ("status", status.into()),
    ];
    objects.world.insert("development_goal", row).await;
    objects.keep("DevelopmentGoal", &format!("goal/{name}"), id, "");
}

async fn resource(objects: &mut Objects<'_>, skill: &str, language: &str) {
    let id = objects.world.id::<LearningResourceKind>();
    let row = [
        ("id", id.uuid().into()),
        ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
        ("level", 4.into()),
        ("title", format!("All of {skill}").into()),
        ("title_key", format!("all of {skill}").into()),
        ("url", format!("https://example.org/{skill}").into()),
        ("licence", "CC-BY-4.0".into()),
        ("language", language.into()),
        ("minutes", 90.into()),
        ("status", "ACTIVE".into()),
    ];
    objects.world.insert("learning_resource", row).await;
    objects.keep("LearningResource", &format!("resource/{skill}"), id, language);
}
