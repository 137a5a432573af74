//! Where a person may go from the roles they hold, and how far away that is.

use std::collections::BTreeSet;

use async_graphql::{Context, Object, Result};
use futures_util::future::try_join_all;

use crate::{
    domain::{
        ids::{PersonId, RoleProfileId},
        profiles,
    },
    graphql::{
        context::{Reading, find},
        details::CareerPathsFrom,
        gaps::{GapReport, report_of},
        ids::global,
        nested::{Asked, list_of},
        people::is_open,
        profiles::{CareerPath, inputs::RoleProfileInput},
    },
    store::{HeldProfileFilter, HeldProfileOrder, PageRequest},
};

/// The most roles of a person whose ways are shown, and the most ways.
const MOST_HELD: u32 = 20;
const MOST_WAYS: usize = 100;

/// One way from a role that the person holds, and the gap to where it leads.
#[derive(Debug, Clone)]
pub struct CareerOption {
    person: PersonId,
    path: profiles::CareerPath,
}

/// A way open to a person.
#[Object]
impl CareerOption {
    /// The way: from where, to where, how, and by which criteria.
    async fn path(&self) -> CareerPath {
        CareerPath(self.path.clone())
    }

    /// What the role at its end requires against what the person can do now; null while that role has no
    /// published version.
    async fn gap(&self, ctx: &Context<'_>) -> Option<Result<GapReport>> {
        let to = RoleProfileInput::Id(global(self.path.to_id));
        report_of(ctx, self.person, to, None).await.transpose()
    }
}

impl CareerOption {
    /// The ways of a person, role by role; `None` when their assessments are not the viewer's to see.
    pub(super) async fn all(ctx: &Context<'_>, person: PersonId) -> Result<Option<Vec<Self>>> {
        if !is_open(ctx, person).await? {
            return Ok(None);
        }
        let asked = Asked {
            filter: HeldProfileFilter { at: Some(ctx.reads()?.scope.now()) },
            order: HeldProfileOrder::default(),
            page: PageRequest::first(MOST_HELD),
        };
        let held = list_of(ctx, person, asked).await?;
        let roles: BTreeSet<RoleProfileId> =
            held.items.iter().map(|(_, held)| held.role_profile_id).collect();
        let ways = try_join_all(roles.into_iter().map(|role| find(ctx, CareerPathsFrom(role)))).await?;
        let ways = ways.iter().flatten().flat_map(|ways| ways.iter());
        Ok(Some(ways.take(MOST_WAYS).map(|path| Self { person, path: path.clone() }).collect()))
    }
}
