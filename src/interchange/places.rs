//! YAML text as a value that knows where each of its parts stands. Knows no format and checks no rule, but
//! that a key stands once.

use std::{collections::HashMap, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};
use serde_saphyr::{Spanned, options::DuplicateKeyPolicy};

use crate::interchange::reading::{Fault, Refused, said};

/// A file's content, and where its parts stand.
pub(super) struct Placed {
    file: String,
    /// The content.
    pub(super) value: Value,
    /// The line of each value, and of each key under its pointer and `#`.
    lines: HashMap<String, u64>,
    /// Keys that stand twice.
    repeated: Vec<Fault>,
}

/// Up to here every whole number is a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

enum Node {
    Leaf(Value),
    List(Vec<Spanned<Node>>),
    Map(Vec<(Spanned<String>, Spanned<Node>)>),
}

impl Placed {
    /// Reads the text.
    ///
    /// # Errors
    /// [`Refused`] when it is no YAML; keys that stand twice are [told](Self::repeated) with the other faults.
    pub(super) fn read(file: &str, text: &str) -> Result<Self, Refused> {
        let options = serde_saphyr::options! {
            with_snippet: false,
            duplicate_keys: DuplicateKeyPolicy::PassThrough,
        };
        let root: Spanned<Node> = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let line = error.location().map_or(0, |at| at.line());
            Refused(vec![Fault { file: file.to_owned(), line, field: "file".to_owned(), rule: said(&error) }])
        })?;
        let mut placed =
            Self { file: file.to_owned(), value: Value::Null, lines: HashMap::new(), repeated: Vec::new() };
        placed.value = placed.keep(root, "");
        Ok(placed)
    }

    fn keep(&mut self, node: Spanned<Node>, pointer: &str) -> Value {
        self.lines.insert(pointer.to_owned(), node.referenced.line());
        match node.value {
            Node::Leaf(value) => value,
            Node::List(items) => {
                let items = items.into_iter().enumerate();
                items.map(|(index, item)| self.keep(item, &format!("{pointer}/{index}"))).collect()
            }
            Node::Map(entries) => {
                let mut map = Map::new();
                for (key, value) in entries {
                    let (line, below) = (key.referenced.line(), format!("{pointer}/{}", key.value));
                    if map.contains_key(&key.value) {
                        let rule = "stands twice".to_owned();
                        self.repeated.push(Fault { file: self.file.clone(), line, field: key.value, rule });
                        continue;
                    }
                    self.lines.insert(format!("{below}#"), line);
                    let value = self.keep(value, &below);
                    map.insert(key.value, value);
                }
                Value::Object(map)
            }
        }
    }

    /// The file's name.
    pub(super) fn file(&self) -> &str {
        &self.file
    }

    /// The keys that stand twice.
    pub(super) fn repeated(&self) -> Vec<Fault> {
        self.repeated.clone()
    }

    /// A fault of the value at `pointer`, or of the nearest one around it; named by its last field.
    pub(super) fn fault(&self, pointer: &str, rule: impl Into<String>) -> Fault {
        let mut around = pointer;
        let line = loop {
            if let Some(line) = self.lines.get(around) {
                break *line;
            }
            around = around.rsplit_once('/').map_or("", |(parent, _)| parent);
        };
        let field = pointer.rsplit('/').find(|step| step.parse::<usize>().is_err());
        let field = field.filter(|field| !field.is_empty()).unwrap_or("file").to_owned();
        Fault { file: self.file.clone(), line, field, rule: rule.into() }
    }

    /// A fault of the key `key` of the map at `pointer`.
    pub(super) fn key_fault(&self, pointer: &str, key: &str, rule: impl Into<String>) -> Fault {
        let below = format!("{pointer}/{key}");
        let mut fault = self.fault(&below, rule);
        if let Some(line) = self.lines.get(&format!("{below}#")) {
            fault.line = *line;
        }
        fault.field = key.to_owned();
        fault
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNode)
    }
}

struct AnyNode;

impl<'de> Visitor<'de> for AnyNode {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Leaf(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Leaf(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Leaf(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Leaf(value.into()))
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole, and in the range in which it is exact")]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        // JSON Schema knows one number: 3.0 is the whole number 3.
        if value.fract() == 0.0 && value.abs() <= EXACT {
            return Ok(Node::Leaf((value as i64).into()));
        }
        let number = Number::from_f64(value).ok_or_else(|| E::custom("is not a number"))?;
        Ok(Node::Leaf(Value::Number(number)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Leaf(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Node::Map(entries))
    }
}
