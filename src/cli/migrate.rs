//! `assay migrate up|down|status`: the only way, the demo aside, in which the schema changes.

use clap::Subcommand;

use crate::{
    cli::{answer, failure::Failure},
    config::Settings,
    store::Store,
};

/// Apply or take back changes of the database schema.
#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// Apply every change the database does not have yet
    Up,
    /// Take back the last changes, with the data they hold
    Down {
        /// How many
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
    },
    /// List every change and whether the database has it
    Status,
}

impl Migrate {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let database = settings.require_database()?;
        match self {
            Self::Up => told("applied", &Store::migrate_up(database).await?),
            Self::Down { steps } => told("taken back", &Store::migrate_down(database, steps).await?),
            Self::Status => {
                let changes = Store::connect(database).await?.schema_changes().await?;
                let line = |applied| if applied { "applied" } else { "pending" };
                let lines =
                    changes.iter().map(|change| format!("{}  {}\n", line(change.applied), change.name));
                answer(&lines.collect::<String>())
            }
        }
    }
}

fn told(what: &str, names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return answer(&format!("nothing {what}: there is nothing to do\n"));
    }
    answer(&names.iter().map(|name| format!("{what}  {name}\n")).collect::<String>())
}
