//! What a set covers of a role profile (F9): minutes, skills by difficulty, and what is left out. Decides nothing of
//! what belongs into a set.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    choices::choices,
    ids::SkillId,
    levels::Level,
    profiles::{Importance, RoleSkillRequirement},
    questions::{SkillRole, content::QuestionSkill},
};

choices! {
    /// How far a set covers what a role requires.
    SetCoverageStatus {
        /// A question is there to show it, at the required level or above.
        Covered = "COVERED",
        /// Shown along the way, or by a question that is there to show it one level below.
        Thin = "THIN",
        /// Not shown, or by questions that are there to show it further below.
        None = "NONE",
    }
}

/// What F9 needs of one item.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// The time it gets.
    pub minutes: i32,
    /// 1–5.
    pub difficulty: i32,
    /// What it shows, by canonical skill.
    pub skills: &'a [QuestionSkill],
}

/// How one requirement is covered by a set.
#[derive(Debug, Clone, PartialEq)]
pub struct RequirementCoverage {
    /// The canonical skill.
    pub skill_id: SkillId,
    /// 1–5.
    pub required: Level,
    /// How much it matters to the role.
    pub importance: Importance,
    /// How far.
    pub status: SetCoverageStatus,
    /// The time that goes to it.
    pub minutes: f64,
    /// The time it would get if minutes followed the weights of the role.
    pub target_minutes: f64,
    /// The items that show it, in the order of the set: why the status is what it is.
    pub shown: Vec<Shown>,
}

/// How one item shows a skill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// Its index in the order of the set.
    pub item: usize,
    /// At which level.
    pub level: Level,
    /// How much of it.
    pub role: SkillRole,
    /// The time of it that goes to the skill.
    pub minutes: f64,
}

/// What a set spends on one skill at one difficulty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoverageCell {
    /// The canonical skill, required or not.
    pub skill_id: SkillId,
    /// 1–5.
    pub difficulty: i32,
    /// How many questions.
    pub questions: usize,
    /// The time that goes to the skill.
    pub minutes: f64,
}

/// What a set covers of a role profile.
#[derive(Debug, Clone, PartialEq)]
pub struct SetCoverage {
    /// One a requirement, in the order of the profile.
    pub requirements: Vec<RequirementCoverage>,
    /// By skill, then difficulty: what is there and nothing else.
    pub cells: Vec<CoverageCell>,
    /// All the minutes.
    pub total_minutes: i32,
    /// How alike the shares of time and of weight are, 0 to 1 (Porter 2002); `None` when the role
    /// requires nothing, or the set holds nothing.
    pub alignment: Option<f64>,
}

/// What each item shows: its minutes, shared by the weights of its skills.
fn shown(items: &[Item<'_>]) -> Vec<(SkillId, i32, Shown)> {
    let mut all = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let weights: i32 = item.skills.iter().map(|skill| skill.weight).sum();
        for skill in item.skills.iter().filter(|_| weights > 0) {
            let minutes = f64::from(item.minutes) * f64::from(skill.weight) / f64::from(weights);
            let shown = Shown { item: at, level: skill.level, role: skill.role, minutes };
            all.push((skill.skill, item.difficulty, shown));
        }
    }
    all
}

/// F9. Each requirement is of another skill.
#[must_use]
pub fn coverage(items: &[Item<'_>], requirements: &[RoleSkillRequirement]) -> SetCoverage {
    let shown = shown(items);
    let of = |skill| shown.iter().filter(move |(shows, _, _)| *shows == skill).map(|(_, _, shown)| *shown);
    let mut minutes: BTreeMap<SkillId, f64> = BTreeMap::new();
    let mut cells: BTreeMap<(SkillId, i32), CoverageCell> = BTreeMap::new();
    for (skill_id, difficulty, shown) in &shown {
        *minutes.entry(*skill_id).or_default() += shown.minutes;
        let empty = CoverageCell { skill_id: *skill_id, difficulty: *difficulty, questions: 0, minutes: 0.0 };
        let cell = cells.entry((*skill_id, *difficulty)).or_insert(empty);
        cell.questions += 1;
        cell.minutes += shown.minutes;
    }
    let total_minutes: i32 = items.iter().map(|item| item.minutes).sum();
    let weights: i32 = requirements.iter().map(|wanted| wanted.weight).sum();
    let share = |wanted: &RoleSkillRequirement| f64::from(wanted.weight) / f64::from(weights);
    let rows = requirements.iter().map(|wanted| RequirementCoverage {
        skill_id: wanted.skill_id,
        required: wanted.required_level,
        importance: wanted.importance,
        status: status(of(wanted.skill_id), wanted.required_level),
        minutes: minutes.get(&wanted.skill_id).copied().unwrap_or_default(),
        target_minutes: f64::from(total_minutes) * share(wanted),
        shown: of(wanted.skill_id).collect(),
    });
    let rows: Vec<RequirementCoverage> = rows.collect();
    let alignment = alignment(&minutes, requirements);
    SetCoverage { requirements: rows, cells: cells.into_values().collect(), total_minutes, alignment }
}

/// How alike two shares are: of the time, and of the weight. What is spent on other skills is likeness lost.
fn alignment(minutes: &BTreeMap<SkillId, f64>, requirements: &[RoleSkillRequirement]) -> Option<f64> {
    let spent: f64 = minutes.values().sum();
    let weights: i32 = requirements.iter().map(|wanted| wanted.weight).sum();
    if spent <= 0.0 || weights <= 0 {
        return None;
    }
    let wanted: BTreeMap<SkillId, f64> = requirements
        .iter()
        .map(|wanted| (wanted.skill_id, f64::from(wanted.weight) / f64::from(weights)))
        .collect();
    let skills: BTreeSet<SkillId> = minutes.keys().chain(wanted.keys()).copied().collect();
    let share = |skill: &SkillId| minutes.get(skill).map_or(0.0, |minutes| minutes / spent);
    let apart = |skill: &SkillId| (share(skill) - wanted.get(skill).copied().unwrap_or_default()).abs();
    // Shares that add up to 1 do so only nearly.
    Some((1.0 - 0.5 * skills.iter().map(apart).sum::<f64>()).clamp(0.0, 1.0))
}

fn status(mut shown: impl Iterator<Item = Shown> + Clone, required: Level) -> SetCoverageStatus {
    let below = |shown: &Shown| required.value().saturating_sub(shown.level.value());
    let primary = |shown: &Shown| shown.role == SkillRole::Primary;
    if shown.clone().any(|shown| primary(&shown) && below(&shown) == 0) {
        SetCoverageStatus::Covered
    } else if shown.any(|shown| !primary(&shown) || below(&shown) == 1) {
        SetCoverageStatus::Thin
    } else {
        SetCoverageStatus::None
    }
}
