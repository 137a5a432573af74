//! Sets of questions: an order, sections, minutes and pinned versions; and what a set covers of a role
//! profile (F9). Never decides who may see a set.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::{
    choices::choices,
    ids::{PersonId, QuestionSetId, QuestionVersionId, RoleProfileVersionId, SkillId},
    levels::Level,
    profiles::RoleSkillRequirement,
    questions::{SkillRole, content::QuestionSkill},
    revisions::Revision,
    time::Timestamp,
};

choices! {
    /// What a set is for.
    QuestionSetPurpose {
        /// To be used again and again.
        Template = "TEMPLATE",
        /// For one interview.
        Interview = "INTERVIEW",
    }
    /// DRAFT → PUBLISHED → ARCHIVED.
    QuestionSetStatus {
        /// Being put together.
        Draft = "DRAFT",
        /// Ready for interviewers; what it holds never changes.
        Published = "PUBLISHED",
        /// No longer used.
        Archived = "ARCHIVED",
    }
    /// How far a set covers what a role requires.
    SetCoverageStatus {
        /// A question is there to show it, at the required level or above.
        Covered = "COVERED",
        /// Shown only along the way, or one level below.
        Thin = "THIN",
        /// Not shown.
        None = "NONE",
    }
}

/// A set of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSet {
    /// Its id.
    pub id: QuestionSetId,
    /// 1–200 characters.
    pub name: String,
    /// What it is for.
    pub purpose: QuestionSetPurpose,
    /// Where it stands in its life.
    pub status: QuestionSetStatus,
    /// Who put it together; `None` for what was imported.
    pub author_id: Option<PersonId>,
    /// The role it interviews for.
    pub role_profile_version_id: Option<RoleProfileVersionId>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Raised by every write to it.
    pub revision: Revision,
}

/// One place of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSetItem {
    /// Its place in the order; there may be gaps.
    pub position: i32,
    /// The heading it stands under.
    pub section: Option<String>,
    /// The version that is asked, whatever is approved later.
    pub question_version_id: QuestionVersionId,
    /// The time it gets.
    pub minutes: i32,
    /// Whether it must be asked.
    pub required: bool,
}

/// What F9 needs of one item.
#[derive(Debug, Clone)]
pub struct Item<'a> {
    /// The time it gets.
    pub minutes: i32,
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
    /// How far.
    pub status: SetCoverageStatus,
    /// The time that goes to it.
    pub minutes: f64,
    /// The time it would get if minutes followed the weights of the role.
    pub target_minutes: f64,
}

/// What a set covers of a role profile.
#[derive(Debug, Clone, PartialEq)]
pub struct SetCoverage {
    /// One a requirement, in the order of the profile.
    pub requirements: Vec<RequirementCoverage>,
    /// All the minutes.
    pub total_minutes: i32,
    /// How alike the shares of time and of weight are, 0 to 1 (Porter 2002); `None` when the role
    /// requires nothing, or no minute goes to what it requires.
    pub alignment: Option<f64>,
}

/// The time each skill gets: an item's minutes, shared by the weights of its skills.
#[must_use]
pub fn minutes_by_skill(items: &[Item<'_>]) -> BTreeMap<SkillId, f64> {
    let mut minutes = BTreeMap::new();
    for item in items {
        let all: i32 = item.skills.iter().map(|skill| skill.weight).sum();
        for skill in item.skills.iter().filter(|_| all > 0) {
            let share = f64::from(item.minutes) * f64::from(skill.weight) / f64::from(all);
            *minutes.entry(skill.skill).or_insert(0.0) += share;
        }
    }
    minutes
}

/// F9. Each requirement is of another skill.
#[must_use]
pub fn coverage(items: &[Item<'_>], requirements: &[RoleSkillRequirement]) -> SetCoverage {
    let minutes = minutes_by_skill(items);
    let total_minutes: i32 = items.iter().map(|item| item.minutes).sum();
    let weights: i32 = requirements.iter().map(|wanted| wanted.weight).sum();
    let share = |wanted: &RoleSkillRequirement| f64::from(wanted.weight) / f64::from(weights);
    let rows = requirements.iter().map(|wanted| RequirementCoverage {
        skill_id: wanted.skill_id,
        required: wanted.required_level,
        status: status(items, wanted),
        minutes: minutes.get(&wanted.skill_id).copied().unwrap_or_default(),
        target_minutes: f64::from(total_minutes) * share(wanted),
    });
    let rows: Vec<RequirementCoverage> = rows.collect();
    let asked: BTreeSet<SkillId> = requirements.iter().map(|wanted| wanted.skill_id).collect();
    let spent: f64 = minutes.values().sum();
    let useful = minutes.iter().any(|(skill, spent)| asked.contains(skill) && *spent > 0.0);
    let alignment = (useful && weights > 0).then(|| {
        let within: f64 = requirements
            .iter()
            .zip(&rows)
            .map(|(wanted, row)| (row.minutes / spent - share(wanted)).abs())
            .sum();
        let beside: f64 =
            minutes.iter().filter(|(skill, _)| !asked.contains(*skill)).map(|(_, m)| m / spent).sum();
        1.0 - 0.5 * (within + beside)
    });
    SetCoverage { requirements: rows, total_minutes, alignment }
}

fn status(items: &[Item<'_>], wanted: &RoleSkillRequirement) -> SetCoverageStatus {
    let shown = || items.iter().flat_map(|item| item.skills).filter(|shown| shown.skill == wanted.skill_id);
    let required = wanted.required_level;
    if shown().any(|shown| shown.role == SkillRole::Primary && shown.level >= required) {
        SetCoverageStatus::Covered
    } else if shown().any(|shown| shown.level.value() + 1 >= required.value()) {
        SetCoverageStatus::Thin
    } else {
        SetCoverageStatus::None
    }
}
