//! The schema, thin: newtypes over the domain. Never names a table, never decides who may see what:
//! reads go through the scope's finders, writes through `app`.

pub mod answer;
pub mod assessments;
pub mod batches;
pub mod choices;
pub mod codes;
pub mod connection;
pub mod context;
pub mod cost;
pub mod coverage;
pub mod details;
pub mod development;
pub mod errors;
pub mod gaps;
pub mod gate;
pub mod ids;
pub mod matrix;
pub mod mutation;
pub mod nested;
pub mod node;
pub mod paging;
pub mod people;
pub mod permissions;
pub mod profiles;
pub mod query;
pub mod question_sets;
pub mod questions;
pub mod rounds;
pub mod scalars;
mod sdl;
pub mod service;
pub mod skills;
pub mod teams;
pub mod whole;

use async_graphql::{EmptySubscription, Schema, SchemaBuilder};

pub use mutation::Mutation;
pub use query::Query;
pub use sdl::sdl;

/// The whole schema.
pub type AssaySchema = Schema<whole::Whole<Query>, whole::Whole<Mutation>, EmptySubscription>;

/// The schema, ready to execute operations that cost at most `cost` (see [`cost`]).
#[must_use]
pub fn build(cost: usize) -> AssaySchema {
    // The gate has bounded recursion already; the library's own bound is lower and counts again.
    schema().limit_complexity(cost).limit_recursive_depth(usize::MAX).finish()
}

fn schema() -> SchemaBuilder<whole::Whole<Query>, whole::Whole<Mutation>, EmptySubscription> {
    let (query, mutation) = (Query::default(), Mutation::default());
    Schema::build(whole::Whole(query), whole::Whole(mutation), EmptySubscription).enable_federation()
}
