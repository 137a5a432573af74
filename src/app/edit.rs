//! What an update does to one optional value: nothing, take it away, or set it.

use serde::Serialize;

/// A change of a value that may be absent. Leaving a field out and sending null are two things.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum Edit<T> {
    /// As it stands.
    #[default]
    Keep,
    /// Absent from now on.
    Clear,
    /// This from now on.
    Set(T),
}

impl<T> Edit<T> {
    /// Whether it leaves the value alone.
    #[must_use]
    pub const fn keeps(&self) -> bool {
        matches!(self, Self::Keep)
    }

    /// The value from now on, where `current` is the one so far.
    #[must_use]
    pub fn over(self, current: Option<T>) -> Option<T> {
        match self {
            Self::Keep => current,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The value to set, if there is one.
    #[must_use]
    pub const fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}
