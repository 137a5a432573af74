//! Skills, categories and role profiles.

use assay::domain::policy::Claim;
use serde_json::{Value, json};

use super::data;
use crate::support::{SkillSketch, World};

on_both! {
    async fn the_catalogue_is_for_known_viewers(world: World) {
        let category = world.category("Languages").await;
        world.skill(category, "Rust", SkillSketch::default()).await;
        let document = "{ proficiencyScale { value key } skills { nodes { name } } skillBySlug(slug: \"rust\") \
            { name } skillCategories { nodes { name skills { nodes { name } } } } roleProfiles { nodes { key } } }";
        let nothing = json!({
            "proficiencyScale": [], "skills": { "nodes": [] }, "skillBySlug": null,
            "skillCategories": { "nodes": [] }, "roleProfiles": { "nodes": [] },
        });
        for hidden in [world.token("nobody", &[], &[]), world.token("robot", &[Claim::Service], &["teams:read"])] {
            assert_eq!(data(&world, &hidden, document).await, nothing);
        }
        for seen in [
            world.token("recruiter", &[Claim::Recruiter], &[]),
            world.token("robot", &[Claim::Service], &["catalogue:read"]),
        ] {
            let seen = data(&world, &seen, document).await;
            assert_eq!(seen["proficiencyScale"].as_array().unwrap().len(), 6);
            assert_eq!(seen["skillBySlug"]["name"], "Rust");
            assert_eq!(seen["skillCategories"]["nodes"][0]["skills"]["nodes"][0]["name"], "Rust");
        }
    }

    async fn a_skill_is_found_by_an_alias_and_shows_all_that_belongs_to_it(world: World) {
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", SkillSketch::default()).await;
        let c = world.skill(category, "C", SkillSketch::default()).await;
        world.insert("skill_alias", [
            ("id", world.id::<assay::domain::ids::SkillKind>().uuid().into()),
            ("skill_id", rust.uuid().into()),
            ("alias", "Ferris".into()),
            ("alias_key", "ferris".into()),
        ]).await;
        world.insert("skill_level_descriptor", [
            ("skill_id", rust.uuid().into()),
            ("level", 3.into()),
            ("behaviour", "Writes safe code alone.".into()),
            ("examples", "[\"A crate\"]".into()),
        ]).await;
        world.insert("skill_relation", [
            ("from_id", rust.uuid().into()),
            ("to_id", c.uuid().into()),
            ("kind", "RELATED".into()),
        ]).await;
        let document = "{ skills(filter: { text: \"FERR\" }) { nodes { name aliases category { name } \
            levelDescriptors { level behaviour examples } relations { kind skill { name } } externalRefs { uri } \
            owner { id } mergedInto { id } } } }";
        let seen = data(&world, &world.token("root", &[Claim::Admin], &[]), document).await;
        assert_eq!(seen["skills"]["nodes"], json!([{
            "name": "Rust", "aliases": ["Ferris"], "category": { "name": "Languages" },
            "levelDescriptors": [{ "level": 3, "behaviour": "Writes safe code alone.", "examples": ["A crate"] }],
            "relations": [{ "kind": "RELATED", "skill": { "name": "C" } }],
            "externalRefs": [], "owner": null, "mergedInto": null,
        }]));
    }

    async fn drafts_and_salaries_are_for_those_who_may_see_them(world: World) {
        let [profile, draft, published] = role_profile(&world).await;
        let document = format!(
            "{{ draft: node(id: \"{draft}\") {{ id }} roleProfile(by: {{ key: \"engineer\" }}) {{ id title \
             versions {{ nodes {{ number status }} }} published {{ requirements {{ requiredLevel importance \
             skill {{ name }} }} salaryBenchmarks {{ low {{ amountMinor currency }} }} }} }} \
             byVersion: roleProfile(by: {{ versionId: \"{published}\" }}) {{ id }} }}"
        );
        let recruiter = data(&world, &world.token("rita", &[Claim::Recruiter], &[]), &document).await;
        assert_eq!(recruiter["draft"], Value::Null);
        assert_eq!(recruiter["byVersion"]["id"], json!(profile));
        assert_eq!(recruiter["roleProfile"]["versions"]["nodes"], json!([{ "number": 1, "status": "PUBLISHED" }]));
        let requirements = &recruiter["roleProfile"]["published"]["requirements"];
        assert_eq!(requirements, &json!([{ "requiredLevel": 3, "importance": "MUST", "skill": { "name": "Rust" } }]));
        let low = &recruiter["roleProfile"]["published"]["salaryBenchmarks"][0]["low"];
        assert_eq!(low, &json!({ "amountMinor": 12_000_000.0, "currency": "USD" }));
        let admin = data(&world, &world.token("root", &[Claim::Admin], &[]), &document).await;
        assert_eq!(admin["draft"]["id"], json!(draft));
        assert_eq!(admin["roleProfile"]["versions"]["nodes"].as_array().unwrap().len(), 2);
        assert_eq!(admin["roleProfile"]["published"]["salaryBenchmarks"], Value::Null);
    }
}

/// A profile with a published version 1 and a draft of version 2; their public ids.
async fn role_profile(world: &World) -> [String; 3] {
    use assay::domain::ids::{RoleProfileId, RoleProfileVersionId};
    let profile: RoleProfileId = world.id();
    let category = world.category("Languages").await;
    let rust = world.skill(category, "Rust", SkillSketch::default()).await;
    world
        .insert(
            "role_profile",
            [
                ("id", profile.uuid().into()),
                ("key", "engineer".into()),
                ("title", "Engineer".into()),
                ("title_key", "engineer".into()),
                ("family", "Engineering".into()),
                ("track", "TECHNICAL".into()),
                ("seniority", 4.into()),
                ("status", "ACTIVE".into()),
            ],
        )
        .await;
    let root = [("aggregate", "ROLE_PROFILE".into()), ("id", profile.uuid().into()), ("value", 1_i64.into())];
    world.insert("revision", root).await;
    let [published, draft]: [RoleProfileVersionId; 2] = [world.id(), world.id()];
    for (id, number) in [(published, 1), (draft, 2)] {
        let row = [
            ("id", id.uuid().into()),
            ("role_profile_id", profile.uuid().into()),
            ("number", number.into()),
            ("summary", "Writes **software**.".into()),
            ("status", "DRAFT".into()),
        ];
        world.insert("role_profile_version", row).await;
        if number == 1 {
            fill(world, id.uuid(), rust.uuid()).await;
            let sql = "UPDATE role_profile_version SET status = 'PUBLISHED', published_at = $1 WHERE id = $2";
            world.execute(sql, [world.day(-9).into(), id.uuid().into()]).await;
        }
    }
    [profile.to_string(), draft.to_string(), published.to_string()]
}

async fn fill(world: &World, version: uuid::Uuid, skill: uuid::Uuid) {
    let id = || world.id::<assay::domain::ids::SkillKind>().uuid();
    world
        .insert(
            "role_skill_requirement",
            [
                ("id", id().into()),
                ("role_profile_version_id", version.into()),
                ("position", 0.into()),
                ("skill_id", skill.into()),
                ("required_level", 3.into()),
                ("importance", "MUST".into()),
                ("weight", 3.into()),
            ],
        )
        .await;
    let as_of = chrono::NaiveDate::from_ymd_opt(2025, 10, 1).unwrap();
    world
        .insert(
            "salary_benchmark",
            [
                ("id", id().into()),
                ("role_profile_version_id", version.into()),
                ("position", 0.into()),
                ("region", "US".into()),
                ("currency", "USD".into()),
                ("period", "YEAR".into()),
                ("basis", "BASE".into()),
                ("statistic", "MEDIAN".into()),
                ("low_minor", 12_000_000_i64.into()),
                ("high_minor", 12_000_000_i64.into()),
                ("source", "A survey".into()),
                ("as_of", as_of.into()),
            ],
        )
        .await;
}
