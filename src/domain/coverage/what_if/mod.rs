//! What if: a team as it is, or as it would be, with other people. Pure; writes nothing and decides nothing.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use uuid::Uuid;

use crate::domain::{
    capabilities::{Capabilities, Cell},
    coverage::{Member, SkillCoverage, Target, resilience::Resilience},
    gaps::{GapReport, GapStatus, SkillGap},
    ids::{PersonId, SkillId},
    profiles::RoleSkillRequirement,
};

/// How a team looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// How many people it has.
    pub members: usize,
    /// Each target, in the order asked.
    pub coverage: Vec<SkillCoverage>,
    /// How few of them it may lose.
    pub resilience: Resilience,
    /// How its people stand against a role profile; `None` when none was asked for.
    pub readiness: Option<Readiness>,
}

/// How the people of a team stand against one role profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Readiness {
    /// How many are ready by F3; `None` when the profile has no MUST.
    pub ready: Option<usize>,
    /// The mean of what they fulfil, in percent, over those of whom anything is known.
    pub mean_fulfilment: Option<f64>,
    /// People of whom anything is known.
    pub n: usize,
    /// People of whom nothing is.
    pub missing: usize,
    /// How many people stand how against each requirement, in the order of the profile.
    pub requirements: Vec<(RoleSkillRequirement, BTreeMap<GapStatus, usize>)>,
}

impl Outlook {
    /// Counts everything over `members`, who have their rows in `table`.
    #[must_use]
    pub fn of(
        targets: &[Target],
        requirements: Option<&[RoleSkillRequirement]>,
        members: &[Member],
        table: &Capabilities,
    ) -> Self {
        let coverage = SkillCoverage::of_all(targets, members, table);
        let held = coverage.iter().map(|skill| (skill.target.skill_id, skill.holders.as_slice()));
        Self {
            members: members.len(),
            resilience: Resilience::of(held),
            readiness: requirements.map(|required| Readiness::of(required, members, table)),
            coverage,
        }
    }
}

impl Readiness {
    fn of(required: &[RoleSkillRequirement], members: &[Member], table: &Capabilities) -> Self {
        let columns = table.columns();
        let mut requirements: Vec<_> = required.iter().map(|one| (one.clone(), BTreeMap::new())).collect();
        let (mut ready, mut sum, mut n) = (None, 0.0, 0_usize);
        for member in members {
            let gap = |one: &RoleSkillRequirement| {
                let column = columns.get(&one.skill_id).copied();
                let cell = column.map(|column| table.cell(member.row, column)).unwrap_or_default();
                SkillGap::of(one, &cell.effective(), false)
            };
            let report = GapReport::of(required.iter().map(gap).collect());
            for ((_, counts), item) in requirements.iter_mut().zip(&report.items) {
                *counts.entry(item.status).or_default() += 1;
            }
            if let Some(is_ready) = report.ready {
                ready = Some(ready.unwrap_or_default() + usize::from(is_ready));
            }
            if let Some(known) = report.fulfilment.and_then(|fulfilment| fulfilment.known) {
                sum += known;
                n += 1;
            }
        }
        let mean_fulfilment = (n > 0).then(|| sum / count(n));
        Self { ready, mean_fulfilment, n, missing: members.len() - n, requirements }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^52")]
const fn count(n: usize) -> f64 {
    n as f64
}

/// What changes about the people of a team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Who is no member any longer.
    pub leavers: BTreeSet<PersonId>,
    /// Who becomes one, full time; they have a row.
    pub joiners: Vec<PersonId>,
    /// People who are hired: each exactly at these requirements, vouched for, full time.
    pub hires: Vec<Vec<RoleSkillRequirement>>,
    /// The share of their time that members give to the team from then on, 0–100.
    pub shares: BTreeMap<PersonId, u16>,
}

/// Nobody hired yet has an id that anybody has.
const fn hire(n: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(n + 1))
}

/// The members after the changes. Hires get rows of their own at the end of `table`.
#[must_use]
pub fn changed(members: &[Member], table: &mut Capabilities, changes: &Changes) -> Vec<Member> {
    let person = |member: &Member| table.people().get(member.row).copied();
    let mut after: Vec<Member> = Vec::with_capacity(members.len());
    for member in members {
        let Some(id) = person(member).filter(|id| !changes.leavers.contains(id)) else { continue };
        let allocation_pct = changes.shares.get(&id).copied().unwrap_or(member.allocation_pct);
        after.push(Member { allocation_pct, ..*member });
    }
    let rows = table.rows();
    let joined = changes.joiners.iter().filter_map(|id| rows.get(id).copied());
    let already: BTreeSet<usize> = after.iter().map(|member| member.row).collect();
    for row in joined.filter(|row| !already.contains(row)).collect::<BTreeSet<usize>>() {
        let share = table.people().get(row).and_then(|id| changes.shares.get(id));
        after.push(Member { row, allocation_pct: share.copied().unwrap_or(100) });
    }
    let columns = table.columns();
    for (n, required) in (0_u128..).zip(&changes.hires) {
        after.push(Member { row: table.people().len(), allocation_pct: 100 });
        table.push(hire(n), at_requirements(&columns, required));
    }
    after
}

/// The row of somebody exactly at what is required.
fn at_requirements(columns: &HashMap<SkillId, usize>, required: &[RoleSkillRequirement]) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); columns.len()];
    for one in required {
        if let Some(column) = columns.get(&one.skill_id) {
            cells[*column] = Cell::vouched_for(one.required_level);
        }
    }
    cells
}
