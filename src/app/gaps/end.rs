//! `endRequirementExemption`: an exemption ends before its day; history keeps it.

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        gaps::{facts_of, lock, root_of},
    },
    domain::{
        gaps::exemptions::RequirementExemption,
        ids::RequirementExemptionId,
        policy::{
            actions::{Action, Target, allows},
            facts::ExemptionFacts,
        },
        revisions::Revision,
    },
    store::Store,
};

/// An exemption to end.
#[derive(Debug, Clone, Serialize)]
pub struct EndRequirementExemption {
    /// Which.
    pub exemption_id: Uuid,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

const ACTION: Action = Action::EndRequirementExemption;
const FIELD: &str = "exemptionId";

/// Ends an exemption now. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE when it is over; CONFLICT.
pub async fn end_requirement_exemption(
    store: &Store,
    command: Command,
    input: EndRequirementExemption,
) -> Result<Written, Failure> {
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = RequirementExemptionId::from_uuid(input.exemption_id);
        let person = found(&write, id).await?.person_id;
        let raised = lock(&write, person).await?;
        // Read again: until the lock was ours, somebody else could have ended it.
        let exemption = found(&write, id).await?;
        // It lasts at least a microsecond, as every dated row.
        let at = write.now().max(exemption.from + TimeDelta::microseconds(1));
        judge(&write, &exemption, exemption.is_over(at)).await?;
        seen(&raised, root_of(person), input.expected_revision)?;
        write.tx.end_exemption(id, at, write.scope.actor().speaker()).await?;
        write.audit(root_of(person)).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

async fn found(write: &Write, id: RequirementExemptionId) -> Result<RequirementExemption, Failure> {
    let seen = write.tx.exemptions_by_id(&write.scope, &[id]).await?.pop();
    Ok(seen.ok_or_else(|| Refusal::not_found(FIELD))?)
}

async fn judge(write: &Write, exemption: &RequirementExemption, over: bool) -> Result<(), Failure> {
    let person = facts_of(write, exemption.person_id, FIELD).await?;
    let target = Target::Exemption(ExemptionFacts { person: &person, over });
    if !write.scope.actor().permits(ACTION, &target) {
        return Err(Refusal::forbidden(FIELD).into());
    }
    if !allows(ACTION, &target) {
        return Err(Refusal::new(RefusalCode::IllegalState, FIELD, "The exemption is over.").into());
    }
    Ok(())
}
