//! The direction of an order, shared by every connection.

use async_graphql::Enum;

/// Which way a list is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Enum)]
pub enum OrderDirection {
    /// Ascending. A before Z, oldest first, smallest first.
    #[default]
    Asc,
    /// Descending. Z before A, newest first, largest first.
    Desc,
}

impl OrderDirection {
    /// Whether the greatest comes first.
    #[must_use]
    pub fn is_descending(self) -> bool {
        self == Self::Desc
    }
}
