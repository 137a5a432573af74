//! The profiles of the graph.

pub mod choices;
