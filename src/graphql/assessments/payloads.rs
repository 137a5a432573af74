//! What a client gets back from changing assessments and interests: read again under its scope, after the
//! change.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    domain::ids::{PersonId, SkillAssessmentId, SkillId},
    graphql::{
        assessments::{SkillAssessment, SkillInterest},
        connection::Edge,
        context::Reading,
        mutation::{Outcome, UserError},
        paging::encode,
    },
    store::{Cursor, SortKey},
};

/// What came of recording a rating.
#[derive(Debug, SimpleObject)]
pub struct RecordSkillAssessmentPayload {
    /// The new assessment; null when nothing was written.
    assessment: Option<SkillAssessment>,
    /// The new assessment as it stands in `Person.assessments`; null when nothing was written.
    edge: Option<Edge<SkillAssessment>>,
    /// Why nothing was written, at most 100 reasons; empty when the rating is recorded.
    user_errors: Vec<UserError>,
}

impl RecordSkillAssessmentPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
        let assessment = found(ctx, &outcome.ids).await?.pop();
        let edge = assessment.clone().map(edge);
        Ok(Self { assessment, edge, user_errors: outcome.user_errors })
    }
}

fn edge(node: SkillAssessment) -> Edge<SkillAssessment> {
    let place = Cursor { key: SortKey::Time(node.0.observed_at), id: node.0.id.uuid() };
    Edge { cursor: encode(&place), node }
}

/// Payloads that show a list of assessments.
macro_rules! lists {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The assessments in the order of the input, at most 200; null when nothing was written.
            assessments: Option<Vec<SkillAssessment>>,
            /// Why nothing was written, at most 100 reasons; empty when all is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome) -> Result<Self> {
                let written = outcome.user_errors.is_empty();
                let assessments = found(ctx, &outcome.ids).await?;
                Ok(Self { assessments: written.then_some(assessments), user_errors: outcome.user_errors })
            }
        }
    )*};
}

lists! {
    /// What came of recording ratings together: the new assessments.
    RecordSkillAssessmentsPayload;
    /// What came of validating assessments.
    ValidateSkillAssessmentsPayload;
    /// What came of confirming assessments: the new ones, at the levels of the old.
    ConfirmSkillAssessmentsPayload;
}

/// Payloads that show one assessment that was there before.
macro_rules! changed {
    ($($(#[$doc:meta])* $payload:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, SimpleObject)]
        pub struct $payload {
            /// The assessment after the change, or as it stands on CONFLICT; null when it was refused
            /// otherwise.
            assessment: Option<SkillAssessment>,
            /// Why nothing was written, at most 100 reasons; empty when it is done.
            user_errors: Vec<UserError>,
        }

        impl $payload {
            pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: Uuid) -> Result<Self> {
                let shown: Vec<Uuid> = outcome.shown(named).into_iter().collect();
                let assessment = found(ctx, &shown).await?.pop();
                Ok(Self { assessment, user_errors: outcome.user_errors })
            }
        }
    )*};
}

changed! {
    /// What came of rejecting an assessment.
    RejectSkillAssessmentPayload;
    /// What came of revoking an assessment.
    RevokeSkillAssessmentPayload;
    /// What came of answering an assessment.
    RespondToSkillAssessmentPayload;
}

/// What came of setting an interest.
#[derive(Debug, SimpleObject)]
pub struct SetSkillInterestPayload {
    /// The interest after the change, or as it stands on CONFLICT; null when it was refused otherwise.
    interest: Option<SkillInterest>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

impl SetSkillInterestPayload {
    pub(super) async fn of(ctx: &Context<'_>, outcome: Outcome, named: [Uuid; 2]) -> Result<Self> {
        let [person, skill] = named;
        let interest = match outcome.shown(person) {
            Some(person) => {
                let skill = outcome.ids.get(1).copied().unwrap_or(skill);
                SkillInterest::find(ctx, PersonId::from_uuid(person), SkillId::from_uuid(skill)).await?
            }
            None => None,
        };
        Ok(Self { interest, user_errors: outcome.user_errors })
    }
}

/// The assessments of these ids that the viewer sees, in their order.
async fn found(ctx: &Context<'_>, ids: &[Uuid]) -> Result<Vec<SkillAssessment>> {
    let ids: Vec<SkillAssessmentId> = ids.iter().copied().map(SkillAssessmentId::from_uuid).collect();
    let mut found = ctx.loader()?.load_many(ids.iter().copied()).await?;
    Ok(ids.iter().filter_map(|id| found.remove(id)).map(|row: Arc<_>| SkillAssessment(row)).collect())
}
