//! `openAssessmentRound`: a team is asked to be assessed in some skills by a day.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        rounds::{root_of, skills::asked},
    },
    domain::{
        ids::TeamId,
        policy::actions::{Action, Target, allows},
        revisions::{Aggregate, Root},
        rounds::AssessmentRound,
        time::Timestamp,
        values::name,
    },
    store::Store,
};

/// A round to open.
#[derive(Debug, Clone, Serialize)]
pub struct OpenAssessmentRound {
    /// Whose members.
    pub team_id: Uuid,
    /// 1–200 characters.
    pub name: String,
    /// In what; or as `role_profile_id` requires.
    pub skill_ids: Option<Vec<Uuid>>,
    /// In what its published version requires.
    pub role_profile_id: Option<Uuid>,
    /// By when, later than now.
    pub due_at: Timestamp,
}

const ACTION: Action = Action::OpenAssessmentRound;

/// Opens a round. The payload shows its id.
///
/// # Errors
/// NOT_FOUND of team, skills or profile; FORBIDDEN; ILLEGAL_STATE of an archived team or a skill that nobody
/// rates; INVALID name, day or choice of skills; LIMIT.
pub async fn open_assessment_round(
    store: &Store,
    command: Command,
    input: OpenAssessmentRound,
) -> Result<Written, Failure> {
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let team = TeamId::from_uuid(input.team_id);
        write.tx.raise(&[Root::of(Aggregate::Team, team)].into()).await?;
        may(&write, team).await?;
        let skills = asked(&write, input.skill_ids.as_deref(), input.role_profile_id).await?;
        let round = checked(&write, &input)?;
        write.tx.insert_rounds(std::slice::from_ref(&round)).await?;
        write.tx.set_round_skills(round.id, &skills).await?;
        write.audit(root_of(round.id)).await?;
        Ok((write, Written { ids: vec![round.id.uuid()] }))
    })
    .await
}

async fn may(write: &Write, team: TeamId) -> Result<(), Failure> {
    const FIELD: &str = "teamId";
    if write.tx.teams_by_id(&write.scope, &[team]).await?.is_empty() {
        return Err(Refusal::not_found(FIELD).into());
    }
    let facts = write.tx.team_facts(&write.scope, &[team]).await?.remove(&team);
    let facts = facts.ok_or_else(|| Refusal::not_found(FIELD))?;
    if !write.scope.actor().permits(ACTION, &Target::Team(&facts)) {
        return Err(Refusal::forbidden(FIELD).into());
    }
    if !allows(ACTION, &Target::Team(&facts)) {
        return Err(Refusal::new(RefusalCode::IllegalState, FIELD, "The team is archived.").into());
    }
    Ok(())
}

fn checked(write: &Write, input: &OpenAssessmentRound) -> Result<AssessmentRound, Vec<Refusal>> {
    let mut checks = Checks::default();
    let name = checks.keep("name", name(&input.name)).unwrap_or_default();
    checks.hold("dueAt", input.due_at > write.now(), "must be later than now");
    checks.done()?;
    Ok(AssessmentRound {
        id: ids::fresh(write.now()),
        team_id: TeamId::from_uuid(input.team_id),
        name,
        opened_at: write.now(),
        opened_by: write.scope.actor().speaker(),
        due_at: input.due_at,
        closed_at: None,
        closed_by: None,
        revision: 1,
    })
}
