//! What a client gets back from changing learning resources: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::{ids::LearningResourceId, text::fold},
    graphql::{
        connection::Edge,
        development::LearningResource,
        mutation::{Outcome, UserError},
        paging::encode,
    },
    store::{Cursor, SortKey},
};

/// What came of offering something to learn from.
#[derive(Debug, SimpleObject)]
pub struct CreateLearningResourcePayload {
    /// The new learning resource; null when nothing was written.
    resource: Option<LearningResource>,
    /// It as it stands in `Query.learningResources`; null when nothing was written.
    edge: Option<Edge<LearningResource>>,
    /// Why nothing was written, at most 100 reasons; empty when it is offered.
    user_errors: Vec<UserError>,
}

impl CreateLearningResourcePayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let resource = resource(ctx, outcome.ids.first().copied()).await?;
        let edge = resource.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(fold(&node.0.title)), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { resource, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one learning resource that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The learning resource after the change, or as it stands on CONFLICT; null when it was
            /// refused otherwise.
            resource: Option<LearningResource>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let resource = resource(ctx, outcome.shown(named)).await?;
                Ok(Self { resource, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of changing a learning resource.
    UpdateLearningResourcePayload;
    /// What came of taking a learning resource out of the offer.
    ArchiveLearningResourcePayload;
}

async fn resource(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<LearningResource>> {
    match id {
        Some(id) => LearningResource::find(ctx, LearningResourceId::from_uuid(id)).await,
        None => Ok(None),
    }
}
