//! The role profiles of the graph: what a role answers for, requires, pays and leads to.

pub mod choices;
pub mod inputs;
mod parts;
mod profile;
mod queries;
mod salary;
mod version;

pub use profile::{CareerPath, RoleProfile};
pub use queries::{RoleProfileQueries, edition_named};
pub use salary::{Money, SalaryBenchmark};
pub use version::RoleProfileVersion;
