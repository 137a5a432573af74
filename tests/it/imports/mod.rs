//! Imports as an operator runs them: the binary, files, and what it tells of every row.

mod assessments;
mod people;
mod questions;
mod random;
mod skills;

use std::{fs, path::Path};

use sea_orm::QueryResult;
use tempfile::TempDir;

use crate::{
    cli::{assay, ended},
    support::World,
};

/// A folder of files, and the binary on a world's database.
struct Desk<'w> {
    world: &'w World,
    folder: TempDir,
}

/// How a run ended.
struct Ran {
    code: i32,
    answer: String,
    told: String,
}

impl Ran {
    /// The answer without its first line, which alone may differ between a dry and a real run.
    fn body(&self) -> &str {
        self.answer.split_once('\n').map_or("", |(_, body)| body)
    }

    #[track_caller]
    fn says(&self, what: &str) -> &Self {
        assert!(self.answer.contains(what), "`{what}` is not in:\n{}{}", self.answer, self.told);
        self
    }
}

impl<'w> Desk<'w> {
    fn of(world: &'w World) -> Self {
        Self { world, folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn file(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let set = [("DATABASE_URL", self.world.url())];
        let (code, answer, told) = ended(assay(self.path(), &set, arguments));
        Ran { code, answer, told }
    }

    /// A dry run and the real one, which tell the same of everything; the real one.
    #[track_caller]
    fn dry_then_real(&self, arguments: &[&str]) -> Ran {
        let dry = self.run(&[arguments, &["--dry-run", "--report", "dry.csv"]].concat());
        let real = self.run(&[arguments, &["--report", "real.csv"]].concat());
        assert_eq!(dry.body(), real.body(), "{}{}", dry.told, real.told);
        assert!(dry.answer.starts_with("dry run: nothing was written\n"), "{}", dry.answer);
        assert_eq!(self.read("dry.csv"), self.read("real.csv"));
        assert_eq!(dry.code, real.code);
        real
    }
}

impl Desk<'_> {
    /// The same, when rows are refused and so nothing is written.
    #[track_caller]
    fn dry_then_real_refused(&self, arguments: &[&str]) -> Ran {
        let real = self.dry_then_real(arguments);
        assert_eq!(real.code, 1, "{}", real.answer);
        assert!(real.answer.starts_with("nothing was written"), "{}", real.answer);
        real
    }
}

/// One column of what a statement finds, as texts.
async fn texts(world: &World, sql: &str) -> Vec<String> {
    let text = |row: &QueryResult| row.try_get_by_index::<Option<String>>(0).unwrap().unwrap_or_default();
    world.rows(sql, []).await.iter().map(text).collect()
}

async fn count(world: &World, table: &str) -> usize {
    world.rows(&format!("SELECT 1 FROM {table}"), []).await.len()
}
