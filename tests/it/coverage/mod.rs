//! Coverage, resilience and what follows from them, as a client meets them.

mod departments;
mod known;
mod remembered;
mod targets;
mod teams;
mod what_if;
