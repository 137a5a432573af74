//! What every import of rows shares: how it is run, and what it tells. The answer of a dry run and of the real
//! run differ in their first line alone.

use std::{
    collections::BTreeMap,
    fmt::Write,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use clap::{Args, ValueEnum};

use crate::{
    app::imports::{ImportError, OnError, Options, Outcome, Summary, Told},
    auth::{Job, Viewer},
    cli::{answer, failure::Failure, progress},
    config::clock::Clock,
    interchange::{
        outcomes::{Line, Report},
        sheet::SheetError,
    },
};

/// How many rows the answer itself tells of.
const SHOWN: usize = 50;

/// What a refused row does to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WhenRefused {
    /// Nothing is written
    Stop,
    /// The row is left out
    Skip,
}

/// How a run is done.
#[derive(Debug, Args)]
pub(super) struct How {
    /// Do everything, tell everything, and take all of it back
    #[arg(long)]
    dry_run: bool,
    /// What happens when a row breaks a rule
    #[arg(long, value_enum, value_name = "WHAT", default_value = "stop")]
    on_error: WhenRefused,
    /// Write what became of every row into this file, `.csv` or `.jsonl`
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// What was told of the rows so far.
#[derive(Default)]
struct Heard {
    shown: Vec<String>,
    more: usize,
    /// Rows that are nothing we import, by why.
    skipped: BTreeMap<String, u64>,
    report: Option<Report>,
    failed: Option<String>,
}

impl How {
    /// Runs `import` of `files` and answers; `left_out` is what of them it does not read.
    pub(super) async fn run(
        self,
        files: &[PathBuf],
        left_out: &[String],
        import: impl AsyncFnOnce(Options) -> Result<Summary, ImportError>,
    ) -> Result<(), Failure> {
        let report = self.report.as_deref().map(|path| report(path, files)).transpose()?;
        let heard = Arc::new(Mutex::new(Heard { report, ..Heard::default() }));
        let hears = Arc::clone(&heard);
        let options = Options {
            dry_run: self.dry_run,
            on_error: if self.on_error == WhenRefused::Skip { OnError::Skip } else { OnError::Stop },
            viewer: Viewer::system(Job::Import),
            now: Clock::system().now(),
            watch: progress::shown(),
            tell: Box::new(move |told| hears.lock().unwrap_or_else(PoisonError::into_inner).hear(told)),
        };
        let done = import(options).await;
        let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
        let reported = heard.report.take().map_or(Ok(()), Report::finish);
        let summary = done?;
        reported.map_err(|error| unwritable(&error))?;
        if let Some(failed) = &heard.failed {
            return Err(Failure::Failed(format!("the report cannot be written: {failed}")));
        }
        answer(&self.answer(&summary, left_out, &heard))?;
        let refused = summary.of(Outcome::Refused);
        if refused == 0 || self.on_error == WhenRefused::Skip {
            return Ok(());
        }
        Err(Failure::Failed(format!("{refused} of {} rows break a rule; nothing was written", summary.rows)))
    }

    fn answer(&self, summary: &Summary, left_out: &[String], heard: &Heard) -> String {
        let mut text = String::new();
        text.push_str(match (summary.written, self.dry_run) {
            (true, _) => "imported\n",
            (false, true) => "dry run: nothing was written\n",
            (false, false) => "nothing was written: --on-error skip leaves out the rows that break a rule\n",
        });
        let counts = Outcome::ALL.iter().map(|outcome| (outcome, summary.of(*outcome)));
        let counts: Vec<String> = counts
            .filter(|(_, count)| *count > 0)
            .map(|(outcome, count)| format!("{count} {}", outcome.as_str().to_lowercase()))
            .collect();
        let _ = writeln!(
            text,
            "{} rows: {}",
            summary.rows,
            if counts.is_empty() { "none".to_owned() } else { counts.join(", ") }
        );
        for (what, count) in &summary.besides {
            let _ = writeln!(text, "{what}: {count}");
        }
        for what in left_out {
            let _ = writeln!(text, "not imported: {what}");
        }
        for (why, count) in heard.skipped.iter().take(SHOWN) {
            let _ = writeln!(text, "skipped: {count}: {why}");
        }
        for line in &heard.shown {
            let _ = writeln!(text, "{line}");
        }
        if heard.more > 0 {
            let _ = writeln!(text, "… and {} more: --report FILE tells of every row", heard.more);
        }
        text
    }
}

fn unwritable(error: &io::Error) -> Failure {
    Failure::Failed(format!("the report cannot be written: {error}"))
}

/// Begins the report; it must not take the place of what is read.
fn report(path: &Path, files: &[PathBuf]) -> Result<Report, Failure> {
    if let Ok(there) = path.canonicalize()
        && files.iter().any(|file| file.canonicalize().is_ok_and(|file| file == there))
    {
        let what = format!("--report {}: this file is imported: name another", path.display());
        return Err(Failure::Usage(what));
    }
    Report::create(path).map_err(|error| match error.kind() {
        io::ErrorKind::InvalidInput => Failure::Usage(format!("--report {}: {error}", path.display())),
        _ => unwritable(&error),
    })
}

impl Heard {
    fn hear(&mut self, told: &Told) {
        if let Some(report) = &mut self.report {
            let outcome = told.outcome.map_or("LEFT_OUT", Outcome::as_str);
            let (file, line, row, remarks) =
                (&*told.file, told.line, told.label.as_str(), told.remarks.as_slice());
            if let Err(error) = report.add(&Line { file, line, row, outcome, remarks }) {
                self.failed.get_or_insert_with(|| error.to_string());
            }
        }
        if told.remarks.is_empty() {
            return;
        }
        if told.outcome == Some(Outcome::Skipped) {
            let why = told.remarks.iter().map(|remark| remark.rule.as_str()).collect::<Vec<_>>().join("; ");
            *self.skipped.entry(why).or_default() += 1;
            return;
        }
        if self.shown.len() < SHOWN {
            self.shown.push(said(told));
        } else {
            self.more += 1;
        }
    }
}

/// A row and all that is to be said of it, on one line.
fn said(told: &Told) -> String {
    let mut text = match told.line {
        Some(line) => format!("{}:{line}: ", told.file),
        None => String::new(),
    };
    if let Some(outcome) = told.outcome {
        let _ = write!(text, "{}: ", outcome.as_str().to_lowercase());
    }
    if !told.label.is_empty() {
        let _ = write!(text, "{}: ", told.label);
    }
    let remarks = told.remarks.iter().map(|remark| match remark.column.as_str() {
        "" => remark.rule.clone(),
        column => format!("{column}: {}", remark.rule),
    });
    text.push_str(&remarks.collect::<Vec<_>>().join("; "));
    // What files hold is not to move the cursor of a terminal.
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Store(error) => error.into(),
            error => Self::Failed(error.to_string()),
        }
    }
}

impl From<SheetError> for Failure {
    fn from(error: SheetError) -> Self {
        Self::Failed(error.to_string())
    }
}
