//! `setTeamSkillTarget`, `removeTeamSkillTarget`: what a team is asked to be able to do.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        teams::{judge, lock, root_of, visible},
    },
    domain::{
        coverage::{MOST_TARGETS, Target},
        ids::{SkillId, TeamId},
        levels::Level,
        policy::actions::Action,
        revisions::Revision,
        skills::SkillStatus,
    },
    store::Store,
};

/// A target of a team.
#[derive(Debug, Clone, Serialize)]
pub struct SetTeamSkillTarget {
    /// Whose.
    pub team_id: Uuid,
    /// In what. A merged skill counts as the one it was merged into.
    pub skill_id: Uuid,
    /// 1–5.
    pub level: i32,
    /// 1–1,000.
    pub head_count: i32,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// A target that is none any longer.
#[derive(Debug, Clone, Serialize)]
pub struct RemoveTeamSkillTarget {
    /// Whose.
    pub team_id: Uuid,
    /// In what.
    pub skill_id: Uuid,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Sets a target, in the place of the one the team has for the skill. The payload shows the team's id and
/// the skill's, the canonical one.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE of an archived team or a skill out of use; INVALID level or head
/// count; LIMIT; CONFLICT.
pub async fn set_team_skill_target(
    store: &Store,
    command: Command,
    input: SetTeamSkillTarget,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::SetTeamSkillTarget;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let team = TeamId::from_uuid(input.team_id);
        let raised = lock(&write, [root_of(team)]).await?;
        let skill_id = named(&write, team, input.skill_id).await?;
        judge(&write, team, ACTION, "teamId").await?;
        let target = checked(&write, skill_id, &input).await?;
        let held = write.tx.skill_targets_of(&[team]).await?.remove(&team).unwrap_or_default();
        if held.len() >= MOST_TARGETS && held.iter().all(|one| one.skill_id != skill_id) {
            let rule = format!("A team has at most {MOST_TARGETS} targets.");
            return Err(Refusal::new(RefusalCode::Limit, "skillId", rule).into());
        }
        seen(&raised, root_of(team), input.expected_revision)?;
        write.tx.remove_skill_target(team, skill_id).await?;
        write.tx.insert_skill_targets(&[(team, target)]).await?;
        write.audit(root_of(team)).await?;
        Ok((write, Written { ids: vec![input.team_id, skill_id.uuid()] }))
    })
    .await
}

/// Takes a target away; one that the team does not have is gone already. The payload shows the team's id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE of an archived team; CONFLICT.
pub async fn remove_team_skill_target(
    store: &Store,
    command: Command,
    input: RemoveTeamSkillTarget,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::RemoveTeamSkillTarget;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let team = TeamId::from_uuid(input.team_id);
        let raised = lock(&write, [root_of(team)]).await?;
        let skill_id = named(&write, team, input.skill_id).await?;
        judge(&write, team, ACTION, "teamId").await?;
        seen(&raised, root_of(team), input.expected_revision)?;
        write.tx.remove_skill_target(team, skill_id).await?;
        write.audit(root_of(team)).await?;
        Ok((write, Written { ids: vec![input.team_id] }))
    })
    .await
}

/// What the skill reads as today, if the viewer sees team and skill. Nobody merges it meanwhile.
async fn named(write: &Write, team: TeamId, skill: Uuid) -> Result<SkillId, Failure> {
    visible(write, team, "teamId").await?;
    let skill = SkillId::from_uuid(skill);
    if write.tx.skills_by_id(&write.scope, &[skill]).await?.is_empty() {
        return Err(Refusal::not_found("skillId").into());
    }
    let held = write.tx.hold_redirects(&[skill]).await?;
    Ok(held.get(&skill).copied().unwrap_or(skill))
}

async fn checked(write: &Write, skill_id: SkillId, input: &SetTeamSkillTarget) -> Result<Target, Failure> {
    let skill = write.tx.skills_by_id(&write.scope, &[skill_id]).await?.pop();
    let skill = skill.ok_or_else(|| Refusal::not_found("skillId"))?;
    let mut checks = Checks::default();
    if skill.status != SkillStatus::Active {
        let rule = format!("names a skill that is {}", skill.status.as_str());
        checks.refuse(RefusalCode::IllegalState, "skillId", &rule);
    }
    let level = Level::new(input.level.into()).ok().filter(|level| level.value() >= 1);
    let level = checks.keep("level", level.ok_or("must be 1 to 5"));
    let head_count = u32::try_from(input.head_count).ok().filter(|count| (1..=1_000).contains(count));
    let head_count = checks.keep("headCount", head_count.ok_or("must be 1 to 1,000"));
    checks.done()?;
    let (level, head_count) = level.zip(head_count).ok_or_else(|| Refusal::not_found("level"))?;
    Ok(Target { skill_id, level, head_count })
}
