//! Who is computing what, so that of many who miss one value at once in this process one computes it.
//!
//! Only a value is ever shared. A computation that fails or is cancelled leaves nothing behind: those who
//! waited begin anew, and nobody waits for longer than [`PATIENCE`].

use std::{
    collections::{HashMap, hash_map::Entry as Place},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::watch, time::timeout};

use crate::cache::{Key, memory::Held};

/// Who waits longer computes by themself.
const PATIENCE: Duration = Duration::from_secs(1);

/// The computations under way. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Flights(Arc<Mutex<UnderWay>>);

type UnderWay = HashMap<Key, watch::Receiver<Option<Held>>>;

/// What to do about a missing value.
pub(super) enum Seat {
    /// Compute it.
    Lead(Lead),
    /// Somebody does.
    Follow(Follow),
}

/// The duty to compute a value. Dropped without [`landing`](Lead::land), it frees those who wait.
pub(super) struct Lead {
    key: Key,
    flights: Flights,
    landing: watch::Sender<Option<Held>>,
}

/// A value that somebody computes.
pub(super) struct Follow(watch::Receiver<Option<Held>>);

impl Flights {
    pub(super) fn board(&self, key: &Key) -> Seat {
        match self.under_way().entry(key.clone()) {
            Place::Occupied(flight) => Seat::Follow(Follow(flight.get().clone())),
            Place::Vacant(place) => {
                let (landing, follow) = watch::channel(None);
                place.insert(follow);
                Seat::Lead(Lead { key: key.clone(), flights: self.clone(), landing })
            }
        }
    }

    fn under_way(&self) -> MutexGuard<'_, UnderWay> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lead {
    /// Gives the value to those who wait; the duty ends with the drop.
    pub(super) fn land(&self, held: Held) {
        self.landing.send_replace(Some(held));
    }
}

impl Drop for Lead {
    fn drop(&mut self) {
        self.flights.under_way().remove(&self.key);
    }
}

impl Follow {
    /// The value; `None` when its computation failed, was cancelled or takes too long.
    pub(super) async fn landed(mut self) -> Option<Held> {
        let landed = timeout(PATIENCE, self.0.wait_for(Option::is_some)).await;
        landed.ok()?.ok()?.clone()
    }
}
