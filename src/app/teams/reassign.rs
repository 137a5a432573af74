//! `updateTeamMembership`: a person's role or share in a team changes. The stay so far is closed and
//! another one opened, so that history keeps what they were.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Write, Written,
        command::{self, seen},
        ids,
        teams::{
            root_of,
            stay::{check_allocation, check_end, open_stay, roots_of},
        },
    },
    domain::{
        policy::actions::Action,
        revisions::Revision,
        teams::{TeamMembership, TeamRole},
        time::{Interval, Timestamp},
    },
    store::Store,
};

/// What changes of a stay; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateTeamMembership {
    /// Which.
    pub membership_id: Uuid,
    /// What the person is there from then on.
    pub role: Option<TeamRole>,
    /// Share of a full-time week from then on, 1–100.
    pub allocation_pct: Option<i32>,
    /// From when; now when absent. After the stay began.
    pub valid_from: Option<Timestamp>,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Changes a stay from an instant on. The payload shows the id of the stay that begins then; that of the
/// old one when nothing of it changes.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE when it has its end; INVALID share, or an instant before it began;
/// CONFLICT.
pub async fn update_team_membership(
    store: &Store,
    command: Command,
    input: UpdateTeamMembership,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdateTeamMembership;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (stay, raised) = open_stay(&write, input.membership_id, ACTION).await?;
        let next = checked(&write, &stay, &input)?;
        seen(&raised, root_of(stay.team_id), input.expected_revision)?;
        write.audit_each(roots_of(&stay)).await?;
        if (next.role, next.allocation_pct) == (stay.role, stay.allocation_pct) {
            return Ok((write, Written { ids: vec![stay.id.uuid()] }));
        }
        write.tx.close_stays(&[stay.id], next.valid.from).await?;
        write.tx.insert_memberships(std::slice::from_ref(&next)).await?;
        Ok((write, Written { ids: vec![next.id.uuid()] }))
    })
    .await
}

fn checked(
    write: &Write,
    stay: &TeamMembership,
    input: &UpdateTeamMembership,
) -> Result<TeamMembership, Failure> {
    let mut checks = Checks::default();
    let allocation_pct = input.allocation_pct.unwrap_or(stay.allocation_pct);
    check_allocation(&mut checks, allocation_pct);
    checks.done()?;
    let from = input.valid_from.unwrap_or(write.now());
    check_end(stay, from, "validFrom")?;
    Ok(TeamMembership {
        id: ids::fresh(write.now()),
        role: input.role.unwrap_or(stay.role),
        allocation_pct,
        valid: Interval { from, to: None },
        ..stay.clone()
    })
}
