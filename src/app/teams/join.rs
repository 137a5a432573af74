//! `addTeamMember`: a person's stay in a team begins, now, earlier or later.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written,
        command::{self, seen},
        ids,
        teams::{
            judge, lock, root_of,
            stay::{check_allocation, person_root, roots_of},
            visible,
        },
    },
    domain::{
        ids::{PersonId, TeamId},
        people::{Person, PersonStatus},
        policy::actions::Action,
        revisions::Revision,
        teams::{TeamMembership, TeamRole},
        time::{Interval, Timestamp},
    },
    store::Store,
};

/// A stay to begin.
#[derive(Debug, Clone, Serialize)]
pub struct AddTeamMember {
    /// Where.
    pub team_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// What the person is there.
    pub role: TeamRole,
    /// Share of a full-time week, 1–100.
    pub allocation_pct: i32,
    /// From when; now when absent.
    pub valid_from: Option<Timestamp>,
    /// Until when; open when absent. An end once written stays.
    pub valid_to: Option<Timestamp>,
    /// The revision of the team that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Begins a stay. The payload shows its id.
///
/// # Errors
/// NOT_FOUND of team or person; FORBIDDEN; ILLEGAL_STATE of an archived team or a person who left;
/// INVALID share or dates; OVERLAP with another stay of the person in the team; CONFLICT.
pub async fn add_team_member(
    store: &Store,
    command: Command,
    input: AddTeamMember,
) -> Result<Written, Failure> {
    const ACTION: Action = Action::AddTeamMember;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let (team, person) = (TeamId::from_uuid(input.team_id), PersonId::from_uuid(input.person_id));
        let raised = lock(&write, [root_of(team), person_root(person)]).await?;
        visible(&write, team, "teamId").await?;
        let person = write.tx.people_by_id(&write.scope, &[person]).await?.pop();
        let person = person.ok_or_else(|| Refusal::not_found("personId"))?;
        judge(&write, team, ACTION, "teamId").await?;
        works_here(&person)?;
        let stay = checked(&write, &input)?;
        check_overlap(&write, &stay).await?;
        seen(&raised, root_of(team), input.expected_revision)?;
        write.tx.insert_memberships(std::slice::from_ref(&stay)).await?;
        write.audit_each(roots_of(&stay)).await?;
        Ok((write, Written { ids: vec![stay.id.uuid()] }))
    })
    .await
}

fn works_here(person: &Person) -> Result<(), Refusal> {
    if person.status == PersonStatus::Active {
        return Ok(());
    }
    let rule = format!("The person is {}.", person.status.as_str());
    Err(Refusal::new(RefusalCode::IllegalState, "personId", rule))
}

fn checked(write: &Write, input: &AddTeamMember) -> Result<TeamMembership, Vec<Refusal>> {
    let from = input.valid_from.unwrap_or(write.now());
    let mut checks = Checks::default();
    check_allocation(&mut checks, input.allocation_pct);
    checks.hold("validTo", input.valid_to.is_none_or(|to| to > from), "must be after validFrom");
    checks.done()?;
    Ok(TeamMembership {
        id: ids::fresh(write.now()),
        person_id: PersonId::from_uuid(input.person_id),
        team_id: TeamId::from_uuid(input.team_id),
        role: input.role,
        allocation_pct: input.allocation_pct,
        valid: Interval { from, to: input.valid_to },
    })
}

async fn check_overlap(write: &Write, stay: &TeamMembership) -> Result<(), Failure> {
    let stays = write.tx.stays_of(stay.person_id).await?;
    if !stays.iter().any(|other| other.team_id == stay.team_id && other.valid.overlaps(&stay.valid)) {
        return Ok(());
    }
    let rule = "The person is in the team during some of this time.";
    Err(Refusal::new(RefusalCode::Overlap, "validFrom", rule).into())
}
