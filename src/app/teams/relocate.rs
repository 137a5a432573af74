//! `moveTeam`: a team, with everything below it, is hung below another one or to the top. History keeps
//! where it was.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        teams::{parent_for, team_for},
    },
    domain::{
        ids::TeamId,
        policy::actions::Action,
        revisions::{Aggregate, Revision, Root},
        teams::Team,
        time::Interval,
    },
    store::{Store, TeamLink},
};

/// Where a team goes.
#[derive(Debug, Clone, Serialize)]
pub struct MoveTeam {
    /// The team.
    pub team_id: Uuid,
    /// The team above from now on; at the top when absent.
    pub parent_id: Option<Uuid>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Moves a team, from now on. The payload shows its id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the team or the one above; CYCLE; CONFLICT.
pub async fn move_team(store: &Store, command: Command, input: MoveTeam) -> Result<Written, Failure> {
    command::run(store, command, Action::MoveTeam.as_str(), input, |write, input| async move {
        let id = TeamId::from_uuid(input.team_id);
        let (team, _) = team_for(&write, id, Action::MoveTeam, "teamId").await?;
        let parent = input.parent_id.map(TeamId::from_uuid);
        // Both ends of the move, so that a subtree's readers notice a team that comes or goes.
        let ends = [team.parent_id, parent].into_iter().flatten();
        let ends: Vec<Root> = ends.map(|end| Root::of(Aggregate::Team, end)).collect();
        if let Some(parent) = parent {
            parent_for(&write, parent).await?;
        }
        let root = Root::of(Aggregate::Team, id);
        write.raise(root, ends.into_iter().chain([Root::TEAM_TREE]), input.expected_revision).await?;
        relink(&write, &team, parent).await?;
        write.audit(root).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// Closes the old place and opens the new one, under the tree's lock.
async fn relink(write: &Write, team: &Team, parent: Option<TeamId>) -> Result<(), Failure> {
    if let Some(parent) = parent
        && write.tx.is_in_subtree(team.id, parent).await?
    {
        let rule = "A team cannot be below itself or a team below it.";
        return Err(Refusal::new(RefusalCode::Cycle, "parentId", rule).into());
    }
    let from = write.tx.close_team_link(team.id, write.now()).await?;
    let id = ids::fresh_uuid(write.now());
    let valid = Interval { from, to: None };
    let link = parent.map(|parent_id| TeamLink { id, team_id: team.id, parent_id, valid });
    Ok(write.tx.insert_team_links(link.as_slice()).await?)
}
