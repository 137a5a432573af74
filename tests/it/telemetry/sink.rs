//! An OTLP receiver that keeps what it is sent. Understands spans and log records; of everything it can tell
//! whether a text occurs anywhere in it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::header::HeaderMap, web};
use opentelemetry_proto::tonic::{
    collector::{logs::v1::ExportLogsServiceRequest, trace::v1::ExportTraceServiceRequest},
    common::v1::{AnyValue, KeyValue, any_value::Value},
    logs::v1::LogRecord,
    trace::v1::{Span, span::SpanKind},
};
use prost::Message;

/// Paths, and what was sent there.
type Received = Mutex<Vec<(String, HeaderMap, Vec<u8>)>>;

/// The receiver, for as long as its test runs.
pub struct Sink {
    pub url: String,
    received: Arc<Received>,
}

impl Sink {
    pub fn start() -> Self {
        let received = Arc::<Received>::default();
        let kept = Arc::clone(&received);
        let server = HttpServer::new(move || {
            let kept = web::Data::from(Arc::clone(&kept));
            let whole = web::PayloadConfig::new(64 << 20);
            App::new().app_data(kept).app_data(whole).default_service(web::to(keep))
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", server.addrs()[0]);
        tokio::spawn(server.run());
        Self { url, received }
    }

    /// Whether `text` occurs in anything that was sent: protobuf writes texts as they are.
    pub fn heard(&self, text: &str) -> bool {
        let holds = |body: &[u8]| body.windows(text.len()).any(|part| part == text.as_bytes());
        self.received.lock().unwrap().iter().any(|(.., body)| holds(body))
    }

    /// How often something was sent to `path`.
    pub fn exports(&self, path: &str) -> usize {
        self.received.lock().unwrap().iter().filter(|(to, ..)| to == path).count()
    }

    /// The value of a header of everything that was sent to `path`; empty where it was not there.
    pub fn headers(&self, path: &str, name: &str) -> Vec<String> {
        let value = |headers: &HeaderMap| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let received = self.received.lock().unwrap();
        let sent = received.iter().filter(|(to, ..)| to == path);
        sent.map(|(_, headers, _)| value(headers).unwrap_or_default()).collect()
    }

    fn decoded<M: Message + Default>(&self, path: &str) -> Vec<M> {
        let received = self.received.lock().unwrap();
        let sent = received.iter().filter(|(to, ..)| to == path);
        sent.map(|(.., body)| M::decode(body.as_slice()).unwrap()).collect()
    }

    /// Every span, in the order in which they began.
    pub fn spans(&self) -> Vec<Span> {
        let resources = self
            .decoded("/v1/traces")
            .into_iter()
            .flat_map(|sent: ExportTraceServiceRequest| sent.resource_spans);
        let mut spans: Vec<Span> =
            resources.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans).collect();
        spans.sort_by_key(|span| span.start_time_unix_nano);
        spans
    }

    /// Every log record, as it came.
    pub fn records(&self) -> Vec<LogRecord> {
        let resources = self
            .decoded("/v1/logs")
            .into_iter()
            .flat_map(|sent: ExportLogsServiceRequest| sent.resource_logs);
        resources.flat_map(|resource| resource.scope_logs).flat_map(|scope| scope.log_records).collect()
    }
}

async fn keep(request: HttpRequest, body: web::Bytes, kept: web::Data<Received>) -> HttpResponse {
    kept.lock().unwrap().push((request.path().to_owned(), request.headers().clone(), body.to_vec()));
    HttpResponse::Ok().finish()
}

/// The spans below `parent` as a person reads them: a line a span, deeper ones further in.
pub fn tree(spans: &[Span], parent: &[u8], depth: usize) -> String {
    let below = spans.iter().filter(|span| span.parent_span_id == parent);
    below
        .map(|span| {
            let kind =
                SpanKind::try_from(span.kind).unwrap().as_str_name().replace("SPAN_KIND_", "").to_lowercase();
            let line = format!("{}{} ({kind})\n", "  ".repeat(depth), span.name);
            line + &tree(spans, &span.span_id, depth + 1)
        })
        .collect()
}

/// Attributes by name, in words.
pub fn attributes(all: &[KeyValue]) -> BTreeMap<String, String> {
    all.iter().map(|pair| (pair.key.clone(), words(pair.value.as_ref()))).collect()
}

pub fn words(value: Option<&AnyValue>) -> String {
    match value.and_then(|value| value.value.as_ref()) {
        Some(Value::StringValue(text)) => text.clone(),
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(is)) => is.to_string(),
        other => format!("{other:?}"),
    }
}

pub fn hex(id: &[u8]) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}
