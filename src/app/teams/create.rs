//! `createTeam`: a team is founded, below another one or at the top.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Checks, Command, Failure, Refusal, RefusalCode, Write, Written, command, ids, teams::parent_for},
    domain::{
        ids::TeamId,
        policy::actions::{Action, Target},
        revisions::{Aggregate, Root},
        teams::{Team, TeamStatus},
        text,
        time::Interval,
        values,
    },
    store::{Store, StoreError, TeamLink},
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
/// FORBIDDEN; INVALID name or slug; TAKEN slug; NOT_FOUND or archived parent.
pub async fn create_team(store: &Store, command: Command, input: CreateTeam) -> Result<Written, Failure> {
    command::run(store, command, Action::CreateTeam.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreateTeam, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        let team = checked(&write, &input)?;
        if let Some(parent) = team.parent_id {
            parent_for(&write, parent).await?;
            write.raise(Root::of(Aggregate::Team, parent), [], None).await?;
        }
        write.tx.insert_teams(std::slice::from_ref(&team)).await.map_err(taken)?;
        write.tx.insert_team_links(&links(&write, &team)).await?;
        let root = Root::of(Aggregate::Team, team.id);
        write.audit(root).await?;
        Ok((write, Written { ids: vec![root.id] }))
    })
    .await
}

fn checked(write: &Write, input: &CreateTeam) -> Result<Team, Failure> {
    let mut checks = Checks::default();
    let slug = input.slug.clone().unwrap_or_else(|| text::slug_of(&input.name));
    let name = checks.keep("name", values::name(&input.name)).unwrap_or_default();
    let slug = checks.keep("slug", values::slug(&slug)).unwrap_or_default();
    checks.done()?;
    Ok(Team {
        id: ids::fresh(write.now()),
        name,
        slug,
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

/// A slug that somebody else has is the client's to mend; anything else is a fault.
pub(super) fn taken(error: StoreError) -> Failure {
    if error.violates("team", "slug") {
        return Refusal::new(RefusalCode::Taken, "slug", "Another team has this slug.").into();
    }
    error.into()
}
