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

#[tokio::test(flavor = "multi_thread")]
async fn the_user_of_a_receiver_is_sent_as_a_header_and_told_to_nobody() {
    let (world, database) = beside(Backend::Sqlite, "telemetry_user").await;
    let (directory, sink) = (tempfile::tempdir().unwrap(), Sink::start());
    // The traces find nobody; the log of everything says so.
    for (receiver, failing) in [(&*sink.url, false), ("http://127.0.0.1:1", true)] {
        let endpoint = receiver.replace("://", "://ada:hunt%65r2@");
        let variables = [
            ("DATABASE_URL", world.url()),
            ("XDG_DATA_HOME", directory.path().to_str().unwrap()),
            ("PORT", "0"),
            ("RUST_LOG", "trace"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &endpoint),
        ];
        let process = Running::new(assay(directory.path(), &variables, &["serve", "--trial"]));
        let mut lines = process.told_until("serving");
        process.ask_to_stop();
        lines.extend(process.told_until(if failing { "telemetry is not taken" } else { "drained" }));
        assert_eq!(process.stop().0, Some(0));
        for line in lines {
            assert!(!line.contains("hunter2") && !line.contains("hunt%65r2"), "{line}");
        }
    }
    // `ada:hunter2`, as RFC 7617 spells it.
    let sent = sink.headers("/v1/metrics", "authorization");
    assert!(!sent.is_empty() && sent.iter().all(|who| who == "Basic YWRhOmh1bnRlcjI="), "{sent:?}");
    database.remove().await;
}
