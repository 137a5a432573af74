//! What plans, goals and learning resources are open to, and that what was agreed is changed by nobody
//! alone.

use super::actors::{active_person, goal, grants, person, plan, resource};
use crate::domain::{
    development::{GoalStatus, GoalTally, LearningResourceStatus, PlanStatus},
    people::{Discoverability, PersonStatus},
    policy::{
        actions::{Action, Target, allows},
        facts::{GoalFacts, PlanFacts},
    },
};

/// The plan statuses in which an action on a plan with these goals is open.
fn plans(action: Action, goals: GoalTally) -> Vec<&'static str> {
    let person = active_person();
    let open = |status: &&PlanStatus| {
        allows(action, &Target::Plan(PlanFacts { person: &person, status: **status, goals }))
    };
    PlanStatus::ALL.iter().filter(open).map(|status| status.as_str()).collect()
}

/// The goal statuses in which an action on a goal of a plan that stands so is open.
fn goals(action: Action, plan: PlanStatus, reached: bool, overdue: bool) -> Vec<&'static str> {
    let person = active_person();
    let open = |status: &&GoalStatus| {
        allows(action, &Target::Goal(GoalFacts { reached, overdue, ..goal(&person, plan, **status) }))
    };
    GoalStatus::ALL.iter().filter(open).map(|status| status.as_str()).collect()
}

#[test]
fn what_a_plan_is_open_to_follows_its_lifecycle_and_its_goals() {
    let whole = GoalTally { all: 2, incomplete: 0, open: 1 };
    assert_eq!(plans(Action::AgreeDevelopmentPlan, whole), ["DRAFT"]);
    assert!(plans(Action::AgreeDevelopmentPlan, GoalTally { incomplete: 1, ..whole }).is_empty());
    assert!(plans(Action::AgreeDevelopmentPlan, GoalTally::default()).is_empty());
    assert_eq!(plans(Action::StartDevelopmentPlan, whole), ["AGREED"]);
    assert!(plans(Action::CompleteDevelopmentPlan, whole).is_empty());
    assert_eq!(plans(Action::CompleteDevelopmentPlan, GoalTally { open: 0, ..whole }), ["ACTIVE"]);
    assert_eq!(plans(Action::AbandonDevelopmentPlan, whole), ["DRAFT", "AGREED", "ACTIVE"]);
    assert_eq!(plans(Action::UpdateDevelopmentPlan, whole), ["DRAFT", "AGREED", "ACTIVE"]);
    assert_eq!(plans(Action::AddDevelopmentGoal, whole), ["DRAFT", "AGREED", "ACTIVE"]);
}

#[test]
fn a_goal_is_worked_on_while_its_plan_is_active() {
    for plan in PlanStatus::ALL {
        let active = *plan == PlanStatus::Active;
        let expected: &[&str] = if active { &["NOT_STARTED", "IN_PROGRESS"] } else { &[] };
        assert_eq!(goals(Action::CheckInOnGoal, *plan, false, false), expected, "{}", plan.as_str());
        let expected: &[&str] = if active { &["IN_PROGRESS"] } else { &[] };
        assert_eq!(goals(Action::MarkGoalAchieved, *plan, true, false), expected, "{}", plan.as_str());
        let open = !matches!(plan, PlanStatus::Completed | PlanStatus::Abandoned);
        let expected: &[&str] = if open { &["NOT_STARTED", "IN_PROGRESS"] } else { &[] };
        assert_eq!(goals(Action::UpdateDevelopmentGoal, *plan, false, false), expected, "{}", plan.as_str());
        assert_eq!(goals(Action::DropDevelopmentGoal, *plan, false, false), expected, "{}", plan.as_str());
    }
}

#[test]
fn a_goal_is_achieved_when_reached_and_missed_when_the_day_is_over() {
    let active = PlanStatus::Active;
    assert!(goals(Action::MarkGoalAchieved, active, false, true).is_empty());
    assert!(goals(Action::MarkGoalMissed, active, false, false).is_empty());
    assert!(goals(Action::MarkGoalMissed, active, true, true).is_empty(), "it was reached");
    assert_eq!(goals(Action::MarkGoalMissed, active, false, true), ["NOT_STARTED", "IN_PROGRESS"]);
}

#[test]
fn what_was_agreed_is_changed_by_who_leads_the_person_alone() {
    let p = active_person();
    for status in PlanStatus::ALL {
        let (whole, part) = (plan(&p, *status), goal(&p, *status, GoalStatus::NotStarted));
        let own = *status == PlanStatus::Draft;
        for action in [Action::UpdateDevelopmentPlan, Action::AddDevelopmentGoal] {
            assert_eq!(grants("self").actor().permits(action, &Target::Plan(whole)), own);
            assert!(grants("lead").actor().permits(action, &Target::Plan(whole)));
        }
        for action in [Action::UpdateDevelopmentGoal, Action::DropDevelopmentGoal] {
            assert_eq!(grants("self").actor().permits(action, &Target::Goal(part)), own);
            assert!(grants("lead").actor().permits(action, &Target::Goal(part)));
        }
        // Who leads the team they are in agrees to nothing of their own.
        assert!(!grants("slft").actor().permits(Action::AgreeDevelopmentPlan, &Target::Plan(whole)));
    }
}

#[test]
fn nobody_keeps_the_plans_of_who_left() {
    let gone = person(PersonStatus::Inactive, Discoverability::Team);
    assert!(!grants("lead").actor().sees_plans_of(&gone));
    let plan = plan(&gone, PlanStatus::Draft);
    for action in [Action::AgreeDevelopmentPlan, Action::AbandonDevelopmentPlan] {
        assert!(!grants("lead").actor().permits(action, &Target::Plan(plan)));
    }
    assert!(!allows(Action::CreateDevelopmentPlan, &Target::Person(&gone)));
}

#[test]
fn what_is_archived_is_no_longer_changed() {
    for status in LearningResourceStatus::ALL {
        let offered = resource(*status);
        let open = *status == LearningResourceStatus::Active;
        for action in [Action::UpdateLearningResource, Action::ArchiveLearningResource] {
            assert_eq!(allows(action, &Target::LearningResource(&offered)), open);
        }
    }
}

#[test]
fn an_action_on_a_goal_is_not_one_on_its_plan() {
    let p = active_person();
    let (whole, part) = (plan(&p, PlanStatus::Draft), goal(&p, PlanStatus::Draft, GoalStatus::NotStarted));
    assert!(!grants("lead").actor().permits(Action::DropDevelopmentGoal, &Target::Plan(whole)));
    assert!(!grants("lead").actor().permits(Action::AgreeDevelopmentPlan, &Target::Goal(part)));
}
