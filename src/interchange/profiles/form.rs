//! Holds a file against the published schema, and takes out what breaks it, so that the rules can be asked of
//! the rest in the same run. Says nothing of what a value means.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind as Kind};
use serde_json::{Value, json};

use crate::interchange::{
    form::{told, validator},
    places::Placed,
    profiles::schema,
    reading::Fault,
};

/// Of each list that lost items, the places in the file of those that are left.
pub(super) type Kept = BTreeMap<String, Vec<usize>>;

static FORM: LazyLock<Option<Validator>> = LazyLock::new(|| validator(&schema()));

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
