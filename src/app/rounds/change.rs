//! `updateAssessmentRound` and `closeAssessmentRound`: an open round changes, or is over.

use chrono::TimeDelta;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        rounds::{root_of, skills::asked},
    },
    domain::{
        ids::AssessmentRoundId,
        policy::{
            actions::{Action, Target, allows},
            facts::RoundFacts,
        },
        revisions::{Revision, Revisions},
        rounds::AssessmentRound,
        time::Timestamp,
        values::name,
    },
    store::Store,
};

/// What changes of a round; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateAssessmentRound {
    /// Which.
    pub round_id: Uuid,
    /// 1–200 characters.
    pub name: Option<String>,
    /// Exactly these from now on.
    pub skill_ids: Option<Vec<Uuid>>,
    /// By when, later than now.
    pub due_at: Option<Timestamp>,
    /// The revision of the round that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// A round to close.
#[derive(Debug, Clone, Serialize)]
pub struct CloseAssessmentRound {
    /// Which.
    pub round_id: Uuid,
    /// The revision of the round that the client has seen.
    pub expected_revision: Option<Revision>,
}

const FIELD: &str = "roundId";

/// Changes an open round. The payload shows its id.
///
/// # Errors
/// NOT_FOUND of round or skills; FORBIDDEN; ILLEGAL_STATE of a closed round or a skill that nobody rates;
/// INVALID name or day; LIMIT; CONFLICT.
pub async fn update_assessment_round(
    store: &Store,
    command: Command,
    input: UpdateAssessmentRound,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateAssessmentRound;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (round, raised) = open(&write, input.round_id, ACTION).await?;
        let skills = match &input.skill_ids {
            Some(named) => Some(asked(&write, Some(named), None).await?),
            None => None,
        };
        let changed = checked(&write, round, &input)?;
        seen(&raised, root_of(changed.id), input.expected_revision)?;
        write.tx.update_round(&changed).await?;
        if let Some(skills) = skills {
            write.tx.set_round_skills(changed.id, &skills).await?;
        }
        write.audit(root_of(changed.id)).await?;
        Ok((write, Written { ids: vec![input.round_id] }))
    })
    .await
}

/// Closes a round now: what is observed later does not count for it. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE of a closed round; CONFLICT.
pub async fn close_assessment_round(
    store: &Store,
    command: Command,
    input: CloseAssessmentRound,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::CloseAssessmentRound;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (round, raised) = open(&write, input.round_id, ACTION).await?;
        seen(&raised, root_of(round.id), input.expected_revision)?;
        // It was open for at least a microsecond.
        let at = write.now().max(round.opened_at + TimeDelta::microseconds(1));
        let closed_by = write.scope.actor().speaker();
        write.tx.update_round(&AssessmentRound { closed_at: Some(at), closed_by, ..round }).await?;
        write.audit(root_of(AssessmentRoundId::from_uuid(input.round_id))).await?;
        Ok((write, Written { ids: vec![input.round_id] }))
    })
    .await
}

/// The round, locked, if the viewer may do `action` to it: visible, may, state.
async fn open(write: &Write, id: Uuid, action: Action) -> Result<(AssessmentRound, Revisions), Failure> {
    let id = AssessmentRoundId::from_uuid(id);
    let raised = write.tx.raise(&[root_of(id)].into()).await?;
    let round = write.tx.rounds_by_id(&write.scope, &[id]).await?.pop();
    let round = round.ok_or_else(|| Refusal::not_found(FIELD))?;
    let facts = RoundFacts { team_id: round.team_id, closed: round.closed_at.is_some() };
    if !write.scope.actor().permits(action, &Target::Round(&facts)) {
        return Err(Refusal::forbidden(FIELD).into());
    }
    if !allows(action, &Target::Round(&facts)) {
        return Err(Refusal::new(RefusalCode::IllegalState, FIELD, "The round is closed.").into());
    }
    Ok((round, raised))
}

fn checked(
    write: &Write,
    round: AssessmentRound,
    input: &UpdateAssessmentRound,
) -> Result<AssessmentRound, Vec<Refusal>> {
    let mut checks = Checks::default();
    let renamed = checks.keep_some("name", input.name.as_deref(), name).unwrap_or(round.name);
    let later = input.due_at.is_none_or(|at| at > write.now());
    checks.hold("dueAt", later, "must be later than now");
    checks.done()?;
    Ok(AssessmentRound { name: renamed, due_at: input.due_at.unwrap_or(round.due_at), ..round })
}
