//! The people of the graph.

pub mod choices;
