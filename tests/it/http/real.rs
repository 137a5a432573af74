//! The gate in front of the schema that the service really has.

use std::time::Instant;

use super::*;

const STANDARD_INTROSPECTION: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/graphql/gate/introspection.graphql"));

#[tokio::test(flavor = "multi_thread")]
async fn the_standard_introspection_query_passes_every_limit() {
    let (status, body) = real_world().await.query(STANDARD_INTROSPECTION).await;
    assert_eq!((status, &body["errors"]), (200, &Value::Null), "{:.500}", body.to_string());
    assert!(body["data"]["__schema"]["types"].as_array().unwrap().len() > 30);
}

/// `levels` fragments, each spreading the next one `spreads` times.
fn fan_out(spreads: usize, levels: usize) -> String {
    let fragment = |level: usize| {
        let inside = format!("...F{}", level + 1).repeat(spreads);
        format!("fragment F{level} on Query{{{inside}}}")
    };
    let last = format!("fragment F{levels} on Query{{__typename}}");
    format!("{{...F0}}{}{last}", (0..levels).map(fragment).collect::<String>())
}

#[tokio::test(flavor = "multi_thread")]
async fn fragment_bombs_are_refused_over_http_before_anything_expands_them() {
    let world = real_world().await;
    for bomb in [fan_out(8, 8), fan_out(2, 40)] {
        let started = Instant::now();
        let (status, body) = world.query(&bomb).await;
        println!("{} bytes refused in {:?}, the round trip included", bomb.len(), started.elapsed());
        assert_eq!((status, code(&body)), (400, "QUERY_TOO_COMPLEX"), "{body}");
        assert_eq!(body["errors"][0]["extensions"]["limit"], "selections");
    }
}

/// What the gate lets through and is most work to validate: every limit nearly reached at once.
#[tokio::test(flavor = "multi_thread")]
async fn the_heaviest_document_that_passes_is_validated_in_no_time() {
    let world = real_world().await;
    let spreads = (0..45).map(|n| format!("...F{n} ")).collect::<String>().repeat(4);
    let fragments = (0..45).map(|n| format!("fragment F{n} on Viewer {{ {} }} ", "x ".repeat(9)));
    let documents = [
        // Everything is valid, in inline fragments that are compared with each other.
        format!("{{ viewer {{ {} }} }}", "... { __typename } ".repeat(390)),
        // Everything is wrong: each name costs a look for names that are like it.
        format!("{{ viewer {{ {} }} }}", "... { x y z } ".repeat(280)),
        // Everything is spread, to the last selection that is allowed.
        format!("{{ viewer {{ {spreads} }} }} {}", fragments.collect::<String>()),
    ];
    for document in documents {
        let started = Instant::now();
        let (status, body) = world.query(&document).await;
        let took = started.elapsed();
        println!("{} bytes: {status} {} in {took:?}", document.len(), code(&body));
        let limit = &body["errors"][0]["extensions"]["limit"];
        assert!(limit.is_null() || limit == "cost", "the gate refused it, so this shows nothing: {limit}");
        assert!(took < Duration::from_secs(2), "{took:?}");
    }
}
