//! Finds out, again and again, which replicas follow the primary closely enough to be read from.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use tokio::time::timeout;

use crate::store::{
    StoreError,
    pool::Pool,
    replicas::{Position, Replica, Replicas, Server},
};

/// How long a server may take to say how far it is.
const ASKING: Duration = Duration::from_secs(1);
/// How long a new pool gets before it is replaced again.
const AGAIN: Duration = Duration::from_secs(5);

/// What is known of the primary's way.
#[derive(Debug)]
pub(super) struct Lag {
    allowed: Duration,
    /// Where the primary was when; the first is the last one that is older than allowed.
    seen: VecDeque<(Instant, Position)>,
    replaced: Option<Instant>,
}

impl Lag {
    pub(super) fn new(allowed: Duration) -> Self {
        Self { allowed, seen: VecDeque::new(), replaced: None }
    }

    /// Asks every server, and leaves out or takes in.
    pub(super) async fn look_at(&mut self, primary: &Pool, replicas: &Replicas) {
        // The primary last: a replica that is ahead of it then follows another.
        let said = join_all(replicas.all().iter().map(|replica| ask(replica.pool()))).await;
        // Without the primary there is no operation, and nothing to compare with.
        let Ok(server) = ask(primary).await else { return };
        let Some(written) = server.written() else { return self.look_elsewhere(primary).await };
        self.remember(Instant::now(), written);
        for (replica, said) in replicas.all().iter().zip(said) {
            replica.set_answers(said.is_ok());
            let follows = match said {
                Ok(said) => said.follows(&server, written).map_err(str::to_owned),
                Err(error) => Err(error.to_string()),
            };
            judge(replica, follows.and_then(|replayed| self.within(replayed)));
        }
    }

    /// The name of the primary leads to a server that follows another now: somebody was promoted. New
    /// connections look the name up again.
    async fn look_elsewhere(&mut self, primary: &Pool) {
        if self.replaced.is_some_and(|when| when.elapsed() < AGAIN) {
            return;
        }
        self.replaced = Some(Instant::now());
        tracing::warn!("the primary takes no writes: connecting again");
        if let Err(error) = primary.replace().await {
            tracing::error!(%error, "the pool of the primary cannot be replaced");
        }
    }

    fn remember(&mut self, now: Instant, written: Position) {
        self.seen.push_back((now, written));
        let old = |seen: &(Instant, Position)| now.duration_since(seen.0) >= self.allowed;
        while self.seen.get(1).is_some_and(old) {
            self.seen.pop_front();
        }
        if self.seen.back().is_some_and(|(_, last)| *last < self.seen[0].1) {
            // Restored, or promoted with less: what was seen before says nothing.
            self.seen = VecDeque::from([(now, written)]);
        }
    }

    /// Whether who has `replayed` so much has all that the primary had when it was last older than allowed.
    fn within(&self, replayed: Position) -> Result<Position, String> {
        let must = self.seen.front().filter(|(when, _)| when.elapsed() >= self.allowed);
        match must {
            Some((_, position)) if replayed < *position => {
                Err(format!("it is over {:?} behind", self.allowed))
            }
            _ => Ok(replayed),
        }
    }
}

/// What the server says of itself, within the time it has for that.
pub(super) async fn ask(pool: &Pool) -> Result<Server, StoreError> {
    let asked = timeout(ASKING, Server::ask(pool)).await;
    asked.unwrap_or_else(|_| Err(StoreError::Unavailable(format!("no answer in {ASKING:?}"))))
}

fn judge(replica: &Replica, follows: Result<Position, String>) {
    match follows {
        Ok(replayed) => {
            replica.said(replayed);
            replica.take_in();
        }
        Err(why) => replica.leave_out(&why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replica_may_lack_what_is_newer_than_the_lag_that_is_allowed() {
        let mut lag = Lag::new(Duration::from_secs(5));
        let long_ago = Instant::now() - Duration::from_secs(60);
        for (second, written) in [(0, 100), (52, 200), (54, 300), (58, 400)] {
            lag.remember(long_ago + Duration::from_secs(second), written);
        }
        // At the last look, five seconds before, the primary was at 200.
        assert!(lag.within(199).is_err());
        assert_eq!(lag.within(200), Ok(200));
    }

    #[test]
    fn a_primary_that_went_back_is_measured_afresh() {
        let mut lag = Lag::new(Duration::from_secs(5));
        let long_ago = Instant::now() - Duration::from_secs(60);
        for (second, written) in [(0, 500), (10, 600), (20, 100)] {
            lag.remember(long_ago + Duration::from_secs(second), written);
        }
        assert_eq!(lag.within(100), Ok(100));
    }
}
