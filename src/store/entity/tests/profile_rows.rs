//! The rows of role profiles and of what a version holds.

use chrono::NaiveDate;

use super::rows::{at, id, same};
use crate::store::{
    Store,
    entity::{
        profile_content::{
            challenge, challenge_skill, market_insight, practice, qualification, responsibility,
            role_skill_requirement, salary_benchmark,
        },
        profiles::{career_path, person_role_profile, role_profile, role_profile_version},
    },
};

fn role_row(n: u128, key: &str) -> role_profile::Model {
    role_profile::Model {
        id: id(n),
        key: key.into(),
        title: "Senior".into(),
        title_key: "senior".into(),
        family: "Engineering".into(),
        track: "TECHNICAL".into(),
        seniority: 5,
        status: "ACTIVE".into(),
    }
}

pub async fn the_profiles(store: &Store) {
    same(store, vec![role_row(41, "senior"), role_row(42, "lead")]).await;
    let version = role_profile_version::Model {
        id: id(51),
        role_profile_id: id(41),
        number: 1,
        summary: "Builds.".into(),
        status: "DRAFT".into(),
        published_at: None,
        retired_at: None,
    };
    same(store, vec![version]).await;
    let (person_id, role_profile_id) = (id(11), id(41));
    let held = person_role_profile::Model {
        id: id(5),
        person_id,
        role_profile_id,
        valid_from: at(1),
        valid_to: None,
    };
    same(store, vec![held]).await;
    let path = career_path::Model {
        from_id: id(41),
        to_id: id(42),
        kind: "PROMOTION".into(),
        criteria: "Leads.".into(),
        position: 0,
    };
    same(store, vec![path]).await;
}

pub async fn the_content_of_a_version(store: &Store) {
    let (role_profile_version_id, position) = (id(51), 1);
    let statement = || "As stated.".to_owned();
    let area = "Design".into();
    same(
        store,
        vec![responsibility::Model {
            id: id(52),
            role_profile_version_id,
            position,
            area,
            statement: statement(),
        }],
    )
    .await;
    let requirement = role_skill_requirement::Model {
        id: id(53),
        role_profile_version_id,
        position,
        skill_id: id(31),
        required_level: 4,
        importance: "MUST".into(),
        weight: 3,
    };
    same(store, vec![requirement]).await;
    let qualification = qualification::Model {
        id: id(54),
        role_profile_version_id,
        position,
        kind: "EXPERIENCE".into(),
        statement: statement(),
        min_years: Some(5),
    };
    same(store, vec![qualification]).await;
    let practice = practice::Model {
        id: id(55),
        role_profile_version_id,
        position,
        topic: "Tests".into(),
        statement: statement(),
        skill_id: Some(id(31)),
    };
    same(store, vec![practice]).await;
    let challenge = challenge::Model {
        id: id(56),
        role_profile_version_id,
        position,
        title: "Locks".into(),
        problem: "p".into(),
        resolution: "r".into(),
    };
    same(store, vec![challenge]).await;
    same(store, vec![challenge_skill::Model { challenge_id: id(56), skill_id: id(31), position }]).await;
    the_market(store).await;
}

async fn the_market(store: &Store) {
    let (role_profile_version_id, position) = (id(51), 1);
    let (source, as_of) = ("Survey".to_owned(), NaiveDate::from_ymd_opt(2025, 6, 30).unwrap());
    let insight = market_insight::Model {
        id: id(57),
        role_profile_version_id,
        position,
        topic: "DEMAND".into(),
        statement: "High.".into(),
        figure_hundredths: Some(975),
        figure_unit: Some("PERCENT".into()),
        figure_precision: Some("ABOUT".into()),
        figure_from_year: Some(2023),
        figure_to_year: Some(2024),
        source: source.clone(),
        as_of,
    };
    same(store, vec![insight]).await;
    let salary = salary_benchmark::Model {
        id: id(58),
        role_profile_version_id,
        position,
        region: "DE".into(),
        currency: "EUR".into(),
        period: "YEAR".into(),
        basis: "TOTAL".into(),
        statistic: "PERCENTILE".into(),
        percentile: Some(75),
        // More than 32 bits hold.
        low_minor: 9_000_000_000,
        high_minor: 9_000_000_000,
        source,
        as_of,
    };
    same(store, vec![salary]).await;
}
