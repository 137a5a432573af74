//! SQLite for one test: a copy of the migrated template file in a directory of its own.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use crate::support::databases::{digest_of_migrations, migrate};

/// One test's database file; its directory goes with it.
pub struct SqliteDatabase(TempDir);

impl SqliteDatabase {
    /// Copies the template.
    pub async fn create() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        fs::copy(template().await, directory.path().join("assay.db")).expect("a copy of the template");
        Self(directory)
    }

    pub fn url(&self) -> String {
        url(&self.0.path().join("assay.db"))
    }
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

/// The migrated file, made by whichever test comes first; the others wait for its lock.
async fn template() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let name = format!("template-{}", digest_of_migrations());
    let template = folder.join(&name).with_extension("db");
    let lock = File::create(folder.join(&name).with_extension("lock")).expect("a lock file");
    lock.lock().expect("the template's lock");
    if !template.exists() {
        let draft = folder.join(&name).with_extension("draft");
        for leftover in ["draft", "draft-wal", "draft-shm"] {
            let _ = fs::remove_file(folder.join(&name).with_extension(leftover));
        }
        migrate(&format!("{}?mode=rwc", url(&draft))).await;
        fs::rename(draft, &template).expect("the template in its place");
    }
    template
}
