//! `assay profiles`: role profiles as files in a folder, one a file, to be kept in Git and checked by its CI.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, Subcommand};

use crate::{
    app::{
        Command,
        profiles::files::{self, Applied, Apply, Difference, Done, File, FilesError},
    },
    auth::{Job, Viewer},
    cli::{answer, failure::Failure, patient, progress},
    config::{Settings, clock::Clock},
    interchange::profiles::schema,
    store::Store,
};

/// Keep role profiles as files: one YAML file a profile.
#[derive(Debug, Subcommand)]
pub(super) enum Profiles {
    /// Write every published role profile into a folder; the same profiles give the same bytes. The files hold
    /// salaries: keep them as you keep the database
    Export {
        /// The folder; made when it does not exist
        #[arg(long, value_name = "DIRECTORY")]
        to: PathBuf,
    },
    /// Show how the files differ from what is published. Exit code 1 when they do, 0 when not
    Diff(Diff),
    /// Make the role profiles what the files say: all of them, or nothing
    #[command(after_help = EXAMPLE)]
    Apply(Options),
    /// Print the JSON Schema of a file, for editors and other checks
    Schema,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The folder with the files (*.yaml, *.yml)
    #[arg(value_name = "DIRECTORY")]
    folder: PathBuf,
    /// Count profiles without a file as a difference, as `apply --prune` would archive them
    #[arg(long)]
    prune: bool,
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder with the files (*.yaml, *.yml)
    #[arg(value_name = "DIRECTORY")]
    folder: PathBuf,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Archive the profiles that have no file
    #[arg(long)]
    prune: bool,
    /// Let the files take the place of drafts that somebody is writing
    #[arg(long)]
    discard_drafts: bool,
}

const EXAMPLE: &str = "\
Example:
  assay profiles export --to profiles      once, to begin with what there is
  assay profiles diff profiles             in CI: fails when the files say something else
  assay profiles apply profiles --dry-run  what would be done
  assay profiles apply profiles";

impl Profiles {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        match self {
            Self::Schema => print_schema(),
            Self::Export { to } => export(settings, &to).await,
            Self::Diff(diff) => diff.run(settings).await,
            Self::Apply(options) => options.run(settings).await,
        }
    }
}

/// The schema needs no settings, and no database.
pub(super) fn print_schema() -> Result<(), Failure> {
    answer(&format!("{:#}\n", schema()))
}

/// The database, and the command of work that nobody's token asks for.
async fn prepared(settings: &Settings, what: &str) -> Result<(Store, Command), Failure> {
    let store = patient(settings.require_database()?).await?;
    if !store.schema_is_current().await? {
        return Err(Failure::Failed("the database has no current schema: run `assay migrate up`".to_owned()));
    }
    let scope = store.scope(Viewer::system(Job::Profiles), Clock::system().now()).await?;
    let request_id = format!("profiles {what}");
    Ok((store, Command { scope: Arc::new(scope), request_id, idempotency_key: None }))
}

async fn export(settings: &Settings, folder: &Path) -> Result<(), Failure> {
    let (store, command) = prepared(settings, "export").await?;
    let rows = files::export(&store, command).await?;
    fs::create_dir_all(folder).map_err(|error| unusable(folder, &error))?;
    let mut written = Vec::new();
    for row in &rows {
        let path = folder.join(format!("{}.yaml", row.key));
        let text = row.to_yaml().map_err(FilesError::from)?;
        fs::write(&path, text).map_err(|error| unusable(&path, &error))?;
        written.push(path);
    }
    let strays = named(folder)?.into_iter().filter(|path| !written.contains(path));
    let strays: String =
        strays.map(|path| format!("no such profile is published: {}\n", path.display())).collect();
    answer(&format!("{strays}exported {} role profiles into {}\n", rows.len(), folder.display()))
}

impl Diff {
    async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let files = read(&self.folder)?;
        let (store, command) = prepared(settings, "diff").await?;
        let found = files::compare(&store, command, files).await?;
        let mut differ = 0;
        for difference in &found {
            let counts = self.prune || !matches!(difference, Difference::OnlyInDatabase(_));
            differ += usize::from(counts);
            answer(&match difference {
                Difference::OnlyInFiles(key) => format!("{key}: only in the files\n"),
                Difference::OnlyInDatabase(key) => format!("{key}: only in the database\n"),
                Difference::Changed { key, lines } => {
                    format!("--- {key} (published)\n+++ {key} (file)\n{lines}")
                }
            })?;
        }
        match differ {
            0 => Ok(()),
            1 => Err(Failure::Failed("1 role profile differs".to_owned())),
            differ => Err(Failure::Failed(format!("{differ} role profiles differ"))),
        }
    }
}

impl Options {
    async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let files = read(&self.folder)?;
        let (store, command) = prepared(settings, "apply").await?;
        let how = Apply { prune: self.prune, discard_drafts: self.discard_drafts, dry_run: self.dry_run };
        let applied = files::apply(&store, command, files, how, progress::shown()).await?;
        answer(&applied.iter().map(told).collect::<String>())?;
        let changed = applied.iter().filter(|applied| applied.done != Done::Unchanged).count();
        let end = if self.dry_run { "would change; nothing was written" } else { "changed" };
        answer(&format!("{changed} of {} role profiles {end}\n", applied.len()))
    }
}

fn told(applied: &Applied) -> String {
    let done = match applied.done {
        Done::Created => "created".to_owned(),
        Done::NewVersion(number) => format!("version {number}"),
        Done::Updated => "updated".to_owned(),
        Done::Unchanged => "unchanged".to_owned(),
        Done::Archived => "archived".to_owned(),
    };
    format!("{done:<12} {}\n", applied.key)
}

/// What in a folder is named as a profile file, in the order of the names.
fn named(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| unusable(folder, &error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unusable(folder, &error))?.path();
        if path.extension().is_some_and(|end| end == "yaml" || end == "yml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// The profile files of a folder with their texts. One that cannot be read ends the work: without it, its profile
/// would seem to have no file.
fn read(folder: &Path) -> Result<Vec<File>, Failure> {
    let paths = named(folder)?;
    if paths.is_empty() {
        // An empty folder is a mistyped one more often than a wish to have no profiles.
        return Err(Failure::Usage(format!(
            "{}: no role profile (*.yaml) is in this folder",
            folder.display()
        )));
    }
    let (mut files, mut unread) = (Vec::new(), Vec::new());
    for path in paths {
        let name = path.display().to_string();
        match text(&path) {
            Ok(text) => files.push((name, text)),
            Err(why) => unread.push(format!("{name}{why}")),
        }
    }
    if unread.is_empty() { Ok(files) } else { Err(Failure::Failed(unread.join("\n"))) }
}

/// The text of a file, or what is wrong with it, to be read after its name.
fn text(path: &Path) -> Result<String, String> {
    let failed = |error: io::Error| format!(": {error}");
    // A pipe would be waited for.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(": is not a file".to_owned());
    }
    let bytes = fs::read(path).map_err(failed)?;
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(":1: is UTF-16: save it as UTF-8".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let before = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = 1 + before.filter(|byte| **byte == b'\n').count();
        format!(":{line}: is not UTF-8")
    })
}

fn unusable(path: &Path, error: &io::Error) -> Failure {
    let text = format!("{}: {error}", path.display());
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Failure::Usage(text),
        _ => Failure::Failed(text),
    }
}

impl From<FilesError> for Failure {
    fn from(error: FilesError) -> Self {
        match error {
            FilesError::Store(error) => error.into(),
            FilesError::Files(refused) => {
                Self::Failed(format!("the files break rules; nothing was written\n{refused}"))
            }
            error => Self::Failed(error.to_string()),
        }
    }
}
