//! The rules of Assay, pure: entities, lifecycles, formulas and who may see and do what.
//!
//! Nothing here is async, reads a clock, draws a random number, touches a database or names a
//! framework; everything it needs is an argument. That is what makes each rule a property test.

pub mod assessments;
pub mod capabilities;
pub(crate) mod choices;
pub mod coverage;
pub mod development;
pub mod gaps;
pub mod ids;
pub mod levels;
pub mod lifecycles;
pub mod matches;
pub mod matrix;
pub mod people;
pub mod policy;
pub mod profiles;
pub mod questions;
pub mod revisions;
pub mod rounds;
#[cfg(test)]
pub(crate) mod sampling;
pub mod skills;
pub mod teams;
pub mod text;
pub mod time;
pub mod trees;
pub mod values;

/// Which edition of the formulas derived numbers follow. A number says it, so that it reads the same when
/// the formulas have moved on.
pub const POLICY_VERSION: &str = "1";
