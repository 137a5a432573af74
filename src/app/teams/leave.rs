//! `endTeamMembership`: a person's stay in a team ends; history keeps it.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Written,
        command::{self, seen},
        teams::{
            root_of,
            stay::{check_end, open_stay, roots_of},
        },
    },
    domain::{policy::actions::Action, revisions::Revision, time::Timestamp},
    store::Store,
};

/// A stay to end.
#[derive(Debug, Clone, Serialize)]
pub struct EndTeamMembership {
    /// Which.
    pub membership_id: Uuid,
    /// The first instant after it; now when absent. It can lie before or after now.
    pub valid_to: Option<Timestamp>,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Ends a stay. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE when it has its end; INVALID before it began; CONFLICT.
pub async fn end_team_membership(
    store: &Store,
    command: Command,
    input: EndTeamMembership,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::EndTeamMembership;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (stay, raised) = open_stay(&write, input.membership_id, ACTION).await?;
        let at = input.valid_to.unwrap_or(write.now());
        check_end(&stay, at, "validTo")?;
        seen(&raised, root_of(stay.team_id), input.expected_revision)?;
        write.tx.close_stays(&[stay.id], at).await?;
        write.audit_each(roots_of(&stay)).await?;
        Ok((write, Written { ids: vec![stay.id.uuid()] }))
    })
    .await
}
