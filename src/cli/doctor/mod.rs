//! `assay doctor`: looks at everything the service depends on, and says what is wrong and how to repair it.
//! Changes nothing. Checks run at once, each for a limited time, so that none hides or delays another.

mod database;
mod finding;
mod network;

use std::{future::Future, path::Path, time::Duration};

use clap::Args;
use serde_json::json;

use crate::{
    cli::{answer, failure::Failure, production},
    config::{Reading, Settings, clock::Clock},
};

use finding::{Finding, Verdict};

/// Longer than any check has reason to take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Look at everything the service depends on; exits 1 when something fails.
///
/// The database and its version, schema, pooler, clock, timeouts and connections; the issuer's keys;
/// replicas, Redis and the receivers of telemetry where they are set. Each line is OK, WARN or FAIL, with its fix.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  assay doctor\n  assay doctor --json | jq '.[] | select(.verdict != \"OK\")'"
)]
pub(super) struct Doctor {
    /// Print one JSON array instead
    #[arg(long)]
    json: bool,
}

impl Doctor {
    pub(super) async fn run(self, file: Option<&Path>) -> Result<(), Failure> {
        let reading = Settings::read(file)?;
        let findings = examine(&reading).await;
        answer(&if self.json {
            format!("{:#}\n", json!(findings))
        } else {
            findings.iter().map(ToString::to_string).collect()
        })?;
        match findings.iter().filter(|finding| finding.verdict == Verdict::Fail).count() {
            0 => Ok(()),
            1 => Err(Failure::Failed("1 check failed".to_owned())),
            some => Err(Failure::Failed(format!("{some} checks failed"))),
        }
    }
}

async fn examine(reading: &Reading) -> Vec<Finding> {
    let settings = &reading.settings;
    let clock = Clock::system();
    let (database, replicas, keys, shared_cache, otlp) = tokio::join!(
        in_time("database", Box::pin(database::check(settings, &clock))),
        in_time("replicas", Box::pin(database::replicas(settings))),
        in_time("token keys", network::keys(&settings.auth)),
        in_time("Redis", network::shared_cache(settings.remote_cache.as_ref())),
        in_time("OTLP", network::otlp(&settings.otlp)),
    );
    [configuration(reading), database, replicas, keys, shared_cache, otlp].concat()
}

async fn in_time(check: &'static str, look: impl Future<Output = Vec<Finding>>) -> Vec<Finding> {
    let slow = || {
        let found = format!("no answer in {} s", PATIENCE.as_secs());
        vec![Finding::fail(check, found, "see that it runs, and that the network lets us through")]
    };
    tokio::time::timeout(PATIENCE, look).await.unwrap_or_else(|_| slow())
}

/// What is wrong with the settings before anybody is asked.
fn configuration(reading: &Reading) -> Vec<Finding> {
    let check = "settings";
    let fix = "correct it; `assay config check` tells more";
    let wrong = reading.problems.iter().map(|problem| Finding::fail(check, problem, fix));
    let mut findings: Vec<_> = wrong.collect();
    if reading.settings.production {
        let refused = production::refused(&reading.settings);
        findings.extend(refused.into_iter().map(|risk| match risk.split_once(" Fix: ") {
            Some((what, fix)) => Finding::fail(check, what, fix),
            None => Finding::fail(check, risk, fix),
        }));
    }
    if findings.is_empty() {
        findings.push(Finding::ok(check, "every value keeps its rule"));
    }
    findings
}
