//! What looks like chance in generated data: a stream of numbers drawn from a stable name (splitmix64,
//! Steele, Lea and Flood 2014). Never from the machine.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(in crate::app) struct Chance(u64);

impl Chance {
    /// The stream of a name; the parts are joined.
    pub(in crate::app) fn of(parts: &[&str]) -> Self {
        let digest = blake3::hash(parts.join("\n").as_bytes());
        Self(u64::from_le_bytes(*digest.as_bytes().first_chunk::<8>().unwrap_or(&[0; 8])))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from `low` to below `high`; `low` when there is none.
    pub(in crate::app) fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = u64::try_from(high - low).unwrap_or(0).max(1);
        low + i64::try_from(self.next() % width).unwrap_or(0)
    }

    /// True `percent` times in a hundred.
    pub(in crate::app) fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    /// One of `choices`.
    pub(in crate::app) fn one_of<'c, T>(&mut self, choices: &'c [T]) -> Option<&'c T> {
        let at = self.between(0, i64::try_from(choices.len()).unwrap_or(0));
        choices.get(usize::try_from(at).unwrap_or(0))
    }
}
