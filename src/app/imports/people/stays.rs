//! What a row says of a person's stay in a team, held against the stays that are there. History is closed and
//! opened, never rewritten.

use chrono::TimeDelta;

use crate::{
    app::{Write, ids, imports::people::known::Draft},
    domain::{ids::TeamId, teams::TeamMembership, time::Interval},
    interchange::{people::StayRow, sheet::Remark},
};

type Came = Result<Vec<Remark>, Vec<Remark>>;

/// Makes the person's stays in the team what the row says, and tells what it leaves as it is. Refused, nothing
/// has changed.
pub(super) fn stay(write: &Write, draft: &mut Draft, team_id: TeamId, row: &StayRow) -> Came {
    let here: Vec<TeamMembership> =
        draft.stays.iter().filter(|stay| stay.team_id == team_id).cloned().collect();
    let same = |stay: &TeamMembership| (stay.role, stay.allocation_pct) == (row.role, row.allocation_pct);
    let begins = |stay: &TeamMembership| row.from.is_none_or(|from| from == stay.valid.from);
    if here.iter().any(|stay| same(stay) && begins(stay) && stay.valid.to == row.to) {
        return Ok(Vec::new());
    }
    match here.iter().find(|stay| stay.valid.to.is_none()) {
        Some(open) if same(open) && begins(open) => end(draft, open, row),
        Some(open) if same(open) && row.to.is_none() => {
            let began = open.valid.from.date_naive();
            Ok(vec![Remark::new("validFrom", format!("the stay began on {began}: that stays"))])
        }
        Some(open) => change(write, draft, open, row),
        None => begin(write, draft, &here, team_id, row),
    }
}

fn end(draft: &mut Draft, open: &TeamMembership, row: &StayRow) -> Came {
    let Some(to) = row.to else { return Ok(Vec::new()) };
    if to <= open.valid.from {
        let began = open.valid.from.date_naive();
        return Err(vec![Remark::new("validTo", format!("must be after {began}, when the stay began"))]);
    }
    draft.close(open.id, to);
    Ok(Vec::new())
}

/// The stay so far ends and another one begins.
fn change(write: &Write, draft: &mut Draft, open: &TeamMembership, row: &StayRow) -> Came {
    let earliest = open.valid.from + TimeDelta::microseconds(1);
    let from = row.from.filter(|from| *from >= earliest).unwrap_or_else(|| write.now().max(earliest));
    if row.to.is_some_and(|to| to <= from) {
        return Err(vec![Remark::new("validTo", "must be after the stay changes")]);
    }
    draft.close(open.id, from);
    draft.open(made(write, draft, open.team_id, row, Interval { from, to: row.to }));
    Ok(Vec::new())
}

fn begin(write: &Write, draft: &mut Draft, here: &[TeamMembership], team_id: TeamId, row: &StayRow) -> Came {
    let mut valid = Interval { from: row.from.unwrap_or(write.now()), to: row.to };
    let came_back = |stay: &&TeamMembership| row.from == Some(stay.valid.from) && row.to.is_none();
    if let Some(end) = here.iter().find(came_back).and_then(|stay| stay.valid.to) {
        valid.from = end.max(write.now());
    }
    if valid.to.is_some_and(|to| to <= valid.from) {
        return Err(vec![Remark::new("validTo", "must be after the stay begins")]);
    }
    if here.iter().any(|stay| stay.valid.overlaps(&valid)) {
        return Err(vec![Remark::new("validFrom", "the person is in the team during some of this time")]);
    }
    draft.open(made(write, draft, team_id, row, valid));
    Ok(Vec::new())
}

fn made(write: &Write, draft: &Draft, team_id: TeamId, row: &StayRow, valid: Interval) -> TeamMembership {
    TeamMembership {
        id: ids::fresh(write.now()),
        person_id: draft.person.id,
        team_id,
        role: row.role,
        allocation_pct: row.allocation_pct,
        valid,
    }
}
