//! Errors of the request level: their codes, and the masking of faults.
//!
//! A refusal of the domain is data (`userErrors`) and never comes through here.

use async_graphql::{Error, ErrorExtensions};

/// The sentence every internal fault is shown as; what really happened is in the log.
pub const MASKED: &str = "Something went wrong on our side. The log has the details under this request id.";

/// `extensions.code: BAD_USER_INPUT`: an argument that the schema's types allow and its prose does not.
#[must_use]
pub fn bad_user_input(message: impl Into<String>) -> Error {
    coded(message, "BAD_USER_INPUT")
}

fn coded(message: impl Into<String>, code: &'static str) -> Error {
    Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}
