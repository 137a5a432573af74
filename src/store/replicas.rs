//! The replicas of the database: how far each is, and which one may serve an operation. Whoever reads from a
//! replica has the primary's word of that instant first; what is behind it is not asked.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use sea_orm::FromQueryResult;
use tokio::{sync::watch, time::timeout};

use crate::store::{Reader, StoreError, pool::Pool};

/// How long an operation waits to hear how far a replica is, before it reads from the primary.
const ASKING: Duration = Duration::from_millis(100);

/// A place in the write-ahead log, in bytes. Everything that a reader can see was written before it.
pub(super) type Position = u64;

/// Where the primary writes next; NULL on a server that follows another.
pub(super) const WRITTEN: &str =
    "CASE WHEN pg_is_in_recovery() THEN NULL ELSE (pg_current_wal_insert_lsn() - '0/0')::bigint END";
/// Up to where a replica has replayed; NULL on one that was promoted and follows nobody.
const REPLAYED: &str = "CASE WHEN pg_is_in_recovery() THEN (pg_last_wal_replay_lsn() - '0/0')::bigint END";

/// All replicas.
#[derive(Debug)]
pub(super) struct Replicas {
    all: Vec<Arc<Replica>>,
    /// Whose turn it is.
    turn: AtomicUsize,
    max_lag: Duration,
}

/// One replica.
#[derive(Debug)]
pub(super) struct Replica {
    pool: Pool,
    /// Up to where it has certainly replayed.
    replayed: AtomicU64,
    /// It answers, follows our primary, and is not far behind.
    fit: AtomicBool,
    /// It answered when it was last asked; who waits for it hears when it does not.
    answers: watch::Sender<bool>,
    /// How many reads it has answered.
    reads: AtomicU64,
}

/// What a server says of itself.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub(super) struct Server {
    /// The cluster, which a primary has in common with those that follow it.
    cluster: i64,
    /// The database in it.
    database: i64,
    /// On a primary.
    written: Option<i64>,
    /// On a replica.
    replayed: Option<i64>,
}

#[derive(FromQueryResult)]
struct Replayed {
    replayed: Option<i64>,
}

impl Replicas {
    /// None is read from until it was found to follow.
    pub(super) fn new(pools: Vec<Pool>, max_lag: Duration) -> Self {
        let replica = |pool| {
            let (replayed, fit, answers, reads) = Default::default();
            Arc::new(Replica { pool, replayed, fit, answers, reads })
        };
        Self { all: pools.into_iter().map(replica).collect(), turn: AtomicUsize::new(0), max_lag }
    }

    pub(super) fn max_lag(&self) -> Duration {
        self.max_lag
    }

    pub(super) fn reads(&self) -> u64 {
        self.all.iter().map(|replica| replica.reads.load(Ordering::Relaxed)).sum()
    }

    pub(super) fn all(&self) -> &[Arc<Replica>] {
        &self.all
    }

    /// A replica that has everything up to `position`. At most one is asked how far it is by now: a primary
    /// that is busy has always just written something, and the replica has it a moment later.
    pub(super) async fn at(&self, position: Position) -> Option<Arc<Replica>> {
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % self.all.len();
        let (before, after) = self.all.split_at(turn);
        let fit: Vec<_> = after.iter().chain(before).filter(|replica| replica.is_fit()).collect();
        if let Some(known) = fit.iter().find(|replica| replica.replayed.load(Ordering::Acquire) >= position) {
            return Some(Arc::clone(known));
        }
        let next = fit.first()?;
        (next.ask().await? >= position).then(|| Arc::clone(next))
    }
}

impl Replica {
    pub(super) fn pool(&self) -> &Pool {
        &self.pool
    }

    pub(super) fn is_fit(&self) -> bool {
        self.fit.load(Ordering::Acquire)
    }

    pub(super) fn take_in(&self) {
        if !self.fit.swap(true, Ordering::AcqRel) {
            tracing::info!(server = self.pool.server(), "reads may go to it");
        }
    }

    pub(super) fn leave_out(&self, why: &str) {
        if self.fit.swap(false, Ordering::AcqRel) {
            tracing::warn!(server = self.pool.server(), why, "no reads go to it for now");
        }
    }

    /// Tells those who wait for it whether it answers.
    pub(super) fn set_answers(&self, answers: bool) {
        self.answers.send_replace(answers);
    }

    /// Waits for `read`, but no longer than the replica answers at all.
    pub(super) async fn while_it_answers<T, E: From<StoreError>>(
        &self,
        read: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let mut answers = self.answers.subscribe();
        tokio::select! {
            done = read => done,
            Ok(_) = answers.wait_for(|answers| !answers) => {
                Err(StoreError::Unavailable("the replica fell silent".to_owned()).into())
            }
        }
    }

    pub(super) fn answered(&self) {
        self.reads.fetch_add(1, Ordering::Relaxed);
    }

    /// Remembers how far it said to be.
    pub(super) fn said(&self, replayed: Position) {
        // Not the greater of the two: one that was rebuilt may be behind where it was.
        self.replayed.store(replayed, Ordering::Release);
    }

    /// Up to where it has replayed by now.
    async fn ask(&self) -> Option<Position> {
        let reader = Reader::pool(self.pool.clone());
        let asked = reader.one::<Replayed>(reader.sql(&format!("SELECT {REPLAYED} AS replayed")));
        let replayed = match timeout(ASKING, asked).await {
            Ok(Ok(row)) => row.and_then(|row| position(row.replayed)),
            Ok(Err(_)) | Err(_) => None,
        };
        match replayed {
            Some(replayed) => drop(self.replayed.fetch_max(replayed, Ordering::AcqRel)),
            None => self.leave_out("it does not tell how far it is"),
        }
        replayed
    }
}

impl Server {
    /// Asks the server that `pool` leads to.
    pub(super) async fn ask(pool: &Pool) -> Result<Self, StoreError> {
        let reader = Reader::pool(pool.clone());
        let text = format!(
            "SELECT (SELECT system_identifier FROM pg_control_system()) AS cluster, \
             (SELECT oid::bigint FROM pg_database WHERE datname = current_database()) AS database, \
             {WRITTEN} AS written, {REPLAYED} AS replayed"
        );
        let server = reader.one(reader.sql(&text)).await?;
        server.ok_or_else(|| StoreError::Fault("a server says nothing of itself".to_owned()))
    }

    /// Where it writes; `None` when it follows another.
    pub(super) fn written(&self) -> Option<Position> {
        position(self.written)
    }

    /// How far it has followed `primary`, which was asked after it; or why it does not follow it.
    pub(super) fn follows(&self, primary: &Self, written: Position) -> Result<Position, &'static str> {
        if (self.cluster, self.database) != (primary.cluster, primary.database) {
            return Err("it is not a replica of this database");
        }
        match position(self.replayed) {
            None => Err("it follows nobody: it was promoted, or never was a replica"),
            Some(replayed) if replayed > written => Err("it is ahead of the primary: it follows another one"),
            Some(replayed) => Ok(replayed),
        }
    }
}

pub(super) fn position(lsn: Option<i64>) -> Option<Position> {
    lsn.and_then(|lsn| u64::try_from(lsn).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIMARY: Server = Server { cluster: 7, database: 5, written: Some(100), replayed: None };

    #[test]
    fn only_a_server_that_replays_this_primary_follows_it() {
        let replica = Server { written: None, replayed: Some(90), ..PRIMARY };
        assert_eq!(replica.follows(&PRIMARY, 100), Ok(90));
        let ahead = Server { replayed: Some(101), ..replica.clone() };
        let promoted = PRIMARY;
        let elsewhere = Server { cluster: 8, ..replica.clone() };
        let beside = Server { database: 6, ..replica };
        for stranger in [ahead, promoted, elsewhere, beside] {
            assert!(stranger.follows(&PRIMARY, 100).is_err(), "{stranger:?}");
        }
    }
}
