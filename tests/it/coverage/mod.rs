//! Coverage, resilience and what follows from them, as a client meets them.

mod known;
mod targets;
