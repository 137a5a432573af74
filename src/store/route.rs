//! Where the reads of one operation go: to a replica, until it fails or the operation writes, and from then
//! on to the primary.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::{
    auth::{Scope, Viewer},
    domain::time::Timestamp,
    store::{Reader, Store, StoreError, pool::Pool, replicas::Replica},
};

/// The way of one operation.
#[derive(Debug)]
pub(super) struct Route {
    primary: Pool,
    replica: Arc<Replica>,
    /// It reads from the primary from now on.
    left: AtomicBool,
}

impl Store {
    /// Makes the scope of one operation at `now`, and the store that it reads through.
    ///
    /// What the viewer is granted is read from the primary, in one statement with how far the primary is at
    /// that instant. Where there are replicas, one that has replayed all of that may answer the rest: nothing
    /// it shows is older than the request, for whoever asks.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn enter(&self, viewer: Viewer, now: Timestamp) -> Result<(Scope, Self), StoreError> {
        let Some(replicas) = &self.replicas else {
            return Ok((self.scope(viewer, now).await?, self.clone()));
        };
        let (scope, position) = self.scope_and_position(viewer, now, true).await?;
        let replica = match position {
            Some(position) => replicas.at(position).await,
            None => None,
        };
        let reader = match replica {
            Some(replica) => Reader::route(Route::new(self.pool.clone(), replica)),
            None => self.reader.clone(),
        };
        Ok((scope, Self { reader, ..self.clone() }))
    }
}

impl Route {
    fn new(primary: Pool, replica: Arc<Replica>) -> Self {
        Self { primary, replica, left: AtomicBool::new(false) }
    }

    /// The replica's pool, as long as reads go there.
    pub(super) fn replica(&self) -> Option<&Pool> {
        (!self.left.load(Ordering::Acquire)).then(|| self.replica.pool())
    }

    /// Waits for a read of the replica.
    pub(super) async fn on_replica<T, E: From<StoreError>>(
        &self,
        read: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.replica.while_it_answers(read).await
    }

    pub(super) fn primary(&self) -> &Pool {
        &self.primary
    }

    /// Reads from the primary from now on, since the operation writes: it must see that.
    pub(super) fn leave(&self) {
        self.left.store(true, Ordering::Release);
    }

    /// Whether what the replica made of a read is worth a second try, on the primary.
    pub(super) fn goes_on_after<T>(&self, done: &Result<T, StoreError>) -> bool {
        let error = match done {
            Ok(_) => {
                self.replica.answered();
                return false;
            }
            Err(error) => error,
        };
        match error {
            // Nobody else needs to find out; the watch takes it in again.
            StoreError::Unavailable(why) => self.replica.leave_out(why),
            // What a replica replays may cancel what it reads.
            StoreError::Timeout(why) | StoreError::Fault(why) => {
                tracing::warn!(
                    server = self.replica.pool().server(),
                    why,
                    "reading from the primary instead"
                );
            }
            StoreError::Constraint(_) | StoreError::Corrupt(_) => return false,
        }
        self.leave();
        true
    }
}
