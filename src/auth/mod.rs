//! From a bearer token to a [`Viewer`], and from a viewer to the [`Scope`] of one operation.
//!
//! Never reads the database: what it knows of the viewer reaches a scope as a `Standing`.

pub mod issuer;
mod keys;
pub mod links;
mod refusal;
mod remote;
mod scope;
#[cfg(test)]
mod tests;
mod token;
mod verifier;
mod viewer;

pub use refusal::Refusal;
pub use scope::Scope;
pub use verifier::{Verifier, VerifierError};
pub use viewer::{Job, Viewer};
