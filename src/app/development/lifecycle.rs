//! `agreeDevelopmentPlan`, `startDevelopmentPlan`, `completeDevelopmentPlan` and `abandonDevelopmentPlan`:
//! a plan goes on, or ends. What it held stays to be read.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, Written, command,
        development::{plan_for, root_of},
    },
    domain::{
        development::{DevelopmentPlan, PlanStatus},
        ids::DevelopmentPlanId,
        policy::actions::Action,
        revisions::Revision,
    },
    store::Store,
};

/// A plan that goes on.
#[derive(Debug, Clone, Serialize)]
pub struct MovePlan {
    /// The plan.
    pub plan_id: Uuid,
    /// The revision of the plan that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Somebody who leads the person agrees to the plan. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN for anyone else, the person too; ILLEGAL_STATE unless it is a DRAFT with goals, each
/// with metric, target, due date and gap; CONFLICT.
pub async fn agree_development_plan(
    store: &Store,
    command: Command,
    input: MovePlan,
) -> Result<Written, Failure> {
    advance(store, command, input, Action::AgreeDevelopmentPlan, PlanStatus::Agreed).await
}

/// Work on the plan begins. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless it is AGREED; CONFLICT.
pub async fn start_development_plan(
    store: &Store,
    command: Command,
    input: MovePlan,
) -> Result<Written, Failure> {
    advance(store, command, input, Action::StartDevelopmentPlan, PlanStatus::Active).await
}

/// The plan is done, whatever became of its goals. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless it is ACTIVE and each goal settled; CONFLICT.
pub async fn complete_development_plan(
    store: &Store,
    command: Command,
    input: MovePlan,
) -> Result<Written, Failure> {
    advance(store, command, input, Action::CompleteDevelopmentPlan, PlanStatus::Completed).await
}

/// The plan is given up. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE once it has ended; CONFLICT.
pub async fn abandon_development_plan(
    store: &Store,
    command: Command,
    input: MovePlan,
) -> Result<Written, Failure> {
    advance(store, command, input, Action::AbandonDevelopmentPlan, PlanStatus::Abandoned).await
}

async fn advance(
    store: &Store,
    command: Command,
    input: MovePlan,
    action: Action,
    next: PlanStatus,
) -> Result<Written, Failure> {
    command::run(store, command, action.as_str(), input, move |write, input| async move {
        let held = plan_for(&write, DevelopmentPlanId::from_uuid(input.plan_id), action).await?;
        held.check_revision(input.expected_revision)?;
        let agreed = match next {
            // Only a person leads another: whoever gets here is one.
            PlanStatus::Agreed => {
                let lead = write.scope.person_id().ok_or_else(|| Refusal::forbidden("planId"))?;
                Some((lead, write.now()))
            }
            _ => held.plan.agreed,
        };
        write.tx.update_development_plan(&DevelopmentPlan { status: next, agreed, ..held.plan }).await?;
        write.audit(root_of(held.plan.id)).await?;
        Ok((write, Written { ids: vec![input.plan_id] }))
    })
    .await
}
