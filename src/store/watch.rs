//! Looks after the pools while the service runs: notices connections that are lost for good, which the
//! library's pool never does, and has the pool replaced; has the replicas asked how far they are. Started by those who serve; migrations and tests, which
//! use connections behind our count, do without.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::{
    task::JoinHandle,
    time::{MissedTickBehavior, interval},
};

use crate::store::{Store, lag::Lag, pool::Pool, replicas::Replicas};

/// How often the connections are counted.
const TICK: Duration = Duration::from_millis(250);
/// A connection is lost when it is missing for so many times the longest that a use takes.
const USES: u32 = 3;

/// Ends the watch when dropped.
#[derive(Debug)]
pub struct Watch(JoinHandle<()>);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Store {
    /// Looks after the store until the watch is dropped.
    #[must_use]
    pub fn watch(&self) -> Watch {
        let store = self.clone();
        Watch(tokio::spawn(async move {
            let mut ticks = interval(TICK);
            ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
            let (mut count, mut followed) = (Count::default(), Followed::of(&store));
            loop {
                ticks.tick().await;
                count.look_at(&store.pool).await;
                if let Some(followed) = &mut followed {
                    followed.look_at(&store.pool).await;
                }
            }
        }))
    }
}

/// The replicas, with what is known of each.
struct Followed {
    replicas: Arc<Replicas>,
    counts: Vec<Count>,
    lag: Lag,
}

impl Followed {
    /// Without replicas too: the primary itself may have become one.
    fn of(store: &Store) -> Option<Self> {
        let none = || Arc::new(Replicas::new(Vec::new(), TICK));
        let replicas = store.is_postgres().then(|| store.replicas.clone().unwrap_or_else(none))?;
        let counts = replicas.all().iter().map(|_| Count::default()).collect();
        let lag = Lag::new(replicas.max_lag());
        Some(Self { replicas, counts, lag })
    }

    async fn look_at(&mut self, primary: &Pool) {
        for (replica, count) in self.replicas.all().iter().zip(&mut self.counts) {
            count.look_at(replica.pool()).await;
        }
        self.lag.look_at(primary, &self.replicas).await;
    }
}

/// What was missing from a pool, count after count.
#[derive(Debug, Default)]
struct Count {
    /// Since when anything has been missing.
    since: Option<Instant>,
    /// The least that was missing since then.
    missing: u32,
}

impl Count {
    async fn look_at(&mut self, pool: &Pool) {
        let Some(patience) = pool.patience() else { return };
        if !self.lost(pool.unaccounted(), Instant::now(), patience * USES) {
            return;
        }
        tracing::warn!(
            server = pool.server(),
            lost = self.missing,
            "connections were lost: replacing the pool"
        );
        *self = Self::default();
        if let Err(error) = pool.replace().await {
            tracing::error!(server = pool.server(), %error, "the pool cannot be replaced");
        }
    }

    /// Whether something has been missing for longer than `allowed`.
    fn lost(&mut self, missing: u32, now: Instant, allowed: Duration) -> bool {
        if missing == 0 {
            *self = Self::default();
            return false;
        }
        self.missing = if self.since.is_none() { missing } else { self.missing.min(missing) };
        now.duration_since(*self.since.get_or_insert(now)) > allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn what_comes_back_in_time_was_never_lost() {
        let (mut count, start) = (Count::default(), Instant::now());
        for second in 0..200 {
            let missing = if second % 10 == 9 { 0 } else { 3 };
            assert!(!count.lost(missing, start + SECOND * second, SECOND * 10), "second {second}");
        }
    }

    #[test]
    fn what_stays_away_is_lost_and_the_least_of_it_is_told() {
        let (mut count, start) = (Count::default(), Instant::now());
        assert!((0..=10).all(|second| !count.lost(2 + second % 3, start + SECOND * second, SECOND * 10)));
        assert!(count.lost(4, start + SECOND * 11, SECOND * 10));
        assert_eq!(count.missing, 2);
    }
}
