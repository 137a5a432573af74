//! `createPerson`: somebody begins to work here.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, Write, Written, command, ids,
        people::{Login, holdings, root_of, taken},
    },
    domain::{
        people::{Discoverability, Person, PersonStatus},
        policy::actions::{Action, Target},
        values,
    },
    store::Store,
};

/// A person to make.
#[derive(Debug, Clone, Serialize)]
pub struct CreatePerson {
    /// 1–200 characters.
    pub display_name: String,
    /// Unique, compared folded.
    pub email: String,
    /// 1–200 characters.
    pub title: Option<String>,
    /// TEAM when absent.
    pub discoverability: Option<Discoverability>,
    /// The token that is theirs; linked later when absent.
    pub identity: Option<Login>,
    /// The role profiles they hold from now on, at most 20.
    pub role_profile_ids: Vec<Uuid>,
}

/// Makes a person. The payload shows their id.
///
/// # Errors
/// FORBIDDEN; NOT_FOUND or archived role profile, LIMIT of them; INVALID values; TAKEN address or identity.
pub async fn create_person(store: &Store, command: Command, input: CreatePerson) -> Result<Written, Failure> {
    command::run(store, command, Action::CreatePerson.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreatePerson, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        let held = holdings::named(&write, &input.role_profile_ids).await?;
        let person = checked(&write, input)?;
        write.tx.insert_people(std::slice::from_ref(&person)).await.map_err(taken)?;
        holdings::replace(&write, person.id, held).await?;
        write.audit(root_of(person.id)).await?;
        Ok((write, Written { ids: vec![person.id.uuid()] }))
    })
    .await
}

fn checked(write: &Write, input: CreatePerson) -> Result<Person, Vec<Refusal>> {
    let mut checks = Checks::default();
    let display_name = checks.keep("displayName", values::name(&input.display_name));
    let email = checks.keep("email", values::email(&input.email));
    let title = checks.keep_some("title", input.title.as_deref(), values::name);
    let identity = input.identity.and_then(|login| login.checked(&mut checks));
    checks.done()?;
    Ok(Person {
        id: ids::fresh(write.now()),
        display_name: display_name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        title,
        identity,
        status: PersonStatus::Active,
        discoverability: input.discoverability.unwrap_or(Discoverability::Team),
        revision: 1,
    })
}
