//! What the use cases on memberships share: the stay they change, locked and judged, and its dates.

use uuid::Uuid;

use crate::{
    app::{
        Checks, Failure, Refusal, RefusalCode, Write,
        teams::{lock, root_of},
    },
    domain::{
        ids::{PersonId, TeamMembershipId},
        policy::{
            actions::{Action, Target, allows},
            facts::MembershipFacts,
        },
        revisions::{Aggregate, Revisions, Root},
        teams::TeamMembership,
        time::Timestamp,
    },
};

/// The roots of a stay: its team and its person.
pub(super) fn roots_of(stay: &TeamMembership) -> [Root; 2] {
    [root_of(stay.team_id), person_root(stay.person_id)]
}

pub(super) fn person_root(person: PersonId) -> Root {
    Root::of(Aggregate::Person, person)
}

/// The open stay named at `membershipId`, with its roots locked: visible, may, state.
pub(super) async fn open_stay(
    write: &Write,
    id: Uuid,
    action: Action,
) -> Result<(TeamMembership, Revisions), Failure> {
    let id = TeamMembershipId::from_uuid(id);
    let found = find(write, id).await?;
    let raised = lock(write, roots_of(&found)).await?;
    // Read again: until the lock was ours, somebody else could have closed it.
    let stay = find(write, id).await?;
    let facts = MembershipFacts { team_id: stay.team_id, ended: stay.valid.to.is_some() };
    if !write.scope.actor().permits(action, &Target::Membership(&facts)) {
        return Err(Refusal::forbidden("membershipId").into());
    }
    if !allows(action, &Target::Membership(&facts)) {
        return Err(
            Refusal::new(RefusalCode::IllegalState, "membershipId", settled(&stay, write.now())).into()
        );
    }
    Ok((stay, raised))
}

async fn find(write: &Write, id: TeamMembershipId) -> Result<TeamMembership, Failure> {
    let seen = write.tx.memberships_by_id(&write.scope, &[id]).await?.pop();
    Ok(seen.ok_or_else(|| Refusal::not_found("membershipId"))?)
}

fn settled(stay: &TeamMembership, now: Timestamp) -> String {
    match stay.valid.to {
        Some(end) if end > now => format!("The membership already has its end, {}: it stays.", said(end)),
        _ => "The membership is over.".to_owned(),
    }
}

/// A share of a full-time week.
pub(super) fn check_allocation(checks: &mut Checks, allocation_pct: i32) {
    checks.hold("allocationPct", (1..=100).contains(&allocation_pct), "must be between 1 and 100");
}

/// Whether the stay can be closed at `at`, named at `field`: only after it began.
pub(super) fn check_end(stay: &TeamMembership, at: Timestamp, field: &str) -> Result<(), Refusal> {
    if at > stay.valid.from {
        return Ok(());
    }
    let began = said(stay.valid.from);
    let rule =
        format!("{field} must be after {began}, when the membership begins: no stay ends before it began.");
    Err(Refusal::new(RefusalCode::Invalid, field, rule))
}

fn said(at: Timestamp) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}
