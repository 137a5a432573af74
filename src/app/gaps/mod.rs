//! Use cases around gaps: excusing people from requirements, and ending that.
//!
//! Each one locks the person before it judges, so that what it judges by still holds when it writes.

mod end;
mod exempt;

pub use end::{EndRequirementExemption, end_requirement_exemption};
pub use exempt::{ExemptRequirement, exempt_requirement};

use crate::{
    app::{Failure, Refusal, Write},
    domain::{
        ids::PersonId,
        policy::facts::PersonFacts,
        revisions::{Aggregate, Revisions, Root},
    },
};

/// Locks and raises the person. What the viewer sees of them is judged by the caller.
async fn lock(write: &Write, person: PersonId) -> Result<Revisions, Failure> {
    Ok(write.tx.raise(&[root_of(person)].into()).await?)
}

const fn root_of(person: PersonId) -> Root {
    Root::of(Aggregate::Person, person)
}

/// What the policy must know of a person whom `field` leads to.
async fn facts_of(write: &Write, person: PersonId, field: &str) -> Result<PersonFacts, Failure> {
    let facts = write.tx.person_facts(&write.scope, &[person]).await?.remove(&person);
    Ok(facts.ok_or_else(|| Refusal::not_found(field))?)
}
