//! Who may change a development plan and its goals, and when. Says nothing of who sees them (`sight`).
//!
//! A person and those who lead them keep a plan together while it is a draft. Only who leads the person
//! agrees to it, and from then on only they change what was agreed; to work on it and to tell of it is
//! both's.

use crate::domain::{
    development::{GoalStatus, PlanStatus},
    policy::{
        Actor,
        actions::{Action, Target},
        facts::{GoalFacts, PersonFacts, PlanFacts},
    },
};

impl Actor<'_> {
    /// What is done to plans and their goals; nothing else.
    pub(super) fn may_develop(&self, action: Action, target: &Target<'_>) -> bool {
        match (action, target) {
            (Action::CreateDevelopmentPlan | Action::DraftPlanFromGap, Target::Person(person)) => {
                self.keeps_plans_of(person)
            }
            (action, Target::Plan(plan)) => self.may_change_plan(action, plan),
            (action, Target::Goal(goal)) => self.may_change_goal(action, &goal.plan),
            _ => false,
        }
    }

    /// The person themself, or who leads them.
    fn keeps_plans_of(&self, person: &PersonFacts) -> bool {
        self.is_planner(person) || self.leads(person)
    }

    /// The person themself, or a program that acts for exactly this person.
    fn is_planner(&self, person: &PersonFacts) -> bool {
        let in_their_name = self.standing.acts_for == Some(person.id);
        self.is(person.id) || (self.claims.has_scope("development:write") && in_their_name)
    }

    fn may_change_plan(&self, action: Action, plan: &PlanFacts<'_>) -> bool {
        match action {
            Action::AgreeDevelopmentPlan => self.leads(plan.person),
            Action::UpdateDevelopmentPlan | Action::AddDevelopmentGoal => self.may_write(plan),
            Action::StartDevelopmentPlan
            | Action::CompleteDevelopmentPlan
            | Action::AbandonDevelopmentPlan => self.keeps_plans_of(plan.person),
            _ => false,
        }
    }

    fn may_change_goal(&self, action: Action, plan: &PlanFacts<'_>) -> bool {
        match action {
            Action::UpdateDevelopmentGoal | Action::DropDevelopmentGoal => self.may_write(plan),
            Action::CheckInOnGoal | Action::MarkGoalAchieved | Action::MarkGoalMissed => {
                self.keeps_plans_of(plan.person)
            }
            _ => false,
        }
    }

    /// Nobody changes alone what somebody else has agreed to.
    fn may_write(&self, plan: &PlanFacts<'_>) -> bool {
        self.leads(plan.person) || (plan.status == PlanStatus::Draft && self.is_planner(plan.person))
    }
}

/// Whether where the plan stands allows it.
pub(super) fn allows_plan(action: Action, plan: &PlanFacts<'_>) -> bool {
    let (status, goals) = (plan.status, plan.goals);
    match action {
        Action::AgreeDevelopmentPlan => {
            status.may_become(PlanStatus::Agreed) && goals.all > 0 && goals.incomplete == 0
        }
        Action::StartDevelopmentPlan => status.may_become(PlanStatus::Active),
        Action::CompleteDevelopmentPlan => status.may_become(PlanStatus::Completed) && goals.open == 0,
        Action::AbandonDevelopmentPlan => status.may_become(PlanStatus::Abandoned),
        _ => is_open(status),
    }
}

/// Whether where the goal and its plan stand allows it. What was achieved is told by the check-ins, and
/// what was missed by the calendar: to say so is somebody's, and only when it is so.
pub(super) fn allows_goal(action: Action, goal: &GoalFacts<'_>) -> bool {
    let (plan, status) = (goal.plan.status, goal.status);
    match action {
        Action::DropDevelopmentGoal => is_open(plan) && status.may_become(GoalStatus::Dropped),
        Action::CheckInOnGoal => plan == PlanStatus::Active && status.is_open(),
        Action::MarkGoalAchieved => {
            plan == PlanStatus::Active && status.may_become(GoalStatus::Achieved) && goal.reached
        }
        Action::MarkGoalMissed => {
            plan == PlanStatus::Active
                && status.may_become(GoalStatus::Missed)
                && goal.overdue
                && !goal.reached
        }
        _ => is_open(plan) && status.is_open(),
    }
}

const fn is_open(plan: PlanStatus) -> bool {
    matches!(plan, PlanStatus::Draft | PlanStatus::Agreed | PlanStatus::Active)
}
