//! Development of the graph: plans, goals, check-ins, proposals, and what to learn from.

mod check_in;
pub mod choices;
mod goal;
pub mod inputs;
pub mod mutation_inputs;
mod mutations;
pub mod payloads;
pub mod permissions;
mod plan;
mod proposal;
mod queries;
mod resource;
pub mod resource_inputs;
mod resource_mutations;
pub mod resource_payloads;

pub use check_in::GoalCheckIn;
pub use goal::{DevelopmentGoal, GoalGap, GoalMetric};
pub use mutations::DevelopmentMutations;
pub use plan::{DevelopmentPeriod, DevelopmentPlan};
pub use proposal::{AssessmentProposal, ProposedAssessment};
pub use queries::DevelopmentQueries;
pub use resource::LearningResource;
pub use resource_mutations::LearningResourceMutations;
