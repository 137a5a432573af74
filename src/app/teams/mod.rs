//! Use cases on teams: their names, their tree, their end, who is in them, and what they are asked to be able to do.
//!
//! Each one locks the roots concerned before it judges, so that what it judges by still holds when it
//! writes. Revisions are compared last, when all else is right.

mod archive;
mod create;
mod join;
mod leave;
mod reassign;
mod relocate;
mod rename;
mod stay;
mod targets;

pub use archive::{ArchiveTeam, archive_team};
pub use create::{CreateTeam, create_team};
pub use join::{AddTeamMember, add_team_member};
pub use leave::{EndTeamMembership, end_team_membership};
pub use reassign::{UpdateTeamMembership, update_team_membership};
pub use relocate::{MoveTeam, move_team};
pub use rename::{UpdateTeam, update_team};
pub use targets::{
    RemoveTeamSkillTarget, SetTeamSkillTarget, remove_team_skill_target, set_team_skill_target,
};

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::TeamId,
        policy::{
            actions::{Action, Target, allows},
            facts::TeamFacts,
        },
        revisions::{Aggregate, Revisions, Root},
        teams::{Team, TeamStatus},
    },
    store::StoreError,
};

/// Locks and raises roots. Whether they exist is judged afterwards, by what the viewer sees.
///
/// PERSON and TEAM roots are locked in that order, and TEAM_TREE before any of them: two writes never
/// wait for each other.
async fn lock(write: &Write, roots: impl IntoIterator<Item = Root>) -> Result<Revisions, Failure> {
    Ok(write.tx.raise(&roots.into_iter().collect()).await?)
}

fn root_of(team: TeamId) -> Root {
    Root::of(Aggregate::Team, team)
}

/// The team named at `field`, if the viewer sees it.
async fn visible(write: &Write, id: TeamId, field: &str) -> Result<Team, Failure> {
    let seen = write.tx.teams_by_id(&write.scope, &[id]).await?.pop();
    Ok(seen.ok_or_else(|| Refusal::not_found(field))?)
}

/// Whether the viewer may take `action` on a team they see, and then whether its state allows it. Ask
/// under the team's lock.
async fn judge(write: &Write, id: TeamId, action: Action, field: &str) -> Result<(), Failure> {
    let facts = write.tx.team_facts(&write.scope, &[id]).await?.remove(&id);
    let facts = facts.ok_or_else(|| Refusal::not_found(field))?;
    if !write.scope.actor().permits(action, &Target::Team(&facts)) {
        return Err(Refusal::forbidden(field).into());
    }
    if !allows(action, &Target::Team(&facts)) {
        return Err(Refusal::new(RefusalCode::IllegalState, field, reason(action, &facts)).into());
    }
    Ok(())
}

fn reason(action: Action, team: &TeamFacts) -> &'static str {
    match (action, team.status) {
        (Action::ArchiveTeam, TeamStatus::Active) => {
            "The team still has members or teams below it. End the memberships and move the teams first."
        }
        _ => "The team is archived.",
    }
}

/// Whether teams can be hung below this one. Ask under its lock.
fn takes_teams(parent: &Team) -> Result<(), Refusal> {
    if parent.status == TeamStatus::Active {
        return Ok(());
    }
    Err(Refusal::new(RefusalCode::IllegalState, "parentId", "The team above is archived."))
}

/// A slug that somebody else has is the client's to mend; anything else is a fault.
fn taken(error: StoreError) -> Failure {
    if error.violates("team", "slug") {
        return Refusal::new(RefusalCode::Taken, "slug", "Another team has this slug.").into();
    }
    error.into()
}
