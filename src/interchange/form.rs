//! The form of a file: a JSON Schema made from its rows, and what breaks it in words for whoever wrote the
//! file. Says nothing of what a value means.

use std::borrow::Cow;

use jsonschema::{
    JsonType, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::Value;

use crate::interchange::{
    places::Placed,
    reading::{Choice, Fault, Located},
};

/// The schema of a file that holds one `T`, by draft 2020-12.
pub(super) fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.into()
}

/// What holds files against a schema; `None` when the schema is none.
pub(super) fn validator(schema: &Value) -> Option<Validator> {
    jsonschema::options().should_validate_formats(true).build(schema).ok()
}

/// The names of a closed set, as `domain` declares them.
pub(super) fn one_of<C: Choice>(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = C::CHOICES.iter().map(|choice| choice.name()).collect();
    json_schema!({ "type": "string", "enum": names })
}

/// Where a value stands is no part of its form.
impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// What is said of an error. Nothing of a pattern: the rules have words for what it means.
pub(super) fn told(placed: &Placed, error: &ValidationError<'_>) -> Vec<Fault> {
    let at = error.instance_path().as_str();
    let rule = match error.kind() {
        Kind::Pattern { .. } => return Vec::new(),
        Kind::AdditionalProperties { unexpected } => {
            return unexpected.iter().map(|key| placed.key_fault(at, key, "is not a field here")).collect();
        }
        Kind::Required { property } => {
            return vec![placed.key_fault(at, property.as_str().unwrap_or("field"), "is missing")];
        }
        Kind::Enum { options } => {
            let names = options.as_array().into_iter().flatten().filter_map(Value::as_str);
            format!("{} is none of {}", shown(error.instance()), names.collect::<Vec<_>>().join(", "))
        }
        Kind::Minimum { limit } => format!("{} is less than {limit}", error.instance()),
        Kind::Maximum { limit } => format!("{} is more than {limit}", error.instance()),
        Kind::MinLength { .. } | Kind::MinItems { .. } => "must not be empty".to_owned(),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::MaxItems { limit } => format!("must have at most {limit} elements"),
        Kind::MultipleOf { .. } => "must have at most two decimals".to_owned(),
        Kind::Format { .. } => format!("{} is no date such as 2026-01-31", shown(error.instance())),
        Kind::Type { kind } => format!("must be {}", wanted(kind)),
        _ => error.to_string(),
    };
    vec![placed.fault(at, rule)]
}

fn shown(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| format!("`{text}`"))
}

fn wanted(kind: &TypeKind) -> &'static str {
    let admits = |wanted: JsonType| match kind {
        TypeKind::Single(one) => *one == wanted,
        TypeKind::Multiple(several) => several.contains(wanted),
    };
    let names = [
        (JsonType::String, "a text; put quotes around what looks like something else"),
        (JsonType::Integer, "a whole number"),
        (JsonType::Number, "a number"),
        (JsonType::Array, "a list"),
        (JsonType::Object, "a set of fields"),
    ];
    names.into_iter().find(|(wanted, _)| admits(*wanted)).map_or("something else", |(_, name)| name)
}
