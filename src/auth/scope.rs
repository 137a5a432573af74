//! What one operation may see: who asks, when, and how they stand. Never outlives the operation.

use crate::{
    auth::Viewer,
    domain::{
        ids::PersonId,
        policy::{Actor, Claims, Standing},
        time::Timestamp,
    },
};

/// Who asks, at which instant, and what the database grants them at that instant.
///
/// Every read takes one. It lives for one operation, so what the database knows of a permission acts at
/// the next request, and all parts of an answer share one instant.
#[derive(Debug, Clone)]
pub struct Scope {
    viewer: Viewer,
    now: Timestamp,
    standing: Standing,
}

impl Scope {
    /// Binds a viewer to an instant and to the standing that was read for that instant.
    #[must_use]
    pub const fn new(viewer: Viewer, now: Timestamp, standing: Standing) -> Self {
        Self { viewer, now, standing }
    }

    /// Who asks.
    #[must_use]
    pub const fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// What their token grants.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        self.viewer.claims()
    }

    /// Both halves of what they are granted, for the policy to judge.
    #[must_use]
    pub const fn actor(&self) -> Actor<'_> {
        Actor::new(self.viewer.claims(), &self.standing)
    }

    /// The operation's instant, read once at the edge.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.now
    }

    /// What the database grants.
    #[must_use]
    pub const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The active person they are linked to.
    #[must_use]
    pub const fn person_id(&self) -> Option<PersonId> {
        self.standing.person
    }
}
