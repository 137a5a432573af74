//! Log lines on standard error, for people or for machines.

use std::io::{self, IsTerminal};

use tracing_subscriber::{Layer, Registry};

use crate::{
    config::{LogFormat, LogSettings},
    telemetry::{TelemetryError, filter},
};

pub(super) type Boxed = Box<dyn Layer<Registry> + Send + Sync>;

pub(super) fn lines(settings: &LogSettings) -> Result<Boxed, TelemetryError> {
    let filter = filter(settings)?;
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    Ok(match settings.format {
        LogFormat::Pretty => lines.with_ansi(io::stderr().is_terminal()).with_filter(filter).boxed(),
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
    })
}
