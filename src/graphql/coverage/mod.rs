//! What teams are asked to be able to do, how they are, and how they would be with other people.

mod arguments;
mod covered;
mod matches;
mod mutations;
mod outlook;
mod queries;
mod resilience;
mod targets;
mod trend;

pub use arguments::{CoverageArguments, CoverageInput};
pub use covered::TeamCoverage;
pub use matches::MatchQueries;
pub use mutations::CoverageMutations;
pub use outlook::HiringCase;
pub use queries::CoverageQueries;
pub(in crate::graphql) use queries::{coverage_of, hiring_case_of};
pub use resilience::TeamResilience;
pub use targets::TeamSkillTarget;
pub use trend::{TeamTrend, TrendArguments, TrendStep, trend_of};
