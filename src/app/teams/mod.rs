//! Use cases on teams: their names, their tree, their end, and who is in them.

mod create;
mod relocate;

pub use create::{CreateTeam, create_team};
pub use relocate::{MoveTeam, move_team};

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::TeamId,
        policy::{
            actions::{Action, Target, allows},
            facts::TeamFacts,
        },
        teams::{Team, TeamStatus},
    },
};

/// The team named at `field`, on which the viewer may take `action`, in the order of refusal: visible,
/// may, state.
async fn team_for(
    write: &Write,
    id: TeamId,
    action: Action,
    field: &str,
) -> Result<(Team, TeamFacts), Failure> {
    let seen = write.tx.teams_by_id(&write.scope, &[id]).await?.pop();
    let team = seen.ok_or_else(|| Refusal::not_found(field))?;
    let facts = write.tx.team_facts(&write.scope, &[id]).await?.remove(&id);
    let facts = facts.ok_or_else(|| Refusal::not_found(field))?;
    if !write.scope.actor().permits(action, &Target::Team(&facts)) {
        return Err(Refusal::forbidden(field).into());
    }
    if !allows(action, &Target::Team(&facts)) {
        return Err(Refusal::new(RefusalCode::IllegalState, field, reason(action, &facts)).into());
    }
    Ok((team, facts))
}

fn reason(action: Action, team: &TeamFacts) -> &'static str {
    match (action, team.status) {
        (Action::ArchiveTeam, TeamStatus::Active) => {
            "The team still has members or teams below it. End the memberships and move the teams first."
        }
        _ => "The team is archived.",
    }
}

/// The team above, named at `parentId`: visible and at work.
async fn parent_for(write: &Write, id: TeamId) -> Result<Team, Failure> {
    let seen = write.tx.teams_by_id(&write.scope, &[id]).await?.pop();
    let parent = seen.ok_or_else(|| Refusal::not_found("parentId"))?;
    if parent.status != TeamStatus::Active {
        let rule = "The team above is archived.";
        return Err(Refusal::new(RefusalCode::IllegalState, "parentId", rule).into());
    }
    Ok(parent)
}
