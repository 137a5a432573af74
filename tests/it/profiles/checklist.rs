//! A list of facts kept as a file, held against an answer: which fact is missing or not the only one of
//! its kind, and what stands in the answer that no fact knows. Asks the service nothing.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// Facts, grouped by where they stand.
pub struct Checklist(Vec<Group>);

/// Facts of one line of thought in one place of the answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    section: String,
    at: String,
    #[serde(default)]
    each: BTreeMap<String, Value>,
    facts: Vec<Fact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    fact: String,
    #[serde(default)]
    equal: BTreeMap<String, Value>,
    #[serde(default)]
    says: Vec<String>,
}

impl Checklist {
    pub fn read(text: &str) -> Self {
        let groups: Vec<Group> = serde_saphyr::from_str(text).expect("a checklist");
        for fact in groups.iter().flat_map(|group| &group.facts) {
            assert!(!fact.equal.is_empty() || !fact.says.is_empty(), "`{}` asks for nothing", fact.fact);
        }
        Self(groups)
    }

    pub fn len(&self) -> usize {
        self.0.iter().map(|group| group.facts.len()).sum()
    }

    /// Every fact that not exactly one item of its place holds, with its section.
    pub fn faults(&self, answer: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        for group in &self.0 {
            let items = items(answer, &group.at);
            for fact in &group.facts {
                let found = items.iter().filter(|item| group.holds(fact, item)).count();
                if found != 1 {
                    faults.push(format!("{}: {}: held by {found}", group.section, fact.fact));
                }
            }
        }
        faults
    }

    /// The items of a place that no fact knows.
    pub fn unknown<'a>(&self, answer: &'a Value, at: &str) -> Vec<&'a Value> {
        let known = |item: &Value| {
            let groups = self.0.iter().filter(|group| group.at == at);
            groups.into_iter().any(|group| group.facts.iter().any(|fact| group.holds(fact, item)))
        };
        items(answer, at).into_iter().filter(|item| !known(item)).collect()
    }
}

impl Group {
    fn holds(&self, fact: &Fact, item: &Value) -> bool {
        let text = text(item).to_lowercase();
        self.each
            .iter()
            .chain(&fact.equal)
            .all(|(at, expected)| item.pointer(at).is_some_and(|actual| same(actual, expected)))
            && fact.says.iter().all(|said| text.contains(&said.to_lowercase()))
    }
}

/// A list's items, or the one thing that stands there.
fn items<'a>(answer: &'a Value, at: &str) -> Vec<&'a Value> {
    match answer.pointer(at) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(item) => vec![item],
        None => Vec::new(),
    }
}

/// Equality, but for amounts: they are floats in the answer and whole numbers in the file.
fn same(actual: &Value, expected: &Value) -> bool {
    match (actual.as_f64(), expected.as_f64()) {
        (Some(actual), Some(expected)) => actual.total_cmp(&expected).is_eq(),
        _ => actual == expected,
    }
}

/// All texts inside, a line each.
fn text(item: &Value) -> String {
    match item {
        Value::String(text) => format!("{text}\n"),
        Value::Array(items) => items.iter().map(text).collect(),
        Value::Object(fields) => fields.values().map(text).collect(),
        _ => String::new(),
    }
}
