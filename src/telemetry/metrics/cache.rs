//! Lookups in the cache, by layer, kind of key and outcome, and what the layers hold.

use opentelemetry::{KeyValue, metrics::Meter};

use crate::{
    domain::choices::choices,
    telemetry::metrics::{Watch, instruments, watched::Watched},
};

choices! {
    /// Which memory was asked.
    Layer {
        /// This process's own.
        InProcess = "in_process",
        /// The one that replicas share.
        Redis = "redis",
    }

    /// What a lookup came to.
    Outcome {
        /// There, and it holds.
        Hit = "hit",
        /// Not there.
        Miss = "miss",
        /// There, but the database has moved on.
        Stale = "stale",
        /// The layer failed, or took too long.
        Error = "error",
        /// The layer was not asked: it is left alone after failures.
        Skipped = "skipped",
    }
}

/// What the in-process layer holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Entries.
    pub entries: u64,
    /// About how many bytes.
    pub bytes: u64,
}

static SIZES: Watched<Size> = Watched::new();

/// A lookup. `key` is the kind of key: the name of a variant of the cache's closed list, never a key.
pub fn lookup(layer: Layer, key: &'static str, outcome: Outcome) {
    let labels = [
        KeyValue::new("layer", layer.as_str()),
        KeyValue::new("key", key),
        KeyValue::new("outcome", outcome.as_str()),
    ];
    instruments().cache_requests.add(1, &labels);
}

/// Redis is left alone from now on, or no longer.
pub fn redis_breaker(open: bool) {
    instruments().redis_breaker_open.record(u64::from(open), &[]);
}

/// Shows what an in-process cache holds for as long as the answer is held.
pub fn watch_size(look: impl Fn() -> Size + Send + Sync + 'static) -> Watch {
    SIZES.add(look)
}

pub(super) fn observe(meter: &Meter) {
    let sum = |part: fn(&Size) -> u64| SIZES.looks().iter().map(part).sum::<u64>();
    meter
        .u64_observable_gauge("assay.cache.entries")
        .with_description("Entries of the in-process cache.")
        .with_callback(move |observer| observer.observe(sum(|size| size.entries), &[]))
        .build();
    meter
        .u64_observable_gauge("assay.cache.bytes")
        .with_description("About how many bytes the in-process cache holds.")
        .with_callback(move |observer| observer.observe(sum(|size| size.bytes), &[]))
        .build();
}
