//! What is remembered: a value with what it rests on, and who can read it anew. Knows no place to keep it.

use std::{collections::BTreeSet, hash::Hash};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    cache::Key,
    domain::{
        revisions::{Revisions, Root},
        time::Timestamp,
    },
};

/// A read model that can be remembered, here and on a server that is shared.
///
/// It is the same for every viewer. Change [`Key::format`] with its shape.
pub trait Remembered: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// About how much memory it takes.
    fn bytes(&self) -> usize;
}

/// A value with what it rests on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entry<T> {
    /// The value.
    pub value: T,
    /// Every root it was read from, as it stood then.
    pub revisions: Revisions,
    /// The earliest instant at which the clock alone changes it; `None`: never.
    #[serde(with = "chrono::serde::ts_microseconds_option")]
    pub fresh_until: Option<Timestamp>,
}

impl<T> Entry<T> {
    /// Whether it still holds at `now`, when `revisions` are what the database has just said of its roots,
    /// and maybe of others.
    #[must_use]
    pub fn holds(&self, revisions: &Revisions, now: Timestamp) -> bool {
        self.revisions.iter().all(|(root, value)| revisions.get(root) == Some(value))
            && self.fresh_until.is_none_or(|until| now < until)
    }
}

/// Where values come from when nobody remembers them, and who says whether a remembered one still holds.
///
/// What it reads depends on the question and the database alone: a viewer is not among its arguments, so
/// that what one viewer caused to be remembered is fit for every other.
pub trait Source: Sync {
    /// What is asked; equal questions have equal answers.
    type Question: Clone + Eq + Hash + Send + Sync;
    /// What is answered.
    type Value: Remembered;
    /// Why there is no answer.
    type Error: Send;

    /// The key of a question's answer.
    fn key(&self, question: &Self::Question) -> Key;

    /// The instant of the operation that asks.
    fn now(&self) -> Timestamp;

    /// The revisions of `roots`, as they stand.
    fn revisions(
        &self,
        roots: &BTreeSet<Root>,
    ) -> impl Future<Output = Result<Revisions, Self::Error>> + Send;

    /// Reads the answers; a question without one is absent.
    fn read(&self, questions: Vec<Self::Question>) -> impl Future<Output = Read<Self>> + Send;
}

/// The answers a [`Source`] has read.
pub type Read<S> = Result<Vec<(<S as Source>::Question, Entry<<S as Source>::Value>)>, <S as Source>::Error>;
