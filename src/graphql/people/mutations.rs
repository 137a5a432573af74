//! The mutations of people: each hands its input to a use case and shows what came of it.

use async_graphql::{Context, Object, Result};

use crate::{
    app::people as app,
    graphql::{
        mutation::{Outcome, command},
        people::{
            mutation_inputs::{CreatePersonInput, DeactivatePersonInput, LinkPersonInput, UpdatePersonInput},
            payloads::{
                CreatePersonPayload, DeactivatePersonPayload, LinkPersonPayload, UpdatePersonPayload,
            },
        },
    },
};

/// The mutations of people.
#[derive(Debug, Default)]
pub struct PersonMutations;

#[Object]
impl PersonMutations {
    /// Makes a person.
    async fn create_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The person.")] input: CreatePersonInput,
    ) -> Result<CreatePersonPayload> {
        let (store, command) = command(ctx, Some(input.idempotency_key.clone()))?;
        let done = app::create_person(store, command, input.read()).await;
        CreatePersonPayload::of(ctx, Outcome::of(done)?).await
    }

    /// Changes a person, and which role profiles they hold from now on.
    async fn update_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What changes.")] input: UpdatePersonInput,
    ) -> Result<UpdatePersonPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.person_id;
        let done = app::update_person(store, command, input).await;
        UpdatePersonPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says which token is a person's: its bearer stands as that person from the next request on. TAKEN when
    /// another person has it.
    async fn link_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and which token.")] input: LinkPersonInput,
    ) -> Result<LinkPersonPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.person_id;
        let done = app::link_person(store, command, input).await;
        LinkPersonPayload::of(ctx, Outcome::of(done)?, named).await
    }

    /// Says that a person left. Their memberships and role profiles end now; one that has not begun ends a
    /// microsecond after it begins, and one that has its end keeps it. Their history stays, they keep the token
    /// that is theirs without standing as anyone by it, and they still own the skills they own: give those to
    /// somebody else by `updateSkill`.
    async fn deactivate_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who.")] input: DeactivatePersonInput,
    ) -> Result<DeactivatePersonPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let input = input.read();
        let named = input.person_id;
        let done = app::deactivate_person(store, command, input).await;
        DeactivatePersonPayload::of(ctx, Outcome::of(done)?, named).await
    }
}
