//! Instants and half-open intervals. Never reads a clock: `now` is always an argument.

use chrono::{DateTime, Datelike, SubsecRound, Utc};

/// An instant in UTC, cut to microseconds: what both databases store and every client reads back.
pub type Timestamp = DateTime<Utc>;

/// Cuts an instant to microseconds.
#[must_use]
pub fn to_micros(instant: Timestamp) -> Timestamp {
    instant.trunc_subsecs(6)
}

/// Whether its year has four digits. RFC 3339 writes no other, SQLite orders others wrongly (as texts) and
/// PostgreSQL does not know all of them.
#[must_use]
pub fn is_storable(instant: Timestamp) -> bool {
    (0..=9999).contains(&instant.year())
}

/// `from` inclusive, `to` exclusive; open when `to` is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// First instant inside.
    pub from: Timestamp,
    /// First instant outside; `None` while it lasts.
    pub to: Option<Timestamp>,
}

impl Interval {
    /// Whether `at` lies inside.
    #[must_use]
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    /// Whether the two share an instant.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }

    /// The next instant after `at` at which membership of the interval changes.
    #[must_use]
    pub fn next_boundary(&self, at: Timestamp) -> Option<Timestamp> {
        [Some(self.from), self.to].into_iter().flatten().find(|edge| *edge > at)
    }
}

/// The earlier of two optional instants, where `None` means never.
#[must_use]
pub fn earliest(a: Option<Timestamp>, b: Option<Timestamp>) -> Option<Timestamp> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
