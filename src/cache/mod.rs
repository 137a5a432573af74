//! Forgettable memory: losing it changes latency and nothing else.
//!
//! An entry is served only by who has just confirmed, in the database, that the revisions it was made
//! under still stand, and only before the clock alone would change it. So entries are never wrong and
//! never need deleting; they are only forgotten.

use std::{any::Any, sync::Arc, time::Duration};

use moka::future::Cache as Moka;

use crate::domain::{
    ids::TeamId,
    revisions::Revisions,
    time::{Timestamp, earliest},
};

/// Every key there is. A value never depends on who asks: what a viewer may see is cut from it after.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// The skill matrix of a team, by a stable digest of what was asked of it.
    TeamSkillMatrix(TeamId, [u8; 32]),
}

impl Key {
    /// How long an entry nobody asks for is kept.
    const fn idle(&self) -> Duration {
        match self {
            Self::TeamSkillMatrix(..) => Duration::from_secs(600),
        }
    }
}

/// A value with what it rests on.
#[derive(Debug)]
pub struct Entry<T> {
    /// The value.
    pub value: T,
    /// Every root it was read from, as it stood then.
    pub revisions: Revisions,
    /// The earliest instant at which the clock alone changes it; `None`: never.
    pub fresh_until: Option<Timestamp>,
}

impl<T> Entry<T> {
    /// Whether it still holds at `now`, when `revisions` are what the database has just said.
    #[must_use]
    pub fn holds(&self, revisions: &Revisions, now: Timestamp) -> bool {
        self.revisions == *revisions && self.fresh_until.is_none_or(|until| now < until)
    }

    /// Brings `fresh_until` forward.
    #[must_use]
    pub fn until(mut self, instant: Option<Timestamp>) -> Self {
        self.fresh_until = earliest(self.fresh_until, instant);
        self
    }
}

/// Where read models are remembered.
#[derive(Debug, Clone)]
pub enum Cache {
    /// Nowhere.
    Off,
    /// In this process.
    InProcess(Moka<Key, Held>),
}

/// An entry of any read model, with its weight in bytes.
#[derive(Debug, Clone)]
pub struct Held {
    entry: Arc<dyn Any + Send + Sync>,
    bytes: u32,
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

impl Cache {
    /// Remembers up to about `bytes` in this process; nothing when 0.
    #[must_use]
    pub fn in_process(bytes: u64) -> Self {
        if bytes == 0 {
            return Self::Off;
        }
        let weigh = |_: &Key, held: &Held| held.bytes;
        Self::InProcess(Moka::builder().max_capacity(bytes).weigher(weigh).expire_after(Idle).build())
    }

    /// What is remembered under `key`. Serve it only if it [`holds`](Entry::holds).
    pub async fn get<T: Send + Sync + 'static>(&self, key: &Key) -> Option<Arc<Entry<T>>> {
        match self {
            Self::Off => None,
            Self::InProcess(moka) => moka.get(key).await?.entry.downcast().ok(),
        }
    }

    /// Remembers `entry`, of about `bytes`.
    pub async fn put<T: Send + Sync + 'static>(&self, key: Key, entry: Arc<Entry<T>>, bytes: usize) {
        if let Self::InProcess(moka) = self {
            let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
            moka.insert(key, Held { entry, bytes }).await;
        }
    }
}
