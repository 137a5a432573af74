//! F1, the effective level: what one person's ratings of one canonical skill amount to at an instant.
//!
//! Pure and free of allocation, for it runs once per cell of a matrix. It never decides who may see
//! the ratings, and never asks which rows of the history to read: callers pass rows that count.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::domain::{
    assessments::{
        AssessmentSource, AssessmentStatus, SkillAssessment,
        representative::{Representative, Representatives, used},
        staleness::{DueReason, ReviewPolicy, Staleness},
    },
    choices::choices,
    ids::{PersonId, SkillAssessmentId},
    levels::Level,
    skills::SkillKind,
    time::Timestamp,
};

/// Who stands behind a rating, as far as invariant 1 tells ratings of one source apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// SELF, MANAGER, INTERVIEW and IMPORT have one current level each.
    Sole,
    /// PEER has one per assessor.
    Assessor(PersonId),
    /// CERTIFICATE has one per certificate.
    Certificate(Arc<str>),
}

impl Party {
    /// The party of a rating of `source`.
    #[must_use]
    pub fn of(source: AssessmentSource, assessor: Option<PersonId>, certificate: Option<&str>) -> Self {
        match source {
            AssessmentSource::Peer => assessor.map_or(Self::Sole, Self::Assessor),
            AssessmentSource::Certificate => Self::Certificate(certificate.unwrap_or_default().into()),
            _ => Self::Sole,
        }
    }

    /// How it is stored: the assessor's UUID, the certificate, or nothing.
    #[must_use]
    pub fn stored(&self) -> String {
        match self {
            Self::Sole => String::new(),
            Self::Assessor(person) => person.uuid().to_string(),
            Self::Certificate(certificate) => certificate.to_string(),
        }
    }
}

/// What F1 needs of an assessment that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The assessment.
    pub assessment_id: SkillAssessmentId,
    /// On what ground.
    pub source: AssessmentSource,
    /// Who stands behind it.
    pub party: Party,
    /// How well.
    pub level: Level,
    /// When the level was observed.
    pub observed_at: Timestamp,
    /// When we were told.
    pub recorded_at: Timestamp,
    /// When it ends by its own terms.
    pub expires_at: Option<Timestamp>,
}

impl Rating {
    /// Which of two ratings is the later one: by observation, then record, then id.
    #[must_use]
    pub const fn recency(&self) -> (Timestamp, Timestamp, SkillAssessmentId) {
        (self.observed_at, self.recorded_at, self.assessment_id)
    }
}

impl SkillAssessment {
    /// What F1 needs of it.
    #[must_use]
    pub fn rating(&self) -> Rating {
        Rating {
            assessment_id: self.id,
            source: self.source,
            party: Party::of(self.source, self.assessor_id, self.certificate.as_deref()),
            level: self.level,
            observed_at: self.observed_at,
            recorded_at: self.recorded_at,
            expires_at: self.expires_at,
        }
    }
}

impl AssessmentSource {
    /// Whether ratings of this source count for a skill of `kind`, and may be recorded for it. A
    /// certificate is held or not: opinions about it count for nothing.
    #[must_use]
    pub const fn is_admitted_for(self, kind: SkillKind) -> bool {
        !matches!(kind, SkillKind::Certification) || matches!(self, Self::Certificate | Self::Import)
    }
}

impl AssessmentStatus {
    /// Step 1 of F1: whether an assessment with this last status counts. SUPERSEDED rows were
    /// VALIDATED once, and count for the past.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Validated | Self::Superseded)
    }
}

choices! {
    /// Whose word a level is read from.
    LevelView {
        /// The best source there is, by F1.
        Effective = "EFFECTIVE",
        /// What people say of themselves.
        SelfRating = "SELF",
        /// What their managers say.
        Manager = "MANAGER",
    }
    /// Why a source was chosen, or was not.
    ExplanationOutcome {
        /// Its level is the effective one.
        Chosen = "CHOSEN",
        /// A source that weighs more was there.
        LowerRank = "LOWER_RANK",
        /// A fresher source of its group was there.
        Stale = "STALE",
        /// No longer counts.
        Expired = "EXPIRED",
        /// Fewer than two peers.
        TooFewPeers = "TOO_FEW_PEERS",
    }
}

impl LevelView {
    const fn admits(self, source: AssessmentSource) -> bool {
        match self {
            Self::Effective => true,
            Self::SelfRating => matches!(source, AssessmentSource::SelfRating),
            Self::Manager => matches!(source, AssessmentSource::Manager),
        }
    }
}

/// Under which terms F1 is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// A CERTIFICATION admits only CERTIFICATE and IMPORT.
    pub kind: SkillKind,
    /// The skill's review settings.
    pub policy: ReviewPolicy,
    /// As of when, in valid time.
    pub at: Timestamp,
    /// Whose word.
    pub view: LevelView,
}

/// The effective level of one person in one skill at one instant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EffectiveSkill {
    /// The level; `None` when nothing counts.
    pub level: Option<Level>,
    /// Set exactly when everything there was has expired: the level that lapsed last.
    pub last_known_level: Option<Level>,
    /// Where `level`, or else `last_known_level`, comes from.
    pub source: Option<AssessmentSource>,
    /// When it was observed; of several peers, the oldest observation used.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub as_of: Option<Timestamp>,
    /// How old it is.
    pub staleness: Option<Staleness>,
    /// What the person says of themself, unless that expired.
    pub self_level: Option<Level>,
    /// What their manager says, unless that expired.
    pub manager_level: Option<Level>,
    /// Manager minus self.
    pub difference: Option<i32>,
    /// Two living third-party sources are two or more levels apart.
    pub disputed: bool,
    /// A third party vouches for the level.
    pub verified: bool,
    /// What is shown was recorded after the instant it is shown for.
    pub backdated: bool,
    /// The earliest later instant at which the clock alone may change any of this.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub fresh_until: Option<Timestamp>,
}

/// What became of one source in the choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The source.
    pub source: AssessmentSource,
    /// What it says, or said.
    pub level: Level,
    /// When it was observed; of several peers, the oldest observation used.
    #[serde(with = "chrono::serde::ts_microseconds")]
    pub observed_at: Timestamp,
    /// How old it is.
    pub staleness: Staleness,
    /// How many ratings it was made from.
    pub n: u32,
    /// Why it was chosen, or was not.
    pub outcome: ExplanationOutcome,
}

/// F1 for one (person, canonical skill). `ratings` are those that count, in any order.
#[must_use]
pub fn effective(ratings: &[Rating], question: &Question) -> EffectiveSkill {
    let sources = Representatives::of(ratings, question);
    let living = |source| sources.get(source).filter(|r| r.is_living()).map(|r| r.level);
    let (self_level, manager_level) =
        (living(AssessmentSource::SelfRating), living(AssessmentSource::Manager));
    let difference = manager_level.zip(self_level).map(|(m, s)| i32::from(m.value()) - i32::from(s.value()));
    let rest = EffectiveSkill {
        self_level,
        manager_level,
        difference,
        disputed: disputed(&sources),
        fresh_until: sources.fresh_until(),
        ..EffectiveSkill::default()
    };
    let Some(best) = choose(&sources, question.view) else { return rest };
    EffectiveSkill {
        level: best.is_living().then_some(best.level),
        last_known_level: (!best.is_living()).then_some(best.level),
        source: Some(best.source),
        as_of: Some(best.observation.observed_at),
        staleness: Some(best.staleness),
        verified: best.is_living() && best.source.is_third_party(),
        backdated: best.recorded_at > question.at,
        ..rest
    }
}

/// What became of each source there is a rating from, in the order of [`AssessmentSource::ALL`].
/// Makes the same choice as [`effective`].
#[must_use]
pub fn explain(ratings: &[Rating], question: &Question) -> Vec<Explanation> {
    let sources = Representatives::of(ratings, question);
    let best = choose(&sources, question.view).copied();
    sources
        .all()
        .filter(|r| question.view.admits(r.source))
        .map(|r| Explanation {
            source: r.source,
            level: r.level,
            observed_at: r.observation.observed_at,
            staleness: r.staleness,
            n: r.n,
            outcome: outcome(r, best.as_ref()),
        })
        .collect()
}

/// The ratings behind the level: what each source with a voice rests on, in the order of
/// [`AssessmentSource::ALL`], of peers and certificates the newest first.
#[must_use]
pub fn evidence(ratings: &[Rating], question: &Question) -> Vec<SkillAssessmentId> {
    let admitted = AssessmentSource::ALL
        .iter()
        .filter(|source| question.view.admits(**source) && source.is_admitted_for(question.kind));
    admitted.flat_map(|source| used(ratings, *source, question)).map(|row| row.assessment_id).collect()
}

/// When the level should be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// From when on.
    pub at: Timestamp,
    /// Why.
    pub reason: DueReason,
    /// How old the level is.
    pub staleness: Staleness,
}

/// When the level that [`effective`] chooses, or that lapsed last, is due; `None` for what never is.
#[must_use]
pub fn due(ratings: &[Rating], question: &Question) -> Option<Due> {
    let sources = Representatives::of(ratings, question);
    let best = choose(&sources, question.view)?;
    let (at, reason) = best.observation.due(&question.policy)?;
    Some(Due { at, reason, staleness: best.staleness })
}

/// Step 4, or step 5 when nothing lives: the last to lapse speaks for what was known.
fn choose(sources: &Representatives, view: LevelView) -> Option<&Representative> {
    let admitted = || sources.all().filter(|r| view.admits(r.source) && !r.too_few);
    admitted().filter(|r| r.is_living()).min_by_key(|r| r.precedence()).or_else(|| {
        // `min_by_key` on the reversed end, so that a tie falls to the source that weighs more.
        admitted().min_by_key(|r| (std::cmp::Reverse(r.expiry), r.precedence()))
    })
}

fn outcome(source: &Representative, best: Option<&Representative>) -> ExplanationOutcome {
    if source.too_few {
        return ExplanationOutcome::TooFewPeers;
    }
    if !source.is_living() {
        return ExplanationOutcome::Expired;
    }
    let Some(best) = best else { return ExplanationOutcome::LowerRank };
    let ((group, tier, _), (best_group, best_tier, _)) = (source.precedence(), best.precedence());
    if source.source == best.source {
        ExplanationOutcome::Chosen
    } else if group == best_group && tier > best_tier {
        ExplanationOutcome::Stale
    } else {
        ExplanationOutcome::LowerRank
    }
}

fn disputed(sources: &Representatives) -> bool {
    let levels =
        || sources.all().filter(|r| r.is_living() && r.source.is_third_party()).map(|r| r.level.value());
    levels().max().zip(levels().min()).is_some_and(|(high, low)| high - low >= 2)
}
