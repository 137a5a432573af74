//! Bytes to requests and back. Never names a table or a rule, and hands on no document that has not
//! passed the gate.

mod bearer;
mod body;
mod documents;
mod downloads;
mod graphql;
mod health;
mod metrics;
mod negotiation;
mod operations;
mod params;
mod reply;
mod requests;
mod routes;
mod server;
mod settings;
mod state;

pub use server::{ServeError, Server, StopSignals, free, serve};
pub use settings::ServerSettings;
pub use state::AppParts;
