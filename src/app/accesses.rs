//! Noting who has read what not everyone may. Keeps no read waiting for the database, and never decides who may read.

use uuid::Uuid;

use crate::{
    app::{command::subject_of, ids},
    auth::Scope,
    store::{Access, AccessSubject, Store, StoreError},
};

/// Notes that the viewer is being answered what these `entities` hold of `subject`.
///
/// # Errors
/// [`StoreError`], when the key of digests cannot be read.
pub async fn note(
    store: &Store,
    scope: &Scope,
    request_id: &str,
    subject: AccessSubject,
    entities: impl IntoIterator<Item = Uuid>,
) -> Result<(), StoreError> {
    let actor_digest = store.digest_key().await?.digest(subject_of(scope).as_bytes());
    let access = |entity_id| Access {
        id: ids::fresh_uuid(scope.now()),
        actor_digest: actor_digest.clone(),
        actor_id: scope.person_id(),
        on_behalf_of: scope.standing().acts_for,
        subject,
        entity_id,
        request_id: request_id.to_owned(),
        at: scope.now(),
    };
    store.note_accesses(entities.into_iter().map(access).collect()).await;
    Ok(())
}
