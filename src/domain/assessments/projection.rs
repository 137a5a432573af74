//! Which rows of the history `current_level` keeps, and which row supersedes which.
//!
//! The projection is never a truth of its own: it holds just enough that F1 over it, now or at any
//! later instant and under any review policy, equals F1 over the whole history.

use crate::domain::{
    assessments::{
        AssessmentSource, AssessmentStatus,
        effective::{Party, Rating},
    },
    ids::{SkillAssessmentId, SkillId},
};

/// One assessment of the history of a (person, canonical skill).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRow {
    /// The rating.
    pub rating: Rating,
    /// The skill it was recorded for, which may have been merged since.
    pub recorded_skill_id: SkillId,
    /// The last of its statuses.
    pub status: AssessmentStatus,
}

/// The rows that `current_level` keeps: every VALIDATED one, and the SUPERSEDED ones that F1 may
/// still choose, now or when what replaced them expires or was revoked.
pub fn project(history: &[HistoryRow]) -> impl Iterator<Item = &HistoryRow> {
    history.iter().filter(|row| match row.status {
        AssessmentStatus::Validated => true,
        AssessmentStatus::Superseded => {
            !history.iter().any(|other| other.status.counts() && dominates(&other.rating, &row.rating))
        }
        AssessmentStatus::Pending | AssessmentStatus::Rejected | AssessmentStatus::Revoked => false,
    })
}

/// Whether F1 never chooses `older` again while `newer` counts, whatever the skill's review policy:
/// a later word of the same party that, where expiry lets an older one come back, lasts as long.
fn dominates(newer: &Rating, older: &Rating) -> bool {
    let returns = matches!(newer.source, AssessmentSource::Peer | AssessmentSource::Certificate);
    newer.source == older.source
        && newer.party == older.party
        && newer.recency() > older.recency()
        && (!returns || lasts_as_long(newer, older))
}

fn lasts_as_long(newer: &Rating, older: &Rating) -> bool {
    newer.expires_at.is_none_or(|end| older.expires_at.is_some_and(|older_end| end >= older_end))
}

/// What invariant 1 allows one current VALIDATED row of, for one person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The skill as recorded, not the canonical one: a merge may be undone.
    pub recorded_skill_id: SkillId,
    /// The source.
    pub source: AssessmentSource,
    /// For PEER the assessor, for CERTIFICATE the certificate.
    pub party: Party,
}

/// Of the current VALIDATED row of a slot and one that is becoming VALIDATED, the one that turns
/// SUPERSEDED. The later observation stays: a back-dated row is VALIDATED and at once SUPERSEDED.
#[must_use]
pub fn superseded(current: Option<&Rating>, becoming: &Rating) -> Option<SkillAssessmentId> {
    current.map(|current| {
        if current.recency() > becoming.recency() { becoming.assessment_id } else { current.assessment_id }
    })
}
