//! How long work tells where it stands. Never shows it: that is for whoever asked.

/// A moment of long work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done, in a word or two.
    pub what: &'static str,
    /// How much of it is done …
    pub done: u64,
    /// … of how much.
    pub of: u64,
}

/// Is told of each moment.
pub type Watch = Box<dyn FnMut(Progress) + Send + Sync>;
