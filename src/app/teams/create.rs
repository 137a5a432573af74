//! `createTeam`: a team is founded, below another one or at the top.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, Write, Written, command, ids,
        teams::{lock, root_of, taken, takes_teams, visible},
    },
    domain::{
        ids::TeamId,
        policy::actions::{Action, Target},
        teams::{Team, TeamStatus},
        text,
        time::Interval,
        values,
    },
    store::{Store, TeamLink},
};

/// A team to found.
#[derive(Debug, Clone, Serialize)]
pub struct CreateTeam {
    /// 1–200 characters.
    pub name: String,
    /// Unique; made from the name when absent.
    pub slug: Option<String>,
    /// The team above; at the top when absent.
    pub parent_id: Option<Uuid>,
}

/// Founds a team. The payload shows its id.
///
/// # Errors
/// FORBIDDEN; NOT_FOUND or archived parent; INVALID name or slug; TAKEN slug.
pub async fn create_team(store: &Store, command: Command, input: CreateTeam) -> Result<Written, Failure> {
    command::run(store, command, Action::CreateTeam.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreateTeam, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        if let Some(parent) = input.parent_id.map(TeamId::from_uuid) {
            lock(&write, [root_of(parent)]).await?;
            takes_teams(&visible(&write, parent, "parentId").await?)?;
        }
        let team = checked(&write, &input)?;
        write.tx.insert_teams(std::slice::from_ref(&team)).await.map_err(taken)?;
        write.tx.insert_team_links(&links(&write, &team)).await?;
        write.audit(root_of(team.id)).await?;
        Ok((write, Written { ids: vec![team.id.uuid()] }))
    })
    .await
}

fn checked(write: &Write, input: &CreateTeam) -> Result<Team, Failure> {
    let mut checks = Checks::default();
    let name = checks.keep("name", values::name(&input.name));
    // The slug that a bad name would suggest is no second fault of the client.
    let slug = match (&input.slug, &name) {
        (Some(slug), _) => checks.keep("slug", values::slug(slug)),
        (None, Some(name)) => {
            let suggested = values::slug(&text::slug_of(name));
            checks.keep("slug", suggested.map_err(|_| "must be given: the name suggests none"))
        }
        (None, None) => None,
    };
    checks.done()?;
    Ok(Team {
        id: ids::fresh(write.now()),
        name: name.unwrap_or_default(),
        slug: slug.unwrap_or_default(),
        status: TeamStatus::Active,
        parent_id: input.parent_id.map(TeamId::from_uuid),
        revision: 1,
    })
}

fn links(write: &Write, team: &Team) -> Vec<TeamLink> {
    let valid = Interval { from: write.now(), to: None };
    let link = team.parent_id.map(|parent_id| TeamLink {
        id: ids::fresh_uuid(write.now()),
        team_id: team.id,
        parent_id,
        valid,
    });
    link.into_iter().collect()
}
