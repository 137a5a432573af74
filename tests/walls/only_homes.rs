//! Which framework lives where, and who alone may open a transaction or a snapshot.

use super::{Mention, Source, TestOnly, in_each};

/// A crate and the layers that may name it.
struct Home {
    framework: &'static str,
    layers: &'static [&'static str],
}

const fn home(framework: &'static str, layers: &'static [&'static str]) -> Home {
    Home { framework, layers }
}

const HOMES: &[Home] = &[
    home("sea_orm", &["store"]),
    home("sqlx", &["store"]),
    home("migration", &["store"]),
    home("sea_orm_migration", &[]),
    home("async_graphql", &["graphql", "http"]),
    home("async_graphql_parser", &["graphql", "http"]),
    home("actix_web", &["http"]),
    home("actix_ws", &["http"]),
    home("actix_http", &["http"]),
    home("askama", &["http"]),
    home("pulldown_cmark", &["http"]),
    home("moka", &["cache"]),
    home("redis", &["cache"]),
    home("postcard", &["cache"]),
    home("jsonwebtoken", &["auth"]),
    home("reqwest", &["auth", "cli"]),
    home("clap", &["cli"]),
    home("indicatif", &["cli"]),
    home("toml", &["config"]),
    home("serde_saphyr", &["interchange"]),
    home("csv", &["interchange"]),
    home("schemars", &["interchange"]),
    home("jsonschema", &["interchange"]),
    home("similar", &["interchange"]),
    home("rust_xlsxwriter", &["interchange"]),
    home("opentelemetry", &["telemetry"]),
    home("opentelemetry_sdk", &["telemetry"]),
    home("opentelemetry_appender_tracing", &["telemetry"]),
    home("opentelemetry_otlp", &["telemetry"]),
    home("opentelemetry_prometheus", &["telemetry"]),
    home("prometheus", &["telemetry"]),
    home("tracing_opentelemetry", &["telemetry"]),
    home("tracing_subscriber", &["telemetry"]),
];

/// A framework is named only in its home. The `migration` member stands apart, and unit tests may use
/// what they like to look at the code from outside.
pub fn each_framework_has_one_home(files: &[Source]) -> Vec<String> {
    let tests = TestOnly::of(files);
    in_each(
        files,
        |file| file.path.starts_with("src/") && !tests.holds(file),
        |file| {
            let away = |word: &str| {
                let home = HOMES.iter().find(|home| home.framework == word)?;
                let at_home = file.layer().is_some_and(|layer| home.layers.contains(&layer));
                (!at_home).then(|| format!("`{word}` has its home in {}", home.layers.join(", ")))
            };
            let named = |m: &Mention| away(m.segments.first()?).map(|what| file.at(m.line, &what));
            file.mentions().iter().filter_map(named).collect()
        },
    )
}

/// `Tx` and `begin` are words of `app`; `store` defines them.
pub fn only_app_opens_transactions(files: &[Source]) -> Vec<String> {
    words_of("app", &["Tx", "begin"], files)
}

/// `snapshot` is a word of `views`; `store` defines it.
pub fn only_views_take_snapshots(files: &[Source]) -> Vec<String> {
    words_of("views", &["snapshot", "Snapshot"], files)
}

fn words_of(layer: &str, words: &[&str], files: &[Source]) -> Vec<String> {
    in_each(
        files,
        |file| file.layer().is_some_and(|own| own != layer && own != "store"),
        |file| {
            let said = |m: &Mention| {
                let word = m.segments.iter().find(|segment| words.contains(&segment.as_str()))?;
                Some(file.at(m.line, &format!("only {layer} names `{word}`")))
            };
            file.mentions().iter().filter_map(said).collect()
        },
    )
}
