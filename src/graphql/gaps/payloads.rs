//! What a client gets back from excusing people from requirements: read again under its scope, after the
//! change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::ids::RequirementExemptionId,
    graphql::{
        connection::Edge,
        gaps::RequirementExemption,
        mutation::{Outcome, UserError},
        paging::encode,
    },
    store::{Cursor, SortKey},
};

/// What came of excusing a person.
#[derive(Debug, SimpleObject)]
pub struct ExemptRequirementPayload {
    /// The new exemption; null when nothing was written.
    exemption: Option<RequirementExemption>,
    /// The new exemption as it stands in `Person.exemptions`; null when nothing was written.
    edge: Option<Edge<RequirementExemption>>,
    /// Why nothing was written, at most 100 reasons; empty when the person is excused.
    user_errors: Vec<UserError>,
}

impl ExemptRequirementPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let exemption = exemption(ctx, outcome.ids.first().copied()).await?;
        let edge = exemption.clone().map(|node| {
            let place = Cursor { key: SortKey::Time(node.0.from), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { exemption, edge, user_errors: outcome.user_errors })
    }
}

/// What came of ending an exemption.
#[derive(Debug, SimpleObject)]
pub struct EndRequirementExemptionPayload {
    /// The exemption after the change, or as it stands on CONFLICT; null when it was refused otherwise.
    exemption: Option<RequirementExemption>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl EndRequirementExemptionPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
        let exemption = exemption(ctx, outcome.shown(named)).await?;
        Ok(Self { exemption, user_errors: outcome.user_errors })
    }
}

async fn exemption(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<RequirementExemption>> {
    match id {
        Some(id) => RequirementExemption::find(ctx, RequirementExemptionId::from_uuid(id)).await,
        None => Ok(None),
    }
}
