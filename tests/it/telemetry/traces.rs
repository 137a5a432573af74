//! The trace of one request, from whoever asked to the database.

use reqwest::header::HeaderMap;

use super::{
    sink::{attributes, hex, tree, words},
    *,
};
use crate::support::{Backend, beside};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
const CALLER: [u8; 8] = [0xb7, 0xad, 0x6b, 0x71, 0x69, 0x20, 0x33, 0x31];

/// Everything that a span may carry; each is of OpenTelemetry's conventions.
const KNOWN: [&str; 12] = [
    "db.operation.name",
    "db.query.text",
    "db.system.name",
    "error.type",
    "graphql.operation.name",
    "graphql.operation.type",
    "http.request.method",
    "http.response.status_code",
    "http.route",
    "server.address",
    "url.path",
    "url.scheme",
];

/// Says that the request belongs to [`TRACE`], below the span of its [`CALLER`].
pub fn traced() -> HeaderMap {
    let header = format!("00-{TRACE}-{}-01", hex(&CALLER));
    HeaderMap::from_iter([("traceparent".parse().unwrap(), header.parse().unwrap())])
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_the_keys_is_asked_as_part_of_a_trace() {
    let (world, database) = beside(Backend::Sqlite, "telemetry_keys").await;
    let (directory, sink) = (tempfile::tempdir().unwrap(), Sink::start());
    let keys = format!("{}/keys", sink.url);
    let variables = [
        ("DATABASE_URL", world.url()),
        ("OIDC_ISSUER_URL", "https://id.example"),
        ("OIDC_AUDIENCE", "assay"),
        ("JWT_JWKS_URL", &keys),
        ("PORT", "0"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &sink.url),
    ];
    let process = Running::new(assay(directory.path(), &variables, &["serve"]));
    process.told("serving");
    assert_eq!(process.stop().0, Some(0));
    let (asked, spans) = (sink.headers("/keys", "traceparent"), sink.spans());
    let parents: Vec<_> =
        spans.iter().map(|span| format!("00-{}-{}-01", hex(&span.trace_id), hex(&span.span_id))).collect();
    assert!(
        !asked.is_empty() && asked.iter().all(|parent| parents.contains(parent)),
        "{asked:?} {parents:?}"
    );
    database.remove().await;
}

on_both! {
    async fn a_trace_leads_from_the_span_of_the_caller_to_each_statement(world: World) {
        furnish(&world).await;
        let sink = Sink::start();
        let service = Service::start(&world, &[("OTEL_EXPORTER_OTLP_ENDPOINT", &sink.url)]);
        let answer = service.request("traced", &matrix()).headers(traced()).send().await.unwrap();
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer["data"]["teamBySlug"]["skillMatrix"]["rows"][0]["levels"][0], 3, "{answer}");
        let lines = service.lines_until("traced");
        let line = lines.last().unwrap();
        assert_eq!(line["trace_id"], TRACE);
        let (token, code) = (service.token, service.process.stop().0);
        assert_eq!(code, Some(0));

        let spans = sink.spans();
        assert!(spans.iter().all(|span| hex(&span.trace_id) == TRACE));
        // The same on both databases.
        insta::allow_duplicates! {
            insta::assert_snapshot!(tree(&spans, &CALLER, 0), @r"
            POST /graphql (server)
              query (internal)
                scope (internal)
                  WITH (client)
                team_by_slug (internal)
                  SELECT (client)
                snapshot (internal)
                  roster (internal)
                    WITH (client)
                  revisions (internal)
                    SELECT (client)
                  current_ratings (internal)
                    SELECT (client)
                  matrix_columns (internal)
                    WITH (client)
            ");
        }
        let statements = spans.iter().filter(|span| attributes(&span.attributes).contains_key("db.query.text"));
        assert_eq!(line["statements"], statements.count(), "each has a span, and each is counted");
        let names = spans.iter().flat_map(|span| attributes(&span.attributes).into_keys());
        let unknown: Vec<_> = names.filter(|name| !KNOWN.contains(&name.as_str())).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        let request = attributes(&spans[0].attributes);
        assert_eq!((&*request["http.route"], &*request["http.response.status_code"]), ("/graphql", "200"));

        let records = sink.records();
        let told = |text: &str| records.iter().find(|record| words(record.body.as_ref()) == text).unwrap();
        assert_eq!(attributes(&told("request").attributes)["request_id"], "traced");
        assert_eq!(attributes(&told("request").attributes)["trace_id"], TRACE);
        assert!(sink.exports("/v1/metrics") > 0 && sink.heard("http.server.request.duration"));
        let lines: String = lines.iter().map(Value::to_string).collect();
        for secret in [&*token, "rows { person", "quartz-meadow", "Quartz Meadow", "lena-lead", "Lena Lead"] {
            assert!(!sink.heard(secret) && !lines.contains(secret), "`{secret}` was told");
        }
    }
}
