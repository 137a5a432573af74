//! The skill catalogue of the graph.

mod category;
pub mod choices;
pub mod inputs;
mod parts;
mod queries;
mod scale;
mod skill;

pub use category::SkillCategory;
pub use parts::{ExternalRef, SkillLevelDescriptor, SkillRelation};
pub use queries::SkillQueries;
pub use scale::ProficiencyLevel;
pub use skill::Skill;
