//! `assay import people`: who works here, in which teams.

use std::path::PathBuf;

use clap::Args;

use crate::{
    app::imports::{PeopleImport, import_people},
    cli::{
        failure::Failure,
        import::{columns::Columns, run::How},
        patient,
    },
    config::Settings,
    interchange::people::Roster,
};

/// Import people, the teams they are in and the role profiles they hold, a row a stay. Running it again changes
/// nothing.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct People {
    /// A table of people, `.csv` or tab-separated (`.tsv`, `.txt`), its first line the names of the columns
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    columns: Columns,
    /// The file is everybody: people with an external id who are not in it are deactivated, and stays of the
    /// others that it does not name end
    #[arg(long)]
    full: bool,
    /// The share of people that may be missing in a full file before it is taken for cut off [default: 20, or
    /// five people when they are no more than half]
    #[arg(long, value_name = "PERCENT", requires = "full", value_parser = clap::value_parser!(u8).range(0..=100))]
    most_leavers: Option<u8>,
    /// The issuer of subjects whose row names none [default: OIDC_ISSUER_URL]
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    #[command(flatten)]
    how: How,
}

const EXAMPLES: &str = "\
Columns (found by their names in any spelling: `External ID`, `external_id`; others with --map):
  externalId (needed), displayName, email, title, discoverability, issuer, subject, status (ACTIVE or LEFT),
  team (a slug, or `Engineering > Platform`), teamExternalId, role (LEAD or MEMBER), allocationPct, validFrom,
  validTo, roleProfile

Examples:
  assay import people people.csv --dry-run
  assay import people hr.csv --full --map externalId='Staff No' --map displayName=Name --report report.csv

Every column, rule and outcome: docs/imports.md";

impl People {
    pub(super) async fn run(self, settings: &Settings) -> Result<(), Failure> {
        let mut mapping = self.columns.mapping()?;
        let known = settings.auth.issuer.as_ref().map(ToString::to_string);
        if let Some(issuer) = self.issuer.or(known) {
            mapping.defaults.entry("issuer".to_owned()).or_insert(issuer);
        }
        let roster = Roster::open(&self.file, mapping)?;
        let left_out = roster.left_out.clone();
        let store = patient(settings.require_database()?).await?;
        let import = PeopleImport { roster, full: self.full, most_leavers_pct: self.most_leavers };
        self.how
            .run(&[self.file], &left_out, async |options| import_people(&store, options, import).await)
            .await
    }
}
