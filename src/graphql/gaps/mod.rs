//! What a role lacks in a person, in the graph: exemptions from requirements.

mod exemption;
pub mod inputs;
pub mod mutation_inputs;
mod mutations;
pub mod payloads;

pub use exemption::RequirementExemption;
pub use mutations::GapMutations;
