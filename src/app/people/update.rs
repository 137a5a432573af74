//! `updatePerson`: a person gets another name, address, title or discoverability, or holds other role
//! profiles.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Edit, Failure, Refusal, RefusalCode, Written,
        command::{self, seen},
        people::{holdings, lock, person_for, root_of, taken},
    },
    domain::{
        ids::PersonId,
        people::{Discoverability, Person, PersonStatus},
        policy::actions::Action,
        revisions::Revision,
        values,
    },
    store::Store,
};

/// What changes of a person; what is absent stays.
#[derive(Debug, Clone, Serialize)]
pub struct UpdatePerson {
    /// Who.
    pub person_id: Uuid,
    /// 1–200 characters.
    pub display_name: Option<String>,
    /// Unique, compared folded.
    pub email: Option<String>,
    /// 1–200 characters.
    pub title: Edit<String>,
    /// Who may find them.
    pub discoverability: Option<Discoverability>,
    /// The role profiles they hold from now on, at most 20; what they hold besides ends now.
    pub role_profile_ids: Option<Vec<Uuid>>,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Changes a person. The payload shows their id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the person; NOT_FOUND or archived role profile, LIMIT of them;
/// INVALID values; TAKEN address; CONFLICT.
pub async fn update_person(store: &Store, command: Command, input: UpdatePerson) -> Result<Written, Failure> {
    const ACTION: Action = Action::UpdatePerson;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = PersonId::from_uuid(input.person_id);
        let raised = lock(&write, [root_of(id)]).await?;
        let person = person_for(&write, id, ACTION).await?;
        if let Some(asked) = &input.role_profile_ids {
            holds_profiles(&person)?;
            let wanted = holdings::named(&write, asked).await?;
            holdings::replace(&write, id, wanted).await?;
        }
        let expected = input.expected_revision;
        write.tx.update_person(&checked(person, input)?).await.map_err(taken)?;
        seen(&raised, root_of(id), expected)?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// Who left holds nothing any more.
fn holds_profiles(person: &Person) -> Result<(), Refusal> {
    if person.status == PersonStatus::Active {
        return Ok(());
    }
    let rule = format!("The person is {} and holds no role profiles.", person.status.as_str());
    Err(Refusal::new(RefusalCode::IllegalState, "roleProfileIds", rule))
}

fn checked(person: Person, input: UpdatePerson) -> Result<Person, Vec<Refusal>> {
    let mut checks = Checks::default();
    let display_name = checks.keep_some("displayName", input.display_name.as_deref(), values::name);
    let email = checks.keep_some("email", input.email.as_deref(), values::email);
    let title = match input.title {
        Edit::Set(title) => checks.keep("title", values::name(&title)),
        kept => kept.over(person.title),
    };
    checks.done()?;
    Ok(Person {
        display_name: display_name.unwrap_or(person.display_name),
        email: email.unwrap_or(person.email),
        title,
        discoverability: input.discoverability.unwrap_or(person.discoverability),
        ..person
    })
}
