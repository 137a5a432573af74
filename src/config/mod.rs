//! What the process is told from outside: its settings and the time. Never talks to a network.

mod auth;
pub mod clock;
mod database;

pub use auth::AuthSettings;
pub use database::DatabaseSettings;
