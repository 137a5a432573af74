//! What teams are asked to be able to do, and how they are.

mod mutations;
mod targets;

pub use mutations::CoverageMutations;
pub use targets::TeamSkillTarget;
