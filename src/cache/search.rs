//! One search for some values: in this process, at somebody who is at work on them, in Redis, and at their
//! source. Each place it looks in costs one confirmation for all values together, and a value is given out
//! only when it was confirmed after the search began.

use std::{collections::HashMap, sync::Arc};

use futures_util::future::join_all;

use crate::{
    cache::{
        Cache, Entry, Key, Source,
        flights::{Lead, Seat},
        memory::{Held, Memory},
    },
    domain::revisions::Revisions,
    telemetry::metrics::cache::{Layer, Outcome, lookup},
};

/// How often a search joins others before it works alone: failures and cancelled work are not inherited.
const ROUNDS: usize = 2;

/// The answers by their questions.
pub type Answers<S> = HashMap<<S as Source>::Question, Arc<Entry<<S as Source>::Value>>>;

pub(super) struct Search<'a, S: Source> {
    cache: &'a Cache,
    source: &'a S,
    missing: HashMap<S::Question, Key>,
    found: Answers<S>,
    /// What was looked at and no longer holds, so that it is not looked at twice.
    stale: Answers<S>,
}

/// A question with what a place remembers of it.
type Looked<S> = (<S as Source>::Question, Result<Arc<Entry<<S as Source>::Value>>, Outcome>);

/// The questions whose answers this search computes for everybody.
type Leads<S> = HashMap<<S as Source>::Question, Lead>;

impl<'a, S: Source> Search<'a, S> {
    pub(super) fn of(cache: &'a Cache, source: &'a S, questions: &[S::Question]) -> Self {
        let missing = questions.iter().map(|question| (question.clone(), source.key(question))).collect();
        Self { cache, source, missing, found: HashMap::new(), stale: HashMap::new() }
    }

    pub(super) async fn run(mut self) -> Result<Answers<S>, S::Error> {
        if let Some(memory) = self.cache.memory() {
            let looked = self.remembered(memory, self.missing.keys().cloned().collect()).await;
            self.confirm(Some(Layer::InProcess), looked).await?;
            for _ in 0..ROUNDS {
                if self.missing.is_empty() {
                    break;
                }
                self.work_together(memory).await?;
            }
        }
        self.read(&mut HashMap::new(), self.missing.keys().cloned().collect()).await?;
        Ok(self.found)
    }

    async fn remembered(&self, memory: &Memory, questions: Vec<S::Question>) -> Vec<Looked<S>> {
        let mut looked = Vec::with_capacity(questions.len());
        for question in questions {
            let entry = memory.get(&self.source.key(&question)).await;
            let known = |entry: &Arc<_>| self.stale.get(&question).is_some_and(|old| Arc::ptr_eq(old, entry));
            let entry = entry.filter(|entry| !known(entry)).ok_or(Outcome::Miss);
            looked.push((question, entry));
        }
        looked
    }

    /// Computes what nobody computes, and only then waits for the rest: who leads waits for nobody, so
    /// there is no circle to wait in.
    async fn work_together(&mut self, memory: &Memory) -> Result<(), S::Error> {
        let (mut leads, mut follows) = (Leads::<S>::new(), Vec::new());
        for (question, key) in &self.missing {
            match memory.flights.board(key) {
                Seat::Lead(lead) => drop(leads.insert(question.clone(), lead)),
                Seat::Follow(follow) => follows.push((question.clone(), follow)),
            }
        }
        // Somebody may have landed between the look and the boarding.
        let looked = self.remembered(memory, leads.keys().cloned().collect()).await;
        self.confirm(None, looked).await?;
        self.land(&mut leads);
        self.ask_redis(memory, &mut leads).await?;
        let rest = leads.keys().cloned().collect();
        self.read(&mut leads, rest).await?;
        let landed = follows.into_iter().map(async |(question, follow)| {
            let entry = follow.landed().await.and_then(Held::entry);
            (question, entry.ok_or(Outcome::Miss))
        });
        let landed = join_all(landed).await;
        self.confirm(None, landed).await
    }

    async fn ask_redis(&mut self, memory: &Memory, leads: &mut Leads<S>) -> Result<(), S::Error> {
        let Some(redis) = self.cache.redis().filter(|_| !leads.is_empty()) else { return Ok(()) };
        let questions: Vec<S::Question> = leads.keys().cloned().collect();
        let keys: Vec<Key> = questions.iter().map(|question| self.source.key(question)).collect();
        let looked = questions.iter().cloned().zip(redis.get(&keys).await).collect();
        self.confirm(Some(Layer::Redis), looked).await?;
        for (question, key) in questions.iter().zip(keys) {
            if let Some(entry) = self.found.get(question) {
                memory.put(key, Held::of(Arc::clone(entry))).await;
            }
        }
        self.land(leads);
        Ok(())
    }

    /// Takes what holds now. One statement, whatever was found.
    async fn confirm(&mut self, layer: Option<Layer>, looked: Vec<Looked<S>>) -> Result<(), S::Error> {
        let entries = || looked.iter().filter_map(|(_, entry)| entry.as_ref().ok());
        let stand = match entries().next() {
            None => Revisions::new(),
            Some(_) => {
                let roots = entries().flat_map(|entry| entry.revisions.keys().copied()).collect();
                self.source.revisions(&roots).await?
            }
        };
        for (question, entry) in looked {
            let outcome = match entry {
                Err(outcome) => outcome,
                Ok(entry) if entry.holds(&stand, self.source.now()) => {
                    self.found.insert(question.clone(), entry);
                    Outcome::Hit
                }
                Ok(entry) => {
                    self.stale.insert(question.clone(), entry);
                    Outcome::Stale
                }
            };
            if let (Some(layer), Some(key)) = (layer, self.missing.get(&question)) {
                lookup(layer, key.name(), outcome);
            }
            if outcome == Outcome::Hit {
                self.missing.remove(&question);
            }
        }
        Ok(())
    }

    /// Reads the answers to `questions`, remembers them and gives them to those who wait.
    async fn read(&mut self, leads: &mut Leads<S>, questions: Vec<S::Question>) -> Result<(), S::Error> {
        if questions.is_empty() {
            return Ok(());
        }
        for question in &questions {
            self.missing.remove(question);
        }
        for (question, entry) in self.source.read(questions).await? {
            let (key, entry) = (self.source.key(&question), Arc::new(entry));
            if let Some(redis) = self.cache.redis() {
                redis.put(&key, &entry, self.source.now());
            }
            if let Some(memory) = self.cache.memory() {
                memory.put(key, Held::of(Arc::clone(&entry))).await;
            }
            self.found.insert(question, entry);
        }
        self.land(leads);
        // A question without an answer has nothing to land, and nobody need wait for it.
        leads.clear();
        Ok(())
    }

    /// Gives what was found to those who wait for it.
    fn land(&self, leads: &mut Leads<S>) {
        leads.retain(|question, lead| match self.found.get(question) {
            Some(entry) => {
                lead.land(Held::of(Arc::clone(entry)));
                false
            }
            None => true,
        });
    }
}
