//! The assessments of the graph.

pub mod choices;
