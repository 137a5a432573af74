//! What this process remembers, up to a number of bytes, and who is at work on what it does not. Forgets
//! what nobody asks for; never says whether an entry still holds.

use std::{any::Any, sync::Arc, time::Duration};

use moka::future::Cache as Moka;

use crate::{
    cache::{Entry, Key, Remembered, flights::Flights},
    telemetry::metrics::{
        Watch,
        cache::{Size, watch_size},
    },
};

/// The memory of one process. Cheap to clone; clones share it.
#[derive(Debug, Clone)]
pub struct Memory {
    entries: Moka<Key, Held>,
    pub(super) flights: Flights,
    _watch: Arc<Watch>,
}

/// An entry of any read model, with its weight in bytes.
#[derive(Debug, Clone)]
pub(super) struct Held {
    entry: Arc<dyn Any + Send + Sync>,
    bytes: u32,
}

impl Held {
    pub(super) fn of<T: Remembered>(entry: Arc<Entry<T>>) -> Self {
        let bytes = u32::try_from(entry.value.bytes()).unwrap_or(u32::MAX);
        Self { entry, bytes }
    }

    /// The entry, if it is one of `T`.
    pub(super) fn entry<T: Remembered>(self) -> Option<Arc<Entry<T>>> {
        self.entry.downcast().ok()
    }
}

struct Idle;

impl moka::Expiry<Key, Held> for Idle {
    fn expire_after_create(&self, key: &Key, _: &Held, _: std::time::Instant) -> Option<Duration> {
        Some(key.idle())
    }

    fn expire_after_read(
        &self,
        key: &Key,
        _: &Held,
        _: std::time::Instant,
        _: Option<Duration>,
        _: std::time::Instant,
    ) -> Option<Duration> {
        Some(key.idle())
    }
}

impl Memory {
    /// Up to about `bytes`; with 0, only work under way is shared.
    pub(super) fn of(bytes: u64) -> Self {
        let weigh = |_: &Key, held: &Held| held.bytes;
        let entries = Moka::builder().max_capacity(bytes).weigher(weigh).expire_after(Idle).build();
        let own = entries.clone();
        let size = move || Size { entries: own.entry_count(), bytes: own.weighted_size() };
        Self { entries, flights: Flights::default(), _watch: Arc::new(watch_size(size)) }
    }

    pub(super) async fn get<T: Remembered>(&self, key: &Key) -> Option<Arc<Entry<T>>> {
        self.entries.get(key).await?.entry()
    }

    pub(super) async fn put(&self, key: Key, held: Held) {
        self.entries.insert(key, held).await;
    }

    pub(super) fn forget(&self) {
        self.entries.invalidate_all();
    }
}
