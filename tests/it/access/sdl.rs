//! What the SDL has: its object types with their fields, its filters, and selections of everything in them.

use std::collections::{BTreeMap, BTreeSet};

use async_graphql_parser::{
    parse_schema,
    types::{BaseType, ServiceDocument, Type, TypeKind, TypeSystemDefinition},
};
use serde_json::Value;

/// One field of an object, or of an input.
#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    /// The named type of its value, lists and non-null taken away.
    pub of: String,
    /// The names of its arguments.
    pub arguments: Vec<String>,
}

/// The SDL that the service prints.
#[derive(Debug)]
pub struct Sdl {
    objects: BTreeMap<String, Vec<Field>>,
    inputs: BTreeMap<String, Vec<Field>>,
    enums: BTreeMap<String, Vec<String>>,
    /// The types that have an id of their own.
    nodes: BTreeSet<String>,
}

/// Arguments without which a list would not show all there is.
const WHOLE: &[(&str, &str)] = &[
    ("exemptions", "first: 50, filter: { history: true }"),
    ("members", "first: 50, filter: { history: true }"),
    ("memberships", "first: 50, filter: { history: true }"),
    ("roleProfiles", "first: 50, filter: { history: true }"),
];

impl Sdl {
    pub fn read() -> Self {
        let ServiceDocument { definitions } = parse_schema(assay::graphql::sdl()).expect("the SDL");
        let (mut objects, mut inputs, mut enums) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut nodes = BTreeSet::new();
        for definition in definitions {
            let TypeSystemDefinition::Type(ty) = definition else { continue };
            let name = ty.node.name.node.to_string();
            match ty.node.kind {
                TypeKind::Object(object) => {
                    if object.implements.iter().any(|of| of.node == "Node") {
                        nodes.insert(name.clone());
                    }
                    let fields = object.fields.into_iter().map(|field| Field {
                        name: field.node.name.node.to_string(),
                        of: named(&field.node.ty.node),
                        arguments: field
                            .node
                            .arguments
                            .iter()
                            .map(|a| a.node.name.node.to_string())
                            .collect(),
                    });
                    objects.insert(name, fields.collect());
                }
                TypeKind::InputObject(input) => {
                    let fields = input.fields.into_iter().map(|field| Field {
                        name: field.node.name.node.to_string(),
                        of: named(&field.node.ty.node),
                        arguments: Vec::new(),
                    });
                    inputs.insert(name, fields.collect());
                }
                TypeKind::Enum(choices) => {
                    let values = choices.values.into_iter().map(|value| value.node.value.node.to_string());
                    enums.insert(name, values.collect());
                }
                _ => {}
            }
        }
        Self { objects, inputs, enums, nodes }
    }

    /// The names of all object types.
    pub fn objects(&self) -> impl Iterator<Item = &str> {
        self.objects.keys().map(String::as_str)
    }

    /// The types that have an id of their own.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        self.nodes.iter().map(String::as_str)
    }

    pub fn is_node(&self, ty: &str) -> bool {
        self.nodes.contains(ty)
    }

    /// The fields of an object type.
    pub fn fields(&self, ty: &str) -> &[Field] {
        self.objects.get(ty).unwrap_or_else(|| panic!("{ty} is no object type"))
    }

    /// The inputs whose name ends so, with their fields.
    pub fn inputs_like<'s>(&'s self, end: &'s str) -> impl Iterator<Item = (&'s str, &'s [Field])> {
        let like = self.inputs.iter().filter(move |(name, _)| name.ends_with(end));
        like.map(|(name, fields)| (name.as_str(), fields.as_slice()))
    }

    /// The fields of an input that name something by its id, those of the inputs in it by a dotted path.
    pub fn ids_in(&self, input: &str) -> Vec<String> {
        let fields = self.inputs.get(input).unwrap_or_else(|| panic!("{input} is no input"));
        let mut ids = Vec::new();
        for field in fields {
            if field.of == "ID" {
                ids.push(field.name.clone());
            } else if self.inputs.contains_key(&field.of) {
                let inside = self.ids_in(&field.of).into_iter();
                ids.extend(inside.map(|inside| format!("{}.{inside}", field.name)));
            }
        }
        ids
    }

    /// The values of an enum.
    pub fn values(&self, name: &str) -> &[String] {
        self.enums.get(name).unwrap_or_else(|| panic!("{name} is no enum"))
    }

    pub fn is_enum(&self, name: &str) -> bool {
        self.enums.contains_key(name)
    }

    /// Whether a value of this type has no fields.
    fn is_leaf(&self, ty: &str) -> bool {
        !self.objects.contains_key(ty) && ty != "Node"
    }

    /// Selects everything of an object, but the fields in `without`. What has an id of its own is selected
    /// by it alone, wherever it is met inside.
    pub fn selection(&self, ty: &str, without: &[&str]) -> String {
        let fields = self.fields(ty).iter().filter(|field| !without.contains(&field.name.as_str()));
        let selected: Vec<String> = fields.map(|field| self.select(field)).collect();
        format!("{{ {} }}", selected.join(" "))
    }

    fn select(&self, field: &Field) -> String {
        let arguments = if field.arguments.iter().any(|name| name == "first") {
            let whole = WHOLE.iter().find(|(name, _)| *name == field.name);
            format!("({})", whole.map_or("first: 50", |(_, arguments)| *arguments))
        } else {
            String::new()
        };
        let inside = match field.of.as_str() {
            ty if self.is_leaf(ty) => String::new(),
            ty if self.is_node(ty) || ty == "Node" => " { id }".to_owned(),
            ty => format!(" {}", self.selection(ty, &[])),
        };
        format!("{}{arguments}{inside}", field.name)
    }
}

fn named(ty: &Type) -> String {
    match &ty.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inside) => named(inside),
    }
}

/// The fields of object types that were answered with something. An empty list is nothing.
#[derive(Debug, Default)]
pub struct Seen(BTreeSet<(String, String)>);

impl Seen {
    /// Takes note of everything in a value of an object type.
    pub fn note(&mut self, sdl: &Sdl, ty: &str, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.note(sdl, ty, item)),
            Value::Object(object) if sdl.objects.contains_key(ty) => {
                for field in sdl.fields(ty) {
                    let Some(value) = object.get(&field.name).filter(|value| is_something(value)) else {
                        continue;
                    };
                    self.0.insert((ty.to_owned(), field.name.clone()));
                    self.note(sdl, &field.of, value);
                }
            }
            _ => {}
        }
    }

    /// The fields of the given types that nobody saw anything in.
    pub fn never<'a>(&self, sdl: &Sdl, types: impl Iterator<Item = &'a str>) -> Vec<String> {
        let all =
            types.flat_map(|ty| sdl.fields(ty).iter().map(move |field| (ty.to_owned(), field.name.clone())));
        all.filter(|field| !self.0.contains(field)).map(|(ty, field)| format!("{ty}.{field}")).collect()
    }
}

fn is_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(is_something),
        _ => true,
    }
}
