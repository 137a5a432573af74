//! `validateSkillAssessments`: pending ratings count from now on.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Written,
        assessments::{
            audit, check_size,
            ledger::Ledger,
            named::{Field, named},
        },
        command,
    },
    domain::{policy::actions::Action, revisions::Revision},
    store::Store,
};

/// Pending ratings that shall count.
#[derive(Debug, Clone, Serialize)]
pub struct ValidateSkillAssessments {
    /// 1–200, none of them twice.
    pub assessment_ids: Vec<Uuid>,
    /// The revision of the person that the client has seen; only when all are of one person.
    pub expected_revision: Option<Revision>,
}

/// Lets pending ratings count, all or none. Each supersedes the current one of its slot, or is at once
/// superseded by it when that was observed later. The payload shows their ids in input order.
///
/// # Errors
/// LIMIT; INVALID; NOT_FOUND, FORBIDDEN and ILLEGAL_STATE by index; CONFLICT.
pub async fn validate_skill_assessments(
    store: &Store,
    command: Command,
    input: ValidateSkillAssessments,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::ValidateSkillAssessments;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        check_size("assessmentIds", input.assessment_ids.len())?;
        let named = named(&write, ACTION, &input.assessment_ids, Field::List("assessmentIds")).await?;
        named.check_revision(input.expected_revision)?;
        let mut ledger = Ledger::open(&write, &named.cells()).await?;
        named.rows.iter().for_each(|row| ledger.validate(row));
        ledger.store(&write, &named.cells()).await?;
        audit(&write, &named.people).await?;
        Ok((write, Written { ids: input.assessment_ids }))
    })
    .await
}
