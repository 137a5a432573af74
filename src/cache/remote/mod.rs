//! What all replicas of the service remember together, in Redis. Every failure is a miss: it costs at most
//! the budget of one call, and soon nothing, for a server that fails is left alone.

mod breaker;
mod link;
mod seal;
#[cfg(test)]
mod tests;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use redis::{Cmd, FromRedisValue};
use tokio::sync::Semaphore;

use crate::{
    cache::{
        Entry, Key, Remembered,
        remote::{
            breaker::{Admission, Breaker},
            link::Link,
            seal::Seal,
        },
    },
    domain::time::Timestamp,
    telemetry::metrics::cache::{Outcome, redis_breaker},
};

pub use breaker::Standing;

/// Values on their way to the server at once; what comes on top is not written.
const WRITES: usize = 64;

/// Redis, as a place to remember in.
#[derive(Debug)]
pub struct Remote {
    link: Link,
    breaker: Breaker,
    seal: Seal,
    budget: Duration,
    writes: Arc<Semaphore>,
}

/// What a lookup came to: a value, or why there is none.
pub(super) type Found<T> = Result<Arc<Entry<T>>, Outcome>;

impl Remote {
    /// Connects to nothing yet. `secret` belongs to the database that values are read from.
    pub(super) fn new(url: &str, budget: Duration, secret: [u8; 32]) -> Result<Self, String> {
        let link = Link::to(url).map_err(|error| error.to_string())?;
        let writes = Arc::new(Semaphore::new(WRITES));
        Ok(Self { link, breaker: Breaker::new(), seal: Seal::of(secret), budget, writes })
    }

    /// Whether a Redis is at `url`, and answers within the budget of a call once there is a connection.
    ///
    /// # Errors
    /// What is wrong with it.
    pub async fn check(url: &str, budget: Duration) -> Result<(), String> {
        let link = Link::to(url).map_err(|error| error.to_string())?;
        link.connect().await?;
        link.call::<String>(&redis::cmd("PING"), budget).await.map(drop)
    }

    /// What is known of the server. Looking is what sees it come back, and what asks one that nobody has asked.
    pub(super) fn standing(self: &Arc<Self>) -> Standing {
        let standing = self.breaker.standing();
        match self.breaker.admit(Instant::now()) {
            Admission::Probe => self.probe(),
            Admission::Call if standing != Standing::Well => self.ask(),
            Admission::Call | Admission::Skip => {}
        }
        standing
    }

    /// What is remembered under each of `keys`, in their order.
    pub(super) async fn get<T: Remembered>(self: &Arc<Self>, keys: &[Key]) -> Vec<Found<T>> {
        let names: Vec<String> = keys.iter().map(|key| self.seal.name(key)).collect();
        let mut command = redis::cmd("MGET");
        command.arg(&names);
        let none = |outcome: Outcome| keys.iter().map(|_| Err(outcome)).collect();
        let sealed: Vec<Option<Vec<u8>>> = match self.call(&command).await {
            Ok(sealed) => sealed,
            Err(outcome) => return none(outcome),
        };
        let open = |(name, sealed): (&String, Option<Vec<u8>>)| match sealed {
            Some(sealed) => self.seal.open(name, &sealed).map(Arc::new).ok_or(Outcome::Error),
            None => Err(Outcome::Miss),
        };
        names.iter().zip(sealed).map(open).collect()
    }

    /// Remembers `entry`. Nobody waits for it.
    pub(super) fn put<T: Remembered>(self: &Arc<Self>, key: &Key, entry: &Entry<T>, now: Timestamp) {
        let fresh = entry.fresh_until.map(|until| (until - now).to_std().unwrap_or_default());
        let kept = fresh.map_or(key.kept(), |fresh| fresh.min(key.kept())).as_millis();
        if kept == 0 || self.breaker.is_open() {
            return;
        }
        let Ok(turn) = Arc::clone(&self.writes).try_acquire_owned() else { return };
        let name = self.seal.name(key);
        let Some(sealed) = self.seal.close(&name, entry) else { return };
        let mut command = redis::cmd("SET");
        command.arg(name).arg(sealed).arg("PX").arg(u64::try_from(kept).unwrap_or(u64::MAX));
        let own = Arc::clone(self);
        tokio::spawn(async move {
            // Whoever asks next finds out; there is nobody here to tell.
            let _written: Result<(), Outcome> = own.call(&command).await;
            drop(turn);
        });
    }

    async fn call<T: FromRedisValue>(self: &Arc<Self>, command: &Cmd) -> Result<T, Outcome> {
        match self.breaker.admit(Instant::now()) {
            Admission::Call => {}
            Admission::Skip => return Err(Outcome::Skipped),
            Admission::Probe => {
                self.probe();
                return Err(Outcome::Skipped);
            }
        }
        let answer = self.link.call(command, self.budget).await;
        if self.breaker.called(answer.is_ok(), Instant::now()) {
            redis_breaker(true);
            let error = answer.as_ref().err().map_or("", String::as_str);
            tracing::warn!(error, "Redis fails and is left alone; the service goes on without");
        }
        answer.map_err(|_| Outcome::Error)
    }

    /// Asks the server how it is where no request does.
    fn ask(self: &Arc<Self>) {
        let own = Arc::clone(self);
        tokio::spawn(async move {
            // A call waits less long than connecting may take.
            let _connected: Result<(), String> = own.link.connect().await;
            let _answered: Result<String, Outcome> = own.call(&redis::cmd("PING")).await;
        });
    }

    /// Sees whether the server is back, while requests go on without it.
    fn probe(self: &Arc<Self>) {
        let own = Arc::clone(self);
        tokio::spawn(async move {
            let well = own.link.connect().await.is_ok()
                && own.link.call::<String>(&redis::cmd("PING"), own.budget).await.is_ok();
            if own.breaker.probed(well, Instant::now()) {
                redis_breaker(false);
                tracing::info!("Redis answers again");
            }
        });
    }
}
