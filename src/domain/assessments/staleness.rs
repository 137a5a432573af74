//! F2, staleness: how long a rating stays worth what it said.
//!
//! Knows one observation and its skill's review policy; which rating is chosen is `effective`'s.

use chrono::TimeDelta;

use crate::domain::{
    choices::choices,
    skills::Skill,
    time::{Timestamp, earliest},
};

choices! {
    /// How old a rating is, measured by its skill's review policy. DUE and STALE still count.
    Staleness {
        /// Recent enough.
        Fresh = "FRESH",
        /// Should be looked at again soon.
        Due = "DUE",
        /// Was not looked at for one and a half review intervals.
        Stale = "STALE",
        /// No longer counts.
        Expired = "EXPIRED",
    }
}

choices! {
    /// Why a rating should be looked at again.
    DueReason {
        /// The skill's review interval has run, or will have.
        Review = "REVIEW",
        /// It expires within thirty days, or has.
        Expiry = "EXPIRY",
    }
}

/// The two review settings of a skill. Without either, ratings of it never age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReviewPolicy {
    /// Days after which a rating is due for review.
    pub review_interval_days: Option<i32>,
    /// Days after which a rating no longer counts.
    pub expires_after_days: Option<i32>,
}

impl ReviewPolicy {
    /// The policy of a skill.
    #[must_use]
    pub const fn of(skill: &Skill) -> Self {
        Self {
            review_interval_days: skill.review_interval_days,
            expires_after_days: skill.expires_after_days,
        }
    }
}

/// What staleness is measured from: when the level was seen, and when the rating ends by its own terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// When the level was observed.
    pub observed_at: Timestamp,
    /// The rating's own end, whatever the skill says.
    pub expires_at: Option<Timestamp>,
}

/// A rating is DUE this long before it expires.
const NOTICE: TimeDelta = TimeDelta::days(30);

impl Observation {
    /// X: the first instant at which it no longer counts; `None`: never.
    #[must_use]
    pub fn expiry(&self, policy: &ReviewPolicy) -> Option<Timestamp> {
        let by_policy = policy.expires_after_days.and_then(|days| self.after(days, 24));
        earliest(self.expires_at, by_policy)
    }

    /// `min(observedAt + R, X − 30 d)`: the first instant at which it is no longer FRESH.
    #[must_use]
    pub fn due_at(&self, policy: &ReviewPolicy) -> Option<Timestamp> {
        self.due(policy).map(|(at, _)| at)
    }

    /// The same, with which of the two it is.
    #[must_use]
    pub fn due(&self, policy: &ReviewPolicy) -> Option<(Timestamp, DueReason)> {
        let review = self.review_at(policy).map(|at| (at, DueReason::Review));
        let expiry = self.notice_at(policy).map(|at| (at, DueReason::Expiry));
        review.into_iter().chain(expiry).min_by_key(|(at, _)| *at)
    }

    /// F2: the first of EXPIRED, STALE, DUE that holds at `t`, else FRESH.
    #[must_use]
    pub fn staleness(&self, policy: &ReviewPolicy, t: Timestamp) -> Staleness {
        let reached = |edge: Option<Timestamp>| edge.is_some_and(|edge| t >= edge);
        if reached(self.expiry(policy)) {
            Staleness::Expired
        } else if reached(self.stale_at(policy)) {
            Staleness::Stale
        } else if reached(self.due_at(policy)) {
            Staleness::Due
        } else {
            Staleness::Fresh
        }
    }

    /// The earliest instant after `t` at which the clock alone changes the staleness.
    ///
    /// Passing an edge that changes nothing (the expiry notice of a rating already STALE) is no
    /// change: a cached matrix need not be made again for it.
    #[must_use]
    pub fn next_change(&self, policy: &ReviewPolicy, t: Timestamp) -> Option<Timestamp> {
        let now = self.staleness(policy, t);
        [self.review_at(policy), self.notice_at(policy), self.stale_at(policy), self.expiry(policy)]
            .into_iter()
            .flatten()
            .filter(|edge| *edge > t && self.staleness(policy, *edge) != now)
            .min()
    }

    fn review_at(&self, policy: &ReviewPolicy) -> Option<Timestamp> {
        policy.review_interval_days.and_then(|days| self.after(days, 24))
    }

    fn stale_at(&self, policy: &ReviewPolicy) -> Option<Timestamp> {
        policy.review_interval_days.and_then(|days| self.after(days, 36))
    }

    fn notice_at(&self, policy: &ReviewPolicy) -> Option<Timestamp> {
        self.expiry(policy).and_then(|end| end.checked_sub_signed(NOTICE))
    }

    /// `days` × `hours` after the observation; beyond the calendar means never.
    fn after(&self, days: i32, hours: i64) -> Option<Timestamp> {
        self.observed_at.checked_add_signed(TimeDelta::hours(i64::from(days) * hours))
    }
}
