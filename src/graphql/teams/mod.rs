//! The teams of the graph.

pub mod choices;
