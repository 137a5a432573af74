//! `/metrics` against its documentation, and where it is served.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use assay::{
    config::DatabaseSettings,
    store::{Store, StoreError},
    telemetry::metrics::exposition,
};

use super::*;
use crate::support::{Backend, beside};

const DOCUMENTED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/metrics.md"));

/// The type and the labels of each metric, by its name.
type Metrics = BTreeMap<String, (String, BTreeSet<String>)>;

/// The rows of the table: name, type, labels; what stands in parentheses explains a label.
fn documented() -> Metrics {
    let rows = DOCUMENTED.lines().filter(|line| line.starts_with("| `"));
    let row = |line: &str| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let mut labels = BTreeSet::new();
        for part in cells[3].split('(').map(|part| part.split_once(')').map_or(part, |(_, after)| after)) {
            labels.extend(part.split('`').skip(1).step_by(2).map(str::to_owned));
        }
        (cells[1].trim_matches('`').to_owned(), (cells[2].to_owned(), labels))
    };
    rows.map(row).collect()
}

/// A sample: its name, its labels and its value.
fn sample(line: &str) -> (&str, Vec<(&str, &str)>, f64) {
    let (series, value) = line.rsplit_once(' ').unwrap();
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let labels = labels.trim_end_matches('}').split(',').filter_map(|label| label.split_once('='));
    (name, labels.map(|(name, value)| (name, value.trim_matches('"'))).collect(), value.parse().unwrap())
}

fn samples(text: &str) -> impl Iterator<Item = (&str, Vec<(&str, &str)>, f64)> {
    text.lines().filter(|line| !line.starts_with('#')).map(sample)
}

fn shown(text: &str) -> Metrics {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    let mut all: Metrics =
        types.map(|(name, kind)| (name.to_owned(), (kind.to_owned(), BTreeSet::new()))).collect();
    for (name, labels, _) in samples(text) {
        let parts = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end));
        let base = parts.filter(|base| all.contains_key(*base)).unwrap_or(name);
        let known = &mut all.get_mut(base).unwrap_or_else(|| panic!("{name} has no type")).1;
        known.extend(labels.iter().map(|(label, _)| (*label).to_owned()).filter(|label| label != "le"));
    }
    all
}

/// The sum of the samples of this name that have this label.
fn value(text: &str, name: &str, label: (&str, &str)) -> f64 {
    samples(text)
        .filter(|(n, labels, _)| *n == name && labels.contains(&label))
        .map(|(.., value)| value)
        .sum()
}

on_both! {
    async fn the_metrics_of_a_server_that_was_used_are_the_documented_ones(world: World) {
        furnish(&world).await;
        let service = Service::start(&world, &[]);
        let answer = service.ask("used", &matrix()).await;
        assert!(answer["errors"].is_null(), "{answer}");
        service.ask_in_vain("refused").await;
        let statements = service.lines_until("used").pop().unwrap()["statements"].as_f64().unwrap();

        let answer = service.get("/metrics").await;
        assert!(answer.headers()["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4"));
        let text = answer.text().await.unwrap();
        assert_eq!(shown(&text), documented());
        let query = ("graphql_operation_type", "query");
        assert_eq!(value(&text, "db_client_statements_per_operation_sum", query), statements);
        assert_eq!(value(&text, "graphql_operation_duration_seconds_count", ("outcome", "OK")), 1.0);
        assert_eq!(value(&text, "graphql_operation_refusals_total", ("code", "UNAUTHENTICATED")), 1.0);
        assert_eq!(value(&text, "assay_build_info", ("commit", assay::telemetry::COMMIT)), 1.0);
        let primary = ("server", "primary");
        assert!(value(&text, "db_client_statement_duration_seconds_count", primary) >= statements);
        let (open, most) =
            (value(&text, "db_client_connections", primary), value(&text, "db_client_connections_max", primary));
        assert!(open >= 1.0 && open <= most, "{open} of {most}");
        assert_eq!(service.process.stop().0, Some(0));
    }

    async fn a_wait_for_a_connection_that_was_in_vain_is_counted(world: World) {
        let mut settings = DatabaseSettings::at(world.url());
        (settings.max_connections, settings.acquire_timeout) = (1, Duration::from_millis(100));
        let store = Store::connect(&settings).await.unwrap();
        let count = || value(&exposition(), "db_client_connection_timeouts_total", ("server", "primary"));
        let before = count();
        let other = store.clone();
        let in_vain = store.snapshot(move |_| {
            let other = other.clone();
            async move { Ok::<_, StoreError>(other.digest_key().await.unwrap_err()) }
        });
        let error = in_vain.await.unwrap();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error}");
        assert!(count() > before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_with_an_address_of_their_own_are_there_and_nowhere_else() {
    let (world, database) = beside(Backend::Sqlite, "telemetry_metrics_address").await;
    let service = Service::start(&world, &[("METRICS_ADDRESS", "127.0.0.1:0")]);
    let told = service.beginning.iter().find(|line| line["message"] == "serving metrics").unwrap();
    let own = format!("http://{}", told["address"].as_str().unwrap());
    let status = async |url: String| service.http.get(url).send().await.unwrap().status();
    assert_eq!(status(format!("{own}/metrics")).await, 200);
    for elsewhere in [format!("{}/metrics", service.url), format!("{own}/livez"), format!("{own}/graphql")] {
        assert_eq!(status(elsewhere.clone()).await, 404, "{elsewhere}");
    }
    assert_eq!(service.process.stop().0, Some(0));
    database.remove().await;
}
