//! Days and instants in cells. A day is its first instant, in UTC.

use chrono::{DateTime, NaiveDate, NaiveTime};

use crate::domain::time::{Timestamp, is_storable, to_micros};

/// `2026-03-01`, or RFC 3339 as `2026-03-01T09:00:00Z`.
pub(in crate::interchange) fn instant(text: &str) -> Result<Timestamp, String> {
    let day = || Some(text.parse::<NaiveDate>().ok()?.and_time(NaiveTime::MIN).and_utc());
    let instant = DateTime::parse_from_rfc3339(text).ok().map(|at| to_micros(at.to_utc())).or_else(day);
    instant.filter(|at| is_storable(*at)).ok_or_else(|| {
        format!("`{text}` is neither a day (2026-03-01) nor an instant (2026-03-01T09:00:00Z)")
    })
}
