//! An organisation moves between the databases unchanged, or not at all.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use assay::{
    app::{
        archive::{MoveError, Moved, export, import},
        demo::{World as Demo, load},
    },
    auth::issuer::DEMO_ISSUER,
    domain::{
        ids::{Id, RoleProfileVersionId, TeamId},
        profiles::{Challenge, RoleProfileContent, RoleProfileVersion, RoleProfileVersionStatus},
    },
    interchange::demo::demo,
    store::{StoreError, tables},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    reads::answer,
    scale,
    support::{Backend, TestDatabase, World, beside},
};

const MATRIX: &str = "{ teamBySlug(slug: \"checkout\") { skillMatrix { version n missing skills { id name } \
    rows { person { id displayName revision } levels staleness sources required delta } } } }";

/// The demo, with what it lacks: a merged skill whose id sorts first, profiles of many versions, an answer
/// to a key.
async fn organisation(world: &World) {
    let plan = Demo::of(&demo().expect("the demo's files"), DEMO_ISSUER, world.now());
    load(world.store(), plan, world.now()).await.expect("loaded");
    let ids = world.rows("SELECT id FROM skill ORDER BY id", []).await;
    let id = |n: usize| -> Uuid { ids[n].try_get("", "id").expect("an id") };
    let merged = "UPDATE skill SET status = 'MERGED', merged_into = $1 WHERE id = $2";
    world.execute(merged, [id(ids.len() - 1).into(), id(0).into()]).await;
    let merge = [
        ("id", Uuid::from_u128(1).into()),
        ("from_id", id(0).into()),
        ("into_id", id(ids.len() - 1).into()),
        ("at", world.now().into()),
    ];
    world.insert("skill_merge", merge).await;
    let answered = [
        ("subject_digest", "ab".into()),
        ("mutation", "createTeam".into()),
        ("key", "schlüssel \"1\" \\ ☃".into()),
        ("input_digest", "cd".into()),
        ("entity_ids", "[]".into()),
        ("outcome", "DONE".into()),
        ("at", world.day(-1).into()),
    ];
    world.insert("idempotency_record", answered).await;
    versions(world).await;
}

/// A profile with a second version that took the place of the first, and a draft of a third.
async fn versions(world: &World) {
    let rows = world.rows("SELECT id FROM role_profile ORDER BY id", []).await;
    let profile: Uuid = rows[0].try_get("", "id").expect("an id");
    let now = world.now();
    let skill: Uuid = world.rows("SELECT id FROM skill ORDER BY id", []).await[3].try_get("", "id").unwrap();
    let written = world.store().begin(move |tx| async move {
        for number in [2, 3] {
            let version = RoleProfileVersion {
                id: RoleProfileVersionId::from_uuid(Uuid::from_u128(100 - number as u128)),
                role_profile_id: Id::from_uuid(profile),
                number,
                summary: format!("Version {number}."),
                status: RoleProfileVersionStatus::Draft,
                published_at: None,
                retired_at: None,
            };
            let mut content = RoleProfileContent::default();
            content.challenges.push(Challenge {
                title: "A second way".to_owned(),
                problem: "One\nline\tand another".to_owned(),
                resolution: String::new(),
                skill_ids: vec![Id::from_uuid(skill)],
            });
            let mut fresh = 1000 * number as u128;
            let mut fresh = || {
                fresh += 1;
                Uuid::from_u128(fresh)
            };
            tx.insert_role_profile_version(&version, &content, &mut fresh).await?;
            if number == 2 {
                tx.publish_role_profile_version(version.id, now).await?;
            }
        }
        Ok::<_, StoreError>(())
    });
    written.await.expect("three versions");
}

async fn exported(world: &World, folder: &Path) -> Moved {
    export(world.store(), folder, Box::new(|_| {})).await.expect("exported")
}

async fn imported(world: &World, folder: &Path) -> Result<Moved, MoveError> {
    import(world.store(), folder, Box::new(|_| {})).await
}

/// Every file of an archive.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        (name, fs::read_to_string(entry.path()).expect("a text"))
    };
    entries.map(read).collect()
}

const fn other(backend: Backend) -> Backend {
    match backend {
        Backend::Sqlite => Backend::Postgres,
        Backend::Postgres => Backend::Sqlite,
    }
}

pub async fn end(world: World, database: TestDatabase) {
    world.store().for_migration().clone().close().await.expect("closed");
    database.remove().await;
}

/// Changes one file of an archive, and the manifest's word of it.
fn forge(folder: &Path, table: &str, change: impl Fn(&str) -> String) {
    let file = folder.join(format!("{table}.jsonl"));
    let text = change(&fs::read_to_string(&file).unwrap());
    fs::write(&file, &text).unwrap();
    let manifest = folder.join("manifest.json");
    let mut promised: Value = serde_json::from_str(&fs::read_to_string(&manifest).unwrap()).unwrap();
    for entry in promised["tables"].as_array_mut().unwrap() {
        if entry["name"] == table {
            entry["rows"] = json!(text.lines().count());
            entry["blake3"] = json!(blake3::hash(text.as_bytes()).to_hex().to_string());
        }
    }
    fs::write(&manifest, promised.to_string()).unwrap();
}

on_both! {
    async fn an_organisation_goes_to_the_other_database_and_back_unchanged(world: World) {
        organisation(&world).await;
        let folder = tempfile::tempdir().unwrap();
        let (here, there, back) = (folder.path().join("1"), folder.path().join("2"), folder.path().join("3"));
        let moved = exported(&world, &here).await;
        assert!(moved.rows > 3_000 && moved.tables == tables().len(), "{moved:?}");

        let (abroad, away) = beside(other(world.backend()), &format!("{:?} abroad", world.backend())).await;
        assert_eq!(imported(&abroad, &here).await.expect("imported"), moved);
        assert_eq!(exported(&abroad, &there).await, moved);
        assert_eq!(files(&here), files(&there));
        let (home, again) = beside(world.backend(), &format!("{:?} home", world.backend())).await;
        assert_eq!(imported(&home, &there).await.expect("imported"), moved);
        assert_eq!(exported(&home, &back).await, moved);
        assert_eq!(files(&here), files(&back));

        let asked = answer(&world, &world.token("manager", &[], &[]), MATRIX, Value::Null).await;
        assert!(asked["data"]["teamBySlug"]["skillMatrix"]["n"].is_array(), "{asked}");
        for world in [&abroad, &home] {
            let token = world.token("manager", &[], &[]);
            assert_eq!(answer(world, &token, MATRIX, Value::Null).await, asked);
        }
        end(abroad, away).await;
        end(home, again).await;
    }

    async fn one_seed_gives_the_same_rows_on_both_databases(world: World) {
        scale::organisation(&world, 2).await;
        let (abroad, away) = beside(other(world.backend()), &format!("{:?} seeded", world.backend())).await;
        scale::organisation(&abroad, 2).await;
        let folder = tempfile::tempdir().unwrap();
        let rows = async |world: &World, name: &str| {
            exported(world, &folder.path().join(name)).await;
            let mut files = files(&folder.path().join(name));
            // Each database has a digest key of its own.
            files.retain(|name, _| !["setting.jsonl", "audit_event.jsonl", "manifest.json"].contains(&name.as_str()));
            files
        };
        assert_eq!(rows(&world, "here").await, rows(&abroad, "there").await);
        end(abroad, away).await;
    }

    async fn every_table_and_column_of_the_schema_is_in_the_archive(world: World) {
        let sql = match world.backend() {
            Backend::Postgres => "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns \
                                  WHERE table_schema = 'public'",
            Backend::Sqlite => "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p \
                                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        };
        let text = |row: &sea_orm::QueryResult, column: &str| row.try_get::<String>("", column).unwrap();
        let rows = world.rows(sql, []).await;
        let mut schema: BTreeSet<_> = rows.iter().map(|row| (text(row, "t"), text(row, "c"))).collect();
        // The index of words is made again from the words as they come.
        schema.retain(|(table, _)| table != "seaql_migrations" && !table.starts_with("question_search"));
        let archived = tables().into_iter().flat_map(|table| {
            let name = table.name().to_owned();
            table.column_names().map(move |column| (name.clone(), column.to_owned())).collect::<Vec<_>>()
        });
        assert_eq!(archived.collect::<BTreeSet<_>>(), schema);
    }

    async fn an_archive_that_breaks_a_rule_is_refused_with_its_place_and_nothing_is_written(world: World) {
        organisation(&world).await;
        type Forgery = (&'static str, fn(&str) -> String, &'static str);
        let forgeries: [Forgery; 6] = [
            ("team", |text| text.replacen("\"ACTIVE\"", "\"BUSY\"", 1), "team.jsonl, lines 1 to "),
            ("team", |text| text.replacen("\"ACTIVE\"", "7", 1), "team.jsonl, line 1: `status` is not a text"),
            ("person", |text| text.lines().skip(1).map(|line| format!("{line}\n")).collect(), "a constraint refused"),
            ("skill", |text| text.replacen('{', "[", 1), "skill.jsonl, line 1: is not a JSON object"),
            (
                "role_profile_version",
                |text| text.lines().skip(1).map(|line| format!("{line}\n")).collect(),
                "belong to no role profile version",
            ),
            ("skill_interest", |text| format!("{text}{}\n", text.lines().next().unwrap()), "skill_interest.jsonl, lines"),
        ];
        let (empty, database) = beside(world.backend(), &format!("{:?} refusals", world.backend())).await;
        for (table, change, named) in forgeries {
            let folder = tempfile::tempdir().unwrap();
            exported(&world, folder.path()).await;
            forge(folder.path(), table, change);
            let refused = imported(&empty, folder.path()).await.expect_err(named).to_string();
            assert!(refused.contains(named), "{refused} instead of {named}");
            for table in ["team", "person", "skill", "role_profile", "audit_event"] {
                assert!(empty.rows(&format!("SELECT 1 FROM {table}"), []).await.is_empty(), "{table}");
            }
            assert_eq!(empty.rows("SELECT 1 FROM revision", []).await.len(), 2, "{table}");
        }
        let folder = tempfile::tempdir().unwrap();
        exported(&world, folder.path()).await;
        imported(&empty, folder.path()).await.expect("nothing is left of the refused ones");
        end(empty, database).await;
    }

    async fn an_archive_of_another_schema_and_a_database_with_data_are_refused(world: World) {
        let folder = tempfile::tempdir().unwrap();
        exported(&world, folder.path()).await;
        let manifest = folder.path().join("manifest.json");
        let text = fs::read_to_string(&manifest).unwrap();
        fs::write(&manifest, text.replace("\"schema\": \"m", "\"schema\": \"x")).unwrap();
        let refused = imported(&world, folder.path()).await.expect_err("another schema").to_string();
        assert!(refused.contains("the archive is of a database at x"), "{refused}");
        fs::write(&manifest, text.replace("\"skill_interest\"", "\"hobby\"")).unwrap();
        let refused = imported(&world, folder.path()).await.expect_err("another table").to_string();
        assert!(refused.contains("does not have `skill_interest` in its place"), "{refused}");
        fs::write(&manifest, text).unwrap();
        fs::write(folder.path().join("teams.jsonl"), "").unwrap();
        let refused = imported(&world, folder.path()).await.expect_err("a file too many").to_string();
        assert!(refused.contains("teams.jsonl: is no part of the archive"), "{refused}");
        fs::remove_file(folder.path().join("teams.jsonl")).unwrap();

        let team: TeamId = world.team("Platform", None).await;
        let refused = imported(&world, folder.path()).await;
        assert!(matches!(&refused, Err(MoveError::NotEmpty(table)) if table == "team"), "{refused:?}");
        assert_eq!(world.rows("SELECT id FROM team WHERE id = $1", [team.uuid().into()]).await.len(), 1);
    }
}
