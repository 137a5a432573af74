//! What is logged, and how. Never starts logging: `telemetry` does.

use crate::config::{entry::Setting, source::Source};

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

const FILTER: Setting =
    Setting("log.filter", "RUST_LOG", "Which events are logged: `info`, `assay=debug,info`.");
const FORMAT: Setting = Setting(
    "log.format",
    "LOG_FORMAT",
    "How each is written to standard error: `pretty` for people, `json` for machines.",
);

impl LogSettings {
    pub(super) fn read(from: &Source) -> Self {
        let default = Self::default();
        let formats = [("pretty", LogFormat::Pretty), ("json", LogFormat::Json)];
        Self {
            filter: from.text_or(FILTER, default.filter),
            format: from.choice(FORMAT, default.format, &formats),
        }
    }
}
