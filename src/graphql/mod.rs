//! The schema, thin: newtypes over the domain. Never names a table, never decides who may see what:
//! reads go through the scope's finders, writes through `app`.

pub mod answer;
pub mod assessments;
pub mod choices;
pub mod codes;
pub mod connection;
pub mod cost;
pub mod errors;
pub mod gate;
pub mod ids;
pub mod paging;
pub mod people;
pub mod profiles;
pub mod query;
pub mod scalars;
mod sdl;
pub mod service;
pub mod skills;
pub mod teams;

use async_graphql::{EmptyMutation, EmptySubscription, Schema, SchemaBuilder};

pub use query::Query;
pub use sdl::sdl;

/// The whole schema.
pub type AssaySchema = Schema<cost::Priced<Query>, EmptyMutation, EmptySubscription>;

fn schema() -> SchemaBuilder<cost::Priced<Query>, EmptyMutation, EmptySubscription> {
    Schema::build(cost::Priced(Query::default()), EmptyMutation, EmptySubscription).enable_federation()
}
