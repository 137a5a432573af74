//! `checkInOnGoal`, `markGoalAchieved` and `markGoalMissed`: what was measured, and what came of it.
//!
//! A check-in is only ever added, and progress follows from the last one. That a target is reached changes
//! nothing by itself: somebody says that the goal is achieved.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, Write, Written, command,
        development::{Held, goal_for, root_of, words},
        ids,
    },
    domain::{
        development::{DevelopmentGoal, GoalCheckIn, GoalStatus, metric::Quantity},
        ids::DevelopmentGoalId,
        policy::actions::Action,
        revisions::Revision,
    },
    store::Store,
};

/// What was measured.
#[derive(Debug, Clone, Serialize)]
pub struct CheckInOnGoal {
    /// The goal.
    pub goal_id: Uuid,
    /// In the unit of its metric.
    pub value: f64,
    /// At most 4000 characters.
    pub note: Option<String>,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// A goal that is settled.
#[derive(Debug, Clone, Serialize)]
pub struct SettleGoal {
    /// The goal.
    pub goal_id: Uuid,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Adds a check-in; the first one begins the goal. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless the plan is ACTIVE and the goal open; INVALID value or note;
/// CONFLICT.
pub async fn check_in_on_goal(
    store: &Store,
    command: Command,
    input: CheckInOnGoal,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::CheckInOnGoal;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (held, goal) = goal_for(&write, DevelopmentGoalId::from_uuid(input.goal_id), ACTION).await?;
        let said = said(&write, &goal, &input)?;
        held.check_revision(input.expected_revision)?;
        if goal.status == GoalStatus::NotStarted {
            write
                .tx
                .update_development_goal(&DevelopmentGoal { status: GoalStatus::InProgress, ..goal })
                .await?;
        }
        write.tx.insert_goal_check_ins(std::slice::from_ref(&said)).await?;
        write.audit(root_of(held.plan.id)).await?;
        Ok((write, Written { ids: vec![said.id.uuid()] }))
    })
    .await
}

/// Says that a goal was achieved. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless the plan is ACTIVE and the last check-in reached the target;
/// CONFLICT.
pub async fn mark_goal_achieved(
    store: &Store,
    command: Command,
    input: SettleGoal,
) -> Result<Written, Failure> {
    settle(store, command, input, Action::MarkGoalAchieved, GoalStatus::Achieved).await
}

/// Says that a goal was missed. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless the plan is ACTIVE and the due date over without the target
/// being reached; CONFLICT.
pub async fn mark_goal_missed(
    store: &Store,
    command: Command,
    input: SettleGoal,
) -> Result<Written, Failure> {
    settle(store, command, input, Action::MarkGoalMissed, GoalStatus::Missed).await
}

async fn settle(
    store: &Store,
    command: Command,
    input: SettleGoal,
    action: Action,
    status: GoalStatus,
) -> Result<Written, Failure> {
    command::run(store, command, action.as_str(), input, move |write, input| async move {
        let (held, goal) = goal_for(&write, DevelopmentGoalId::from_uuid(input.goal_id), action).await?;
        settled(&write, &held, DevelopmentGoal { status, ..goal }, input.expected_revision).await?;
        Ok((write, Written { ids: vec![input.goal_id] }))
    })
    .await
}

async fn settled(
    write: &Write,
    held: &Held,
    goal: DevelopmentGoal,
    expected: Option<Revision>,
) -> Result<(), Failure> {
    held.check_revision(expected)?;
    write.tx.update_development_goal(&goal).await?;
    Ok(write.audit(root_of(held.plan.id)).await?)
}

/// The check-in that an input describes, next after the last one.
fn said(write: &Write, goal: &DevelopmentGoal, input: &CheckInOnGoal) -> Result<GoalCheckIn, Failure> {
    let mut checks = Checks::default();
    let admitted = |value| goal.metric.as_ref().map_or(Ok(value), |metric| metric.kind.admits(value));
    let value = checks.keep("value", Quantity::of(input.value).and_then(admitted));
    let note = checks.keep_some("note", input.note.as_deref(), words);
    checks.done()?;
    // Only in the name of a person plans are kept: whoever gets here has one.
    let by = write.scope.actor().speaker().ok_or_else(|| Refusal::forbidden("goalId"))?;
    Ok(GoalCheckIn {
        id: ids::fresh(write.now()),
        goal_id: goal.id,
        seq: goal.last.map_or(1, |last| last.seq + 1),
        // Whoever waited for the lock, or has a slow clock, still comes after the last one.
        at: goal.last.map_or(write.now(), |last| last.at.max(write.now())),
        value: value.unwrap_or(Quantity::ZERO),
        note: note.filter(|text| !text.is_empty()),
        by,
    })
}
