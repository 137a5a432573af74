//! The skills and role profiles of the access world: one in every state, and everything a version can hold.

use assay::domain::{
    ids::{RoleProfileKind, RoleProfileVersionKind, SkillKind},
    text::fold,
};
use chrono::NaiveDate;
use sea_orm::Value;
use uuid::Uuid;

use super::objects::Objects;

pub async fn lay(objects: &mut Objects<'_>) {
    categories(objects).await;
    for (name, kind, status, owner) in [
        ("rust", "TECHNICAL", "ACTIVE", Some("olga")),
        ("sql", "TECHNICAL", "ACTIVE", None),
        ("exam", "CERTIFICATION", "ACTIVE", Some("olga")),
        ("cobol", "TECHNICAL", "DEPRECATED", None),
        ("oxide", "TECHNICAL", "MERGED", None),
        ("zig", "TECHNICAL", "PROPOSED", Some("paul")),
    ] {
        skill(objects, name, kind, status, owner).await;
    }
    names_and_relations(objects).await;
    targets(objects).await;
    for (name, versions) in [
        ("engineer", ["SUPERSEDED", "PUBLISHED", "DRAFT"].as_slice()),
        ("principal", &["PUBLISHED"]),
        ("planned", &["DRAFT"]),
        ("retired", &["ARCHIVED"]),
    ] {
        profile(objects, name, versions).await;
    }
    for (to, kind) in [("principal", "PROMOTION"), ("planned", "LATERAL"), ("retired", "TRACK_CHANGE")] {
        let row = [
            ("from_id", objects.uuid("profile/engineer").into()),
            ("to_id", objects.uuid(&format!("profile/{to}")).into()),
            ("kind", kind.into()),
            ("criteria", "Shows it twice.".into()),
            ("position", 0.into()),
        ];
        objects.world.insert("career_path", row).await;
    }
    for (profile, until) in [("engineer", None), ("planned", None), ("principal", Some(-200))] {
        let row = [
            ("id", objects.row()),
            ("person_id", objects.uuid("person/mia").into()),
            ("role_profile_id", objects.uuid(&format!("profile/{profile}")).into()),
            ("valid_from", objects.day(-400).into()),
            ("valid_to", until.map(|days| objects.day(days)).into()),
        ];
        objects.world.insert("person_role_profile", row).await;
    }
}

async fn categories(objects: &mut Objects<'_>) {
    let languages = objects.world.category("Languages").await;
    objects.keep("SkillCategory", "category/languages", languages, "Languages");
    let systems = objects.world.category("Systems").await;
    objects.keep("SkillCategory", "category/systems", systems, "Systems");
    let hang = "UPDATE skill_category SET parent_id = $1 WHERE id = $2";
    objects.world.execute(hang, [languages.uuid().into(), systems.uuid().into()]).await;
}

async fn skill(objects: &mut Objects<'_>, name: &str, kind: &str, status: &str, owner: Option<&str>) {
    let id = objects.world.id::<SkillKind>();
    let person = |name: Option<&str>| Value::from(name.map(|name| objects.uuid(&format!("person/{name}"))));
    let proposed = (status == "PROPOSED").then_some("sam");
    let merged = (status == "MERGED").then(|| objects.uuid("skill/rust"));
    let row = [
        ("id", id.uuid().into()),
        ("name", name.into()),
        ("name_key", fold(name).into()),
        ("slug", name.into()),
        ("description", "What it covers.".into()),
        ("kind", kind.into()),
        ("category_id", objects.uuid("category/systems").into()),
        ("owner_id", person(owner)),
        ("proposed_by", person(proposed)),
        ("status", status.into()),
        ("merged_into", merged.into()),
        ("review_interval_days", 100.into()),
        ("expires_after_days", 300.into()),
    ];
    objects.world.insert("skill", row).await;
    objects.root("SKILL", id.uuid()).await;
    objects.keep("Skill", &format!("skill/{name}"), id, name);
    if status != "PROPOSED" {
        let row = [("name_key", fold(name).into()), ("skill_id", id.uuid().into())];
        objects.world.insert("skill_name", row).await;
    }
}

async fn targets(objects: &Objects<'_>) {
    // Oxide reads as Rust, of which the stronger holds.
    for (team, skill, level) in
        [("platform", "rust", 3), ("platform", "oxide", 2), ("platform", "sql", 3), ("web", "rust", 2)]
    {
        let row = [
            ("team_id", objects.uuid(&format!("team/{team}")).into()),
            ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
            ("level", level.into()),
            ("head_count", 2.into()),
        ];
        objects.world.insert("team_skill_target", row).await;
    }
}

async fn names_and_relations(objects: &Objects<'_>) {
    let (world, rust) = (objects.world, objects.uuid("skill/rust"));
    let alias = [
        ("id", objects.row()),
        ("skill_id", rust.into()),
        ("alias", "Ferris".into()),
        ("alias_key", "ferris".into()),
    ];
    world.insert("skill_alias", alias).await;
    world.insert("skill_name", [("name_key", "ferris".into()), ("skill_id", rust.into())]).await;
    for level in [2, 4] {
        let row = [
            ("skill_id", rust.into()),
            ("level", level.into()),
            ("behaviour", "Does it.".into()),
            ("examples", "[\"A crate\"]".into()),
        ];
        world.insert("skill_level_descriptor", row).await;
    }
    // One of them leads to a proposal, which few see.
    for (to, kind) in [("sql", "RELATED"), ("zig", "RELATED")] {
        let to = objects.uuid(&format!("skill/{to}"));
        let row = [("from_id", rust.into()), ("to_id", to.into()), ("kind", kind.into())];
        world.insert("skill_relation", row).await;
    }
    let elsewhere = [
        ("id", objects.row()),
        ("skill_id", rust.into()),
        ("scheme", "ESCO".into()),
        ("uri", "http://data.europa.eu/esco/skill/rust".into()),
        ("scheme_version", "1.2".into()),
        ("match_kind", "EXACT".into()),
    ];
    world.insert("external_ref", elsewhere).await;
    let merge = [
        ("id", objects.row()),
        ("from_id", objects.uuid("skill/oxide").into()),
        ("into_id", rust.into()),
        ("at", objects.day(-50).into()),
    ];
    world.insert("skill_merge", merge).await;
}

async fn profile(objects: &mut Objects<'_>, name: &str, versions: &[&str]) {
    let id = objects.world.id::<RoleProfileKind>();
    let archived = versions.contains(&"ARCHIVED");
    let row = [
        ("id", id.uuid().into()),
        ("key", name.into()),
        ("title", name.into()),
        ("title_key", fold(name).into()),
        ("family", format!("Family of {name}").into()),
        ("track", "TECHNICAL".into()),
        ("seniority", 4.into()),
        ("status", if archived { "ARCHIVED" } else { "ACTIVE" }.into()),
    ];
    objects.world.insert("role_profile", row).await;
    objects.root("ROLE_PROFILE", id.uuid()).await;
    objects.keep("RoleProfile", &format!("profile/{name}"), id, name);
    for (number, status) in (1..).zip(versions) {
        version(objects, id.uuid(), &format!("version/{name} {number}"), number, status).await;
    }
}

async fn version(objects: &mut Objects<'_>, profile: Uuid, name: &str, number: i32, status: &str) {
    let id = objects.world.id::<RoleProfileVersionKind>();
    let row = [
        ("id", id.uuid().into()),
        ("role_profile_id", profile.into()),
        ("number", number.into()),
        ("summary", "What the role is.".into()),
        ("status", "DRAFT".into()),
    ];
    objects.world.insert("role_profile_version", row).await;
    duties(objects, id.uuid()).await;
    market(objects, id.uuid()).await;
    // A version is published, and only then retired.
    if status != "DRAFT" {
        let publish = "UPDATE role_profile_version SET status = 'PUBLISHED', published_at = $1 WHERE id = $2";
        let at = objects.day(-500 + 100 * i64::from(number));
        objects.world.execute(publish, [at.into(), id.uuid().into()]).await;
    }
    if matches!(status, "SUPERSEDED" | "ARCHIVED") {
        let retire = "UPDATE role_profile_version SET status = $1, retired_at = $2 WHERE id = $3";
        objects.world.execute(retire, [status.into(), objects.day(-300).into(), id.uuid().into()]).await;
    }
    objects.keep("RoleProfileVersion", name, id, "");
}

/// A part of a version with its columns.
async fn part<const N: usize>(
    objects: &Objects<'_>,
    table: &str,
    version: Uuid,
    row: [(&str, Value); N],
) -> Value {
    let id = objects.row();
    let place = [("id", id.clone()), ("role_profile_version_id", version.into()), ("position", 0.into())];
    let columns: Vec<(&str, Value)> = place.into_iter().chain(row).collect();
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let places: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
    let sql = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), places.join(", "));
    objects.world.execute(&sql, columns.into_iter().map(|(_, value)| value)).await;
    id
}

async fn duties(objects: &Objects<'_>, version: Uuid) {
    let rust = || Value::from(objects.uuid("skill/rust"));
    part(objects, "responsibility", version, [("area", "Craft".into()), ("statement", "Does it.".into())])
        .await;
    let requirement = [
        ("skill_id", rust()),
        ("required_level", 4.into()),
        ("importance", "MUST".into()),
        ("weight", 50.into()),
    ];
    part(objects, "role_skill_requirement", version, requirement).await;
    let asked = [("kind", "EXPERIENCE".into()), ("statement", "Years.".into()), ("min_years", 3.into())];
    part(objects, "qualification", version, asked).await;
    let practice = [("topic", "Tests".into()), ("statement", "Writes them.".into()), ("skill_id", rust())];
    part(objects, "practice", version, practice).await;
    let trouble = [("title", "Load".into()), ("problem", "Much.".into()), ("resolution", "Less.".into())];
    let challenge = part(objects, "challenge", version, trouble).await;
    let helps = [("challenge_id", challenge), ("skill_id", rust()), ("position", 0.into())];
    objects.world.insert("challenge_skill", helps).await;
}

async fn market(objects: &Objects<'_>, version: Uuid) {
    let day = || Value::from(NaiveDate::from_ymd_opt(2025, 6, 1).expect("a day"));
    let insight = [
        ("topic", "DEMAND".into()),
        ("statement", "High.".into()),
        ("figure_hundredths", 1_000_i64.into()),
        ("figure_unit", "PERCENT".into()),
        ("figure_precision", "ABOUT".into()),
        ("figure_from_year", 2023.into()),
        ("figure_to_year", 2024.into()),
        ("source", "A survey".into()),
        ("as_of", day()),
    ];
    part(objects, "market_insight", version, insight).await;
    let benchmark = [
        ("region", "DE".into()),
        ("currency", "EUR".into()),
        ("period", "YEAR".into()),
        ("basis", "BASE".into()),
        ("statistic", "PERCENTILE".into()),
        ("percentile", 75.into()),
        ("low_minor", 9_000_000_i64.into()),
        ("high_minor", 9_000_000_i64.into()),
        ("source", "A survey".into()),
        ("as_of", day()),
    ];
    part(objects, "salary_benchmark", version, benchmark).await;
}
