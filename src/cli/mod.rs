//! The binary's verbs, one file each. Standard output carries answers alone; everything else goes to
//! standard error. Exit codes: 0 done, 1 failed or a difference found, 2 usage, 78 bad configuration.

mod completions;
mod config;
mod data_dir;
mod demo;
mod doctor;
mod export;
mod failure;
mod healthcheck;
mod import;
mod migrate;
mod production;
mod profiles;
mod progress;
mod schema;
mod seed;
mod serve;
mod server;
mod token;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Parser, Subcommand};

use crate::{
    cli::failure::Failure,
    config::{DatabaseSettings, OtlpSettings, Settings},
    store::Store,
    telemetry::{self, Guard},
};

/// The version and the commit.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (", env!("ASSAY_COMMIT"), ")");

/// What can our teams do, and can this person do it? Team skill matrices and role profiles in one GraphQL
/// graph.
#[derive(Debug, Parser)]
#[command(name = "assay", version = VERSION, propagate_version = true)]
struct Arguments {
    /// The settings file [default: assay.toml in the working directory, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run the demo: a database, an organisation and tokens of its own
    Demo(demo::DemoRun),
    /// Serve the API on the database and for the issuer that the settings name
    Serve(serve::Serve),
    /// Apply or take back changes of the database schema
    #[command(subcommand)]
    Migrate(migrate::Migrate),
    /// Check, print or describe the settings
    #[command(subcommand)]
    Config(config::Config),
    /// Look at everything the service depends on, and say how to repair it
    Doctor(doctor::Doctor),
    /// Ask the service on this machine whether it is ready
    Healthcheck(healthcheck::Healthcheck),
    /// Load an organisation into an empty database
    Seed(seed::Seed),
    /// Write what the database holds into files
    #[command(subcommand)]
    Export(export::Export),
    /// Read files into the database
    #[command(subcommand)]
    Import(import::Import),
    /// Keep role profiles as files: export, compare, apply
    #[command(subcommand)]
    Profiles(profiles::Profiles),
    /// Print a token that the demo accepts
    Token(token::Token),
    /// Print the GraphQL schema, or compare it with a file
    #[command(subcommand)]
    Schema(schema::Schema),
    /// Print the completions for a shell
    Completions(completions::Completions),
}

/// Runs the verb that the process's arguments name, and tells how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match perform(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody is left to tell when standard error is closed.
            let _ = writeln!(io::stderr(), "error: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

fn perform(arguments: Arguments) -> Result<(), Failure> {
    // Fails only when somebody installed one before, which is as good.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Failed(format!("the runtime cannot be started: {error}")))?;
    runtime.block_on(async {
        let logged = || logging(arguments.config.as_deref());
        let exported = || exporting(arguments.config.as_deref());
        match arguments.verb {
            Verb::Demo(verb) => verb.run(&exported()?.0).await,
            Verb::Serve(verb) => verb.run(&exported()?.0).await,
            Verb::Migrate(verb) => verb.run(&logged()?.0).await,
            Verb::Config(verb) => verb.run(arguments.config.as_deref()),
            Verb::Seed(verb) => verb.run(&logged()?.0).await,
            Verb::Export(verb) => verb.run(&logged()?.0).await,
            Verb::Import(verb) => verb.run(&logged()?.0).await,
            Verb::Profiles(profiles::Profiles::Schema) => profiles::print_schema(),
            Verb::Profiles(verb) => verb.run(&logged()?.0).await,
            Verb::Token(verb) => verb.run(),
            Verb::Schema(verb) => verb.run(),
            Verb::Doctor(verb) => verb.run(arguments.config.as_deref()).await,
            Verb::Healthcheck(verb) => verb.run(&Settings::load(arguments.config.as_deref())?).await,
            Verb::Completions(verb) => verb.run(),
        }
    })
}

/// How long one statement may run when a verb works on the whole database.
const PATIENCE: Duration = Duration::from_secs(600);

/// Reads the settings and starts logging, for the verbs that do one thing and end: a trace of theirs would tell
/// nobody anything, and a receiver that is away would only keep them from ending.
fn logging(config: Option<&Path>) -> Result<(Settings, Guard), Failure> {
    let settings = Settings::load(config)?;
    let guard = telemetry::start(&settings.log, &OtlpSettings::default())?;
    Ok((settings, guard))
}

/// The same for the verbs that serve, which export too, where an endpoint is named.
fn exporting(config: Option<&Path>) -> Result<(Settings, Guard), Failure> {
    let settings = Settings::load(config)?;
    let guard = telemetry::start(&settings.log, &settings.otlp)?;
    Ok((settings, guard))
}

/// Connects for work on a whole database: one statement of it may run for long.
async fn patient(database: &DatabaseSettings) -> Result<Store, Failure> {
    let statement_timeout = database.statement_timeout.max(PATIENCE);
    Ok(Store::connect(&DatabaseSettings { statement_timeout, ..database.clone() }).await?)
}

/// Writes an answer to standard output. A reader that has seen enough (`| head`) is no failure.
fn answer(text: &str) -> Result<(), Failure> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Failed(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}
