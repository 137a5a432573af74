//! Assessments of the graph: single ones, what they amount to, and interests.

mod assessment;
pub mod choices;
mod effective;
pub mod inputs;
mod interest;
pub mod mutation_inputs;
mod mutations;
pub mod payloads;

pub use assessment::SkillAssessment;
pub use effective::{EffectiveSkill, LevelExplanation};
pub use interest::SkillInterest;
pub use mutations::AssessmentMutations;
