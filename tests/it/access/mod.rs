//! Who may see what, through every path there is: for each object and field of the SDL, as every claim
//! and every relation, what a viewer must not see is answered as if it did not exist, and what they may
//! see is really there.
//!
//! Nothing here asks the policy. What is expected stands in `sight` (objects), `decisions` (fields,
//! filters, roots) and `deeds` (mutations), written from the rules; `sdl` finds what has no row there, so
//! that a new field needs a decision.

mod acts;
mod catalogue;
mod contents;
mod coverage;
mod decisions;
mod deeds;
mod development;
mod done;
mod exemptions;
mod gaps;
mod lists;
mod matrix;
mod objects;
mod organisation;
mod paths;
mod question_sets;
mod questions;
mod ratings;
mod rounds;
mod sdl;
mod sight;
mod viewers;

use std::sync::Arc;

use assay::{
    cache::Cache,
    graphql::{
        AssaySchema, build,
        context::{Reads, operation},
    },
};
use async_graphql::{Request, Variables};
use serde_json::Value;

use crate::support::World;
use objects::Objects;
use viewers::Viewer;

/// Everything a test of access needs: the service, its objects by name, and a schema that is not bounded
/// by cost, so that one question can be about everything.
struct Stage<'w> {
    world: &'w World,
    objects: Objects<'w>,
    schema: AssaySchema,
}

impl<'w> Stage<'w> {
    async fn set(world: &'w World) -> Self {
        let mut objects = Objects::new(world);
        organisation::lay(&mut objects).await;
        catalogue::lay(&mut objects).await;
        ratings::lay(&mut objects).await;
        exemptions::lay(&mut objects).await;
        rounds::lay(&mut objects).await;
        development::lay(&mut objects).await;
        questions::lay(&mut objects).await;
        Self { world, objects, schema: build(usize::MAX) }
    }

    /// Asks as `viewer`, past the limits of documents but past nothing else.
    async fn ask(&self, viewer: &Viewer, document: &str, variables: Value) -> Value {
        let scope = Arc::new(self.world.scope(&viewer.token(self.world)).await);
        let reads = Reads {
            scope,
            store: self.world.store().clone(),
            cache: Cache::Off,
            request_id: "test".to_owned(),
        };
        let mut request = Request::new(document).variables(Variables::from_json(variables));
        request.data = operation(reads, "access".to_owned());
        let answer = serde_json::to_value(self.schema.execute(request).await).expect("JSON");
        assert_eq!(answer.get("errors"), None, "{viewer}: {document}");
        answer["data"].clone()
    }
}
