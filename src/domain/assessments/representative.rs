//! Step 2 of F1: one representative per source, so that no source speaks twice.
//!
//! Never weighs one source against another; that is `effective`'s.

use crate::domain::{
    assessments::{
        AssessmentSource,
        effective::{Question, Rating},
        staleness::{Observation, ReviewPolicy, Staleness},
    },
    levels::Level,
    time::{Timestamp, earliest},
};

/// What one source says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Representative {
    pub source: AssessmentSource,
    pub level: Level,
    /// What its staleness is measured from.
    pub observation: Observation,
    /// The latest record time among the rows used.
    pub recorded_at: Timestamp,
    pub staleness: Staleness,
    /// The end of its life; `None` is never.
    pub expiry: Option<Timestamp>,
    /// When the clock changes it.
    pub next_change: Option<Timestamp>,
    pub n: u32,
    /// A single peer does not speak for the peers.
    pub too_few: bool,
}

impl Representative {
    pub(super) fn is_living(&self) -> bool {
        self.staleness != Staleness::Expired && !self.too_few
    }

    /// (group, tier, rank) of step 4; the least is chosen.
    pub(super) fn precedence(&self) -> (u8, u8, u8) {
        let (group, rank) = match self.source {
            AssessmentSource::Manager => (0, 0),
            AssessmentSource::Peer => (0, 1),
            AssessmentSource::Interview => (0, 2),
            AssessmentSource::Certificate => (0, 3),
            AssessmentSource::Import => (1, 0),
            AssessmentSource::SelfRating => (2, 0),
        };
        (group, u8::from(self.staleness >= Staleness::Stale), rank)
    }
}

/// At most one representative per source.
pub(super) struct Representatives {
    by_source: [Option<Representative>; AssessmentSource::ALL.len()],
    /// The next observation that lies after the instant asked for.
    next_observation: Option<Timestamp>,
}

impl Representatives {
    pub(super) fn of(ratings: &[Rating], question: &Question) -> Self {
        let mut by_source = [None; AssessmentSource::ALL.len()];
        for &source in AssessmentSource::ALL {
            if source.is_admitted_for(question.kind) {
                by_source[source as usize] = represent(&Rows { ratings, source, question });
            }
        }
        let later = ratings.iter().map(|r| r.observed_at).filter(|at| *at > question.at);
        Self { by_source, next_observation: later.min() }
    }

    pub(super) fn get(&self, source: AssessmentSource) -> Option<&Representative> {
        self.by_source[source as usize].as_ref()
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Representative> {
        self.by_source.iter().flatten()
    }

    pub(super) fn fresh_until(&self) -> Option<Timestamp> {
        self.all().map(|r| r.next_change).fold(self.next_observation, earliest)
    }
}

/// The rows of one source that were observed by the instant asked for.
struct Rows<'a> {
    ratings: &'a [Rating],
    source: AssessmentSource,
    question: &'a Question,
}

impl<'a> Rows<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Rating> {
        let (source, at) = (self.source, self.question.at);
        self.ratings.iter().filter(move |r| r.source == source && r.observed_at <= at)
    }

    fn is_living(&self, rating: &Rating) -> bool {
        expiry(rating, &self.question.policy).is_none_or(|end| self.question.at < end)
    }

    /// Each party's latest row, or with `living` its latest unexpired row. Quadratic in the few rows
    /// of one cell, which is cheaper here than a map.
    fn latest_per_party(&self, living: bool) -> impl Iterator<Item = &'a Rating> {
        let eligible = move |r: &&Rating| !living || self.is_living(r);
        self.all().filter(eligible).filter(move |row| {
            !self.all().filter(eligible).any(|o| o.party == row.party && o.recency() > row.recency())
        })
    }
}

fn expiry(rating: &Rating, policy: &ReviewPolicy) -> Option<Timestamp> {
    observation(rating).expiry(policy)
}

fn observation(rating: &Rating) -> Observation {
    Observation { observed_at: rating.observed_at, expires_at: rating.expires_at }
}

fn represent(rows: &Rows<'_>) -> Option<Representative> {
    match rows.source {
        AssessmentSource::Peer => peers(rows),
        AssessmentSource::Certificate => certificates(rows),
        _ => rows.all().max_by_key(|r| r.recency()).map(|row| {
            let observation = observation(row);
            make(rows, row.level, observation, row.recorded_at, 1)
        }),
    }
}

fn make(
    rows: &Rows<'_>,
    level: Level,
    observation: Observation,
    recorded_at: Timestamp,
    n: u32,
) -> Representative {
    let Question { policy, at, .. } = rows.question;
    Representative {
        source: rows.source,
        level,
        observation,
        recorded_at,
        staleness: observation.staleness(policy, *at),
        expiry: observation.expiry(policy),
        next_change: observation.next_change(policy, *at),
        n,
        too_few: false,
    }
}

/// The lower median of at least two assessors. When too few of them still live but enough once
/// spoke, the panel has lapsed: it shows what it last said, as EXPIRED.
fn peers(rows: &Rows<'_>) -> Option<Representative> {
    let living = Panel::of(rows.latest_per_party(true));
    if living.n >= 2 {
        return living.speak(rows);
    }
    let ever = Panel::of(rows.latest_per_party(false));
    if ever.n >= 2 {
        let lapsed = ever.speak(rows)?;
        return Some(Representative { staleness: Staleness::Expired, next_change: None, ..lapsed });
    }
    let single = if living.n == 1 { living } else { ever };
    Some(Representative { too_few: true, ..single.speak(rows)? })
}

/// What the peers say together, gathered without a list.
#[derive(Default)]
struct Panel {
    levels: [u32; 6],
    n: u32,
    oldest: Option<Timestamp>,
    first_end: Option<Timestamp>,
    recorded_at: Option<Timestamp>,
}

impl Panel {
    fn of<'a>(ratings: impl Iterator<Item = &'a Rating>) -> Self {
        ratings.fold(Self::default(), |mut panel, rating| {
            panel.levels[usize::from(rating.level.value())] += 1;
            panel.n += 1;
            panel.oldest = earliest(panel.oldest, Some(rating.observed_at));
            panel.first_end = earliest(panel.first_end, rating.expires_at);
            panel.recorded_at = panel.recorded_at.max(Some(rating.recorded_at));
            panel
        })
    }

    fn speak(&self, rows: &Rows<'_>) -> Option<Representative> {
        let observation = Observation { observed_at: self.oldest?, expires_at: self.first_end };
        Some(make(rows, self.lower_median()?, observation, self.recorded_at?, self.n))
    }

    fn lower_median(&self) -> Option<Level> {
        let middle = self.n.div_ceil(2);
        let mut seen = 0;
        Level::ALL.into_iter().find(|level| {
            seen += self.levels[usize::from(level.value())];
            seen >= middle && seen > 0
        })
    }
}

fn best_certificate<'a>(rows: &Rows<'a>) -> Option<&'a Rating> {
    let policy = &rows.question.policy;
    let living = rows.latest_per_party(true).max_by_key(|r| (r.level, r.recency()));
    living.or_else(|| rows.latest_per_party(false).max_by_key(|r| (expiry(r, policy), r.level, r.recency())))
}

/// The highest level among each certificate's latest unexpired row; when none lives, the last to
/// expire.
fn certificates(rows: &Rows<'_>) -> Option<Representative> {
    let policy = &rows.question.policy;
    let best = best_certificate(rows)?;
    let n = rows.latest_per_party(true).count().max(1);
    let mut spoken =
        make(rows, best.level, observation(best), best.recorded_at, u32::try_from(n).unwrap_or(u32::MAX));
    // When any of the certificates ends, an older and higher row of it may speak again.
    let first_end = rows.latest_per_party(true).map(|r| expiry(r, policy)).fold(None, earliest);
    spoken.next_change = earliest(spoken.next_change, first_end);
    Some(spoken)
}

/// The rows of the panel that [`peers`] lets speak.
fn panel<'a>(rows: &Rows<'a>) -> Vec<&'a Rating> {
    let living: Vec<_> = rows.latest_per_party(true).collect();
    if living.len() >= 2 {
        return living;
    }
    let ever: Vec<_> = rows.latest_per_party(false).collect();
    if ever.len() >= 2 || living.is_empty() { ever } else { living }
}

/// The rows that what a source says was made from; of several, the newest first.
pub(super) fn used<'a>(
    ratings: &'a [Rating],
    source: AssessmentSource,
    question: &'a Question,
) -> Vec<&'a Rating> {
    let rows = Rows { ratings, source, question };
    let mut used: Vec<&Rating> = match source {
        AssessmentSource::Peer => panel(&rows),
        AssessmentSource::Certificate => best_certificate(&rows).into_iter().collect(),
        _ => rows.all().max_by_key(|r| r.recency()).into_iter().collect(),
    };
    used.sort_by_key(|row| std::cmp::Reverse(row.recency()));
    used
}
