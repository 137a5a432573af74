//! The parts that make a goal SMART, as an input gives them and as they are kept.

use serde::Serialize;

use crate::{
    app::{Checks, Failure, NamedRole, RefusalCode, Write, development::gaps::Abilities},
    domain::{
        development::{
            DevelopmentGoal, DevelopmentPlan, GoalGap, PlanStatus,
            metric::{Metric, MetricKind, Quantity},
        },
        ids::{PersonId, RoleProfileVersionId, SkillId},
        levels::Level,
        profiles::{Importance, RoleSkillRequirement},
        values::Rule,
    },
};

/// By what a goal is to be measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NewMetric {
    /// What kind of number.
    pub kind: MetricKind,
    /// Where it begins.
    pub baseline: f64,
    /// Where it ends.
    pub target: Option<f64>,
    /// Of what, 1–40 characters; LEVEL and PERCENT bring their own.
    pub unit: Option<String>,
}

/// The gap a goal closes, named one way.
#[derive(Debug, Clone, Serialize)]
pub enum NamedGap {
    /// What a role requires of the skill.
    Role(NamedRole),
    /// A level that is wanted for its own sake, 1–5.
    Level(i32),
}

impl NewMetric {
    pub(super) fn checked(&self, checks: &mut Checks) -> Option<Metric> {
        let number = |number: f64| Quantity::of(number).and_then(|number| self.kind.admits(number));
        let baseline = checks.keep("metric.baseline", number(self.baseline));
        let target = checks.keep_some("metric.target", self.target, number);
        let differs = target.is_none() || target != baseline;
        checks.hold("metric.target", differs, "must differ from the baseline");
        // Nobody plans to unlearn, and level 0 is nobody's aim.
        let rises = self.kind != MetricKind::Level || target.is_none() || target >= baseline;
        checks.hold("metric.target", rises, "must be above the baseline: it is a level to be reached");
        let unit = checks.keep("metric.unit", self.checked_unit());
        Some(Metric { kind: self.kind, baseline: baseline?, target, unit: unit? })
    }

    fn checked_unit(&self) -> Result<String, Rule> {
        let given = self.unit.as_deref().map(str::trim);
        match (self.kind.own_unit(), given) {
            (Some(own), None) => Ok(own.to_owned()),
            (Some(own), Some(given)) if own == given => Ok(own.to_owned()),
            (Some(_), Some(_)) => Err("must be left out: LEVEL and PERCENT have a unit of their own"),
            (None, Some(given))
                if (1..=40).contains(&given.chars().count()) && !given.contains(char::is_control) =>
            {
                Ok(given.to_owned())
            }
            (None, _) => Err("must have 1 to 40 characters"),
        }
    }
}

impl NamedGap {
    /// The gap as it stands now, of a canonical skill and a person whose assessments are open to the viewer.
    pub(super) async fn checked(
        &self,
        write: &Write,
        checks: &mut Checks,
        (person, skill): (PersonId, SkillId),
    ) -> Result<Option<GoalGap>, Failure> {
        let (requirement, version) = match self {
            Self::Role(named) => {
                let (_, version) = named.edition(write, "gap.roleProfile").await?;
                let Some(requirement) = required(write, version.id, skill).await? else {
                    let rule = "must name a role that requires the skill";
                    checks.refuse(RefusalCode::Invalid, "gap.roleProfile", rule);
                    return Ok(None);
                };
                (requirement, Some(version.id))
            }
            Self::Level(level) => {
                let level = Level::new((*level).into()).ok().filter(|level| level.value() > 0);
                let level = checks.keep("gap.requiredLevel", level.ok_or("must be 1 to 5"));
                let Some(required_level) = level else { return Ok(None) };
                let importance = Importance::Should;
                (RoleSkillRequirement { skill_id: skill, required_level, importance, weight: 1 }, None)
            }
        };
        let gap = Abilities::of(write, person, &[skill]).await?.gap(&requirement);
        checks.hold("gap", !gap.status.satisfies(), "must be one: the level is there already");
        Ok(Some(GoalGap {
            required: gap.required,
            actual: gap.actual,
            status: gap.status,
            requirement: version.map(|version| (version, gap.importance)),
        }))
    }
}

async fn required(
    write: &Write,
    version: RoleProfileVersionId,
    skill: SkillId,
) -> Result<Option<RoleSkillRequirement>, Failure> {
    let content = write.tx.role_profile_contents(&[version]).await?.remove(&version);
    let all = content.unwrap_or_default().requirements;
    Ok(all.into_iter().find(|requirement| requirement.skill_id == skill))
}

/// The goal's days lie inside the plan's, and in their order; and a plan that was agreed keeps its goals
/// whole.
pub(super) fn hold_rules(checks: &mut Checks, plan: &DevelopmentPlan, goal: &DevelopmentGoal) {
    let inside = |day| plan.period.contains(day);
    checks.hold("startDate", inside(goal.start_date), "must lie in the period of the plan");
    if let Some(due) = goal.due_date {
        checks.hold("dueDate", inside(due), "must lie in the period of the plan");
        checks.hold("dueDate", due >= goal.start_date, "must not be before the start date");
    }
    if plan.status != PlanStatus::Draft {
        let target = goal.metric.as_ref().and_then(|metric| metric.target);
        checks.hold("metric.target", target.is_some(), "must be there: the plan is agreed");
        checks.hold("dueDate", goal.due_date.is_some(), "must be there: the plan is agreed");
        checks.hold("gap", goal.gap.is_some(), "must be there: the plan is agreed");
    }
}
