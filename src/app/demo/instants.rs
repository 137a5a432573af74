//! Days before the demo was loaded, as instants of working days. Never later than today's midnight.

use chrono::{NaiveTime, TimeDelta};

use crate::domain::time::{Interval, Timestamp};

/// Midnight at the start of the day of `now`.
pub(in crate::app) fn today(now: Timestamp) -> Timestamp {
    now.date_naive().and_time(NaiveTime::MIN).and_utc()
}

/// So many days before today, at midnight.
pub(in crate::app) fn days_ago(now: Timestamp, days: i64) -> Timestamp {
    today(now) - TimeDelta::days(days)
}

/// So many days before today, at a minute of the working day.
pub(in crate::app) fn at_work(now: Timestamp, days: i64, minute: i64) -> Timestamp {
    days_ago(now, days.max(1)) + TimeDelta::minutes(8 * 60 + minute.clamp(0, 9 * 60))
}

/// From so many days ago to so many days ago.
pub(in crate::app) fn span(now: Timestamp, from: i64, to: Option<i64>) -> Interval {
    Interval { from: days_ago(now, from), to: to.map(|to| days_ago(now, to)) }
}
