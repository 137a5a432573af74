//! What the process tells about itself: logs on standard error, metrics to be read, and all of it with traces
//! to an OTLP endpoint where one is named. Never writes to standard output, which belongs to the answers of
//! the command line, and never makes anybody wait.

mod exporters;
mod logs;
pub mod metrics;
pub mod propagation;
pub mod request;
mod told;

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{
    config::{LogSettings, OtlpSettings},
    telemetry::exporters::Exporters,
};

/// The commit that was built: of a release build what git says, or whoever built it.
pub const COMMIT: &str = env!("ASSAY_COMMIT");

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
    /// An exporter cannot be made of its settings.
    #[error("the OTLP exporter of {signal} cannot be made: {why}")]
    Exporter {
        /// Which one.
        signal: &'static str,
        /// What is wrong.
        why: String,
    },
    /// Something else already takes the process's events.
    #[error("telemetry was already started in this process")]
    AlreadyStarted,
}

/// Keeps telemetry running. When it is dropped, what is still held is sent, for as long as a few seconds.
#[must_use = "telemetry ends when the guard is dropped"]
#[derive(Debug)]
pub struct Guard(Option<Exporters>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(exporters) = self.0.take() {
            exporters.finish();
        }
    }
}

/// Starts logging, and exporting where `otlp` names an endpoint. Once a process.
///
/// # Errors
/// When the filter is not one, an exporter cannot be made, or telemetry was started before.
pub fn start(log: &LogSettings, otlp: &OtlpSettings) -> Result<Guard, TelemetryError> {
    let mut layers = vec![logs::lines(log)?];
    let exporters = otlp.exports().then(|| Exporters::new(otlp)).transpose()?;
    if let Some(exporters) = &exporters {
        layers.extend(exporters.layers(log)?);
    }
    tracing_subscriber::registry().with(layers).try_init().map_err(|_| TelemetryError::AlreadyStarted)?;
    Ok(Guard(exporters))
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
        let told = start(&settings, &OtlpSettings::default()).unwrap_err().to_string();
        assert!(told.contains("RUST_LOG") && told.contains("`assay=loud`"), "{told}");
    }
}
