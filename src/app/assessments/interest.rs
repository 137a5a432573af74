//! `setSkillInterest`: how much a person wants to work with a skill, rated in it or not.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written,
        assessments::{audit, check_revision, lock, named::canonical},
        command,
    },
    domain::{
        assessments::SkillInterest,
        ids::{PersonId, SkillId},
        levels::Interest,
        policy::actions::{Action, Target, allows},
        revisions::Revision,
        skills::SkillStatus,
    },
    store::Store,
};

/// An interest.
#[derive(Debug, Clone, Serialize)]
pub struct SetSkillInterest {
    /// Whose.
    pub person_id: Uuid,
    /// In what. A merged skill counts as the one it was merged into.
    pub skill_id: Uuid,
    /// 0–5.
    pub interest: i32,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Says what interests a person from now on. The payload shows the person's id and the skill's, the
/// canonical one.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN for anyone but the person; ILLEGAL_STATE of a proposed skill; INVALID interest;
/// CONFLICT.
pub async fn set_skill_interest(
    store: &Store,
    command: Command,
    input: SetSkillInterest,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::SetSkillInterest;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let person = PersonId::from_uuid(input.person_id);
        visible(&write, person, SkillId::from_uuid(input.skill_id)).await?;
        let people = [person].into();
        let raised = lock(&write, &people).await?;
        may(&write, person).await?;
        let interest = checked(&write, person, &input).await?;
        check_revision(&raised, &people, input.expected_revision)?;
        store_change(&write, interest).await?;
        audit(&write, &people).await?;
        Ok((write, Written { ids: vec![person.uuid(), interest.skill_id.uuid()] }))
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
    const ACTION: Action = Action::SetSkillInterest;
    let facts = write.tx.person_facts(&write.scope, &[person]).await?;
    let facts = facts.get(&person).ok_or_else(|| Refusal::not_found("personId"))?;
    if !write.scope.actor().permits(ACTION, &Target::Person(facts)) {
        return Err(Refusal::forbidden("personId").into());
    }
    if !allows(ACTION, &Target::Person(facts)) {
        let reason = format!("The person is {}.", facts.status.as_str());
        return Err(Refusal::new(RefusalCode::IllegalState, "personId", reason).into());
    }
    Ok(())
}

async fn checked(
    write: &Write,
    person: PersonId,
    input: &SetSkillInterest,
) -> Result<SkillInterest, Failure> {
    let named = SkillId::from_uuid(input.skill_id);
    let held = write.tx.hold_redirects(&[named]).await?;
    let skill_id = canonical(&held, named);
    let skill = write.tx.skills_by_id(&write.scope, &[skill_id]).await?.pop();
    let skill = skill.ok_or_else(|| Refusal::not_found("skillId"))?;
    let mut checks = Checks::default();
    // A deprecated skill is let through: an interest in it can still be taken back.
    if skill.status == SkillStatus::Proposed {
        checks.refuse(RefusalCode::IllegalState, "skillId", "names a skill that is PROPOSED");
    }
    let interest = Interest::new(input.interest.into()).map_err(|_| "must be 0 to 5");
    let interest = checks.keep("interest", interest);
    checks.done()?;
    let interest = interest.ok_or_else(|| Refusal::not_found("interest"))?;
    Ok(SkillInterest { person_id: person, skill_id, interest, since: write.now() })
}

/// An interest that was there already goes on since when it was.
async fn store_change(write: &Write, new: SkillInterest) -> Result<(), Failure> {
    let interests = write.tx.interests_of(&[new.person_id]).await?;
    let same = |old: &SkillInterest| old.skill_id == new.skill_id && old.interest == new.interest;
    if !interests.values().flatten().any(same) {
        write.tx.set_skill_interest(&new).await?;
    }
    Ok(())
}
