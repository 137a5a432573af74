//! The arguments of a connection: page sizes and opaque cursors.

/// The page size when neither `first` nor `last` is given.
pub const DEFAULT_PAGE: usize = 20;
/// The largest page.
pub const MAX_PAGE: usize = 100;
