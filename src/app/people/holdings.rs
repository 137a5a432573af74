//! The role profiles a person holds from now on. What they held is closed, never rewritten.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use uuid::Uuid;

use crate::{
    app::{Failure, Refusal, RefusalCode, Write, ids},
    domain::{
        ids::{PersonId, RoleProfileId},
        people::PersonRoleProfile,
        profiles::{RoleProfile, RoleProfileStatus},
        time::{Interval, Timestamp},
    },
};

/// The most role profiles a person holds at once.
pub const MOST_ROLE_PROFILES: usize = 20;

const FIELD: &str = "roleProfileIds";

/// The role profiles that an input names, if the viewer sees each and people can hold it.
pub(super) async fn named(write: &Write, asked: &[Uuid]) -> Result<BTreeSet<RoleProfileId>, Failure> {
    if asked.len() > MOST_ROLE_PROFILES {
        let rule = format!("A person holds at most {MOST_ROLE_PROFILES} role profiles at once.");
        return Err(Refusal::new(RefusalCode::Limit, FIELD, rule).into());
    }
    if asked.is_empty() {
        return Ok(BTreeSet::new());
    }
    let asked: Vec<RoleProfileId> = asked.iter().copied().map(RoleProfileId::from_uuid).collect();
    let found = write.tx.role_profiles_by_id(&write.scope, &asked).await?;
    let found: BTreeMap<_, _> = found.into_iter().map(|profile| (profile.id, profile)).collect();
    let refusals: Vec<Refusal> = asked
        .iter()
        .enumerate()
        .filter_map(|(n, id)| refusal(found.get(id)).map(|said| said.at(FIELD, n)))
        .collect();
    if refusals.is_empty() { Ok(asked.into_iter().collect()) } else { Err(refusals.into()) }
}

fn refusal(profile: Option<&RoleProfile>) -> Option<Refusal> {
    match profile {
        None => Some(Refusal::not_found("")),
        Some(profile) if profile.status == RoleProfileStatus::Active => None,
        Some(_) => Some(Refusal::new(RefusalCode::IllegalState, "", "The role profile is archived.")),
    }
}

/// Lets the person hold exactly `wanted` from now on. Ask under their lock.
pub(super) async fn replace(
    write: &Write,
    person_id: PersonId,
    mut wanted: BTreeSet<RoleProfileId>,
) -> Result<(), Failure> {
    let mut closing: BTreeMap<Timestamp, Vec<Uuid>> = BTreeMap::new();
    for (id, held) in write.tx.holdings_of(person_id, write.now()).await? {
        if !wanted.remove(&held.role_profile_id) && held.valid.to.is_none() {
            closing.entry(end_of(&held.valid, write.now())).or_default().push(id);
        }
    }
    for (at, ids) in closing {
        write.tx.close_holdings(&ids, at).await?;
    }
    let valid = Interval { from: write.now(), to: None };
    let open = |role_profile_id| PersonRoleProfile { person_id, role_profile_id, valid };
    let opened: Vec<_> = wanted.into_iter().map(|id| (ids::fresh_uuid(write.now()), open(id))).collect();
    Ok(write.tx.insert_person_role_profiles(&opened).await?)
}

/// Where an open interval can be closed at the earliest from `now` on: it lasts at least a microsecond,
/// even when it begins later.
pub(in crate::app) fn end_of(open: &Interval, now: Timestamp) -> Timestamp {
    now.max(open.from + TimeDelta::microseconds(1))
}
