//! From a bearer token to a [`Viewer`], and from a viewer to the [`Scope`] of one operation.
//!
//! Never reads the database: what it knows of the viewer reaches a scope as a `Standing`.

mod scope;
mod viewer;

pub use scope::Scope;
pub use viewer::{Job, Viewer};
