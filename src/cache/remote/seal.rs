//! How values are written where others can reach them: compact, under a name that tells nothing, and
//! sealed, so that what this build did not write under that name for this database is no value at all.

use crate::cache::{Entry, Key, Remembered};

/// Larger ones are not worth the way.
const LARGEST: usize = 4 << 20;

/// Names and seals the values of one database. Made from a secret of the database, which it never shows.
pub(super) struct Seal {
    secret: [u8; 32],
    database: String,
}

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    /// The seal of the database that has this secret.
    pub(super) fn of(secret: [u8; 32]) -> Self {
        let database = blake3::derive_key("assay 2026-11 cache: name of a database", &secret);
        let database = blake3::Hash::from_bytes(database).to_hex()[..16].to_owned();
        Self { secret: blake3::derive_key("assay 2026-11 cache: seal of a value", &secret), database }
    }

    /// The name of a key among all databases, kinds and shapes that share a server.
    pub(super) fn name(&self, key: &Key) -> String {
        let subject = blake3::keyed_hash(&self.secret, &key.subject());
        let (kind, format) = (key.name(), key.format());
        format!("assay:{}:{kind}:{format}:{}", self.database, &subject.to_hex()[..32])
    }

    /// The value as it is written under `name`; `None` when it is too large to be.
    pub(super) fn close<T: Remembered>(&self, name: &str, entry: &Entry<T>) -> Option<Vec<u8>> {
        let body = postcard::to_stdvec(entry).ok().filter(|body| body.len() <= LARGEST)?;
        Some([self.stamp(name, &body).as_bytes().as_slice(), &body].concat())
    }

    /// The value that was written under `name`; `None` for anything else.
    pub(super) fn open<T: Remembered>(&self, name: &str, sealed: &[u8]) -> Option<Entry<T>> {
        let (stamp, body) = sealed.split_at_checked(blake3::OUT_LEN)?;
        // Compared in constant time, as is fit for a stamp.
        if self.stamp(name, body) != *<&[u8; blake3::OUT_LEN]>::try_from(stamp).ok()? {
            return None;
        }
        match postcard::take_from_bytes(body) {
            Ok((entry, [])) => Some(entry),
            _ => None,
        }
    }

    fn stamp(&self, name: &str, body: &[u8]) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new_keyed(&self.secret);
        hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes()).update(body);
        hasher.finalize()
    }
}
