//! The question bank in the graph. Decides nothing: the policy is in `domain`, the finders keep to it.

mod choices;
mod inputs;
mod mutation_inputs;
mod mutations;
mod parts;
mod payloads;
mod queries;
mod question;
mod version;

pub use choices::QuestionSkillRole;
pub use mutations::{NearDuplicate, QuestionMutations};
pub use parts::{
    LeakReport, QuestionChange, QuestionRelation, QuestionReview, QuestionSkill, Rubric, RubricAnchor,
    RubricCriterion, SeniorityRange,
};
pub use queries::QuestionQueries;
pub use question::Question;
pub use version::QuestionVersion;
