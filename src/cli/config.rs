//! `assay config check|dump|docs`: looks at the settings. Starts nothing and asks nobody.

use std::path::Path;

use clap::{Subcommand, ValueEnum};

use crate::{
    auth::Verifier,
    cli::{answer, failure::Failure, production},
    config::{self, Reading, Settings, SettingsError},
    store::DatabaseAddress,
    telemetry,
};

const EXAMPLES: &str = "\
Examples:
  assay config check --production
  assay config dump --format json | jq '.\"database.url\"'";

/// Look at the settings.
#[derive(Debug, Subcommand)]
#[command(after_help = EXAMPLES)]
pub(super) enum Config {
    /// Say everything that would keep `serve` from starting; exits 78 when there is something
    ///
    /// Also looks at what only shows when it is used: key files, the form of URLs, the log filter. Asks
    /// nobody over the network; `assay doctor` does.
    Check {
        /// Check as `serve --production` would
        #[arg(long)]
        production: bool,
    },
    /// Print the settings in effect, each with where it comes from; secrets are hidden
    Dump {
        /// `toml` can be read back with --config
        #[arg(long, value_enum, default_value_t = Format::Toml)]
        format: Format,
    },
    /// Print the reference of all settings as Markdown
    Docs,
}

/// How a dump is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// A settings file
    Toml,
    /// One JSON object, by the keys of the settings file
    Json,
}

impl Config {
    pub(super) fn run(self, file: Option<&Path>) -> Result<(), Failure> {
        match self {
            Self::Check { production } => check(Settings::read(file)?, production),
            Self::Dump { format } => dump(Settings::read(file)?, format),
            Self::Docs => answer(&config::docs()),
        }
    }
}

fn check(reading: Reading, production: bool) -> Result<(), Failure> {
    let Reading { settings, mut problems, .. } = reading;
    // A URL that was refused counts as not given; it is told once.
    let refused = |name: &str, problems: &[String]| problems.iter().any(|problem| problem.contains(name));
    match settings.require_database() {
        Ok(database) => problems.extend(DatabaseAddress::of(database).err().map(|why| {
            format!(
                "DATABASE_URL (database.url in the file): the value (hidden) is not a database URL: {why}"
            )
        })),
        Err(SettingsError::Invalid(missing)) if !refused("DATABASE_URL", &problems) => {
            problems.extend(missing);
        }
        Err(_) => {}
    }
    let auth = Verifier::problems(&settings.auth).into_iter().map(|problem| problem.to_string());
    let told_before = refused("OIDC_ISSUER_URL", &problems);
    problems.extend(auth.filter(|problem| !(told_before && problem.contains("OIDC_ISSUER_URL is not set"))));
    problems.extend(telemetry::filter(&settings.log).err().map(|error| error.to_string()));
    if settings.production || production {
        problems.extend(production::refused(&settings));
    }
    if problems.is_empty() { answer("the settings are good\n") } else { Err(invalid(problems)) }
}

fn dump(reading: Reading, format: Format) -> Result<(), Failure> {
    if !reading.problems.is_empty() {
        return Err(invalid(reading.problems));
    }
    answer(&match format {
        Format::Toml => config::dump_toml(&reading.entries),
        Format::Json => config::dump_json(&reading.entries),
    })
}

fn invalid(problems: Vec<String>) -> Failure {
    SettingsError::Invalid(problems).into()
}
