//! When two questions ask the same: exactly, by a digest of the folded words, or nearly, by how many
//! runs of three words they share.
//!
//! Near is Jaccard's index of the two sets of runs (Broder 1997, "On the resemblance and containment of
//! documents"). A sketch of the smallest digests of a set finds candidates by an index of the database;
//! the index itself is then computed on the texts. Never decides what is done about a sibling.

use std::collections::BTreeSet;

use crate::domain::questions::words;

/// From which resemblance on two questions are near duplicates.
pub const NEAR: f64 = 0.35;
/// How many words make a run.
const RUN: usize = 3;
/// How many digests a sketch keeps.
pub const SKETCH: usize = 24;

/// What a text is compared by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint(BTreeSet<u64>);

/// The digest under which exact copies meet: of the folded words in their order.
#[must_use]
pub fn content_hash(stem: &str) -> String {
    blake3::hash(words::in_order(stem).join(" ").as_bytes()).to_hex().to_string()
}

impl Fingerprint {
    /// Of the stem of a question. A text shorter than a run is one run.
    #[must_use]
    pub fn of(stem: &str) -> Self {
        let words = words::in_order(stem);
        let runs = words.windows(RUN.min(words.len()).max(1));
        Self(runs.map(|run| digest(&run.join(" "))).collect())
    }

    /// The smallest digests, by which candidates are found. Two texts that share half of their runs
    /// share none of these with a probability below one in a million.
    pub fn sketch(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().take(SKETCH).map(|digest| digest.cast_signed())
    }

    /// The runs in both, by the runs in either: 0 to 1. Two empty texts are alike.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "runs of a text are far below 2^52")]
    pub fn resemblance(&self, other: &Self) -> f64 {
        let both = self.0.intersection(&other.0).count();
        let either = self.0.len() + other.0.len() - both;
        if either == 0 { 1.0 } else { both as f64 / either as f64 }
    }
}

fn digest(run: &str) -> u64 {
    let hash = blake3::hash(run.as_bytes());
    let mut first = [0_u8; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}
