//! What is logged, and how. Never starts logging: `telemetry` does.

use crate::config::source::{Name, Source};

/// Settings of the logs, which go to standard error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// Which events are logged, as `RUST_LOG` says it: `info`, `assay=debug,info`.
    pub filter: String,
    /// How each is written.
    pub format: LogFormat,
}

/// How a log event is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people: a line of text, coloured on a terminal.
    Pretty,
    /// For machines: a line of JSON.
    Json,
}

impl Default for LogSettings {
    fn default() -> Self {
        Self { filter: "info".to_owned(), format: LogFormat::Pretty }
    }
}

impl LogSettings {
    pub(super) fn read(from: &Source) -> Self {
        let default = Self::default();
        let formats = [("pretty", LogFormat::Pretty), ("json", LogFormat::Json)];
        Self {
            filter: from.text(Name("log.filter", "RUST_LOG")).unwrap_or(default.filter),
            format: from.choice(Name("log.format", "LOG_FORMAT"), default.format, &formats),
        }
    }
}
