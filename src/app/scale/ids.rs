//! Ids of a generated organisation: a function of the seed, the kind and a number. Only the generator may.
//!
//! The number comes first, so that rows written in order lie in order, as ids made in the order of time do.

use uuid::{Builder, Uuid};

use crate::{
    app::scale::Scale,
    domain::ids::{Id, Kind},
};

impl Scale {
    /// The id of the `n`th thing of `kind`: version 8, six bytes of the number, the rest of a BLAKE3.
    pub(super) fn uuid(&self, kind: &str, n: u64) -> Uuid {
        let mut hasher = blake3::Hasher::new_derive_key("assay scale ids 1");
        hasher.update(&self.seed.to_le_bytes()).update(&n.to_le_bytes()).update(kind.as_bytes());
        let mut bytes = [0; 16];
        hasher.finalize_xof().fill(&mut bytes);
        for (byte, of_number) in bytes.iter_mut().zip(&n.to_be_bytes()[2..]) {
            *byte = *of_number;
        }
        Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// The same, typed.
    pub(super) fn id<K: Kind>(&self, n: impl Into<u64>) -> Id<K> {
        Id::from_uuid(self.uuid(K::PREFIX, n.into()))
    }
}
