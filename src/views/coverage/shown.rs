//! Whom a coverage names to its viewer, and the version that tells two answers apart.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        coverage::what_if::Outlook,
        ids::PersonId,
        people::PersonStatus,
        policy::reach::{self, AssessmentReach, PeopleReach},
        revisions::{Aggregate, Revisions},
    },
    store::{Store, StoreError},
    views::coverage::{Named, Question, Whole},
};

/// The people and skills that may be named: people whom the viewer sees, with what they can do. Who leads the
/// team leads everyone in it now; of the past, only some of those who were.
pub(super) async fn to(
    store: &Store,
    scope: &Scope,
    question: &Question,
    whole: &Whole,
) -> Result<Named, StoreError> {
    let (claims, standing) = (scope.claims(), scope.standing());
    let people: Vec<PersonId> = whole.people.keys().copied().collect();
    let seen: BTreeSet<PersonId> = match reach::assessments(claims, standing) {
        AssessmentReach::All => match reach::people(claims, standing) {
            PeopleReach::All => people.into_iter().collect(),
            _ => store.people_by_id(scope, &people).await?.into_iter().map(|one| one.id).collect(),
        },
        AssessmentReach::Near { own, led, .. } => {
            let now = question.as_of.is_none() && led.contains(&question.team_id);
            let mut seen = if now {
                let active = |id: &PersonId| whole.people[id].status == PersonStatus::Active;
                people.into_iter().filter(active).collect()
            } else {
                store.led_among(scope, &people).await?
            };
            seen.extend(own);
            seen
        }
    };
    let named = whole.people.iter().filter(|(id, _)| seen.contains(id));
    Ok(Named {
        skills: whole.skills.clone(),
        people: named.map(|(id, person)| (*id, person.clone())).collect(),
    })
}

/// Tells two answers apart: the revisions they were read under, and what they say, which the clock moves
/// too. Of people whom the viewer does not see only what they add to the counts.
pub(super) fn version(
    question: &Question,
    revisions: &Revisions,
    named: &Named,
    said: &[&Outlook],
) -> String {
    let mut hash = blake3::Hasher::new();
    hash.update(&question.digest());
    let seen: BTreeSet<Uuid> = named.people.keys().map(|person| person.uuid()).collect();
    for (root, value) in revisions {
        if root.aggregate == Aggregate::Person && !seen.contains(&root.id) {
            continue;
        }
        hash.update(root.aggregate.as_str().as_bytes())
            .update(root.id.as_bytes())
            .update(&value.to_le_bytes());
    }
    for outlook in said {
        hash.update(&(outlook.members as u64).to_le_bytes());
        for skill in &outlook.coverage {
            let counts =
                [skill.holders.len(), skill.verified_holders, skill.near_ready, skill.n, skill.missing];
            for count in counts {
                hash.update(&(count as u64).to_le_bytes());
            }
            hash.update(&skill.holders_fte.to_le_bytes());
            hash.update(&skill.stale_share.unwrap_or(-1.0).to_le_bytes());
            hash.update(&(skill.interested_learners as u64).to_le_bytes());
        }
    }
    hash.finalize().to_hex()[..32].to_owned()
}
