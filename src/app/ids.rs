//! The one source of fresh ids: UUID version 7 at the operation's instant.

use uuid::{NoContext, Timestamp as UuidTimestamp, Uuid};

use crate::domain::{
    ids::{Id, Kind},
    time::Timestamp,
};

/// A fresh id, made at `now`. Ids made in one instant are in no order among themselves.
#[must_use]
pub fn fresh<K: Kind>(now: Timestamp) -> Id<K> {
    Id::from_uuid(fresh_uuid(now))
}

/// A fresh raw UUID, for rows without a public id and for request ids.
#[must_use]
pub fn fresh_uuid(now: Timestamp) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(UuidTimestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}
