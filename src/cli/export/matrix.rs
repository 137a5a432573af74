//! `assay export matrix`: the skills of a team as a file, for people outside the service.

use std::{
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use chrono::{DateTime, NaiveDate, NaiveTime};
use clap::{Args, ValueEnum};

use crate::{
    app::exports::{self, Taken},
    auth::{Job, Scope, Viewer},
    cli::{failure::Failure, patient},
    config::{Settings, clock::Clock},
    domain::{
        assessments::effective::LevelView,
        matrix::MatrixFormat,
        teams::Team,
        time::{Timestamp, to_micros},
    },
    interchange::{kept::OwnFile, matrix::Shown},
    store::{Store, TeamReach},
    views::{
        matrix::{MatrixError, Question, whole_matrix},
        profiles::Edition,
    },
};

/// Export the skills of a team: everybody in it, every skill rated or required. The file holds names and levels
/// of people: keep it as you keep the database. That it was taken is audited.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Matrix {
    /// The team's slug
    #[arg(long, value_name = "SLUG")]
    team: String,
    /// The kind of file
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// As of a past day (its first instant, UTC) or instant (RFC 3339) [default: now]
    #[arg(long, value_name = "WHEN", value_parser = instant)]
    as_of: Option<Timestamp>,
    /// Whose members
    #[arg(long, value_enum, default_value = "direct")]
    scope: Reach,
    /// Whose word the levels are
    #[arg(long, value_enum, default_value = "effective")]
    view: View,
    /// Measured against the published version of this role profile, by its key, instead of each person's own
    #[arg(long, value_name = "KEY")]
    role_profile: Option<String>,
    /// Where to write it [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One line a person, one column a skill, the levels
    Csv,
    /// A spreadsheet with levels and requirements
    Xlsx,
    /// Everything of every cell, for programs
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reach {
    /// Those of the team
    Direct,
    /// Those of the teams below too
    Subtree,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum View {
    /// What counts of everything known
    Effective,
    /// What people say of themselves
    #[value(name = "self")]
    SelfRating,
    /// What those who lead them say
    Manager,
}

const EXAMPLES: &str = "\
Examples:
  assay export matrix --team checkout > checkout.csv
  assay export matrix --team engineering --scope subtree --format xlsx --output engineering.xlsx
  assay export matrix --team checkout --as-of 2026-01-01 --role-profile data-engineer --format json";

fn instant(text: &str) -> Result<Timestamp, String> {
    let day = || Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc());
    let instant = DateTime::parse_from_rfc3339(text).ok().map(|at| to_micros(at.to_utc()));
    instant.or_else(day).ok_or_else(|| "write 2026-03-01 or 2026-03-01T09:00:00Z".to_owned())
}

impl Matrix {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let now = Clock::system().now();
        if self.as_of.is_some_and(|at| at > now) {
            return Err(Failure::Usage("--as-of must not be in the future".to_owned()));
        }
        let store = patient(settings.require_database()?).await?;
        let scope = store.scope(Viewer::system(Job::Export), now).await?;
        let team = store.team_by_slug(&scope, &self.team).await?;
        let team = team.ok_or_else(|| Failure::Failed(format!("there is no team `{}`", self.team)))?;
        let question = self.question(&store, &scope, &team).await?;
        let asked = format!("{question:?} {:?}", self.format);
        let view = match whole_matrix(&store, &scope, question).await {
            Ok(view) => view,
            Err(MatrixError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(Failure::Failed(error.to_string())),
        };
        exports::taken(&store, scope.viewer(), now, Taken::matrix(team.id, asked), String::new()).await?;
        let unwritable = |error: io::Error| Failure::Failed(format!("the file cannot be written: {error}"));
        let shown = Shown { team: &team, matrix: &view.matrix, skills: &view.skills, people: &view.people };
        let done = match &self.output {
            Some(path) => OwnFile::create(path).and_then(|mut file| {
                shown.write(self.format.into(), &mut file)?;
                file.keep()
            }),
            None => {
                let mut out = BufWriter::new(io::stdout());
                shown.write(self.format.into(), &mut out).and_then(|()| out.flush())
            }
        };
        match done {
            // A reader that has seen enough (`| head`) is no failure.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritable(error)),
            _ => Ok(()),
        }
    }

    async fn question(&self, store: &Store, scope: &Scope, team: &Team) -> Result<Question, Failure> {
        let measured_against = match &self.role_profile {
            None => None,
            Some(key) => {
                let none = || Failure::Failed(format!("there is no published role profile `{key}`"));
                let profile = store.role_profile_by_key(scope, key).await?.ok_or_else(none)?;
                let version_id = profile.published_version_id.ok_or_else(none)?;
                Some(Edition { role_profile_id: profile.id, version_id })
            }
        };
        let view = match self.view {
            View::Effective => LevelView::Effective,
            View::SelfRating => LevelView::SelfRating,
            View::Manager => LevelView::Manager,
        };
        let reach = if self.scope == Reach::Subtree { TeamReach::Subtree } else { TeamReach::Direct };
        let (as_of, skill_ids, changed_since) = (self.as_of, None, None);
        Ok(Question { team_id: team.id, as_of, skill_ids, measured_against, view, reach, changed_since })
    }
}

impl From<Format> for MatrixFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Csv => Self::Csv,
            Format::Xlsx => Self::Xlsx,
            Format::Json => Self::Json,
        }
    }
}
