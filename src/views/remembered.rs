//! What read models have in common: read whole in one snapshot, by a question alone, and remembered for
//! everyone. No scope comes this way, so that nothing a viewer may or may not see can get in.

use std::{
    collections::{BTreeSet, HashMap},
    future::Future,
    hash::Hash,
    marker::PhantomData,
    sync::Arc,
};

use crate::{
    cache::{Cache, Entry, Key, Read, Remembered, Source},
    domain::{
        revisions::{Revisions, Root},
        time::Timestamp,
    },
    store::{Snapshot, Store, StoreError},
};

/// A value that is a function of a question, of the database and of the instant.
pub(super) trait ReadModel: Remembered + Sized {
    /// What is asked.
    type Question: Clone + Eq + Hash + Send + Sync + 'static;
    /// Why there is no answer.
    type Error: From<StoreError> + Send + 'static;

    /// The key of a question's answer; it holds all of the question.
    fn key(question: &Self::Question) -> Key;

    /// Reads the answers as they are at `now`, each with all its roots; what does not exist is absent.
    fn read(
        snapshot: &Snapshot,
        questions: &[Self::Question],
        now: Timestamp,
    ) -> impl Future<Output = AllRead<Self>> + Send;
}

/// What reading came to: answers beside their questions.
pub(super) type AllRead<M> = Result<Vec<(<M as ReadModel>::Question, Entry<M>)>, <M as ReadModel>::Error>;

/// The answers to `questions`, which hold at `now`.
///
/// # Errors
/// What reading them returns.
pub(super) async fn remembered<M: ReadModel>(
    store: &Store,
    cache: &Cache,
    now: Timestamp,
    questions: &[M::Question],
) -> Result<HashMap<M::Question, Arc<Entry<M>>>, M::Error> {
    cache.remember(&InStore::<M> { store, now, model: PhantomData }, questions).await
}

struct InStore<'a, M> {
    store: &'a Store,
    now: Timestamp,
    model: PhantomData<fn() -> M>,
}

impl<M: ReadModel> Source for InStore<'_, M> {
    type Question = M::Question;
    type Value = M;
    type Error = M::Error;

    fn key(&self, question: &M::Question) -> Key {
        M::key(question)
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    async fn revisions(&self, roots: &BTreeSet<Root>) -> Result<Revisions, M::Error> {
        Ok(self.store.revisions(roots).await?)
    }

    async fn read(&self, questions: Vec<M::Question>) -> Read<Self> {
        let now = self.now;
        self.store
            .snapshot(move |snapshot| {
                let questions = questions.clone();
                async move { M::read(&snapshot, &questions, now).await }
            })
            .await
    }
}
