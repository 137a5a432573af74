//! Holds a file against the published schema, and takes out what breaks it, so that the rules can be asked of
//! the rest in the same run. Says nothing of what a value means.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jsonschema::{
    JsonType, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::{Value, json};

use crate::interchange::{places::Placed, profiles::schema, reading::Fault};

/// Of each list that lost items, the places in the file of those that are left.
pub(super) type Kept = BTreeMap<String, Vec<usize>>;

static FORM: LazyLock<Option<Validator>> =
    LazyLock::new(|| jsonschema::options().should_validate_formats(true).build(&schema()).ok());

/// What stands for a field that cannot be read, while the others are looked at.
fn stand_in(field: &str) -> Option<Value> {
    let any = json!({ "key": "unknown", "title": "Unknown", "family": "Unknown", "track": "TECHNICAL",
                      "seniority": 1, "summary": "Unknown" });
    any.get(field).cloned()
}

/// The faults of the file's form; what has them is taken out of it.
pub(super) fn check(placed: &mut Placed) -> (Vec<Fault>, Kept) {
    let Some(form) = FORM.as_ref() else {
        return (vec![placed.fault("", "the schema of this build is broken")], Kept::new());
    };
    let value = placed.value.clone();
    let (mut faults, mut broken) = (Vec::new(), Vec::new());
    for error in form.iter_errors(&value) {
        let found = told(placed, &error);
        if !found.is_empty() {
            faults.extend(found);
            broken.push((error.instance_path().as_str().to_owned(), error));
        }
    }
    let kept = take_out(&mut placed.value, &broken);
    (faults, kept)
}

/// What is said of an error. Nothing of a pattern: the rules have words for what it means.
fn told(placed: &Placed, error: &ValidationError<'_>) -> Vec<Fault> {
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

fn take_out(value: &mut Value, broken: &[(String, ValidationError<'_>)]) -> Kept {
    let mut items: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (pointer, error) in broken {
        let mut steps = pointer.split('/').skip(1);
        match (error.kind(), steps.next(), steps.next().and_then(|step| step.parse().ok())) {
            (Kind::AdditionalProperties { unexpected }, ..) => {
                let fields = value.pointer_mut(pointer).and_then(Value::as_object_mut);
                fields.into_iter().for_each(|fields| fields.retain(|key, _| !unexpected.contains(key)));
            }
            (_, Some(list), Some(index)) => {
                items.entry(list.to_owned()).or_default().insert(index);
            }
            (_, Some(field), None) => replace(value, field),
            (Kind::Required { property }, None, _) => {
                replace(value, property.as_str().unwrap_or_default());
            }
            (_, None, _) => *value = json!({}),
        }
    }
    if value.as_object().is_some_and(serde_json::Map::is_empty) {
        for field in ["key", "title", "family", "track", "seniority", "summary"] {
            replace(value, field);
        }
    }
    items.into_iter().map(|(list, gone)| (list.clone(), drop_items(value, &list, &gone))).collect()
}

fn replace(value: &mut Value, field: &str) {
    let Some(fields) = value.as_object_mut() else { return };
    match stand_in(field) {
        Some(other) => fields.insert(field.to_owned(), other),
        None => fields.remove(field),
    };
}

fn drop_items(value: &mut Value, list: &str, gone: &BTreeSet<usize>) -> Vec<usize> {
    let Some(items) = value.get_mut(list).and_then(Value::as_array_mut) else { return Vec::new() };
    let kept: Vec<usize> = (0..items.len()).filter(|index| !gone.contains(index)).collect();
    *items = kept.iter().filter_map(|index| items.get(*index).cloned()).collect();
    kept
}
