//! What a client gets back from changing sets of questions: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::{ids::QuestionSetId, text::fold},
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        question_sets::QuestionSet,
    },
    store::{Cursor, SortKey},
};

/// What came of putting a set together.
#[derive(Debug, SimpleObject)]
pub struct CreateQuestionSetPayload {
    /// The set; null when nothing was written.
    question_set: Option<QuestionSet>,
    /// The set as it stands in `Query.questionSets`; null when nothing was written.
    edge: Option<Edge<QuestionSet>>,
    /// Why nothing was written, at most 100 reasons; empty when the set is there.
    user_errors: Vec<UserError>,
}

impl CreateQuestionSetPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let question_set = question_set(ctx, outcome.ids.first().copied()).await?;
        let edge = question_set.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(fold(&node.0.name)), id: node.0.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { question_set, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one set that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The set after the change, or as it stands on CONFLICT; null when it was refused otherwise.
            question_set: Option<QuestionSet>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let question_set = question_set(ctx, outcome.shown(named)).await?;
                Ok(Self { question_set, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of changing a set.
    UpdateQuestionSetPayload;
    /// What came of publishing a set.
    PublishQuestionSetPayload;
    /// What came of taking a set out of use.
    ArchiveQuestionSetPayload;
}

async fn question_set(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<QuestionSet>> {
    let Some(id) = id else { return Ok(None) };
    QuestionSet::find(ctx, QuestionSetId::from_uuid(id)).await
}
