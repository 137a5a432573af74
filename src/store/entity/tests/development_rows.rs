//! The rows of development, stored and read back.

use chrono::NaiveDate;

use super::rows::{at, id, same};
use crate::store::{
    Store,
    entity::development::{development_goal, development_plan, goal_check_in, learning_resource},
};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).unwrap()
}

/// Takes the rows of the organisation, the catalogue and the profiles as they are.
pub async fn the_development(store: &Store) {
    let plan = development_plan::Model {
        id: id(81),
        person_id: id(11),
        target_role_profile_id: None,
        starts_on: day(1),
        ends_on: day(31),
        status: "DRAFT".into(),
        created_at: at(123_456),
        agreed_by_id: None,
        agreed_at: None,
    };
    same(store, vec![plan]).await;
    the_goals(store).await;
    let said = goal_check_in::Model {
        id: id(84),
        goal_id: id(82),
        seq: 1,
        at: at(7),
        value: -1,
        note: Some("Halfway.".into()),
        by_id: id(11),
    };
    same(store, vec![said]).await;
    let offered = learning_resource::Model {
        id: id(85),
        skill_id: id(31),
        level: 3,
        title: "Asyncio".into(),
        title_key: "asyncio".into(),
        url: "https://docs.python.org/3/library/asyncio.html".into(),
        licence: "PSF-2.0".into(),
        language: Some("en".into()),
        minutes: None,
        status: "ACTIVE".into(),
    };
    same(store, vec![offered]).await;
}

async fn the_goals(store: &Store) {
    let whole = development_goal::Model {
        id: id(82),
        plan_id: id(81),
        plan_status: "DRAFT".into(),
        position: 0,
        skill_id: id(31),
        gap_version_id: None,
        gap_importance: None,
        gap_required_level: Some(4),
        gap_actual_level: Some(0),
        gap_status: Some("MISSING".into()),
        specific: "Schreibt Module – allein ✓.".into(),
        metric_kind: Some("NUMBER".into()),
        metric_baseline: Some(-2_500),
        metric_target: Some(1_000_000_000_000),
        metric_unit: Some("€".into()),
        achievable_because: String::new(),
        relevance: String::new(),
        starts_on: day(2),
        due_on: Some(day(30)),
        status: "NOT_STARTED".into(),
    };
    let bare = development_goal::Model {
        id: id(83),
        position: 1,
        gap_required_level: None,
        gap_actual_level: None,
        gap_status: None,
        metric_kind: None,
        metric_baseline: None,
        metric_target: None,
        metric_unit: None,
        due_on: None,
        ..whole.clone()
    };
    same(store, vec![whole, bare]).await;
}
