//! Assay answers *what can our teams do?* and *can this person do it?* in one GraphQL graph.

pub mod domain;
