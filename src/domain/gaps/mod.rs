//! F3, the gap: what a role requires against what a person can do, item by item and as a whole.
//!
//! Non-compensatory: a MUST that is not met makes a person not ready, whatever the weighted score, and
//! more of one skill never stands in for another. Pure; it never decides who may see a gap.

pub mod exemptions;
pub mod figures;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::domain::{
    assessments::{effective::EffectiveSkill, staleness::Staleness},
    choices::choices,
    gaps::figures::{FigureTerms, GapFigure},
    ids::SkillId,
    levels::Level,
    profiles::{Importance, RoleSkillRequirement},
};

choices! {
    /// How one requirement stands.
    GapStatus {
        /// At the required level or above, vouched for by a third party.
        Met = "MET",
        /// Below the required level.
        Partial = "PARTIAL",
        /// Rated, at level 0.
        Missing = "MISSING",
        /// Every rating has expired.
        Expired = "EXPIRED",
        /// Nothing says how well.
        Unknown = "UNKNOWN",
        /// At the required level by the person's own word or an import alone.
        Unverified = "UNVERIFIED",
        /// Excused for a stated reason, until a stated day.
        Exempt = "EXEMPT",
    }
}

impl GapStatus {
    /// Whether the level is known, so that the item counts in what is fulfilled.
    const fn is_known(self) -> bool {
        matches!(self, Self::Met | Self::Partial | Self::Missing | Self::Unverified)
    }

    /// Whether a MUST that stands so keeps nobody back.
    #[must_use]
    pub const fn satisfies(self) -> bool {
        matches!(self, Self::Met | Self::Exempt)
    }
}

/// One requirement against one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkillGap {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// 1–5.
    pub required: Level,
    /// The effective level; `None` when nothing counts.
    pub actual: Option<Level>,
    /// Actual minus required; `None` when nothing counts.
    pub delta: Option<i32>,
    /// How it stands.
    pub status: GapStatus,
    /// How much it matters.
    pub importance: Importance,
    /// 1–100.
    pub weight: i32,
}

impl SkillGap {
    /// How one requirement stands for a person whose effective level is `actual`.
    #[must_use]
    pub fn of(requirement: &RoleSkillRequirement, actual: &EffectiveSkill, exempt: bool) -> Self {
        let required = requirement.required_level;
        let delta = actual.level.map(|level| i32::from(level.value()) - i32::from(required.value()));
        Self {
            skill_id: requirement.skill_id,
            required,
            actual: actual.level,
            delta,
            status: if exempt { GapStatus::Exempt } else { status(required, actual) },
            importance: requirement.importance,
            weight: requirement.weight,
        }
    }

    /// The share of the requirement that is fulfilled, 0 to 1: never more than all of it, or a surplus
    /// here would hide what is missing there. `None` when the item is exempt or its level not known.
    #[must_use]
    pub fn fulfilled(&self) -> Option<f64> {
        let actual = self.actual.filter(|_| self.status.is_known())?;
        Some((f64::from(actual.value()) / f64::from(self.required.value())).min(1.0))
    }

    /// Whether it keeps the person from being ready.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.importance == Importance::Must && !self.status.satisfies()
    }
}

/// The first that holds, in the order of F3.
fn status(required: Level, actual: &EffectiveSkill) -> GapStatus {
    let Some(level) = actual.level else {
        let expired = actual.staleness == Some(Staleness::Expired);
        return if expired { GapStatus::Expired } else { GapStatus::Unknown };
    };
    match level {
        level if level >= required && !actual.verified => GapStatus::Unverified,
        level if level >= required => GapStatus::Met,
        level if level.value() == 0 => GapStatus::Missing,
        _ => GapStatus::Partial,
    }
}

/// The three figures of fulfilment, in percent. They are shown together: the known part alone would
/// pay whoever leaves a skill unrated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fulfilment {
    /// Over the items whose level is known; `None` when there is none.
    pub known: Option<f64>,
    /// Over all items that are not exempt, the unknown taken as nothing.
    pub lower: f64,
    /// The same, the unknown taken as all of it.
    pub upper: f64,
    /// The weight of the known items in all that are not exempt, 0 to 1.
    pub known_share: f64,
}

/// A person, or a candidate, against a role profile.
#[derive(Debug, Clone, PartialEq)]
pub struct GapReport {
    /// One item a requirement, in the order of the profile.
    pub items: Vec<SkillGap>,
    /// MUST items that are met.
    pub must_met: usize,
    /// MUST items that are not exempt.
    pub must_total: usize,
    /// Whether every MUST is met or exempt; `None` when the profile has no MUST.
    pub ready: Option<bool>,
    /// `None` for a profile without requirements, or when all of them are exempt.
    pub fulfilment: Option<Fulfilment>,
}

impl GapReport {
    /// Puts the items together.
    #[must_use]
    pub fn of(items: Vec<SkillGap>) -> Self {
        let musts = || items.iter().filter(|item| item.importance == Importance::Must);
        let must_met = musts().filter(|item| item.status == GapStatus::Met).count();
        let must_total = musts().filter(|item| item.status != GapStatus::Exempt).count();
        let ready = musts().next().is_some().then(|| !items.iter().any(SkillGap::blocks));
        let fulfilment = fulfilment(&items);
        Self { items, must_met, must_total, ready, fulfilment }
    }

    /// How each number comes about.
    pub fn explain(&self) -> impl Iterator<Item = FigureTerms> {
        GapFigure::ALL.iter().map(|figure| figure.explain(&self.items))
    }

    /// What keeps the person from being ready, in the order of the profile.
    pub fn blockers(&self) -> impl Iterator<Item = &SkillGap> {
        self.items.iter().filter(|item| item.blocks())
    }
}

fn fulfilment(items: &[SkillGap]) -> Option<Fulfilment> {
    Some(Fulfilment {
        known: GapFigure::WeightedFulfilment.value(items),
        lower: GapFigure::Lower.value(items)?,
        upper: GapFigure::Upper.value(items)?,
        known_share: GapFigure::KnownShare.value(items)?,
    })
}
