//! How far a viewer sees, in a form a query can use: everything, some ids, or nothing.

use std::collections::BTreeSet;

use crate::domain::{
    ids::TeamId,
    policy::{Claim, Claims, Standing},
};

/// The part of a kind of thing that a viewer sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach<T> {
    /// All of it.
    All,
    /// These alone; none when empty.
    Only(BTreeSet<T>),
}

impl<T: Ord> Reach<T> {
    /// Whether `id` is within reach.
    #[must_use]
    pub fn contains(&self, id: &T) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(id),
        }
    }
}

/// Teams: one's own, those one leads and those below; all of them for ADMIN.
#[must_use]
pub fn teams(claims: &Claims, standing: &Standing) -> Reach<TeamId> {
    if claims.has(Claim::Admin) || claims.has_scope("teams:read") {
        return Reach::All;
    }
    Reach::Only(standing.leads.union(&standing.member_of).copied().collect())
}
