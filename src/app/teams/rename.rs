//! `updateTeam`: a team gets another name or slug.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Written,
        command::{self, seen},
        teams::{judge, lock, root_of, taken, visible},
    },
    domain::{ids::TeamId, policy::actions::Action, revisions::Revision, teams::Team, values},
    store::Store,
};

/// What changes of a team; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateTeam {
    /// The team.
    pub team_id: Uuid,
    /// 1–200 characters.
    pub name: Option<String>,
    /// Unique. It does not follow the name: addresses last.
    pub slug: Option<String>,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Changes a team. The payload shows its id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the team; INVALID name or slug; TAKEN slug; CONFLICT.
pub async fn update_team(store: &Store, command: Command, input: UpdateTeam) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateTeam;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = TeamId::from_uuid(input.team_id);
        let raised = lock(&write, [root_of(id)]).await?;
        let team = visible(&write, id, "teamId").await?;
        judge(&write, id, ACTION, "teamId").await?;
        write.tx.update_team(&checked(team, &input)?).await.map_err(taken)?;
        seen(&raised, root_of(id), input.expected_revision)?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![input.team_id] }))
    })
    .await
}

fn checked(team: Team, input: &UpdateTeam) -> Result<Team, Failure> {
    let mut checks = Checks::default();
    let name = checks.keep_some("name", input.name.as_deref(), values::name);
    let slug = checks.keep_some("slug", input.slug.as_deref(), values::slug);
    checks.done()?;
    Ok(Team { name: name.unwrap_or(team.name), slug: slug.unwrap_or(team.slug), ..team })
}
