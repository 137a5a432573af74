//! One use case a mutation: visible, may, valid, revision; one transaction; audited.

pub mod accesses;
pub mod archive;
pub mod assessments;
pub mod command;
pub mod demo;
pub mod development;
mod edit;
pub mod exports;
pub mod gaps;
pub mod ids;
pub mod imports;
pub mod people;
pub mod profiles;
mod progress;
pub mod question_sets;
pub mod questions;
mod refusal;
mod roles;
pub mod rounds;
pub mod scale;
pub mod skills;
pub mod teams;
mod valid;

pub use command::{Command, Write, Written};
pub use edit::Edit;
pub use progress::{Progress, Watch};
pub use refusal::{Failure, Refusal, RefusalCode};
pub use roles::NamedRole;
pub use valid::Checks;
