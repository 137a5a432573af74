//! An organisation that operators seed, export and import by the binary; and an import that is killed.

use std::{fs, path::Path};

use super::{assay, ended, process::Running};
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

on_both! {
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
