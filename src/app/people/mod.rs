//! Use cases on people: who they are, which token is theirs, which role profiles they hold, and that they
//! left.
//!
//! Each one locks the person before it judges, so that what it judges by still holds when it writes. The
//! revision is compared last, when all else is right.

mod create;
mod deactivate;
mod holdings;
mod link;
mod update;

pub use create::{CreatePerson, create_person};
pub use deactivate::{DeactivatePerson, deactivate_person};
pub(in crate::app) use holdings::end_of;
pub use link::{LinkPerson, Login, link_person};
pub use update::{UpdatePerson, update_person};

use crate::{
    app::{Failure, Refusal, RefusalCode, Write},
    domain::{
        ids::PersonId,
        people::Person,
        policy::actions::{Action, Target, allows},
        revisions::{Aggregate, Revisions, Root},
    },
    store::StoreError,
};

/// Locks and raises roots. Whether they exist is judged afterwards, by what the viewer sees.
async fn lock(write: &Write, roots: impl IntoIterator<Item = Root>) -> Result<Revisions, Failure> {
    Ok(write.tx.raise(&roots.into_iter().collect()).await?)
}

fn root_of(person: PersonId) -> Root {
    Root::of(Aggregate::Person, person)
}

/// The person named at `personId`, on whom the viewer may take `action`: visible, may, state. Ask under
/// their lock.
async fn person_for(write: &Write, id: PersonId, action: Action) -> Result<Person, Failure> {
    let not_found = || Refusal::not_found("personId");
    let person = write.tx.people_by_id(&write.scope, &[id]).await?.pop().ok_or_else(not_found)?;
    let facts = write.tx.person_facts(&write.scope, &[id]).await?.remove(&id).ok_or_else(not_found)?;
    if !write.scope.actor().permits(action, &Target::Person(&facts)) {
        return Err(Refusal::forbidden("personId").into());
    }
    if !allows(action, &Target::Person(&facts)) {
        let rule = format!("The person is {}.", person.status.as_str());
        return Err(Refusal::new(RefusalCode::IllegalState, "personId", rule).into());
    }
    Ok(person)
}

/// An address or identity that somebody else has is the client's to mend; anything else is a fault.
fn taken(error: StoreError) -> Failure {
    let refusal = if error.violates("person", "email_key") {
        Refusal::new(RefusalCode::Taken, "email", "Another person has this address.")
    } else if error.violates("person", "issuer") {
        Refusal::new(RefusalCode::Taken, "identity", "Another person is linked to this identity.")
    } else {
        return error.into();
    };
    refusal.into()
}
