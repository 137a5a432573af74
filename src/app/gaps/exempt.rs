//! `exemptRequirement`: a person is excused from what is required of a skill, until a day.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        gaps::{facts_of, lock, root_of},
        ids,
    },
    domain::{
        gaps::exemptions::RequirementExemption,
        ids::{PersonId, SkillId},
        policy::actions::{Action, Target, allows},
        revisions::Revision,
        skills::SkillStatus,
        time::Timestamp,
        values::words,
    },
    store::Store,
};

/// An exemption to grant.
#[derive(Debug, Clone, Serialize)]
pub struct ExemptRequirement {
    /// Whom.
    pub person_id: Uuid,
    /// From what. A merged skill counts as the one it was merged into.
    pub skill_id: Uuid,
    /// 1–4000 characters.
    pub reason: String,
    /// The first instant at which it no longer holds, later than now.
    pub until: Timestamp,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

const ACTION: Action = Action::ExemptRequirement;

/// Excuses a person from now on. The payload shows the exemption's id.
///
/// # Errors
/// NOT_FOUND of person or skill; FORBIDDEN; ILLEGAL_STATE of a person who left or a skill that is proposed;
/// INVALID reason or end; OVERLAP with an exemption that holds; CONFLICT.
pub async fn exempt_requirement(
    store: &Store,
    command: Command,
    input: ExemptRequirement,
) -> Result<Written, Failure> {
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let person = PersonId::from_uuid(input.person_id);
        visible(&write, person, SkillId::from_uuid(input.skill_id)).await?;
        let raised = lock(&write, person).await?;
        may(&write, person).await?;
        let exemption = checked(&write, &input).await?;
        check_overlap(&write, &exemption).await?;
        seen(&raised, root_of(person), input.expected_revision)?;
        write.tx.insert_exemptions(std::slice::from_ref(&exemption)).await?;
        write.audit(root_of(person)).await?;
        Ok((write, Written { ids: vec![exemption.id.uuid()] }))
    })
    .await
}

async fn visible(write: &Write, person: PersonId, skill: SkillId) -> Result<(), Failure> {
    if write.tx.people_by_id(&write.scope, &[person]).await?.is_empty() {
        return Err(Refusal::not_found("personId").into());
    }
    if write.tx.skills_by_id(&write.scope, &[skill]).await?.is_empty() {
        return Err(Refusal::not_found("skillId").into());
    }
    Ok(())
}

async fn may(write: &Write, person: PersonId) -> Result<(), Failure> {
    let facts = facts_of(write, person, "personId").await?;
    if !write.scope.actor().permits(ACTION, &Target::Person(&facts)) {
        return Err(Refusal::forbidden("personId").into());
    }
    if !allows(ACTION, &Target::Person(&facts)) {
        let reason = format!("The person is {}.", facts.status.as_str());
        return Err(Refusal::new(RefusalCode::IllegalState, "personId", reason).into());
    }
    Ok(())
}

async fn checked(write: &Write, input: &ExemptRequirement) -> Result<RequirementExemption, Failure> {
    let named = SkillId::from_uuid(input.skill_id);
    let skill_id = write.tx.hold_redirects(&[named]).await?.remove(&named).unwrap_or(named);
    let skill = write.tx.skills_by_id(&write.scope, &[skill_id]).await?.pop();
    let skill = skill.ok_or_else(|| Refusal::not_found("skillId"))?;
    let mut checks = Checks::default();
    if skill.status == SkillStatus::Proposed {
        checks.refuse(RefusalCode::IllegalState, "skillId", "names a skill that is PROPOSED");
    }
    let reason = checks.keep("reason", words(&input.reason)).unwrap_or_default();
    checks.hold("until", input.until > write.now(), "must be later than now");
    checks.done()?;
    Ok(RequirementExemption {
        id: ids::fresh(write.now()),
        person_id: PersonId::from_uuid(input.person_id),
        skill_id,
        reason,
        granted_by: write.scope.actor().speaker(),
        from: write.now(),
        until: input.until,
        ended_at: None,
        ended_by: None,
    })
}

/// One at a time, so that there is one reason and one day. To change either, end it and grant another.
async fn check_overlap(write: &Write, new: &RequirementExemption) -> Result<(), Failure> {
    let held = write.tx.exemptions_held(&[new.person_id]).await?;
    let meets =
        |old: &RequirementExemption| old.skill_id == new.skill_id && old.valid().overlaps(&new.valid());
    if !held.values().flatten().any(meets) {
        return Ok(());
    }
    let rule = "The person is exempt from this skill already: end that exemption first.";
    Err(Refusal::new(RefusalCode::Overlap, "skillId", rule).into())
}
