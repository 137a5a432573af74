//! `deactivatePerson`: somebody left. Their stays in teams and their role profiles end; their history
//! and the skills they own stay.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Write, Written,
        command::{self, seen},
        people::{
            holdings::{end_of, replace},
            lock, person_for, root_of,
        },
    },
    domain::{
        ids::{PersonId, TeamMembershipId},
        people::{Person, PersonStatus},
        policy::actions::Action,
        revisions::{Aggregate, Revision, Root},
        teams::TeamMembership,
        time::Timestamp,
    },
    store::Store,
};

/// A person who left.
#[derive(Debug, Clone, Serialize)]
pub struct DeactivatePerson {
    /// Who.
    pub person_id: Uuid,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Deactivates a person. The payload shows their id.
///
/// A stay that has not begun lasts a microsecond from its beginning: dated rows are not deleted. One that
/// has its end already keeps it; nobody who left counts in a team.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN; ILLEGAL_STATE when they left already; CONFLICT.
pub async fn deactivate_person(
    store: &Store,
    command: Command,
    input: DeactivatePerson,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::DeactivatePerson;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = PersonId::from_uuid(input.person_id);
        // Under the person's lock no stay begins; their teams come after them in the order of locks.
        let raised = lock(&write, [root_of(id)]).await?;
        let person = person_for(&write, id, ACTION).await?;
        seen(&raised, root_of(id), input.expected_revision)?;
        let teams = leave_teams(&write, id).await?;
        replace(&write, id, BTreeSet::new()).await?;
        write.tx.update_person(&Person { status: PersonStatus::Inactive, ..person }).await?;
        write.audit_each(teams.into_iter().chain([root_of(id)])).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// Ends what the person has open, and tells which teams they are missing from now.
async fn leave_teams(write: &Write, id: PersonId) -> Result<BTreeSet<Root>, Failure> {
    let mut stays: Vec<TeamMembership> = write.tx.stays_of(id).await?;
    stays.retain(|stay| stay.valid.to.is_none_or(|to| to > write.now()));
    if stays.is_empty() {
        return Ok(BTreeSet::new());
    }
    let teams: BTreeSet<Root> = stays.iter().map(|stay| Root::of(Aggregate::Team, stay.team_id)).collect();
    lock(write, teams.clone()).await?;
    let mut closing: BTreeMap<Timestamp, Vec<TeamMembershipId>> = BTreeMap::new();
    for stay in stays.iter().filter(|stay| stay.valid.to.is_none()) {
        closing.entry(end_of(&stay.valid, write.now())).or_default().push(stay.id);
    }
    for (at, ids) in closing {
        write.tx.close_stays(&ids, at).await?;
    }
    Ok(teams)
}
