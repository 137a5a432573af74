//! What leaves the service as a file is written down: who took what of which team. Reads and writes no file.

use crate::{
    app::{Write, ids},
    auth::Viewer,
    domain::{
        ids::TeamId,
        revisions::{Aggregate, Root},
        time::Timestamp,
    },
    store::{Store, StoreError},
};

/// Audits that `viewer` takes the skills of a team along as a file. `question` is what was asked, of which a
/// keyed digest is kept.
///
/// # Errors
/// [`StoreError`]; then nothing may be handed out.
pub async fn matrix_taken(
    store: &Store,
    viewer: &Viewer,
    now: Timestamp,
    team: TeamId,
    question: &str,
    request_id: String,
) -> Result<(), StoreError> {
    let digests = store.digest_key().await?;
    let (viewer, digest) = (viewer.clone(), digests.digest(question.as_bytes()));
    store
        .begin(move |tx| async move {
            let scope = tx.scope(viewer, now).await?;
            let request_id =
                if request_id.is_empty() { ids::fresh_uuid(now).to_string() } else { request_id };
            let write = Write::without_key(tx, scope, "downloadMatrix", digests, digest, request_id);
            write.audit(Root::of(Aggregate::Team, team)).await
        })
        .await
}
