//! `assay import`: files into the database.

mod assessments;
mod columns;
mod people;
mod questions;
mod run;
mod skills;

use std::path::PathBuf;

use clap::Subcommand;

use crate::{
    app::archive::{self, MoveError},
    cli::{answer, failure::Failure, patient, progress},
    config::Settings,
};

/// Read files into the database.
#[derive(Debug, Subcommand)]
pub(super) enum Import {
    /// Everything that `assay export all` wrote, into an empty, migrated database: all of it, or nothing
    #[command(after_help = EXAMPLE)]
    All {
        /// The folder that `assay export all` filled
        #[arg(value_name = "DIRECTORY")]
        folder: PathBuf,
    },
    /// Skills and categories: a plain table, several with a mapping file, ESCO, or O*NET
    Skills(Box<skills::Skills>),
    /// People, their teams and role profiles, from a table
    People(Box<people::People>),
    /// Assessments, from a table
    Assessments(Box<assessments::Assessments>),
    /// Interview questions, from YAML files
    Questions(Box<questions::Questions>),
}

const EXAMPLE: &str = "\
Example (start servers afterwards: the digest key of the archive takes the place of theirs):
  export DATABASE_URL=postgres://assay@db.internal/assay
  assay migrate up
  assay import all march";

impl Import {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let folder = match self {
            Self::All { folder } => folder,
            Self::Skills(verb) => return verb.run(settings).await,
            Self::People(verb) => return verb.run(settings).await,
            Self::Assessments(verb) => return verb.run(settings).await,
            Self::Questions(verb) => return verb.run(settings).await,
        };
        let store = patient(settings.require_database()?).await?;
        let moved = archive::import(&store, &folder, progress::shown()).await?;
        answer(&format!("imported {} rows of {} tables\n", moved.rows, moved.tables))
    }
}

impl From<MoveError> for Failure {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Store(error) => error.into(),
            error => Self::Failed(error.to_string()),
        }
    }
}
