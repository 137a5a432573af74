//! Use cases on development: plans, their goals, check-ins, and what to learn from.
//!
//! A plan is one root: whoever writes to it, its goals or their check-ins locks it first, judges what they
//! then see, and compares the revision last. Nothing here records an assessment: a goal that reached its
//! target only proposes one.

mod check_ins;
mod draft;
mod gaps;
mod goals;
mod lifecycle;
mod plans;
mod resources;
mod smart;

pub use check_ins::{CheckInOnGoal, SettleGoal, check_in_on_goal, mark_goal_achieved, mark_goal_missed};
pub use draft::{DraftPlanFromGap, draft_plan_from_gap};
pub use goals::{
    AddDevelopmentGoal, DropDevelopmentGoal, UpdateDevelopmentGoal, add_development_goal,
    drop_development_goal, update_development_goal,
};
pub use lifecycle::{
    MovePlan, abandon_development_plan, agree_development_plan, complete_development_plan,
    start_development_plan,
};
pub use plans::{
    CreateDevelopmentPlan, Days, UpdateDevelopmentPlan, create_development_plan, update_development_plan,
};
pub use resources::{
    ArchiveLearningResource, CreateLearningResource, UpdateLearningResource, archive_learning_resource,
    create_learning_resource, update_learning_resource,
};
pub use smart::{NamedGap, NewMetric};

use crate::{
    app::{Failure, Refusal, RefusalCode, Write, command::seen},
    domain::{
        development::{DevelopmentGoal, DevelopmentPlan, PlanStatus},
        ids::{DevelopmentGoalId, DevelopmentPlanId, PersonId},
        policy::{
            actions::{Action, Target, allows},
            facts::{GoalFacts, PersonFacts, PlanFacts},
        },
        revisions::{Aggregate, Revision, Revisions, Root},
        values::{Rule, prose},
    },
};

/// The most characters of what a goal says, and of a note.
const MOST_WORDS: usize = 4000;

fn root_of(plan: DevelopmentPlanId) -> Root {
    Root::of(Aggregate::DevelopmentPlan, plan)
}

/// A plan that is locked, and whose it is.
#[derive(Debug)]
struct Held {
    plan: DevelopmentPlan,
    person: PersonFacts,
    raised: Revisions,
}

impl Held {
    fn facts(&self) -> PlanFacts<'_> {
        PlanFacts { person: &self.person, status: self.plan.status, goals: self.plan.goals }
    }

    /// The last of the refusals: the plan has moved on since the client looked.
    fn check_revision(&self, expected: Option<Revision>) -> Result<(), Refusal> {
        seen(&self.raised, root_of(self.plan.id), expected)
    }
}

/// Locks the plan named at `field`, if the viewer sees it. Judges nothing else of it.
async fn hold(write: &Write, id: DevelopmentPlanId, field: &str) -> Result<Held, Failure> {
    let raised = write.tx.raise(&[root_of(id)].into()).await?;
    let plan = write.tx.development_plans_by_id(&write.scope, &[id]).await?.pop();
    let plan = plan.ok_or_else(|| Refusal::not_found(field))?;
    let person = facts_of(write, plan.person_id, field).await?;
    Ok(Held { plan, person, raised })
}

async fn facts_of(write: &Write, id: PersonId, field: &str) -> Result<PersonFacts, Failure> {
    let facts = write.tx.person_facts(&write.scope, &[id]).await?.remove(&id);
    Ok(facts.ok_or_else(|| Refusal::not_found(field))?)
}

/// The plan named at `planId`, locked: visible, may, and its state allows the action.
async fn plan_for(write: &Write, id: DevelopmentPlanId, action: Action) -> Result<Held, Failure> {
    const FIELD: &str = "planId";
    let held = hold(write, id, FIELD).await?;
    let target = Target::Plan(held.facts());
    judge(write, action, &target, FIELD, || reason_of_plan(action, &held.plan))?;
    Ok(held)
}

/// The goal named at `goalId`, its plan locked: visible, may, and the state of both allows the action.
async fn goal_for(
    write: &Write,
    id: DevelopmentGoalId,
    action: Action,
) -> Result<(Held, DevelopmentGoal), Failure> {
    const FIELD: &str = "goalId";
    let plan_id = goal_named(write, id).await?.plan_id;
    let held = hold(write, plan_id, FIELD).await?;
    // Read again: until the lock was ours, somebody else could have changed it.
    let goal = goal_named(write, id).await?;
    let facts = GoalFacts {
        plan: held.facts(),
        status: goal.status,
        reached: goal.is_reached(),
        overdue: goal.is_overdue(write.now().date_naive()),
    };
    judge(write, action, &Target::Goal(facts), FIELD, || reason_of_goal(action, &held.plan, &goal))?;
    Ok((held, goal))
}

async fn goal_named(write: &Write, id: DevelopmentGoalId) -> Result<DevelopmentGoal, Failure> {
    let found = write.tx.development_goals_by_id(&write.scope, &[id]).await?.pop();
    Ok(found.ok_or_else(|| Refusal::not_found("goalId"))?)
}

fn judge(
    write: &Write,
    action: Action,
    target: &Target<'_>,
    field: &str,
    reason: impl FnOnce() -> String,
) -> Result<(), Refusal> {
    if !write.scope.actor().permits(action, target) {
        return Err(Refusal::forbidden(field));
    }
    if !allows(action, target) {
        return Err(Refusal::new(RefusalCode::IllegalState, field, reason()));
    }
    Ok(())
}

fn reason_of_plan(action: Action, plan: &DevelopmentPlan) -> String {
    let goals = plan.goals;
    match (action, plan.status) {
        (Action::AgreeDevelopmentPlan, PlanStatus::Draft) if goals.all == 0 => {
            "The plan has no goals. Add one first.".to_owned()
        }
        (Action::AgreeDevelopmentPlan, PlanStatus::Draft) => {
            let count = goals.incomplete;
            format!("Goals without metric, target, due date or gap: {count}. Complete or drop them first.")
        }
        (Action::CompleteDevelopmentPlan, PlanStatus::Active) => {
            let count = goals.open;
            format!("Goals still open: {count}. Mark each achieved or missed, or drop it.")
        }
        (_, status) => format!("The plan is {}.", status.as_str()),
    }
}

fn reason_of_goal(action: Action, plan: &DevelopmentPlan, goal: &DevelopmentGoal) -> String {
    let worked_on = !matches!(action, Action::UpdateDevelopmentGoal | Action::DropDevelopmentGoal);
    match action {
        _ if worked_on && plan.status != PlanStatus::Active => {
            format!("The plan is {}: its goals are worked on while it is ACTIVE.", plan.status.as_str())
        }
        _ if !goal.status.is_open() => format!("The goal is {}.", goal.status.as_str()),
        Action::MarkGoalAchieved => {
            let progress = goal.progress_pct();
            format!("The target is not reached by the last check-in: progress is {progress} %.")
        }
        Action::MarkGoalMissed if goal.is_reached() => {
            "The target is reached: mark the goal achieved.".to_owned()
        }
        Action::MarkGoalMissed => {
            let due = goal.due_date.map_or_else(String::new, |due| format!(" ({due})"));
            format!("The due date{due} is not over yet. Drop the goal to give it up before.")
        }
        _ => format!("The plan is {}.", plan.status.as_str()),
    }
}

/// Words that may be missing.
fn words(text: &str) -> Result<String, Rule> {
    prose(text.trim(), MOST_WORDS).map_err(|rule| match rule {
        "is too long" => "must have at most 4000 characters",
        rule => rule,
    })
}
