//! The JSON Schema of a role profile file. Made from the rows, so that it cannot say anything else.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::interchange::profiles::ProfileRow;

/// The schema, by draft 2020-12.
#[must_use]
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<ProfileRow>();
    schema.insert("title".to_owned(), "Role profile".into());
    schema.into()
}
