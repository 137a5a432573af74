//! What the process tells about itself: logs on standard error, and metrics. Never writes to standard output,
//! which belongs to the answers of the command line.

pub mod metrics;

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{LogFormat, LogSettings};

/// Why telemetry could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter is not one.
    #[error(
        "RUST_LOG (log.filter in the file): `{filter}` is not a filter such as `info` or `assay=debug,info`: {why}"
    )]
    Filter {
        /// What was set.
        filter: String,
        /// What is wrong with it.
        why: String,
    },
    /// Something else already takes the process's events.
    #[error("logging was already started in this process")]
    AlreadyStarted,
}

/// Keeps telemetry running; what it still holds is written out when it is dropped.
#[must_use = "telemetry ends when the guard is dropped"]
#[derive(Debug)]
pub struct Guard(());

/// Starts logging as the settings say. Once a process.
///
/// # Errors
/// When the filter is not one, or logging was started before.
pub fn start(settings: &LogSettings) -> Result<Guard, TelemetryError> {
    let filter = filter(settings)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let lines: Box<dyn Layer<Registry> + Send + Sync> = match settings.format {
        LogFormat::Pretty => lines.with_ansi(std::io::stderr().is_terminal()).with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
    };
    tracing_subscriber::registry().with(lines).try_init().map_err(|_| TelemetryError::AlreadyStarted)?;
    Ok(Guard(()))
}

/// Which events are logged; starts nothing.
///
/// # Errors
/// When the filter is not one.
pub fn filter(settings: &LogSettings) -> Result<EnvFilter, TelemetryError> {
    EnvFilter::try_new(&settings.filter)
        .map_err(|error| TelemetryError::Filter { filter: settings.filter.clone(), why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_is_none_is_told_with_its_text() {
        let settings = LogSettings { filter: "assay=loud".to_owned(), ..LogSettings::default() };
        let told = start(&settings).unwrap_err().to_string();
        assert!(told.contains("RUST_LOG") && told.contains("`assay=loud`"), "{told}");
    }
}
