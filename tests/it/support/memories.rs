//! What a world's service remembers in, for tests that must not notice: nowhere, in its process, in Redis
//! too, or in both with everything forgotten at random moments.

use std::{hash::BuildHasher, time::Duration};

use assay::cache::Cache;
use tokio::time::sleep;

use crate::support::World;

/// What each call to Redis may take. Long, because a loaded machine is slow and no test is about that.
pub const BUDGET: Duration = Duration::from_secs(5);

/// Where a service remembers.
#[derive(Debug, Clone, Copy)]
pub enum Memory {
    Nowhere,
    InProcess,
    InRedis,
    Forgetful,
}

impl Memory {
    pub const ALL: [Self; 4] = [Self::Nowhere, Self::InProcess, Self::InRedis, Self::Forgetful];
}

/// Where the tests' Redis is.
pub fn redis_url() -> String {
    std::env::var("TEST_REDIS_URL").unwrap_or_else(|_| {
        panic!("TEST_REDIS_URL is not set: run scripts/test, which finds or installs Redis and starts it")
    })
}

impl World {
    /// The same world, remembering there from now on.
    pub async fn remembering(self, memory: Memory) -> Self {
        let cache = match memory {
            Memory::Nowhere => Cache::Off,
            Memory::InProcess => Cache::in_process(1 << 24),
            Memory::InRedis => self.replica(&redis_url()).await,
            Memory::Forgetful => {
                // A database of Redis apart, which is emptied again and again.
                let url = format!("{}/1", redis_url());
                let cache = self.replica(&url).await;
                tokio::spawn(forget(cache.clone(), url));
                cache
            }
        };
        let store = self.store().clone();
        self.served_from(store, cache)
    }

    /// A memory of its own, and the Redis at `url` with everybody else who serves this database.
    pub async fn replica(&self, url: &str) -> Cache {
        let key = self.store().digest_key().await.expect("the database has a key");
        Cache::shared(1 << 24, url, BUDGET, key.derive("memories of tests")).expect("an address of Redis")
    }
}

/// Forgets everything, again and again, until the test is over.
async fn forget(cache: Cache, url: String) {
    let client = redis::Client::open(url).expect("an address of Redis");
    let mut redis = client.get_multiplexed_async_connection().await.expect("Redis answers");
    let chance = std::hash::RandomState::new();
    for turn in 0_u64.. {
        let dice = chance.hash_one(turn);
        sleep(Duration::from_micros(dice % 4_000)).await;
        if dice & (1 << 40) == 0 {
            cache.forget();
        }
        if dice & (1 << 41) == 0 {
            redis::cmd("FLUSHDB").exec_async(&mut redis).await.expect("Redis forgets");
        }
    }
}
