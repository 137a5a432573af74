//! Development: plans of people, the SMART goals in them, what was reached, and what to learn from.
//!
//! Pure. A goal's progress is derived from its check-ins and never kept; a goal that reached its target
//! proposes an assessment, and never makes one: that is somebody's to decide.

pub mod draft;
pub mod metric;
pub mod period;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::domain::{
    choices::choices,
    gaps::GapStatus,
    ids::{
        DevelopmentGoalId, DevelopmentPlanId, GoalCheckInId, LearningResourceId, PersonId, RoleProfileId,
        RoleProfileVersionId, SkillId,
    },
    levels::Level,
    profiles::Importance,
    revisions::Revision,
    time::Timestamp,
};
use metric::{Metric, Quantity};
use period::Period;

/// The most goals of a plan, dropped ones included.
pub const MOST_GOALS: usize = 100;

choices! {
    /// DRAFT → AGREED → ACTIVE → COMPLETED; ABANDONED from any of the first three.
    PlanStatus {
        /// Being written.
        Draft = "DRAFT",
        /// Somebody who leads the person agreed to it.
        Agreed = "AGREED",
        /// Being worked on.
        Active = "ACTIVE",
        /// Ended, each goal settled.
        Completed = "COMPLETED",
        /// Given up.
        Abandoned = "ABANDONED",
    }
    /// NOT_STARTED → IN_PROGRESS → ACHIEVED or MISSED; DROPPED and MISSED from both of the first.
    GoalStatus {
        /// Nothing was checked in yet.
        NotStarted = "NOT_STARTED",
        /// Something was checked in.
        InProgress = "IN_PROGRESS",
        /// Its target was reached.
        Achieved = "ACHIEVED",
        /// Its due date passed before its target was reached.
        Missed = "MISSED",
        /// No longer pursued.
        Dropped = "DROPPED",
    }
    /// Whether a learning resource is offered.
    LearningResourceStatus {
        /// Is offered.
        Active = "ACTIVE",
        /// Is no longer offered.
        Archived = "ARCHIVED",
    }
}

impl GoalStatus {
    /// Whether it is still to be worked on.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress)
    }
}

/// What a person wants to reach in a period, agreed with somebody who leads them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevelopmentPlan {
    /// Its id.
    pub id: DevelopmentPlanId,
    /// Whose.
    pub person_id: PersonId,
    /// The role they work towards.
    pub target_role_profile_id: Option<RoleProfileId>,
    /// When.
    pub period: Period,
    /// Where it stands.
    pub status: PlanStatus,
    /// When it was first written.
    pub created_at: Timestamp,
    /// Who agreed, and when. Absent of one that never left DRAFT.
    pub agreed: Option<(PersonId, Timestamp)>,
    /// What its goals are like.
    pub goals: GoalTally,
    /// Raised by every write to the plan, its goals or their check-ins.
    pub revision: Revision,
}

/// How many goals a plan has, as far as its lifecycle asks. Those that were dropped do not count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GoalTally {
    /// All of them.
    pub all: i64,
    /// Without metric, target, due date or gap (invariant 21).
    pub incomplete: i64,
    /// Neither achieved nor missed.
    pub open: i64,
}

/// One SMART goal: specific, measurable, achievable, relevant, time-bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevelopmentGoal {
    /// Its id.
    pub id: DevelopmentGoalId,
    /// The plan it belongs to.
    pub plan_id: DevelopmentPlanId,
    /// Its place in the plan.
    pub position: i32,
    /// The skill, as recorded; reads resolve a merged one to its canonical skill.
    pub skill_id: SkillId,
    /// The gap it closes.
    pub gap: Option<GoalGap>,
    /// Specific: what will be different.
    pub specific: String,
    /// Measurable: by what that is told.
    pub metric: Option<Metric>,
    /// Achievable: why this can be done.
    pub achievable_because: String,
    /// Relevant: what it is good for.
    pub relevance: String,
    /// Time-bound: when work on it begins …
    pub start_date: NaiveDate,
    /// … and by which day, that day included, it is done.
    pub due_date: Option<NaiveDate>,
    /// Where it stands.
    pub status: GoalStatus,
    /// What was checked in last.
    pub last: Option<LastCheckIn>,
}

/// The last check-in of a goal, as far as the goal is judged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastCheckIn {
    /// What was measured.
    pub value: Quantity,
    /// When.
    pub at: Timestamp,
    /// 1 for the first, 2 for the next …
    pub seq: i32,
    /// Whether a manager has assessed the person in the skill since.
    pub assessed_since: bool,
}

/// The gap that a goal closes, as it stood when the goal was set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoalGap {
    /// The level that is wanted, 1–5.
    pub required: Level,
    /// The effective level then; `None` when nothing counted.
    pub actual: Option<Level>,
    /// How that stood.
    pub status: GapStatus,
    /// The requirement of a role it is the gap to; `None` when the level is wanted for its own sake.
    pub requirement: Option<(RoleProfileVersionId, Importance)>,
}

/// What was measured on the way to a goal. Rows never change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalCheckIn {
    /// Its id.
    pub id: GoalCheckInId,
    /// The goal.
    pub goal_id: DevelopmentGoalId,
    /// 1 for the first, 2 for the next …
    pub seq: i32,
    /// When it was said.
    pub at: Timestamp,
    /// What was measured, in the unit of the goal's metric.
    pub value: Quantity,
    /// What they said besides.
    pub note: Option<String>,
    /// Who said it.
    pub by: PersonId,
}

/// Something to learn a skill from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningResource {
    /// Its id.
    pub id: LearningResourceId,
    /// The skill, as recorded; reads resolve a merged one to its canonical skill.
    pub skill_id: SkillId,
    /// The level it leads to, 1–5.
    pub level: Level,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub url: String,
    /// Under which terms, an SPDX expression where there is one.
    pub licence: String,
    /// The language it is in, as BCP 47 writes it.
    pub language: Option<String>,
    /// How long it takes, about.
    pub minutes: Option<i32>,
    /// Whether it is offered.
    pub status: LearningResourceStatus,
}

impl DevelopmentGoal {
    /// Whether it has all that a goal must have before its plan leaves DRAFT (invariant 21).
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        let measurable = matches!(self.metric, Some(Metric { target: Some(_), .. }));
        measurable && self.due_date.is_some() && self.gap.is_some()
    }

    /// How far it has come, 0–100: derived from the last check-in, 0 without one.
    #[must_use]
    pub fn progress_pct(&self) -> u8 {
        let (Some(metric), Some(last)) = (self.metric.as_ref(), self.last) else { return 0 };
        metric.progress_pct(last.value)
    }

    /// Whether the last check-in reached the target.
    #[must_use]
    pub fn is_reached(&self) -> bool {
        self.progress_pct() == 100
    }

    /// Whether the day it was due on is over on `today`.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.due_date.is_some_and(|due| today > due)
    }

    /// The level that reaching the target suggests, and since when it does. `None` until the target is
    /// reached, and again once a manager has assessed the person in the skill. A proposal: nothing comes
    /// of it unless somebody records an assessment (invariant 25).
    #[must_use]
    pub fn proposed_level(&self) -> Option<(Level, Timestamp)> {
        let pursued = matches!(self.status, GoalStatus::InProgress | GoalStatus::Achieved);
        let last = self.last.filter(|last| pursued && !last.assessed_since && self.is_reached())?;
        let measured = self.metric.as_ref().and_then(Metric::target_level);
        Some((measured.or(self.gap.map(|gap| gap.required))?, last.at))
    }

    /// The level that learning starts from: the baseline of a goal measured in levels, else the level the
    /// person had when it was set.
    #[must_use]
    pub fn baseline_level(&self) -> Level {
        let measured = self.metric.as_ref().and_then(Metric::baseline_level);
        measured.or(self.gap.and_then(|gap| gap.actual)).unwrap_or(Level::ALL[0])
    }
}
