//! Assessment rounds of the graph: what a team is asked to assess by a day, and how far it has come.

pub mod choices;
pub mod inputs;
pub mod mutation_inputs;
mod mutations;
pub mod payloads;
mod progress;
mod round;

pub use mutations::RoundMutations;
pub use progress::{AssessmentRoundPerson, AssessmentRoundProgress, MissingAssessment};
pub use round::AssessmentRound;
