//! Ids of the demo: the same name gives the same id, today and on any machine. Only the demo may.

use uuid::{Builder, Uuid};

use crate::domain::ids::{Id, Kind};

/// The id of the thing of `kind` that is called `key`: version 8, the first 128 bits of a BLAKE3.
#[must_use]
pub fn demo_id(kind: &str, key: &str) -> Uuid {
    let digest = blake3::Hasher::new_derive_key("assay demo ids 1")
        .update(kind.as_bytes())
        .update(b"\n")
        .update(key.as_bytes())
        .finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(digest.as_bytes().first_chunk::<16>().unwrap_or(&[0; 16]));
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The same, typed.
pub(super) fn id_of<K: Kind>(key: &str) -> Id<K> {
    Id::from_uuid(demo_id(K::PREFIX, key))
}
