//! The key of signed links. What a link asks for is each view's own.

use crate::{
    auth::links::{LINK_PURPOSE, LinkKey},
    store::{Store, StoreError},
};

/// The key that links of this deployment are signed with, on every server the same.
///
/// # Errors
/// [`StoreError`].
pub async fn link_key(store: &Store) -> Result<LinkKey, StoreError> {
    Ok(LinkKey::new(store.digest_key().await?.derive(LINK_PURPOSE)))
}
