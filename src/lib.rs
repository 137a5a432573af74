//! Assay answers *what can our teams do?* and *can this person do it?* in one GraphQL graph.

pub mod app;
pub mod auth;
pub mod cache;
pub mod cli;
pub mod config;
pub mod domain;
pub mod graphql;
pub mod http;
pub mod interchange;
pub mod store;
pub mod telemetry;
pub mod views;
