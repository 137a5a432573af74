//! `moveTeam`: a team, with everything below it, is hung below another one or to the top. History keeps
//! where it was.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        ids,
        teams::{judge, lock, root_of, takes_teams, visible},
    },
    domain::{
        ids::TeamId,
        policy::actions::Action,
        revisions::{Revision, Root},
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
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Moves a team, from now on. The payload shows its id.
///
/// # Errors
/// NOT_FOUND of the team or the one above; FORBIDDEN; ILLEGAL_STATE of either; CYCLE; CONFLICT.
pub async fn move_team(store: &Store, command: Command, input: MoveTeam) -> Result<Written, Failure> {
    const ACTION: Action = Action::MoveTeam;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (id, parent) = (TeamId::from_uuid(input.team_id), input.parent_id.map(TeamId::from_uuid));
        // Under the tree's lock nobody else moves a team, so that the team above is still above below.
        lock(&write, [Root::TEAM_TREE]).await?;
        // Both ends of the move, so that a subtree's readers notice a team that comes or goes.
        let above = write.tx.team_above(id).await?;
        let raised = lock(&write, above.into_iter().chain(parent).chain([id]).map(root_of)).await?;
        visible(&write, id, "teamId").await?;
        let target = match parent {
            Some(parent) => Some(visible(&write, parent, "parentId").await?),
            None => None,
        };
        judge(&write, id, ACTION, "teamId").await?;
        if parent != above {
            relink(&write, id, target.as_ref()).await?;
        }
        seen(&raised, root_of(id), input.expected_revision)?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.team_id] }))
    })
    .await
}

/// Closes the old place and opens the new one, under the tree's lock.
async fn relink(write: &Write, team_id: TeamId, parent: Option<&Team>) -> Result<(), Failure> {
    if let Some(parent) = parent {
        takes_teams(parent)?;
        if write.tx.is_in_subtree(team_id, parent.id).await? {
            let rule = "A team cannot be below itself or a team below it.";
            return Err(Refusal::new(RefusalCode::Cycle, "parentId", rule).into());
        }
    }
    let from = write.tx.close_team_link(team_id, write.now()).await?;
    let id = ids::fresh_uuid(write.now());
    let valid = Interval { from, to: None };
    let link = parent.map(|parent| TeamLink { id, team_id, parent_id: parent.id, valid });
    Ok(write.tx.insert_team_links(link.as_slice()).await?)
}
