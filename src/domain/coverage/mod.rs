//! F5, coverage: how many people of a team hold a skill at a level, and how safe that is.
//!
//! Pure: who is in the team and what they can do comes in as [`Ability`]s. The unknown never counts as
//! a level, and every figure says how many people it rests on. Never decides who may see it.

pub mod resilience;
#[cfg(test)]
mod tests;

use crate::domain::{
    assessments::{effective::EffectiveSkill, staleness::Staleness},
    ids::{PersonId, SkillId},
    levels::{Interest, Level},
};

/// The interest from which somebody counts as a learner.
const INTERESTED: u8 = 3;

/// One active member and one skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ability {
    /// Who; each person once, whatever the number of their stays.
    pub person_id: PersonId,
    /// The share of their time that is the team's, 0–100.
    pub allocation_pct: u16,
    /// What their ratings amount to.
    pub effective: EffectiveSkill,
    /// How much they would like to work with it.
    pub interest: Option<Interest>,
}

impl Ability {
    fn holds(&self, least: Level) -> bool {
        self.effective.level.is_some_and(|level| level >= least)
    }

    fn is_near(&self, least: Level) -> bool {
        self.effective.level.is_some_and(|level| level.value() + 1 == least.value())
    }

    fn is_learner(&self, least: Level) -> bool {
        !self.holds(least) && self.interest.is_some_and(|interest| interest.value() >= INTERESTED)
    }

    /// Whether there is any rating, living or not.
    const fn is_rated(&self) -> bool {
        self.effective.level.is_some() || self.effective.last_known_level.is_some()
    }

    const fn is_stale(&self) -> bool {
        matches!(self.effective.staleness, Some(Staleness::Stale | Staleness::Expired))
    }
}

/// What is asked of a team in one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// From which level somebody counts, 1–5.
    pub level: Level,
    /// How many people it takes.
    pub head_count: u32,
}

/// How a team covers one skill.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillCoverage {
    /// What was asked.
    pub target: Target,
    /// Who is at the level or above, in the order of the members.
    pub holders: Vec<PersonId>,
    /// Those of them a third party vouches for.
    pub verified_holders: usize,
    /// Their time for the team, in full-time equivalents.
    pub holders_fte: f64,
    /// Holders beyond the head count.
    pub bench_depth: usize,
    /// One level below.
    pub near_ready: usize,
    /// Below the level or unrated, with an interest of 3 or more.
    pub interested_learners: usize,
    /// The part of the rated people whose rating is stale or expired, 0 to 1; `None` when nobody is rated.
    pub stale_share: Option<f64>,
    /// People whose level is known.
    pub n: usize,
    /// People whose level is not.
    pub missing: usize,
}

impl SkillCoverage {
    /// F5 for one skill over the active members.
    #[must_use]
    pub fn of(target: Target, members: &[Ability]) -> Self {
        let count = |has: &dyn Fn(&Ability) -> bool| members.iter().filter(|member| has(member)).count();
        let holding = || members.iter().filter(|member| member.holds(target.level));
        let holders: Vec<PersonId> = holding().map(|member| member.person_id).collect();
        let time: u32 = holding().map(|member| u32::from(member.allocation_pct)).sum();
        let (rated, stale) = (count(&Ability::is_rated), count(&Ability::is_stale));
        let n = count(&|member| member.effective.level.is_some());
        Self {
            target,
            verified_holders: holding().filter(|member| member.effective.verified).count(),
            holders_fte: f64::from(time) / 100.0,
            bench_depth: holders.len().saturating_sub(target.head_count as usize),
            near_ready: count(&|member| member.is_near(target.level)),
            interested_learners: count(&|member| member.is_learner(target.level)),
            stale_share: share(stale, rated),
            n,
            missing: members.len() - n,
            holders,
        }
    }

    /// Whether exactly one person holds it.
    #[must_use]
    pub const fn is_single_point_of_failure(&self) -> bool {
        self.holders.len() == 1
    }

    /// Whether nobody holds it.
    #[must_use]
    pub const fn is_uncovered(&self) -> bool {
        self.holders.is_empty()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
