//! What the process is told from outside: its settings and the time. Never talks to a network.

pub mod clock;
mod database;

pub use database::DatabaseSettings;
