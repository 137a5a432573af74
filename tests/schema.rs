//! The public contract: `schema.graphql` is what the code says, and the code keeps the schema's rules.
//! Only reads; `assay schema print > schema.graphql` is how the file is renewed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test speaks by panicking")]

use async_graphql_parser::{
    Positioned, parse_schema,
    types::{
        BaseType, FieldDefinition, ServiceDocument, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
    },
};

const COMMITTED: &str = include_str!("../schema.graphql");

fn types() -> Vec<TypeDefinition> {
    let ServiceDocument { definitions } = parse_schema(assay::graphql::sdl()).unwrap();
    let of = |definition| match definition {
        TypeSystemDefinition::Type(ty) => Some(ty.node),
        _ => None,
    };
    definitions.into_iter().filter_map(of).collect()
}

fn fields(ty: &TypeDefinition) -> &[Positioned<FieldDefinition>] {
    match &ty.kind {
        TypeKind::Object(object) => &object.fields,
        TypeKind::Interface(interface) => &interface.fields,
        _ => &[],
    }
}

fn described(description: Option<&Positioned<String>>) -> bool {
    description.is_some_and(|text| !text.node.trim().is_empty())
}

#[test]
fn the_committed_schema_is_the_one_the_code_serves() {
    let served = assay::graphql::sdl();
    let differs = served.lines().zip(COMMITTED.lines()).position(|(new, old)| new != old);
    let line = differs.unwrap_or_else(|| served.lines().count().min(COMMITTED.lines().count())) + 1;
    assert!(
        served == COMMITTED,
        "schema.graphql differs from the code at line {line}. If the change is meant, renew the file with\n\
         `cargo run -- schema print > schema.graphql` and review the difference."
    );
}

#[test]
fn every_type_field_argument_and_value_is_described() {
    let mut bare = Vec::new();
    for ty in types().into_iter().filter(|ty| !ty.extend) {
        let name = &ty.name.node;
        let mut expect = |path: String, description: Option<&Positioned<String>>| {
            if !described(description) {
                bare.push(path);
            }
        };
        expect(name.to_string(), ty.description.as_ref());
        for field in fields(&ty) {
            let field = &field.node;
            expect(format!("{name}.{}", field.name), field.description.as_ref());
            for argument in &field.arguments {
                let path = format!("{name}.{}({})", field.name, argument.node.name);
                expect(path, argument.node.description.as_ref());
            }
        }
        match &ty.kind {
            TypeKind::Enum(choices) => choices.values.iter().for_each(|value| {
                expect(format!("{name}.{}", value.node.value), value.node.description.as_ref());
            }),
            TypeKind::InputObject(input) => input.fields.iter().for_each(|field| {
                expect(format!("{name}.{}", field.node.name), field.node.description.as_ref());
            }),
            _ => {}
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

#[test]
fn the_first_sentence_of_an_enum_value_is_a_label_of_at_most_40_characters() {
    for ty in types() {
        let TypeKind::Enum(choices) = &ty.kind else { continue };
        for value in &choices.values {
            let text = value.node.description.as_ref().map_or("", |text| text.node.trim());
            let label = text.split_once('.').map_or(text, |(first, _)| first);
            let length = label.chars().count();
            assert!((1..=40).contains(&length), "{}.{}: `{label}`", ty.name.node, value.node.value);
        }
    }
}

#[test]
fn a_list_of_objects_is_a_connection_or_says_its_bound() {
    let all = types();
    let is_object = |name: &str| all.iter().any(|ty| ty.name.node == name && !fields(ty).is_empty());
    for ty in &all {
        let owner = ty.name.node.as_str();
        for field in fields(ty).iter().filter(|_| !owner.ends_with("Connection")) {
            let path = format!("{owner}.{}", field.node.name);
            let listed = element(&field.node.ty.node).is_some_and(is_object);
            let says = field.node.description.as_ref().map_or("", |text| &text.node);
            let bounded =
                says.split_once("at most ").is_some_and(|(_, rest)| rest.starts_with(char::is_numeric));
            assert!(!listed || bounded, "{path} is a list that names no bound");
        }
    }
}

fn element(ty: &Type) -> Option<&str> {
    match &ty.base {
        BaseType::List(inner) => Some(name(inner)),
        BaseType::Named(_) => None,
    }
}

fn name(ty: &Type) -> &str {
    match &ty.base {
        BaseType::List(inner) => name(inner),
        BaseType::Named(name) => name.as_str(),
    }
}

#[test]
fn every_connection_takes_the_same_arguments_in_the_same_types() {
    for ty in types() {
        for field in fields(&ty).iter().filter(|field| name(&field.node.ty.node).ends_with("Connection")) {
            let path = format!("{}.{}", ty.name.node, field.node.name);
            let has = |argument: &str, of: &str| {
                let mut arguments = field.node.arguments.iter().map(|argument| &argument.node);
                arguments.any(|a| a.name.node == argument && a.ty.node.to_string() == of)
            };
            assert!(has("first", "Int") && has("last", "Int"), "{path} lacks first or last");
            assert!(has("after", "String") && has("before", "String"), "{path} lacks after or before");
            let arguments = &field.node.arguments;
            for obligatory in ["filter", "orderBy"] {
                assert!(
                    arguments.iter().any(|a| a.node.name.node == obligatory),
                    "{path} lacks {obligatory}"
                );
            }
        }
    }
}

#[test]
fn an_object_with_an_id_is_a_node_and_a_federation_entity() {
    for ty in types() {
        let TypeKind::Object(object) = &ty.kind else { continue };
        let named = |field: &Positioned<FieldDefinition>| field.node.name.node == "id";
        if !object.fields.iter().any(named) {
            continue;
        }
        let name = &ty.name.node;
        assert!(object.implements.iter().any(|interface| interface.node == "Node"), "{name} is no Node");
        assert!(
            ty.directives.iter().any(|directive| directive.node.name.node == "key"),
            "{name} has no @key"
        );
    }
}

#[test]
fn every_root_field_and_mutation_has_a_rule() {
    let roots = ["Query", "Mutation", "Subscription"];
    for ty in types().iter().filter(|ty| roots.contains(&ty.name.node.as_str())) {
        for field in fields(ty) {
            let name = field.node.name.node.as_str();
            let ruled = assay::domain::policy::rules::rule_of(name).is_some();
            assert!(ruled, "{}.{name} has no rule in src/domain/policy/rules.rs: it is denied", ty.name.node);
        }
    }
}
