//! What a client sends to change people, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::{
    app::people as app,
    domain::ids::{PersonKind, RoleProfileKind},
    graphql::{ids::raw, mutation::edit, people::choices::Discoverability},
};

/// The issuer and subject of the tokens of one person, compared byte by byte.
#[derive(Debug, InputObject)]
pub struct PersonIdentityInput {
    /// The `iss` claim, 1–2000 characters.
    issuer: String,
    /// The `sub` claim, 1–2000 characters.
    subject: String,
}

impl PersonIdentityInput {
    fn read(self) -> app::Login {
        app::Login { issuer: self.issuer, subject: self.subject }
    }
}

/// A person to make.
#[derive(Debug, InputObject)]
pub struct CreatePersonInput {
    /// 1–200 characters.
    display_name: String,
    /// An address of at most 254 characters, unique in the organisation, case and width aside.
    email: String,
    /// The job title, 1–200 characters.
    title: Option<String>,
    /// Who finds the person by skill; TEAM when left out.
    discoverability: Option<Discoverability>,
    /// The token issuer and subject that are the person; `linkPerson` says it later.
    identity: Option<PersonIdentityInput>,
    /// The active role profiles that the person holds from now on, at most 20.
    role_profile_ids: Option<Vec<ID>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreatePersonInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreatePerson {
        app::CreatePerson {
            display_name: self.display_name,
            email: self.email,
            title: self.title,
            discoverability: self.discoverability.map(Into::into),
            identity: self.identity.map(PersonIdentityInput::read),
            role_profile_ids: self
                .role_profile_ids
                .unwrap_or_default()
                .iter()
                .map(raw::<RoleProfileKind>)
                .collect(),
        }
    }
}

/// What changes of a person; what is left out stays.
#[derive(Debug, InputObject)]
pub struct UpdatePersonInput {
    /// Who.
    person_id: ID,
    /// 1–200 characters.
    display_name: Option<String>,
    /// An address of at most 254 characters, unique in the organisation, case and width aside.
    email: Option<String>,
    /// The job title, 1–200 characters; null takes it away.
    title: MaybeUndefined<String>,
    /// Who finds the person by skill.
    discoverability: Option<Discoverability>,
    /// The active role profiles that the person holds from now on, at most 20: those not held begin now, and
    /// those held that are not in the list end now.
    role_profile_ids: Option<Vec<ID>>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl UpdatePersonInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::UpdatePerson {
        let profiles = |ids: Vec<ID>| ids.iter().map(raw::<RoleProfileKind>).collect();
        app::UpdatePerson {
            person_id: raw::<PersonKind>(&self.person_id),
            display_name: self.display_name,
            email: self.email,
            title: edit(self.title, |title| title),
            discoverability: self.discoverability.map(Into::into),
            role_profile_ids: self.role_profile_ids.map(profiles),
            expected_revision: self.expected_revision,
        }
    }
}

/// Which token is a person's.
#[derive(Debug, InputObject)]
pub struct LinkPersonInput {
    /// Who.
    person_id: ID,
    /// The token issuer and subject that are the person from now on. Null unlinks them; leaving it out is
    /// refused.
    identity: MaybeUndefined<PersonIdentityInput>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl LinkPersonInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::LinkPerson {
        app::LinkPerson {
            person_id: raw::<PersonKind>(&self.person_id),
            identity: edit(self.identity, PersonIdentityInput::read),
            expected_revision: self.expected_revision,
        }
    }
}

/// A person who left.
#[derive(Debug, InputObject)]
pub struct DeactivatePersonInput {
    /// Who.
    person_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the person that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl DeactivatePersonInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::DeactivatePerson {
        let expected_revision = self.expected_revision;
        app::DeactivatePerson { person_id: raw::<PersonKind>(&self.person_id), expected_revision }
    }
}
