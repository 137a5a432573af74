//! The JSON Schema of a role profile file. Made from the rows, so that it cannot say anything else.

use serde_json::Value;

use crate::interchange::{form::schema_of, profiles::ProfileRow};

/// The schema, by draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    schema_of::<ProfileRow>("Role profile")
}
