//! Each field of each object, as each viewer: what one who sees everything is answered, less what the
//! viewer does not see.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{
    Stage,
    decisions::{self, Decision},
    objects::Objects,
    sdl::{Sdl, Seen},
    sight,
    viewers::Viewer,
};

/// What a question of everything asks is a question of its own; see `matrix`, `gaps`, `coverage` and `downloads`.
const ASKED_ELSEWHERE: [(&str, &str); 10] = [
    ("Team", "skillMatrix"),
    ("Team", "matrixDownload"),
    ("Team", "skillChanges"),
    ("Team", "gaps"),
    ("Team", "coverage"),
    ("Team", "resilience"),
    ("Team", "hiringCase"),
    ("Team", "trend"),
    ("Person", "gap"),
    ("Person", "careerOptions"),
];

/// Every object that has an id, by type, in the order of their names; null where it is not seen.
async fn everything(stage: &Stage<'_>, sdl: &Sdl, viewer: &Viewer) -> BTreeMap<String, Vec<Value>> {
    let mut asked = Vec::new();
    let mut variables = Map::new();
    for ty in sdl.nodes() {
        let ids: Vec<&str> =
            stage.objects.of(ty).into_iter().map(|name| stage.objects.get(name).id.as_str()).collect();
        variables.insert(ty.to_owned(), json!(ids));
        let elsewhere = ASKED_ELSEWHERE.iter().filter(|(of, _)| *of == ty).map(|(_, field)| *field);
        let selection = sdl.selection(ty, &elsewhere.collect::<Vec<_>>());
        asked.push(format!("{ty}: nodes(ids: ${ty}) {{ ... on {ty} {selection} }}"));
    }
    let declared: Vec<String> = sdl.nodes().map(|ty| format!("${ty}: [ID!]!")).collect();
    let document = format!("query ({}) {{ {} }}", declared.join(" "), asked.join(" "));
    let answer = stage.ask(viewer, &document, Value::Object(variables)).await;
    let lists = answer.as_object().expect("an answer").clone().into_iter();
    lists.map(|(ty, list)| (ty, list.as_array().expect("a list").clone())).collect()
}

/// Whether a value is an object that the viewer does not see, or tells of one.
fn is_hidden(objects: &Objects<'_>, viewer: &Viewer, value: &Value) -> bool {
    match (value.get("id").and_then(Value::as_str), value.as_object()) {
        (Some(id), _) => !viewer.sees(objects.name_of(id)),
        (None, Some(object)) => object.values().any(|inside| is_hidden(objects, viewer, inside)),
        (None, None) => false,
    }
}

/// What is left of a value for a viewer: what they do not see is null, and no item of a list tells of it.
pub fn cut(objects: &Objects<'_>, viewer: &Viewer, value: &Value) -> Value {
    match value {
        Value::Array(items) => {
            let kept = items.iter().filter(|item| !is_hidden(objects, viewer, item));
            Value::Array(kept.map(|item| cut(objects, viewer, item)).collect())
        }
        Value::Object(object) if object.contains_key("id") => {
            if is_hidden(objects, viewer, value) {
                Value::Null
            } else {
                value.clone()
            }
        }
        Value::Object(object) => {
            let mut left: Map<String, Value> =
                object.iter().map(|(name, value)| (name.clone(), cut(objects, viewer, value))).collect();
            turn_page(&mut left);
            Value::Object(left)
        }
        value => value.clone(),
    }
}

/// What is left of a list whose entries name people: who is not seen is null, and the entry stays.
fn nameless(objects: &Objects<'_>, viewer: &Viewer, value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| nameless(objects, viewer, item)).collect(),
        Value::Object(object) if !object.contains_key("id") => {
            object.iter().map(|(name, value)| (name.clone(), nameless(objects, viewer, value))).collect()
        }
        value => cut(objects, viewer, value),
    }
}

/// The ends of a page are those of what is left on it.
fn turn_page(page: &mut Map<String, Value>) {
    let Some(edges) = page.get("edges").and_then(Value::as_array) else { return };
    let cursor = |edge: Option<&Value>| edge.map_or(Value::Null, |edge| edge["cursor"].clone());
    let (first, last) = (cursor(edges.first()), cursor(edges.last()));
    let info = page.get_mut("pageInfo").expect("a page tells of itself");
    (info["startCursor"], info["endCursor"]) = (first, last);
}

fn expected(objects: &Objects<'_>, viewer: &Viewer, name: &str, decision: Decision, truth: &Value) -> Value {
    let granted = match decision {
        Decision::Identity => viewer.sees_identity_of(name),
        Decision::Book => viewer.reads_book_of(name),
        Decision::Pay => viewer.sees_pay(),
        Decision::Desk if !viewer.sees_verdicts_on(name) => return json!([]),
        Decision::Desk => return nameless(objects, viewer, truth),
        Decision::Plain | Decision::Cut | Decision::Own => true,
    };
    match decision {
        _ if !granted => Value::Null,
        Decision::Cut | Decision::Book => cut(objects, viewer, truth),
        _ => truth.clone(),
    }
}

/// Compares what `viewer` was answered with what is theirs to see of the truth.
fn compare(
    objects: &Objects<'_>,
    viewer: &Viewer,
    truth: &BTreeMap<String, Vec<Value>>,
    seen: &BTreeMap<String, Vec<Value>>,
) {
    for (ty, list) in truth {
        let decided = decisions::of(ty);
        for ((name, true_one), seen_one) in objects.of(ty).into_iter().zip(list).zip(&seen[ty]) {
            if !viewer.sees(name) {
                assert_eq!(seen_one, &Value::Null, "{viewer} sees {name}");
                continue;
            }
            let seen_one = seen_one.as_object().unwrap_or_else(|| panic!("{viewer} does not see {name}"));
            for (field, value) in seen_one {
                match decided[field.as_str()] {
                    Decision::Own => assert_ne!(value, &Value::Null, "{viewer}: {field} of {name}"),
                    decision => {
                        let expected = expected(objects, viewer, name, decision, &true_one[field]);
                        assert_eq!(value, &expected, "{viewer}: {field} of {name}");
                    }
                }
            }
        }
    }
}

on_both! {
    async fn every_field_is_answered_to_those_who_see_it_and_to_nobody_else(world: World) {
        let (stage, sdl) = (Stage::set(&world).await, Sdl::read());
        sight::check(&stage.objects);
        decisions::check(&sdl);
        let truth = everything(&stage, &sdl, &Viewer::OMNISCIENT).await;
        let mut noted = Seen::default();
        for (ty, list) in &truth {
            assert!(list.iter().all(Value::is_object), "who sees everything misses some {ty}");
            list.iter().for_each(|object| noted.note(&sdl, ty, object));
        }
        let never = noted.never(&sdl, sdl.nodes());
        let elsewhere: BTreeSet<String> =
            ASKED_ELSEWHERE.iter().map(|(ty, name)| format!("{ty}.{name}")).collect();
        assert_eq!(never.into_iter().collect::<BTreeSet<_>>(), elsewhere, "empty for everyone");
        for viewer in Viewer::all() {
            let seen = everything(&stage, &sdl, &viewer).await;
            compare(&stage.objects, &viewer, &truth, &seen);
        }
    }
}
