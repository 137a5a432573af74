//! What a client gets back from changing assessment rounds: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::ids::AssessmentRoundId,
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        rounds::AssessmentRound,
    },
    store::{Cursor, SortKey},
};

/// What came of opening a round.
#[derive(Debug, SimpleObject)]
pub struct OpenAssessmentRoundPayload {
    /// The new round; null when nothing was written.
    round: Option<AssessmentRound>,
    /// The new round as it stands in `Team.assessmentRounds`; null when nothing was written.
    edge: Option<Edge<AssessmentRound>>,
    /// Why nothing was written, at most 100 reasons; empty when the round is open.
    user_errors: Vec<UserError>,
}

impl OpenAssessmentRoundPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let round = round(ctx, outcome.ids.first().copied()).await?;
        let edge = round.clone().map(|node| {
            let place = Cursor { key: SortKey::Time(node.0.due_at), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { round, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show a round that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The round after the change, or as it stands on CONFLICT; null when it was refused otherwise.
            round: Option<AssessmentRound>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let round = round(ctx, outcome.shown(named)).await?;
                Ok(Self { round, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of changing a round.
    UpdateAssessmentRoundPayload;
    /// What came of closing a round.
    CloseAssessmentRoundPayload;
}

async fn round(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<AssessmentRound>> {
    match id {
        Some(id) => AssessmentRound::find(ctx, AssessmentRoundId::from_uuid(id)).await,
        None => Ok(None),
    }
}
