//! The days of a plan and of its goals: both ends are days on which something is done. Never reads a
//! calendar of its own.

use chrono::{Datelike, NaiveDate};

use crate::domain::values::Rule;

/// The longest plan, in days: three years.
pub const MOST_DAYS: i64 = 1_096;

/// From one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
}

impl Period {
    /// Checks the order and the length.
    ///
    /// # Errors
    /// The rule it breaks.
    pub fn new(start: NaiveDate, end: NaiveDate) -> Result<Self, Rule> {
        if !(1..=9999).contains(&start.year()) || !(1..=9999).contains(&end.year()) {
            return Err("must have years of four digits");
        }
        if end < start {
            return Err("must not be before the start date");
        }
        if (end - start).num_days() >= MOST_DAYS {
            return Err("must be at most three years after the start date");
        }
        Ok(Self { start, end })
    }

    /// Whether the day lies inside.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.start <= day && day <= self.end
    }

    /// How many days lie between its ends.
    #[must_use]
    pub fn span(&self) -> i64 {
        (self.end - self.start).num_days()
    }
}
