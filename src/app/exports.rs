//! What leaves the service as a file or a page is written down: who took what. Reads and writes no file.

use crate::{
    app::{Write, ids},
    auth::Viewer,
    domain::{
        ids::{QuestionSetId, TeamId},
        revisions::{Aggregate, Root},
        time::Timestamp,
    },
    store::{Store, StoreError},
};

/// What is handed out.
#[derive(Debug, Clone)]
pub struct Taken {
    action: &'static str,
    root: Root,
    question: String,
}

impl Taken {
    /// The skills of a team. `question` is what was asked, of which a keyed digest is kept.
    #[must_use]
    pub const fn matrix(team: TeamId, question: String) -> Self {
        Self { action: "downloadMatrix", root: Root::of(Aggregate::Team, team), question }
    }

    /// The kit of a set of questions.
    #[must_use]
    pub const fn kit(set: QuestionSetId) -> Self {
        Self { action: "downloadKit", root: Root::of(Aggregate::QuestionSet, set), question: String::new() }
    }
}

/// Audits that `viewer` takes something along.
///
/// # Errors
/// [`StoreError`]; then nothing may be handed out.
pub async fn taken(
    store: &Store,
    viewer: &Viewer,
    now: Timestamp,
    taken: Taken,
    request_id: String,
) -> Result<(), StoreError> {
    let digests = store.digest_key().await?;
    let (viewer, digest) = (viewer.clone(), digests.digest(taken.question.as_bytes()));
    store
        .begin(move |tx| async move {
            let scope = tx.scope(viewer, now).await?;
            let request_id =
                if request_id.is_empty() { ids::fresh_uuid(now).to_string() } else { request_id };
            let write = Write::without_key(tx, scope, taken.action, digests, digest, request_id);
            write.audit(taken.root).await
        })
        .await
}
