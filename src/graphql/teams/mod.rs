//! The teams of the graph: their tree and their members.

pub mod choices;
pub mod inputs;
mod membership;
mod mutation_inputs;
mod mutations;
mod payloads;
mod queries;
mod team;

pub use membership::TeamMembership;
pub use mutations::TeamMutations;
pub use queries::TeamQueries;
pub use team::Team;
