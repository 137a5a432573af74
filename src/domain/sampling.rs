//! How many cases the property tests of the rules draw, and what they draw them from.
//!
//! Only tests see this.

use chrono::{DateTime, TimeDelta};
use proptest::{prelude::*, test_runner::Config};
use uuid::Uuid;

use crate::domain::{
    ids::{Id, Kind},
    levels::Level,
    time::Timestamp,
};

/// A quick run draws proptest's own number of cases; `PROPTEST_CASES` asks for more, as
/// `scripts/test --full` does. Nothing is written next to the sources.
pub fn cases() -> Config {
    Config { failure_persistence: None, ..Config::default() }
}

/// The instant the drawn histories end at.
pub fn now() -> Timestamp {
    DateTime::from_timestamp(1_780_000_000, 0).unwrap()
}

/// Whole days after [`now`]; negative is before.
pub fn day(days: i64) -> Timestamp {
    now() + TimeDelta::days(days)
}

/// The id with this number.
pub fn id<K: Kind>(n: u128) -> Id<K> {
    Id::from_uuid(Uuid::from_u128(n))
}

/// The level with this number.
pub fn level(n: u8) -> Level {
    Level::new(i64::from(n)).unwrap()
}

/// Any level.
pub fn levels() -> impl Strategy<Value = Level> {
    (0_u8..=5).prop_map(level)
}
