//! `rejectSkillAssessment` and `revokeSkillAssessment`: a rating never counts, or counts no longer.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Write, Written,
        assessments::{
            audit,
            ledger::Ledger,
            named::{Field, named},
        },
        command,
    },
    domain::{assessments::AssessmentStatus, policy::actions::Action, revisions::Revision, values::words},
    store::Store,
};

/// A rating that shall not count, and why.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawSkillAssessment {
    /// Which.
    pub assessment_id: Uuid,
    /// Why: 1–4000 characters.
    pub reason: String,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Refuses a pending rating. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless it is pending; INVALID reason; CONFLICT.
pub async fn reject_skill_assessment(
    store: &Store,
    command: Command,
    input: WithdrawSkillAssessment,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::RejectSkillAssessment;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        withdraw(write, ACTION, AssessmentStatus::Rejected, input).await
    })
    .await
}

/// Withdraws a rating that counts, as if it had never been made: what it superseded speaks again. The
/// payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE unless it is validated; INVALID reason; CONFLICT.
pub async fn revoke_skill_assessment(
    store: &Store,
    command: Command,
    input: WithdrawSkillAssessment,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::RevokeSkillAssessment;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        withdraw(write, ACTION, AssessmentStatus::Revoked, input).await
    })
    .await
}

async fn withdraw(
    write: Write,
    action: Action,
    status: AssessmentStatus,
    input: WithdrawSkillAssessment,
) -> Result<(Write, Written), Failure> {
    let named = named(&write, action, &[input.assessment_id], Field::One("assessmentId")).await?;
    let mut checks = Checks::default();
    let reason = checks.keep("reason", words(&input.reason));
    checks.done()?;
    named.check_revision(input.expected_revision)?;
    let mut ledger = Ledger::open(&write, &named.cells()).await?;
    named.rows.iter().for_each(|row| ledger.close(row, status, reason.clone()));
    ledger.store(&write, &named.cells()).await?;
    audit(&write, &named.people).await?;
    Ok((write, Written { ids: vec![input.assessment_id] }))
}
