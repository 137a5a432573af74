//! `assay export`: what the database holds, as files.

mod matrix;

use std::path::PathBuf;

use clap::Subcommand;

use crate::{
    app::archive,
    cli::{answer, failure::Failure, patient, progress},
    config::Settings,
};

/// Write what the database holds into files.
#[derive(Debug, Subcommand)]
pub(super) enum Export {
    /// Everything, to move it into another database unchanged. The files hold every name, rating and note and
    /// the key of all digests: keep them as you keep the database
    #[command(after_help = EXAMPLE)]
    All {
        /// A folder that does not exist yet, or is empty
        #[arg(value_name = "DIRECTORY")]
        folder: PathBuf,
    },
    /// The skills of a team as a table or spreadsheet, for people outside the service
    Matrix(Box<matrix::Matrix>),
}

const EXAMPLE: &str = "\
Example, from the trial on SQLite to PostgreSQL (stop what writes to either meanwhile):
  DATABASE_URL=sqlite:///var/lib/assay/assay.db assay export all march
  export DATABASE_URL=postgres://assay@db.internal/assay
  assay migrate up
  assay import all march";

impl Export {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let folder = match self {
            Self::All { folder } => folder,
            Self::Matrix(verb) => return verb.run(settings).await,
        };
        let store = patient(settings.require_database()?).await?;
        let moved = archive::export(&store, &folder, progress::shown()).await?;
        answer(&format!(
            "exported {} rows of {} tables into {}; they are secret, the files are for you alone\n",
            moved.rows,
            moved.tables,
            folder.display()
        ))
    }
}
