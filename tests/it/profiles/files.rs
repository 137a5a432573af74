//! Role profiles as files, by the real binary: what is applied is what is exported, twice is once, and broken
//! files change nothing.

use std::{fs, path::Path};

use assay::app::demo::load;
use sea_orm::QueryResult;

use crate::{
    cli::{assay, ended},
    demo,
    support::World,
};

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo/profiles");

/// The demo's organisation without a role profile.
async fn without_profiles(world: &World) {
    let mut plan = demo::of(world);
    plan.profiles.clear();
    plan.question_sets.clear();
    plan.teams.held.clear();
    load(world.store(), plan, world.now()).await.expect("loaded");
}

fn profiles(world: &World, at: &Path, arguments: &[&str]) -> (i32, String, String) {
    let variables = [("DATABASE_URL", world.url()), ("RUST_LOG", "warn")];
    ended(assay(at, &variables, &[&["profiles"], arguments].concat()))
}

/// The files of a folder by name.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<_> = entries
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    files.sort();
    files
}

fn copy_of_the_shipped(at: &Path) {
    fs::create_dir(at).expect("a folder");
    for (name, text) in files(Path::new(SHIPPED)) {
        fs::write(at.join(name), text).expect("written");
    }
}

fn change(at: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(at).expect("a text");
    assert!(text.contains(from), "{from}");
    fs::write(at, text.replacen(from, to, 1)).expect("written");
}

/// Every version as `key number status`.
async fn versions(world: &World) -> Vec<String> {
    let sql = "SELECT f.key, v.number, v.status FROM role_profile_version v \
               JOIN role_profile f ON f.id = v.role_profile_id ORDER BY f.key, v.number";
    let told = |row: &QueryResult| {
        let text = |column: &str| row.try_get::<String>("", column).expect("a text");
        format!("{} {} {}", text("key"), row.try_get::<i32>("", "number").expect("a number"), text("status"))
    };
    world.rows(sql, []).await.iter().map(told).collect()
}

async fn audited(world: &World) -> usize {
    world.rows("SELECT 1 FROM audit_event WHERE action = 'applyRoleProfiles'", []).await.len()
}

on_both! {
    async fn what_is_applied_to_an_empty_database_is_exported_byte_for_byte(world: World) {
        without_profiles(&world).await;
        let folder = tempfile::tempdir().expect("a folder");
        let (code, told, error) = profiles(&world, folder.path(), &["diff", SHIPPED]);
        assert_eq!(code, 1, "{error}");
        assert!(told.contains("senior-python-developer: only in the files"), "{told}");

        let (code, told, error) = profiles(&world, folder.path(), &["apply", SHIPPED]);
        assert_eq!(code, 0, "{error}");
        assert_eq!(told.matches("created").count(), 12, "{told}");
        assert!(told.ends_with("12 of 12 role profiles changed\n"), "{told}");
        assert_eq!(versions(&world).await.len(), 12);
        assert_eq!(audited(&world).await, 12);

        let (code, told, error) = profiles(&world, folder.path(), &["export", "--to", "out"]);
        assert_eq!((code, told.as_str()), (0, "exported 12 role profiles into out\n"), "{error}");
        assert_eq!(files(&folder.path().join("out")), files(Path::new(SHIPPED)));
        assert_eq!(profiles(&world, folder.path(), &["diff", "out", "--prune"]), (0, String::new(), String::new()));

        // Twice is once.
        let before = versions(&world).await;
        let (code, told, _) = profiles(&world, folder.path(), &["apply", "out", "--prune"]);
        assert_eq!((code, told.matches("unchanged").count()), (0, 12), "{told}");
        assert_eq!((versions(&world).await, audited(&world).await), (before, 12));
    }

    async fn a_changed_profile_gets_a_new_version_and_one_without_a_file_is_archived(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().join("mine");
        copy_of_the_shipped(&at);
        assert_eq!(profiles(&world, folder.path(), &["diff", "mine"]).0, 0, "the demo is as its files are");

        change(&at.join("consultant.yaml"), "skill: communication, level: 5", "skill: communication, level: 4");
        change(&at.join("entrepreneur.yaml"), "title: ", "title: The ");
        let (code, told, error) = profiles(&world, folder.path(), &["diff", "mine"]);
        assert_eq!((code, error.as_str()), (1, "error: 2 role profiles differ\n"));
        assert!(told.contains("-  - {skill: communication, level: 5, importance: MUST, weight: 5}\n"), "{told}");
        assert!(told.contains("+  - {skill: communication, level: 4, importance: MUST, weight: 5}\n"), "{told}");

        let before = versions(&world).await;
        let (code, dry, _) = profiles(&world, folder.path(), &["apply", "mine", "--dry-run"]);
        assert!(code == 0 && dry.ends_with("2 of 12 role profiles would change; nothing was written\n"), "{dry}");
        assert_eq!(versions(&world).await, before);
        let (code, told, _) = profiles(&world, folder.path(), &["apply", "mine"]);
        assert_eq!(code, 0);
        assert_eq!(told.lines().take(12).collect::<Vec<_>>(), dry.lines().take(12).collect::<Vec<_>>());
        assert!(told.contains("version 2    consultant\n") && told.contains("updated      entrepreneur\n"), "{told}");
        let now = versions(&world).await;
        assert!(now.contains(&"consultant 1 SUPERSEDED".to_owned()) && now.contains(&"consultant 2 PUBLISHED".to_owned()));
        assert_eq!(now.len(), 13, "a new title makes no version");

        // Nothing leads to it any more, so that it can go.
        fs::remove_file(at.join("platform-engineer.yaml")).expect("removed");
        let (code, _, error) = profiles(&world, folder.path(), &["apply", "mine", "--prune"]);
        assert!(code == 1 && error.contains("there is no role profile `platform-engineer`"), "{error}");
        for (name, text) in files(&at) {
            if let Some(start) = text.find("  - to: platform-engineer") {
                let rest = text[start..].find("criteria: ").and_then(|at| Some(start + at + text[start + at..].find('\n')? + 1));
                fs::write(at.join(name), text[..start].to_owned() + &text[rest.expect("a path")..]).expect("written");
            }
        }
        let (code, told, error) = profiles(&world, folder.path(), &["apply", "mine", "--prune"]);
        assert!(code == 0 && told.contains("archived     platform-engineer\n"), "{told}{error}");
        assert!(versions(&world).await.contains(&"platform-engineer 1 ARCHIVED".to_owned()));
        assert_eq!(profiles(&world, folder.path(), &["diff", "mine", "--prune"]).0, 0);

        // What was archived comes back with another version.
        fs::copy(Path::new(SHIPPED).join("platform-engineer.yaml"), at.join("platform-engineer.yaml")).expect("copied");
        let (code, told, error) = profiles(&world, folder.path(), &["apply", "mine"]);
        assert!(code == 0 && told.contains("version 2    platform-engineer\n"), "{told}{error}");
    }

    async fn broken_files_are_refused_by_line_and_nothing_is_written(world: World) {
        without_profiles(&world).await;
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().join("mine");
        copy_of_the_shipped(&at);
        let consultant = at.join("consultant.yaml");
        change(&consultant, "skill: communication, level: 5", "skill: telepathy, level: 5");
        change(&consultant, "skill: python, level: 4", "skill: python, level: 9");
        change(&consultant, "family: ", "famly: x\nfamily: ");
        change(&at.join("senior-python-developer.yaml"), "percentile: 75", "percentile: 15");
        change(&at.join("entrepreneur.yaml"), "key: entrepreneur", "key: consultant");
        let (code, told, error) = profiles(&world, folder.path(), &["apply", "mine"]);
        assert_eq!((code, told.as_str()), (1, ""));
        for expected in [
            "mine/consultant.yaml:3: famly: is not a field here",
            "level: 9 is more than 5",
            "skill: there is no skill `telepathy`",
            "mine/entrepreneur.yaml:1: key: `consultant` is used in mine/consultant.yaml too",
            "lowMinor: must lie above percentile 15 of the same source at percentile 25",
        ] {
            assert!(error.contains(expected), "{expected}\n{error}");
        }
        assert_eq!(versions(&world).await, Vec::<String>::new());
        assert_eq!(audited(&world).await, 0);
        let (code, _, error) = profiles(&world, folder.path(), &["diff", "mine"]);
        assert!(code == 1 && error.contains("level: 9 is more than 5"), "{error}");
    }

    async fn a_file_that_cannot_be_read_is_named_and_its_profile_stays(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().join("mine");
        copy_of_the_shipped(&at);
        let before = versions(&world).await;
        let refused = |expected: &str| {
            let (code, _, error) = profiles(&world, folder.path(), &["apply", "mine", "--prune"]);
            assert!(code == 1 && error.contains(expected), "{expected}\n{error}");
            assert_eq!(profiles(&world, folder.path(), &["diff", "mine"]).0, 1);
        };
        let file = at.join("platform-engineer.yaml");
        fs::remove_file(&file).expect("removed");
        fs::create_dir(&file).expect("a folder");
        refused("mine/platform-engineer.yaml: is not a file");
        fs::remove_dir(&file).expect("removed");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("nowhere.yaml", &file).expect("a link");
            refused("mine/platform-engineer.yaml: No such file");
            fs::remove_file(&file).expect("removed");
        }
        fs::write(&file, b"key: platform-engineer\ntitle: Ing\xe9nieur\n").expect("written");
        refused("mine/platform-engineer.yaml:2: is not UTF-8");
        fs::write(&file, b"\xff\xfek\0e\0y\0").expect("written");
        refused("mine/platform-engineer.yaml:1: is UTF-16: save it as UTF-8");
        assert_eq!(versions(&world).await, before);
    }

    async fn a_draft_is_spared_unless_it_may_be_lost(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let draft = "INSERT INTO role_profile_version (id, role_profile_id, number, summary, status) \
                     SELECT $1, id, 2, 'Mine.', 'DRAFT' FROM role_profile WHERE key = 'consultant'";
        world.execute(draft, [uuid::Uuid::from_u128(7).into()]).await;
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path().join("mine");
        copy_of_the_shipped(&at);
        assert_eq!(profiles(&world, folder.path(), &["apply", "mine"]).0, 0, "nothing of it changes");
        change(&at.join("consultant.yaml"), "skill: communication, level: 5", "skill: communication, level: 4");
        let (code, _, error) = profiles(&world, folder.path(), &["apply", "mine"]);
        assert!(code == 1 && error.contains("draft of consultant"), "{error}");
        let (code, told, error) = profiles(&world, folder.path(), &["apply", "mine", "--discard-drafts"]);
        assert!(code == 0 && told.contains("version 2    consultant\n"), "{told}{error}");
        assert_eq!(profiles(&world, folder.path(), &["diff", "mine"]).0, 0);
    }
}

#[test]
fn the_exit_codes_tell_what_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let run =
        |variables: &[(&str, &str)], arguments: &[&str]| ended(assay(folder.path(), variables, arguments));
    let (code, schema, _) = run(&[], &["profiles", "schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    assert_eq!((code, schema["title"].as_str()), (0, Some("Role profile")));
    assert_eq!(run(&[], &["profiles", "apply"]).0, 2);
    let set = [("DATABASE_URL", "sqlite:x.db")];
    let (code, _, told) = run(&set, &["profiles", "apply", "nowhere"]);
    assert!(code == 2 && told.contains("nowhere"), "{told}");
    fs::write(folder.path().join("file"), "key: a").expect("written");
    let (code, _, told) = run(&set, &["profiles", "apply", "file"]);
    assert!(code == 2 && told.contains("file: Not a directory"), "{told}");
    let (code, _, told) = run(&set, &["profiles", "diff", "."]);
    assert!(code == 2 && told.contains("no role profile (*.yaml)"), "{told}");
    assert_eq!(run(&[], &["profiles", "export", "--to", "out"]).0, 78, "no database is named");
    assert_eq!(run(&set, &["profiles", "export", "--to", "out"]).0, 1, "there is no such file");
}
