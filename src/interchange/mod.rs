//! Bytes to typed rows and back. Never touches the database.
//!
//! A file is read whole, then checked whole: a refusal lists every fault with its file, line and
//! field, so that one run is enough to repair it.

pub mod archive;
pub mod catalogue;
mod checks;
pub mod demo;
pub mod organisation;
mod places;
pub mod profiles;
mod reading;
#[cfg(test)]
mod tests;

pub use reading::{Fault, Located, Refused};
