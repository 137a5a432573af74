//! The one place that reads the clock. Everything else is told the instant of its operation.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, Utc};

use crate::domain::time::{Timestamp, to_micros};

/// Tells the instant, cut to microseconds.
#[derive(Debug, Clone)]
pub struct Clock(Source);

#[derive(Debug, Clone)]
enum Source {
    System,
    Settable(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until it is set: for tests and for deterministic demo data.
    #[must_use]
    pub fn settable(at: Timestamp) -> Self {
        Self(Source::Settable(Arc::new(AtomicI64::new(at.timestamp_micros()))))
    }

    /// Moves a settable clock, for every clone of it; the machine's clock stays as it is.
    pub fn set(&self, at: Timestamp) {
        if let Source::Settable(micros) = &self.0 {
            micros.store(at.timestamp_micros(), Ordering::SeqCst);
        }
    }

    /// The instant.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the only home of the clock")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => to_micros(Utc::now()),
            Source::Settable(micros) => {
                DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }
}
