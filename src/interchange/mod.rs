//! Bytes to typed rows and back. Never touches the database.
//!
//! A file is read whole, then checked whole: a refusal lists every fault with its file, line and
//! field, so that one run is enough to repair it.

pub mod archive;
pub mod assessments;
pub mod catalogue;
mod checks;
pub mod demo;
mod form;
pub mod kept;
pub mod matrix;
pub mod organisation;
pub mod outcomes;
pub mod people;
mod places;
pub mod profiles;
pub mod question_sets;
pub mod questions;
mod reading;
pub mod sheet;
pub mod skills;
#[cfg(test)]
mod tests;

pub use reading::{Fault, Located, Refused};
