//! The integration suite: the service as a client meets it, on SQLite and on a real PostgreSQL.
//!
//! A file is a subject; each test in it runs as `subject::sqlite::…` and `subject::postgres::…`. See
//! `support` for the kit: a world a test, and identities that are clients.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test speaks by panicking")]

#[macro_use]
mod support;

mod access;
mod archive;
mod assessments;
mod cache;
mod cli;
mod coverage;
mod demo;
mod development;
mod downloads;
mod gaps;
mod http;
mod imports;
mod matrix;
mod organisation;
mod outages;
mod over_http;
mod profiles;
mod question_sets;
mod questions;
mod reads;
mod replicas;
mod rounds;
mod scale;
mod skills;
mod telemetry;
mod worlds;
