//! The people of the graph: who they are, which profiles they hold, what they can do.

mod careers;
pub mod choices;
pub mod inputs;
mod mutation_inputs;
mod mutations;
mod payloads;
mod person;
mod queries;
mod viewer;

pub use careers::CareerOption;
pub use mutations::PersonMutations;
pub(in crate::graphql) use person::is_open;
pub use person::{Person, PersonIdentity, PersonRoleProfile};
pub use queries::PersonQueries;
pub use viewer::Viewer;
