//! Forgettable memory: losing it changes latency and nothing else.
//!
//! An entry is served only by who has just confirmed, in the database, that the revisions it was made
//! under still stand, and only before the clock alone would change it. So entries are never wrong and
//! never need deleting; they are only forgotten. This holds for one of Redis as for one of this process.

mod entry;
mod flights;
mod key;
mod memory;
mod remote;
mod search;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

pub use entry::{Entry, Read, Remembered, Source};
pub use key::Key;
pub use memory::Memory;
pub use remote::{Remote, Standing};
pub use search::Answers;

/// Where read models are remembered. Cheap to clone; clones share what they remember.
#[derive(Debug, Clone)]
pub enum Cache {
    /// Nowhere.
    Off,
    /// In this process.
    InProcess(Memory),
    /// In this process first, then in a Redis that replicas share.
    Shared(Memory, Arc<Remote>),
}

impl Cache {
    /// Remembers up to about `bytes` in this process; nothing when 0.
    #[must_use]
    pub fn in_process(bytes: u64) -> Self {
        if bytes == 0 { Self::Off } else { Self::InProcess(Memory::of(bytes)) }
    }

    /// The same, and in the Redis at `url` too, with so much time for each call. `secret` is one of the
    /// database that values are read from: it names and seals them. Connects to nothing yet.
    ///
    /// # Errors
    /// When `url` is no address of a Redis.
    pub fn shared(bytes: u64, url: &str, budget: Duration, secret: [u8; 32]) -> Result<Self, String> {
        Ok(Self::Shared(Memory::of(bytes), Arc::new(Remote::new(url, budget, secret)?)))
    }

    /// The answers to `questions`, from wherever they are remembered and still hold, else from `source`.
    /// What nobody remembers is read once for all who ask for it at the moment.
    ///
    /// # Errors
    /// What `source` returns; a failure of the memory is none.
    pub async fn remember<S: Source>(
        &self,
        source: &S,
        questions: &[S::Question],
    ) -> Result<Answers<S>, S::Error> {
        search::Search::of(self, source, questions).run().await
    }

    /// Forgets what this process remembers.
    pub fn forget(&self) {
        if let Some(memory) = self.memory() {
            memory.forget();
        }
    }

    /// What is known of Redis: `None` without one.
    #[must_use]
    pub fn redis_standing(&self) -> Option<Standing> {
        self.redis().map(Remote::standing)
    }

    fn memory(&self) -> Option<&Memory> {
        match self {
            Self::Off => None,
            Self::InProcess(memory) | Self::Shared(memory, _) => Some(memory),
        }
    }

    fn redis(&self) -> Option<&Arc<Remote>> {
        match self {
            Self::Off | Self::InProcess(_) => None,
            Self::Shared(_, redis) => Some(redis),
        }
    }
}
