//! Sets of questions in the graph. Decides nothing: the policy is in `domain`, the finders keep to it.

mod choices;
mod coverage;
mod inputs;
mod item;
mod kit;
mod mutation_inputs;
mod mutations;
mod payloads;
mod queries;
mod set;

pub use coverage::{
    QuestionSetCoverage, QuestionSetCoverageCell, QuestionSetRequirement, QuestionSetShownBy,
};
pub use item::{QuestionSetItem, QuestionSetWarning};
pub use kit::{CoverageOf, KitOf, RelationsWithinSet};
pub use mutations::QuestionSetMutations;
pub use queries::QuestionSetQueries;
pub use set::QuestionSet;
