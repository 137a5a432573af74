//! `linkPerson`: which token is a person's. From the next request on its bearer stands as that person, or
//! no longer does.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Edit, Failure, Written,
        command::{self, seen},
        people::{lock, person_for, root_of, taken},
    },
    domain::{
        ids::PersonId,
        people::{Identity, Person},
        policy::actions::Action,
        revisions::Revision,
    },
    store::Store,
};

/// The (issuer, subject) of a token.
#[derive(Debug, Clone, Serialize)]
pub struct Login {
    /// The `iss` claim, 1–2000 characters.
    pub issuer: String,
    /// The `sub` claim, 1–2000 characters.
    pub subject: String,
}

impl Login {
    /// As it is: tokens are compared byte by byte.
    pub(super) fn checked(self, checks: &mut Checks) -> Option<Identity> {
        let mut whole = true;
        for (field, claim) in [("identity.issuer", &self.issuer), ("identity.subject", &self.subject)] {
            let fits = (1..=2000).contains(&claim.chars().count()) && !claim.chars().any(char::is_control);
            checks.hold(field, fits, "must have 1 to 2000 characters, none of them a control character");
            whole &= fits;
        }
        whole.then_some(Identity { issuer: self.issuer, subject: self.subject })
    }
}

/// A person to link or unlink.
#[derive(Debug, Clone, Serialize)]
pub struct LinkPerson {
    /// Who.
    pub person_id: Uuid,
    /// Whose token is theirs from now on; cleared when none is. It must be said.
    pub identity: Edit<Login>,
    /// The revision of the person that the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Links a person to a token, or unlinks them. The payload shows their id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the person; INVALID identity; TAKEN identity; CONFLICT.
pub async fn link_person(store: &Store, command: Command, input: LinkPerson) -> Result<Written, Failure> {
    const ACTION: Action = Action::LinkPerson;
    command::run(store, command, ACTION.as_str(), input, |write, input| async move {
        let id = PersonId::from_uuid(input.person_id);
        let raised = lock(&write, [root_of(id)]).await?;
        let person = person_for(&write, id, ACTION).await?;
        let mut checks = Checks::default();
        checks.hold("identity", !input.identity.keeps(), "must be given: null unlinks the person");
        let identity = match input.identity {
            Edit::Set(login) => login.checked(&mut checks),
            Edit::Keep | Edit::Clear => None,
        };
        checks.done()?;
        write.tx.update_person(&Person { identity, ..person }).await.map_err(taken)?;
        seen(&raised, root_of(id), input.expected_revision)?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}
