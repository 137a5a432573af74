//! Receivers that are of no use, and verbs that want none.

use std::net::TcpListener;

use super::*;
use crate::support::{Backend, beside};

#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_never_answers_keeps_neither_requests_nor_the_process_waiting() {
    let (world, database) = beside(Backend::Sqlite, "telemetry_receivers").await;
    furnish(&world).await;
    // Accepts, by the system's backlog, and reads nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let service = Service::start(&world, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint)]);
    for n in 0..20 {
        let answer = service.ask(&format!("r-{n}"), &matrix()).await;
        assert_eq!(answer["data"]["teamBySlug"]["name"], "Quartz Meadow", "{answer}");
    }
    assert_eq!(service.process.stop().0, Some(0));
    silent.accept().expect("something was to be sent there");
    database.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_verbs_that_serve_export() {
    let (world, database) = beside(Backend::Sqlite, "telemetry_verbs").await;
    let (directory, sink) = (tempfile::tempdir().unwrap(), Sink::start());
    let variables = [("DATABASE_URL", world.url()), ("OTEL_EXPORTER_OTLP_ENDPOINT", &sink.url)];
    assert_eq!(ended(assay(directory.path(), &variables, &["migrate", "status"])).0, 0);
    let exports = || ["/v1/traces", "/v1/metrics", "/v1/logs"].map(|path| sink.exports(path));
    assert_eq!(exports(), [0, 0, 0]);
    assert_eq!(Service::start(&world, &variables[1..]).process.stop().0, Some(0));
    let [traces, metrics, logs] = exports();
    assert!(traces == 0 && metrics > 0 && logs > 0, "it served nobody, and told of itself: {:?}", exports());
    database.remove().await;
}
