//! The role profiles of the graph: what a role answers for, requires, pays and leads to.

pub mod choices;
mod comparison;
mod content_inputs;
mod difference;
pub mod inputs;
mod mutation_inputs;
mod mutations;
mod parts;
mod payloads;
mod profile;
mod queries;
mod salary;
mod salary_inputs;
mod version;

pub use mutations::RoleProfileMutations;
pub use profile::{CareerPath, RoleProfile};
pub use queries::{RoleProfileQueries, edition_named};
pub use salary::{Money, SalaryBenchmark, StatedSalary};
pub use version::RoleProfileVersion;
