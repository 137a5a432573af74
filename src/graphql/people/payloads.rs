//! What a client gets back from changing people: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::{ids::PersonId, text::fold},
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        people::Person,
    },
    store::{Cursor, SortKey},
};

/// What came of making a person.
#[derive(Debug, SimpleObject)]
pub struct CreatePersonPayload {
    /// The new person; null when nothing was written.
    person: Option<Person>,
    /// The new person as they stand in `Query.people`; null when nothing was written.
    edge: Option<Edge<Person>>,
    /// Why nothing was written, at most 100 reasons; empty when the person is made.
    user_errors: Vec<UserError>,
}

impl CreatePersonPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let person = person(ctx, outcome.ids.first().copied()).await?;
        let edge = person.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(fold(&node.0.display_name)), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { person, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one person who was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The person after the change, or as they stand on CONFLICT; null when it was refused otherwise.
            person: Option<Person>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let person = person(ctx, outcome.shown(named)).await?;
                Ok(Self { person, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of changing a person.
    UpdatePersonPayload;
    /// What came of linking a person to a token, or unlinking them.
    LinkPersonPayload;
    /// What came of deactivating a person.
    DeactivatePersonPayload;
}

async fn person(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Person>> {
    match id {
        Some(id) => Person::find(ctx, PersonId::from_uuid(id)).await,
        None => Ok(None),
    }
}
