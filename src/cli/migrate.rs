//! `assay migrate up|down|status`: the only way, the demo aside, in which the schema changes.

use clap::Subcommand;

use crate::{
    cli::{answer, failure::Failure},
    config::{DatabaseSettings, Settings},
    store::{ChangeStatus, SchemaChange, Store},
};

const EXAMPLES: &str = "\
Examples:
  assay migrate status
  assay migrate up
  assay migrate down                    the last change, with the data it holds
  assay migrate down --steps 3 --yes";

/// Apply or take back changes of the database schema.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Migrate {
    /// Apply every change the database does not have yet
    Up,
    /// Take back the last changes, with the data they hold
    Down {
        /// How many
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        steps: u32,
        /// Take back several: what they hold is lost
        #[arg(long)]
        yes: bool,
    },
    /// List every change and whether the database has it
    Status,
}

impl Migrate {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let database = settings.require_database()?;
        match self {
            Self::Up => {
                let applied = Store::migrate_up(database).await?;
                told("applied", &applied)?;
                note_newer(&changes(database).await?)
            }
            Self::Down { steps, yes } => {
                refuse_too_many(&changes(database).await?, steps, yes)?;
                told("taken back", &Store::migrate_down(database, steps).await?)
            }
            Self::Status => {
                let changes = changes(database).await?;
                let line = |status| match status {
                    ChangeStatus::Applied => "applied",
                    ChangeStatus::Pending => "pending",
                    ChangeStatus::Newer => "newer  ",
                };
                let lines =
                    changes.iter().map(|change| format!("{}  {}\n", line(change.status), change.name));
                answer(&lines.collect::<String>())?;
                note_newer(&changes)
            }
        }
    }
}

async fn changes(database: &DatabaseSettings) -> Result<Vec<SchemaChange>, Failure> {
    Ok(Store::connect(database).await?.schema_changes().await?)
}

/// Several changes are taken back only by who means it, and never more than there are: a number that is too large
/// is a slip, and everything would be lost by it.
fn refuse_too_many(changes: &[SchemaChange], steps: u32, yes: bool) -> Result<(), Failure> {
    let applied: Vec<_> = changes.iter().filter(|change| change.status == ChangeStatus::Applied).collect();
    if steps as usize > applied.len().max(1) {
        let there = applied.len();
        return Err(Failure::Usage(format!(
            "--steps {steps}: the database has {there} changes to take back"
        )));
    }
    if steps > 1 && !yes {
        let last = applied.iter().rev().take(steps as usize).map(|change| change.name.as_str());
        let last = last.collect::<Vec<_>>().join(", ");
        let what = format!("taking back {last} loses all that they hold: say --yes if that is meant");
        return Err(Failure::Usage(what));
    }
    Ok(())
}

/// Says that the database is ahead of this build, which is no failure: changes expand before they contract.
fn note_newer(changes: &[SchemaChange]) -> Result<(), Failure> {
    let newer = changes.iter().filter(|change| change.status == ChangeStatus::Newer);
    let names = newer.map(|change| change.name.as_str()).collect::<Vec<_>>().join(", ");
    if names.is_empty() {
        return Ok(());
    }
    answer(&format!(
        "the database is newer than this build, which does not know {names}; it can be served all the same\n"
    ))
}

fn told(what: &str, names: &[String]) -> Result<(), Failure> {
    if names.is_empty() {
        return answer(&format!("nothing {what}: there is nothing to do\n"));
    }
    answer(&names.iter().map(|name| format!("{what}  {name}\n")).collect::<String>())
}
