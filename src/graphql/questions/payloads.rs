//! What a client gets back from changing the question bank: read again under its scope, after the change.

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::ids::QuestionId,
    graphql::{
        connection::Edge,
        mutation::{Outcome, UserError},
        paging::encode,
        questions::Question,
    },
    store::{Cursor, SortKey},
};

/// What came of entering a question.
#[derive(Debug, SimpleObject)]
pub struct CreateQuestionPayload {
    /// The question; null when nothing was written.
    question: Option<Question>,
    /// The question as it stands in `Query.questions`; null when nothing was written.
    edge: Option<Edge<Question>>,
    /// Why nothing was written, at most 100 reasons; empty when the question is entered.
    user_errors: Vec<UserError>,
}

impl CreateQuestionPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let question = question(ctx, outcome.ids.first().copied()).await?;
        let edge = question.clone().map(|node| {
            let place = Cursor { key: SortKey::Text(node.entry.key.clone()), id: node.entry.id.uuid() };
            Edge { cursor: encode(&place), node }
        });
        Ok(Self { question, edge, user_errors: outcome.user_errors })
    }
}

/// Payloads that show one question that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The question after the change, or as it stands on CONFLICT; null when it was refused otherwise,
            /// and when the change took it out of your sight.
            question: Option<Question>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let question = question(ctx, outcome.shown(named)).await?;
                Ok(Self { question, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of saving a draft.
    SaveQuestionDraftPayload;
    /// What came of submitting a draft.
    SubmitQuestionPayload;
    /// What came of a verdict.
    ReviewQuestionPayload;
    /// What came of taking a question out of use.
    RetireQuestionPayload;
    /// What came of reporting a leak.
    ReportLeakPayload;
    /// What came of relating two questions.
    RelateQuestionsPayload;
}

async fn question(ctx: &Context<'_>, id: Option<Uuid>) -> Result<Option<Question>> {
    let Some(id) = id else { return Ok(None) };
    Question::find(ctx, QuestionId::from_uuid(id)).await
}
