//! Things that are looked at when metrics are read, for as long as somebody holds their [`Watch`]. Nothing
//! here counts by itself.

use std::{
    fmt,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

type Look<T> = Box<dyn Fn() -> T + Send + Sync>;

/// What is looked at.
pub(super) struct Watched<T: 'static>(Mutex<Vec<(u64, Look<T>)>>);

/// Keeps something in the metrics; gone from them when dropped.
#[must_use = "what is watched leaves the metrics when the watch is dropped"]
pub struct Watch(Box<dyn Fn() + Send + Sync>);

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        (self.0)();
    }
}

impl<T> Watched<T> {
    pub(super) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    pub(super) fn add(&'static self, look: impl Fn() -> T + Send + Sync + 'static) -> Watch {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((id, Box::new(look)));
        Watch(Box::new(move || {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let gone = all.iter().position(|(other, _)| *other == id).map(|at| all.swap_remove(at));
            // What it holds may be large, and is let go outside the lock.
            drop(all);
            drop(gone);
        }))
    }

    /// Looks at each.
    pub(super) fn looks(&self) -> Vec<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().map(|(_, look)| look()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_longer_watched_is_no_longer_looked_at() {
        static WATCHED: Watched<u32> = Watched::new();
        let (one, two) = (WATCHED.add(|| 1), WATCHED.add(|| 2));
        assert_eq!(WATCHED.looks(), [1, 2]);
        drop(one);
        assert_eq!(WATCHED.looks(), [2]);
        drop(two);
        assert!(WATCHED.looks().is_empty());
    }
}
