//! Looks at the replicas as an operator's doctor does: whether reads can go to each, and why not.

use futures_util::future::join_all;

use crate::{
    config::DatabaseSettings,
    store::{Store, StoreError, lag::ask},
};

impl Store {
    /// Looks at each replica of `settings`, in their order: how many bytes of the log it is behind, or why
    /// reads cannot go to it.
    ///
    /// # Errors
    /// When the primary cannot be asked, which says nothing of them.
    pub async fn check_up_replicas(
        settings: &DatabaseSettings,
    ) -> Result<Vec<Result<u64, String>>, StoreError> {
        let store = Self::connect(settings).await?;
        let replicas = store.replicas.iter().flat_map(|replicas| replicas.all());
        let said = join_all(replicas.map(|replica| ask(replica.pool()))).await;
        // The primary last: a replica that is ahead of it then follows another.
        let primary = ask(&store.pool).await?;
        let Some(written) = primary.written() else {
            let what = "DATABASE_URL leads to a server that follows another and takes no writes";
            return Err(StoreError::Unavailable(what.to_owned()));
        };
        let judged = said.into_iter().map(|said| {
            let said = said.map_err(|error| error.to_string())?;
            said.follows(&primary, written).map(|replayed| written - replayed).map_err(str::to_owned)
        });
        Ok(judged.collect())
    }
}
