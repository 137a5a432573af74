//! `assay import questions`: question files into the bank, as drafts of a person of ours.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;

use crate::{
    app::imports::{QuestionImport, import_questions},
    cli::{failure::Failure, import::run::How, patient},
    config::Settings,
};

/// Import questions, one YAML file each. What is new or says something else than the bank becomes a draft, to
/// be submitted and reviewed like any other; running it again changes nothing.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Questions {
    /// The folder with the files (*.yaml, *.yml), those of its folders included
    #[arg(value_name = "DIRECTORY")]
    folder: PathBuf,
    /// The email address of the person who answers for the drafts; somebody else has to approve them
    #[arg(long, value_name = "EMAIL")]
    author: String,
    #[command(flatten)]
    how: How,
}

const EXAMPLES: &str = "\
Examples:
  assay import questions bank --author edith@example.com --dry-run   what would be done; every fault with its line
  assay import questions bank --author edith@example.com

The format of a file: docs/questions.md";

impl Questions {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let mut paths = Vec::new();
        collect(&self.folder, &mut paths).map_err(|(path, error)| unusable(&path, &error))?;
        if paths.is_empty() {
            // An empty folder is a mistyped one more often than a wish to import nothing.
            let nothing = format!("{}: no question (*.yaml) is in this folder", self.folder.display());
            return Err(Failure::Usage(nothing));
        }
        let bytes = |path: PathBuf| match fs::read(&path) {
            Ok(bytes) => Ok((path, bytes)),
            Err(error) => Err(unusable(&path, &error)),
        };
        let files = paths.into_iter().map(bytes).collect::<Result<Vec<_>, _>>()?;
        let import = QuestionImport { files, author: self.author };
        let store = patient(settings.require_database()?).await?;
        // No YAML file can be named as a report.
        self.how.run(&[], &[], async |options| import_questions(&store, options, import).await).await
    }
}

/// The YAML files of a folder and of those in it, by name: the order in which a folder lists them is
/// nobody's.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), (PathBuf, io::Error)> {
    let failed = |error| (folder.to_owned(), error);
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
    let mut entries: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, files)?;
        } else if entry.extension().is_some_and(|end| end == "yaml" || end == "yml") {
            files.push(entry);
        }
    }
    Ok(())
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let text = format!("{}: {error}", path.display());
    if error.kind() == io::ErrorKind::NotFound { Failure::Usage(text) } else { Failure::Failed(text) }
}
