//! Which layer may look where, and that the features inside a layer form no circle.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mention, Source, TestOnly, in_each};

/// One layer and what it may import.
pub struct Layer {
    pub name: &'static str,
    pub may_import: &'static [&'static str],
}

const fn layer(name: &'static str, may_import: &'static [&'static str]) -> Layer {
    Layer { name, may_import }
}

/// The layers, lowest first. A new layer is a decision (docs/adr/0001-layers.md), then a row here.
pub const LAYERS: &[Layer] = &[
    layer("domain", &[]),
    layer("interchange", &["domain"]),
    layer("config", &["domain"]),
    layer("telemetry", &["domain", "config"]),
    layer("cache", &["domain", "telemetry"]),
    layer("auth", &["domain", "config", "telemetry"]),
    layer("store", &["domain", "auth", "config", "telemetry"]),
    layer("views", &["domain", "auth", "store", "cache", "telemetry"]),
    layer("app", &["domain", "auth", "store", "interchange"]),
    layer("graphql", &["domain", "cache", "auth", "store", "views", "app", "telemetry"]),
    layer(
        "http",
        &[
            "domain",
            "interchange",
            "config",
            "telemetry",
            "cache",
            "auth",
            "store",
            "views",
            "app",
            "graphql",
        ],
    ),
    layer(
        "cli",
        &[
            "domain",
            "interchange",
            "config",
            "telemetry",
            "cache",
            "auth",
            "store",
            "views",
            "app",
            "graphql",
            "http",
        ],
    ),
    layer("main", &["cli"]),
];

/// The library, as the binary names it.
const LIBRARY: &str = "assay";

/// Layers whose features must stand in an order.
const ORDERED: &[&str] = &["domain", "app"];

fn row(name: &str) -> Option<&'static Layer> {
    LAYERS.iter().find(|layer| layer.name == name)
}

/// A layer imports itself and what its row allows, however the import is written.
pub fn layers_only_look_down(files: &[Source]) -> Vec<String> {
    in_each(
        files,
        |file| file.layer().and_then(row).is_some(),
        |file| {
            let own = file.layer().and_then(row).expect("filtered above");
            let outside = |target: &str| target != own.name && !own.may_import.contains(&target);
            let wrong = |mention: &&Mention| layer_named(file, mention).is_some_and(outside);
            file.mentions()
                .iter()
                .filter(wrong)
                .map(|m| file.at(m.line, &format!("layer `{}` may not import `{}`", own.name, m.path())))
                .collect()
        },
    )
}

/// The layer a path leads to: by `crate::`, from the binary by `assay::`, from a layer's root by `super::`.
fn layer_named<'m>(file: &Source, mention: &'m Mention) -> Option<&'m str> {
    let first = mention.segments.first()?.as_str();
    let from_root = first == "crate" || first == LIBRARY;
    let at_layer_root = file.feature().is_none() && first == "super";
    let target = mention.segments.get(1).filter(|_| from_root || at_layer_root)?;
    row(target).map(|layer| layer.name).filter(|name| *name != "main")
}

/// Every folder of `src` is a layer with a row of its own.
pub fn every_folder_is_a_layer(files: &[Source]) -> Vec<String> {
    let stray = |file: &Source| {
        let name = file.layer().filter(|name| row(name).is_none())?;
        Some(format!("{}: `{name}` is not a layer; the layers stand in tests/walls/tree.rs", file.path))
    };
    files.iter().filter_map(stray).collect()
}

/// Inside `domain` and inside `app`, what a feature is built on is never built on it.
pub fn features_form_no_circle(files: &[Source]) -> Vec<String> {
    ORDERED
        .iter()
        .filter_map(|layer| circle(&feature_graph(files, layer)).map(|way| (layer, way)))
        .map(|(layer, way)| format!("src/{layer}: features form a circle: {}", way.join(" → ")))
        .collect()
}

type Graph = BTreeMap<String, BTreeSet<String>>;

/// Feature → the features of the same layer it mentions.
fn feature_graph(files: &[Source], layer: &str) -> Graph {
    let tests = TestOnly::of(files);
    let inside = || files.iter().filter(|file| file.layer() == Some(layer) && !tests.holds(file));
    let features: BTreeSet<&str> = inside().filter_map(Source::feature).collect();
    let mut graph = Graph::new();
    for file in inside() {
        let Some(own) = file.feature() else { continue };
        let named = file.mentions().iter().filter_map(|m| feature_named(file, layer, m));
        let others = named.filter(|name| *name != own && features.contains(name)).map(str::to_owned);
        graph.entry(own.to_owned()).or_default().extend(others);
    }
    graph
}

fn feature_named<'m>(file: &Source, layer: &str, mention: &'m Mention) -> Option<&'m str> {
    let beside = file.path == format!("src/{layer}/{}.rs", file.feature()?);
    let root = format!("src/{layer}/{}/mod.rs", file.feature()?) == file.path;
    let at = if mention.starts_with(&["crate", layer]) {
        2
    } else if mention.starts_with(&["super"]) && (beside || root) {
        1
    } else {
        return None;
    };
    mention.segments.get(at).map(String::as_str)
}

/// A circle as the way around it, if there is one.
fn circle(graph: &Graph) -> Option<Vec<String>> {
    let mut done = BTreeSet::new();
    graph.keys().find_map(|start| walk(graph, start, &mut Vec::new(), &mut done))
}

fn walk(graph: &Graph, at: &str, way: &mut Vec<String>, done: &mut BTreeSet<String>) -> Option<Vec<String>> {
    if let Some(start) = way.iter().position(|name| name == at) {
        return Some(way[start..].iter().cloned().chain([at.to_owned()]).collect());
    }
    if done.contains(at) {
        return None;
    }
    way.push(at.to_owned());
    let found = graph.get(at)?.iter().find_map(|next| walk(graph, next, way, done));
    way.pop();
    done.insert(at.to_owned());
    found
}
