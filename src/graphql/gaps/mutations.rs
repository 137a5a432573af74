//! The mutations around gaps: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::gaps as app,
    graphql::{
        gaps::{
            mutation_inputs::{EndRequirementExemptionInput, ExemptRequirementInput},
            payloads::{EndRequirementExemptionPayload, ExemptRequirementPayload},
        },
        mutation::{Outcome, command},
    },
};

/// The mutations around gaps.
#[derive(Debug, Default)]
pub struct GapMutations;

#[Object]
impl GapMutations {
    /// Excuses a person from what role profiles require of a skill, from now until a day. A person has one
    /// exemption from a skill at a time.
    async fn exempt_requirement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, from what, why and until when.")] input: ExemptRequirementInput,
    ) -> Result<ExemptRequirementPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::exempt_requirement(store, command, input.read()).await;
        ExemptRequirementPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Ends an exemption now, before its day. It stays as history.
    async fn end_requirement_exemption(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: EndRequirementExemptionInput,
    ) -> Result<EndRequirementExemptionPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.exemption_id;
        let done = app::end_requirement_exemption(store, command, input).await;
        EndRequirementExemptionPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
