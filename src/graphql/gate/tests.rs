//! What the gate refuses and lets through, the bombs of the wild among it.

use std::time::Instant;

use async_graphql::parser::types::{Selection, SelectionSet};
use proptest::prelude::*;

use super::*;

/// The query that graphql-js prints with every option on, as tools send it.
const STANDARD_INTROSPECTION: &str = include_str!("introspection.graphql");

fn refused(document: &str) -> GateRefusal {
    check(document, &Limits::default()).expect_err(document)
}

fn found(document: &str) -> survey::Found {
    Survey::of(&parse_query(document).unwrap(), &Limits::default()).unwrap()
}

/// `levels` fragments, each spreading the next one `spreads` times.
fn fan_out(spreads: usize, levels: usize) -> String {
    let mut text = "{...F0}".to_owned();
    for level in 0..levels {
        let inside = if level + 1 == levels {
            "__typename".to_owned()
        } else {
            format!("...F{}", level + 1).repeat(spreads)
        };
        text.push_str(&format!("fragment F{level} on Query{{{inside}}}"));
    }
    text
}

#[test]
fn the_fan_outs_that_defeat_the_library_are_counted_not_expanded() {
    // 1 spread, then 8 + 8² + … + 8⁷, with one field at the end of each.
    let (small, expected) = (fan_out(8, 8), (0..8).map(|n| 8u64.pow(n)).sum::<u64>() + 8u64.pow(7));
    let huge = fan_out(2, 41);
    for (bomb, expected) in [(small, expected), (huge, (1 << 41) - 1 + (1 << 40))] {
        let started = Instant::now();
        let refusal = refused(&bomb);
        println!("{} bytes refused in {:?}: {refusal}", bomb.len(), started.elapsed());
        let too_many = GateRefusal::TooComplex { limit: Limit::Selections, allowed: 2_000, found: expected };
        assert_eq!(refusal, too_many);
    }
}

#[test]
fn a_fan_out_beyond_numbers_saturates() {
    let bomb = fan_out(20, 40);
    let GateRefusal::TooComplex { limit, found, .. } = refused(&bomb) else { panic!("not refused") };
    assert_eq!((limit, found), (Limit::Selections, u64::MAX));
}

#[test]
fn the_standard_introspection_query_passes() {
    let admitted = check(STANDARD_INTROSPECTION, &Limits::default()).unwrap();
    assert_eq!(admitted.reach(), Reach::Introspection);
}

#[test]
fn lists_of_types_do_not_nest_however_they_are_written() {
    let nested = [
        "{ __schema { types { fields { type { fields { name } } } } } }",
        "{ __type(name: \"A\") { interfaces { possibleTypes { name } } } }",
        "{ __schema { types { ...A } } } fragment A on __Type { fields { type { ...B } } } \
         fragment B on __Type { inputFields { name } }",
    ];
    for document in nested {
        assert_eq!(refused(document).limit(), Some(Limit::IntrospectionLists), "{document}");
    }
    // Fields of ours may carry the same names.
    assert!(check("{ form { fields { fields { name } } } }", &Limits::default()).is_ok());
    assert!(
        check("{ __type(name: \"A\") { fields { type { enumValues { name } } } } }", &Limits::default())
            .is_ok()
    );
}

/// A chain of `depth` fields, one in the other.
fn chain(root: &str, depth: usize) -> String {
    format!("{{{root}{}{}}}", "{a".repeat(depth - 1), "}".repeat(depth - 1))
}

#[test]
fn fields_nest_up_to_the_depth_and_deeper_below_introspection_only() {
    assert!(check(&chain("a", 12), &Limits::default()).is_ok());
    assert_eq!(refused(&chain("a", 13)).limit(), Some(Limit::Depth));
    assert!(check(&chain("__schema", 16), &Limits::default()).is_ok());
    assert_eq!(refused(&chain("__schema", 17)).limit(), Some(Limit::IntrospectionDepth));
}

#[test]
fn spreads_and_inline_fragments_nest_up_to_the_recursion_limit() {
    let inline = |n: usize| format!("{{{}a{}}}", "...{".repeat(n), "}".repeat(n));
    assert!(check(&inline(63), &Limits::default()).is_ok());
    assert_eq!(refused(&inline(64)).limit(), Some(Limit::Recursion));
    // No bracket is deep here: only expansion shows it.
    let mut text = "{...F0}".to_owned();
    for level in 0..40 {
        text.push_str(&format!("fragment F{level} on Query{{...{{...F{}}}}}", level + 1));
    }
    text.push_str("fragment F40 on Query{a}");
    assert_eq!(refused(&text).limit(), Some(Limit::Recursion));
}

#[test]
fn aliases_directives_and_root_fields_are_counted_where_they_are_spread() {
    let spread = |times: usize, inside: &str| {
        format!("{{ t {{ {} }} }} fragment F on T {{ {inside} }}", "...F ".repeat(times))
    };
    assert!(check(&spread(6, "a: x b: x c: x d: x e: x"), &Limits::default()).is_ok());
    assert_eq!(refused(&spread(7, "a: x b: x c: x d: x e: x")).limit(), Some(Limit::Aliases));
    assert!(check(&spread(5, "x @a y @b"), &Limits::default()).is_ok());
    assert_eq!(refused(&spread(6, "x @a y @b")).limit(), Some(Limit::Directives));
    let root =
        |fields: usize| format!("{{ ...F ... {{ z }} }} fragment F on Query {{ {} }}", "x ".repeat(fields));
    assert!(check(&root(9), &Limits::default()).is_ok());
    assert_eq!(refused(&root(10)).limit(), Some(Limit::RootFields));
}

#[test]
fn directives_count_on_operations_variables_and_definitions_too() {
    let found = found("query Q($a: Int @v) @q { ...F @s } fragment F on Query @d { x @f ... @i { y } }");
    assert_eq!(found.directives, 6);
}

#[test]
fn root_fields_are_per_operation_and_everything_else_is_for_the_document() {
    let found = found("query A { x y z } query B { a: x { b: y } }");
    assert_eq!((found.root_fields, found.selections, found.aliases), (3, 5, 2));
}

#[test]
fn more_than_fifty_fragments_are_refused() {
    let with = |count: usize| {
        let definitions = (0..count).map(|n| format!("fragment F{n} on Query{{a}}"));
        definitions.fold("{a}".to_owned(), |text, definition| text + &definition)
    };
    assert!(check(&with(50), &Limits::default()).is_ok());
    assert_eq!(refused(&with(51)).limit(), Some(Limit::Fragments));
}

#[test]
fn fragments_in_a_circle_are_refused_whether_spread_or_not() {
    let circles = [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { t { ...B } } fragment B on T { ... { ...A } }",
        "{ a } fragment A on T { ...B } fragment B on T { ...A }",
    ];
    for document in circles {
        assert!(matches!(refused(document), GateRefusal::FragmentCycle { .. }), "{document}");
    }
}

#[test]
fn a_fragment_that_nothing_spreads_is_still_weighed() {
    assert_eq!(found("{ a } fragment F on Query { b c ...G } fragment G on Query { d }").selections, 5);
}

#[test]
fn reach_tells_the_type_name_from_introspection_from_data() {
    let reach = |document: &str| check(document, &Limits::default()).unwrap().reach();
    for document in ["{ __typename }", "query Q($id: ID!) { ...F } fragment F on Query { a: __typename }"] {
        assert_eq!(reach(document), Reach::TypeName, "{document}");
    }
    assert_eq!(reach("{ __typename __schema { types { name } } }"), Reach::Introspection);
    // Validation would answer whether each of these exists.
    let data = [
        "{ team }",
        "{ __typename } query Other { team }",
        "{ __typename } fragment F on Team { name }",
        "{ ... on Team { __typename } }",
        "{ __schema { ... on Team { __typename } } }",
        "query Q($x: [TeamFilter!]) { __typename }",
        "mutation { createTeam { id } }",
    ];
    for document in data {
        assert!(parse_query(document).is_err() || reach(document) == Reach::Data, "{document}");
    }
}

#[test]
fn the_schema_that_gateways_ask_for_is_data_to_strangers_and_introspection_to_all() {
    for document in ["{ _service { sdl } }", "{ ...F } fragment F on Query { s: _service { sdl } }"] {
        let admitted = check(document, &Limits::default()).unwrap();
        assert_eq!((admitted.reach(), admitted.introspects()), (Reach::Data, true), "{document}");
    }
}

#[test]
fn a_text_that_does_not_parse_is_refused_without_an_echo() {
    let refusal = refused("{ secretField(");
    assert_eq!(refusal.code(), Code::ParseFailed);
    assert!(!refusal.to_string().contains("secretField"), "{refusal}");
    assert!(matches!(refusal, GateRefusal::Syntax { at: Some((1, _)), .. }));
    assert_eq!(refused("").code(), Code::ParseFailed);
    assert_eq!(refused("fragment F on Query { a }").code(), Code::ParseFailed);
}

#[test]
fn the_operation_is_the_named_one_or_the_only_one() {
    let admitted = |document: &str| check(document, &Limits::default()).unwrap();
    assert_eq!(admitted("mutation { a }").operation(None), Ok(OperationKind::Mutation));
    assert_eq!(admitted("query A { a }").operation(None), Ok(OperationKind::Query));
    let two = admitted("query A { a } subscription B { b }");
    assert_eq!(two.operation(Some("B")), Ok(OperationKind::Subscription));
    assert!(two.operation(None).is_err());
    assert!(two.operation(Some("C")).is_err());
    assert!(admitted("{ a }").operation(Some("A")).is_err());
}

#[test]
fn nesting_at_the_limit_is_parsed_within_the_stack_of_a_worker() {
    // Half of what a thread of the server has: what is let through must never overflow.
    let text = format!("{{a(v:{}{})}}", "[".repeat(62), "]".repeat(62));
    let parse = move || check(&text, &Limits::default()).is_ok();
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(parse).unwrap();
    assert!(thread.join().unwrap());
}

/// What the memoised pass must equal: spreads expanded one by one.
fn expanded(document: &ExecutableDocument, set: &SelectionSet) -> u64 {
    let inside = |selection: &Selection| match selection {
        Selection::Field(field) => expanded(document, &field.node.selection_set.node),
        Selection::InlineFragment(inline) => expanded(document, &inline.node.selection_set.node),
        Selection::FragmentSpread(spread) => document
            .fragments
            .get(&spread.node.fragment_name.node)
            .map_or(0, |fragment| expanded(document, &fragment.node.selection_set.node)),
    };
    set.items.iter().map(|selection| 1 + inside(&selection.node)).sum()
}

/// A selection set that spreads fragments after `level` only, so that no circle arises.
fn selection_set(level: usize) -> BoxedStrategy<String> {
    let leaf = prop_oneof![
        Just("a".to_owned()),
        Just("b: a @x".to_owned()),
        (level + 1..6usize).prop_map(|next| format!("...F{next}")),
    ];
    let selection = leaf.prop_recursive(3, 12, 3, |inner| {
        let inside = prop::collection::vec(inner, 1..4).prop_map(|items| items.join(" "));
        prop_oneof![
            inside.clone().prop_map(|set| format!("c {{ {set} }}")),
            inside.prop_map(|set| format!("... on T {{ {set} }}")),
        ]
    });
    prop::collection::vec(selection, 1..4).prop_map(|items| items.join(" ")).boxed()
}

fn document() -> impl Strategy<Value = String> {
    let definitions: Vec<_> = (0..4).map(selection_set).collect();
    definitions.prop_map(|sets| {
        let fragments = sets.iter().enumerate().skip(1);
        // Each spreads the next one at least, so that nothing stays unreached.
        fragments.fold(format!("{{ ...F1 {} }}", sets[0]), |text, (level, set)| {
            format!("{text} fragment F{level} on T {{ {set} ...F{} }}", level + 1)
        })
    })
}

proptest! {
    #[test]
    fn the_memoised_count_is_the_expanded_one(text in document()) {
        let document = parse_query(&text).unwrap();
        let roots = document.operations.iter().map(|(_, operation)| &operation.node.selection_set.node);
        let spread: u64 = roots.map(|set| expanded(&document, set)).sum();
        let measured = Survey::of(&document, &Limits::default()).unwrap();
        prop_assert_eq!(measured.selections, spread);
    }
}
