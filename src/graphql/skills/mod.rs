//! The skill catalogue of the graph.

pub mod choices;
mod queries;
mod scale;

pub use queries::SkillQueries;
pub use scale::ProficiencyLevel;
