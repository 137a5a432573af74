//! From a gap to a plan: one SMART goal for each requirement of a role that a person does not meet.
//!
//! The rules are stated where they act, so that two runs on the same facts write the same plan:
//! MUST before SHOULD before NICE, then the heavier weight, then the wider gap; each goal gets the share of
//! the period that its climb is of all climbs, one after the other. It never says that somebody will make it.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::{
    development::{
        GoalGap, MOST_GOALS,
        metric::{Metric, MetricKind, Quantity},
        period::Period,
    },
    gaps::{GapStatus, SkillGap},
    ids::{RoleProfileVersionId, SkillId},
    levels::{Interest, Level, PROFICIENCY_SCALE},
    profiles::Importance,
};

/// An interest from here on carries a goal.
const KEEN: u8 = 3;

/// The most characters of a level descriptor that a goal repeats.
const MOST_BEHAVIOUR: usize = 600;

/// The role that is worked towards.
#[derive(Debug, Clone, Copy)]
pub struct Role<'a> {
    /// The version whose requirements are missed.
    pub version_id: RoleProfileVersionId,
    /// The number of that version.
    pub number: i32,
    /// What the role is called.
    pub title: &'a str,
}

/// One requirement against the person, with what is known around it.
#[derive(Debug, Clone)]
pub struct Need {
    /// How the requirement stands.
    pub gap: SkillGap,
    /// What the skill is called.
    pub skill: String,
    /// The level that lapsed last, of an expired one.
    pub last_known: Option<Level>,
    /// What the required level looks like in this skill.
    pub behaviour: Option<String>,
    /// How much the person would like to work with it.
    pub interest: Option<Interest>,
    /// How many learning resources are offered at the next level.
    pub resources: usize,
}

/// A goal as it is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalDraft {
    /// The skill.
    pub skill_id: SkillId,
    /// The gap it closes.
    pub gap: GoalGap,
    /// What will be different.
    pub specific: String,
    /// By what that is told.
    pub metric: Metric,
    /// Why it can be done.
    pub achievable_because: String,
    /// What it is good for.
    pub relevance: String,
    /// When work on it begins.
    pub start_date: NaiveDate,
    /// By when it is done.
    pub due_date: NaiveDate,
}

/// The goals that would close the gap in `period`, in the order they are due: at most [`MOST_GOALS`], those that
/// matter most. A requirement that is met, or from which the person is exempt, needs none.
#[must_use]
pub fn goals(role: &Role<'_>, needs: &[Need], period: Period) -> Vec<GoalDraft> {
    let mut unmet: Vec<&Need> = needs.iter().filter(|need| !need.gap.status.satisfies()).collect();
    unmet.sort_by_key(|need| {
        (need.gap.importance, std::cmp::Reverse(need.gap.weight), std::cmp::Reverse(need.climb()))
    });
    unmet.truncate(MOST_GOALS);
    let all: i64 = unmet.iter().map(|need| need.climb()).sum();
    let mut climbed = 0;
    let mut drafts = Vec::with_capacity(unmet.len());
    for need in unmet {
        let start_date = share_of(period, climbed, all);
        climbed += need.climb();
        drafts.push(need.draft(role, start_date, share_of(period, climbed, all)));
    }
    drafts
}

/// The day by which `part` of `all` of the period is over.
fn share_of(period: Period, part: i64, all: i64) -> NaiveDate {
    let days = if all == 0 { 0 } else { period.span() * part / all };
    period.start.checked_add_signed(TimeDelta::days(days)).unwrap_or(period.end)
}

impl Need {
    /// Where the climb begins, and `None` when there is nothing to climb: the level is there, and only
    /// nobody else vouches for it, or nobody has lately. What was never rated begins at 0.
    fn baseline(&self) -> Option<Level> {
        let known = self.gap.actual.or(self.last_known).unwrap_or(Level::ALL[0]);
        Some(known).filter(|level| *level < self.gap.required)
    }

    /// How many levels there are to climb; to be confirmed counts as one.
    fn climb(&self) -> i64 {
        self.baseline().map_or(1, |from| i64::from(self.gap.required.value() - from.value()))
    }

    fn draft(&self, role: &Role<'_>, start_date: NaiveDate, due_date: NaiveDate) -> GoalDraft {
        let gap = &self.gap;
        GoalDraft {
            skill_id: gap.skill_id,
            gap: GoalGap {
                required: gap.required,
                actual: gap.actual,
                status: gap.status,
                requirement: Some((role.version_id, gap.importance)),
            },
            specific: self.specific(),
            metric: self.metric(),
            achievable_because: self.achievable_because(due_date - start_date),
            relevance: self.relevance(role),
            start_date,
            due_date,
        }
    }

    fn metric(&self) -> Metric {
        match self.baseline() {
            Some(from) => Metric::levels(from, self.gap.required),
            None => Metric {
                kind: MetricKind::Count,
                baseline: Quantity::ZERO,
                target: Some(Quantity::whole(1)),
                unit: "assessment by somebody else".to_owned(),
            },
        }
    }

    fn specific(&self) -> String {
        let (skill, required) = (&self.skill, self.gap.required);
        let level = format!("level {} ({})", required.value(), label(required));
        let aim = match (self.baseline(), self.gap.status) {
            (None, GapStatus::Expired) => {
                format!("Show again that {skill} is at {level}: the last rating has expired.")
            }
            (None, _) => format!(
                "Have {level} in {skill} confirmed by a lead, two peers, an interview or a certificate."
            ),
            (Some(from), GapStatus::Unknown) => format!(
                "Be assessed in {skill}, which nobody has rated yet, and reach {level}. Until then level {} is assumed.",
                from.value()
            ),
            (Some(from), GapStatus::Expired) => {
                format!("Reach {level} in {skill}, from level {} by a rating that has expired.", from.value())
            }
            (Some(from), _) => format!("Reach {level} in {skill}, from level {}.", from.value()),
        };
        let seen: Option<String> =
            self.behaviour.as_ref().map(|text| text.chars().take(MOST_BEHAVIOUR).collect());
        match seen.filter(|text| !text.is_empty()) {
            Some(behaviour) => format!("{aim} It shows in this: {behaviour}"),
            None => format!("{aim} It shows in this: {}", description(required)),
        }
    }

    fn relevance(&self, role: &Role<'_>) -> String {
        let Role { title, number, .. } = role;
        let matters = match self.gap.importance {
            Importance::Must => "a MUST: without it nobody is ready for the role, whatever else they can do",
            Importance::Should => "a SHOULD: it is expected of everyone in the role",
            Importance::Nice => "a NICE: it is welcome in the role",
        };
        let (skill, level) = (&self.skill, self.gap.required.value());
        format!("{title} (version {number}) requires level {level} in {skill}. It is {matters}.")
    }

    fn achievable_because(&self, time: TimeDelta) -> String {
        let mut reasons = Vec::new();
        match self.baseline() {
            None => reasons
                .push("The level is there already; what is missing is somebody else's word.".to_owned()),
            Some(_) if self.climb() == 1 => reasons.push("It is one level away.".to_owned()),
            Some(_) => {
                reasons.push(format!("There are {} days for {} levels.", time.num_days(), self.climb()));
            }
        }
        if let Some(interest) = self.interest.map(Interest::value).filter(|interest| *interest >= KEEN) {
            reasons.push(format!("The wish to work with it is {interest} of 5."));
        }
        match self.resources {
            0 => {}
            1 => reasons.push("One learning resource leads to the next level.".to_owned()),
            n => reasons.push(format!("{n} learning resources lead to the next level.")),
        }
        reasons.join(" ")
    }
}

fn label(level: Level) -> &'static str {
    PROFICIENCY_SCALE.get(usize::from(level.value())).map_or("", |step| step.label)
}

fn description(level: Level) -> &'static str {
    PROFICIENCY_SCALE.get(usize::from(level.value())).map_or("", |step| step.description)
}
