//! The skill catalogue of the graph.

mod category;
pub mod choices;
pub mod inputs;
pub mod mutation_inputs;
mod mutations;
mod parts;
pub mod payloads;
mod queries;
mod scale;
mod skill;

pub use category::SkillCategory;
pub use mutations::SkillMutations;
pub use parts::{ExternalRef, SkillLevelDescriptor, SkillRelation};
pub use queries::SkillQueries;
pub use scale::ProficiencyLevel;
pub use skill::Skill;
