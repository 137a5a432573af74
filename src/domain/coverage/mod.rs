//! F5, coverage: how many people of a team hold a skill at a level, and how safe that is.
//!
//! Pure: who is in the team and what they can do comes in as [`Ability`]s. The unknown never counts as
//! a level, and every figure says how many people it rests on. Never decides who may see it.

pub mod resilience;
#[cfg(test)]
mod tests;
pub mod trend;
pub mod what_if;

use serde::{Deserialize, Serialize};

use crate::domain::{
    assessments::staleness::Staleness,
    capabilities::{Capabilities, Cell},
    ids::{PersonId, SkillId},
    levels::Level,
};

/// The most targets of a team, and the most skills of one question.
pub const MOST_TARGETS: usize = 400;

/// The interest from which somebody counts as a learner.
const INTERESTED: u8 = 3;

/// A member of the team, by the row of what they can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Their row; each person once, whatever the number of their stays.
    pub row: usize,
    /// The share of their time that is the team's, 0–100.
    pub allocation_pct: u16,
}

/// One active member and one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ability {
    /// Who; each person once, whatever the number of their stays.
    pub person_id: PersonId,
    /// The share of their time that is the team's, 0–100.
    pub allocation_pct: u16,
    /// What their ratings amount to, and how much they would like to work with it.
    pub cell: Cell,
}

impl Ability {
    fn holds(&self, least: Level) -> bool {
        self.cell.level().is_some_and(|level| level >= least)
    }

    fn is_near(&self, least: Level) -> bool {
        self.cell.level().is_some_and(|level| level.value() + 1 == least.value())
    }

    fn is_learner(&self, least: Level) -> bool {
        !self.holds(least) && self.cell.interest().is_some_and(|interest| interest.value() >= INTERESTED)
    }

    fn is_stale(&self) -> bool {
        matches!(self.cell.staleness(), Some(Staleness::Stale | Staleness::Expired))
    }
}

/// What is asked of a team in one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Target {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// From which level somebody counts, 1–5.
    pub level: Level,
    /// How many people it takes.
    pub head_count: u32,
}

impl Target {
    /// What is asked when both are: the higher level, of the more people.
    #[must_use]
    pub fn or_stronger(self, other: Self) -> Self {
        let (level, head_count) = (self.level.max(other.level), self.head_count.max(other.head_count));
        Self { level, head_count, ..self }
    }
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
    pub fn of(target: Target, members: impl IntoIterator<Item = Ability>) -> Self {
        let mut coverage = Self::nobody(target);
        let (mut time, mut rated, mut stale) = (0_u32, 0_usize, 0_usize);
        for member in members {
            if member.holds(target.level) {
                coverage.holders.push(member.person_id);
                coverage.verified_holders += usize::from(member.cell.is_verified());
                time += u32::from(member.allocation_pct);
            }
            coverage.near_ready += usize::from(member.is_near(target.level));
            coverage.interested_learners += usize::from(member.is_learner(target.level));
            rated += usize::from(member.cell.is_rated());
            stale += usize::from(member.is_stale());
            let known = member.cell.level().is_some();
            coverage.n += usize::from(known);
            coverage.missing += usize::from(!known);
        }
        coverage.holders_fte = f64::from(time) / 100.0;
        coverage.bench_depth = coverage.holders.len().saturating_sub(target.head_count as usize);
        coverage.stale_share = share(stale, rated);
        coverage
    }

    const fn nobody(target: Target) -> Self {
        Self {
            target,
            holders: Vec::new(),
            verified_holders: 0,
            holders_fte: 0.0,
            bench_depth: 0,
            near_ready: 0,
            interested_learners: 0,
            stale_share: None,
            n: 0,
            missing: 0,
        }
    }

    /// F5 for each target over the members of a table; a target without a column is held by nobody.
    #[must_use]
    pub fn of_all(targets: &[Target], members: &[Member], table: &Capabilities) -> Vec<Self> {
        let columns = table.columns();
        let one = |target: &Target| {
            let column = columns.get(&target.skill_id).copied();
            let of = |member: &Member| {
                let cell = column.map(|column| table.cell(member.row, column)).unwrap_or_default();
                let person_id = *table.people().get(member.row)?;
                Some(Ability { person_id, allocation_pct: member.allocation_pct, cell })
            };
            Self::of(*target, members.iter().filter_map(of))
        };
        targets.iter().map(one).collect()
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
