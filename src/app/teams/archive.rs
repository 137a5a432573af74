//! `archiveTeam`: an empty team is closed, and kept for its history.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Written,
        command::{self, seen},
        teams::{judge, lock, root_of, visible},
    },
    domain::{
        ids::TeamId,
        policy::actions::Action,
        revisions::{Revision, Root},
        teams::{Team, TeamStatus},
    },
    store::Store,
};

/// A team to close.
#[derive(Debug, Clone, Serialize)]
pub struct ArchiveTeam {
    /// The team.
    pub team_id: Uuid,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Archives a team; it keeps its place in the tree. The payload shows its id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN; ILLEGAL_STATE when it is archived, or has members or active teams below it;
/// CONFLICT.
pub async fn archive_team(store: &Store, command: Command, input: ArchiveTeam) -> Result<Written, Failure> {
    const ACTION: Action = Action::ArchiveTeam;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = TeamId::from_uuid(input.team_id);
        lock(&write, [Root::TEAM_TREE]).await?;
        // The team above too, so that its readers notice.
        let above = write.tx.team_above(id).await?;
        let raised = lock(&write, above.into_iter().chain([id]).map(root_of)).await?;
        let team = visible(&write, id, "teamId").await?;
        judge(&write, id, ACTION, "teamId").await?;
        write.tx.update_team(&Team { status: TeamStatus::Archived, ..team }).await?;
        seen(&raised, root_of(id), input.expected_revision)?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.team_id] }))
    })
    .await
}
