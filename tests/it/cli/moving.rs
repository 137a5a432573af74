//! An organisation that operators seed, export and import by the binary; and an import that is killed.

use std::{fs, path::Path};

use super::{assay, ended, process::Running, run};
use crate::{
    archive::end,
    support::{World, beside},
};

/// Runs a verb on a world's database, which must go well, and gives what it answers.
fn done(world: &World, directory: &Path, arguments: &[&str]) -> String {
    let (code, answer, told) = ended(assay(directory, &[("DATABASE_URL", world.url())], arguments));
    assert_eq!(code, 0, "{arguments:?}: {told}");
    answer
}

#[test]
fn a_generated_organisation_has_one_size_and_only_it_has_a_seed() {
    for arguments in [
        &["--teams", "0"][..],
        &["--teams", "2", "--scale", "1"],
        &["--teams", "2", "--from", "."],
        &["--random-seed", "2"],
        &["--as-of", "2026-01-31"],
    ] {
        let (code, _, told) = run(&[("DATABASE_URL", "sqlite:x.db")], &[&["seed"], arguments].concat());
        assert_eq!(code, 2, "{arguments:?}: {told}");
    }
}

on_both! {
    async fn a_generated_organisation_is_seeded_once_and_exported(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        let told = done(&world, at, &["seed", "--teams", "2", "--as-of", "2026-01-31"]);
        assert!(told.starts_with("loaded 50 people in 2 teams, 400 skills, 30 role profiles, 1 question sets, 20 questions and "), "{told}");
        assert!(told.contains("person-0 to person-49 are subjects of"), "{told}");
        let again = assay(at, &[("DATABASE_URL", world.url())], &["seed", "--teams", "2"]);
        let (code, _, told) = ended(again);
        assert!(code == 1 && told.contains("already holds"), "{told}");
        assert!(done(&world, at, &["export", "all", "here"]).starts_with("exported "));
        for (table, rows) in [("team", 2), ("person", 50), ("skill", 400)] {
            let lines = fs::read_to_string(at.join("here").join(format!("{table}.jsonl"))).unwrap();
            assert_eq!(lines.lines().count(), rows, "{table}");
        }
    }

    async fn an_import_that_is_killed_leaves_nothing_and_the_next_one_imports_everything(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let at = directory.path();
        assert!(done(&world, at, &["seed"]).contains("loaded"));
        assert!(done(&world, at, &["export", "all", "here"]).starts_with("exported "));
        let (empty, database) = beside(world.backend(), &format!("{:?} killed", world.backend())).await;
        let import = Running::new(assay(at, &[("DATABASE_URL", empty.url())], &["import", "all", "here"]));
        import.told("rows imported: ");
        drop(import);
        for table in ["team", "person", "skill", "skill_assessment", "audit_event"] {
            assert!(empty.rows(&format!("SELECT 1 FROM {table}"), []).await.is_empty(), "{table}");
        }
        assert!(done(&empty, at, &["import", "all", "here"]).starts_with("imported "));
        done(&empty, at, &["export", "all", "there"]);
        let manifest = |folder: &str| fs::read_to_string(at.join(folder).join("manifest.json")).unwrap();
        assert_eq!(manifest("here"), manifest("there"), "it names the digest of every file");
        end(empty, database).await;
    }
}
