//! A source of values that counts how often it is read, and that a test can hold up, break and change.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
};

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::{
    cache::{Cache, Entry, Key, Read, Remembered, Source},
    domain::{
        ids::SkillId,
        revisions::{Revisions, Root},
        time::Timestamp,
    },
};

/// The revision it was read under.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Value(pub(super) i64);

impl Remembered for Value {
    fn bytes(&self) -> usize {
        8
    }
}

/// Clones are the same source.
#[derive(Debug, Clone)]
pub(super) struct Desk(Arc<State>);

#[derive(Debug)]
struct State {
    reads: AtomicUsize,
    revision: AtomicI64,
    failures: AtomicUsize,
    /// Each reading waits for a permit.
    gate: Semaphore,
    fresh_until: Option<Timestamp>,
    now: AtomicI64,
}

impl Desk {
    /// Closed: readings begin and do not end.
    pub(super) fn closed() -> Self {
        Self::until(None)
    }

    pub(super) fn open() -> Self {
        let desk = Self::closed();
        desk.let_through(Semaphore::MAX_PERMITS);
        desk
    }

    /// Open, with values that the clock changes at `fresh_until`.
    pub(super) fn until(fresh_until: Option<Timestamp>) -> Self {
        Self(Arc::new(State {
            reads: AtomicUsize::new(0),
            revision: AtomicI64::new(1),
            failures: AtomicUsize::new(0),
            gate: Semaphore::new(0),
            fresh_until,
            now: AtomicI64::new(0),
        }))
    }

    pub(super) fn let_through(&self, readings: usize) {
        self.0.gate.add_permits(readings);
    }

    pub(super) fn reads(&self) -> usize {
        self.0.reads.load(Ordering::SeqCst)
    }

    pub(super) fn write(&self) {
        self.0.revision.fetch_add(1, Ordering::SeqCst);
    }

    pub(super) fn fail(&self, times: usize) {
        self.0.failures.store(times, Ordering::SeqCst);
    }

    pub(super) fn set_clock(&self, at: Timestamp) {
        self.0.now.store(at.timestamp_micros(), Ordering::SeqCst);
    }

    /// Asks for one thing, as a request does.
    pub(super) async fn ask(&self, cache: &Cache) -> Result<i64, &'static str> {
        let question = SkillId::from_uuid(Uuid::from_u128(7));
        let mut found = cache.remember(self, &[question]).await?;
        Ok(found.remove(&question).expect("it exists").value.0)
    }
}

impl Source for Desk {
    type Question = SkillId;
    type Value = Value;
    type Error = &'static str;

    fn key(&self, skill: &SkillId) -> Key {
        Key::SkillDetails(*skill)
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_timestamp_micros(self.0.now.load(Ordering::SeqCst)).expect("an instant")
    }

    async fn revisions(&self, roots: &BTreeSet<Root>) -> Result<Revisions, &'static str> {
        assert_eq!(*roots, BTreeSet::from([Root::SKILL_CATALOGUE]), "only the roots of what was found");
        Ok(Revisions::from([(Root::SKILL_CATALOGUE, self.0.revision.load(Ordering::SeqCst))]))
    }

    async fn read(&self, questions: Vec<SkillId>) -> Read<Self> {
        self.0.reads.fetch_add(1, Ordering::SeqCst);
        let revision = self.0.revision.load(Ordering::SeqCst);
        self.0.gate.acquire().await.expect("never closed").forget();
        let fails =
            self.0.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        if fails.is_ok() {
            return Err("the database failed");
        }
        let entry = || Entry {
            value: Value(revision),
            revisions: Revisions::from([(Root::SKILL_CATALOGUE, revision)]),
            fresh_until: self.0.fresh_until,
        };
        Ok(questions.into_iter().map(|question| (question, entry())).collect())
    }
}
