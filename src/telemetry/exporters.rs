//! Sends spans, metrics and log records to OTLP endpoints. Each signal has a bounded queue and a thread of its
//! own: whoever records only puts something into the queue, and what finds no room is dropped. A receiver that
//! is away therefore costs nobody time, nor memory beyond the queues.

use std::{
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use opentelemetry::{
    Context, KeyValue,
    trace::{TraceContextExt, TracerProvider},
};
use opentelemetry_appender_tracing::layer::OpenTelemetryTracingBridge;
use opentelemetry_otlp::{
    ExporterBuildError, LogExporter, MetricExporter, SpanExporter, WithExportConfig, WithHttpConfig,
};
use opentelemetry_sdk::{
    Resource,
    error::OTelSdkResult,
    logs::SdkLoggerProvider,
    metrics::SdkMeterProvider,
    trace::{Sampler, SdkTracerProvider},
};
use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use tracing::{Metadata, Subscriber, level_filters::LevelFilter, subscriber::Interest};
use tracing_subscriber::{Layer, filter::DynFilterFn, layer::Filter};
use url::Url;

use crate::{
    config::{LogSettings, OtlpSettings},
    telemetry::{COMMIT, TelemetryError, filter, logs, metrics, told::Told},
};

/// How long a stopping process waits for its last spans, metrics and log records to be taken.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// What is exported, by signal.
#[derive(Debug)]
pub(super) struct Exporters {
    traces: Option<SdkTracerProvider>,
    logs: Option<SdkLoggerProvider>,
    metrics: Option<SdkMeterProvider>,
}

impl Exporters {
    pub(super) fn new(settings: &OtlpSettings) -> Result<Self, TelemetryError> {
        let resource = resource(settings);
        let traces = settings.traces.as_ref().map(|url| {
            let exporter =
                told("traces", sending(SpanExporter::builder().with_http(), url, settings).build())?;
            let provider =
                SdkTracerProvider::builder().with_sampler(sampler(settings)).with_resource(resource.clone());
            Ok(provider.with_batch_exporter(exporter).build())
        });
        let logs = settings.logs.as_ref().map(|url| {
            let exporter = told("logs", sending(LogExporter::builder().with_http(), url, settings).build())?;
            let provider = SdkLoggerProvider::builder().with_resource(resource.clone());
            Ok(provider.with_batch_exporter(exporter).build())
        });
        let metrics = settings.metrics.as_ref().map(|url| {
            let exporter =
                told("metrics", sending(MetricExporter::builder().with_http(), url, settings).build())?;
            let provider = SdkMeterProvider::builder().with_resource(resource.clone());
            metrics::start(provider.with_periodic_exporter(exporter))
        });
        Ok(Self { traces: traces.transpose()?, logs: logs.transpose()?, metrics: metrics.transpose()? })
    }

    /// What hands spans and log records to the exporters.
    pub(super) fn layers(&self, log: &LogSettings) -> Result<Vec<logs::Boxed>, TelemetryError> {
        let spans = self.traces.as_ref().map(|provider| {
            let layer = tracing_opentelemetry::layer().with_tracer(provider.tracer("assay"));
            // What a span is called by its code is for its authors.
            let layer = layer
                .with_location(false)
                .with_threads(false)
                .with_target(false)
                .with_tracked_inactivity(false);
            layer.with_filter(sampled()).boxed()
        });
        let records = self
            .logs
            .as_ref()
            .map(|provider| Ok(OpenTelemetryTracingBridge::new(provider).with_filter(filter(log)?).boxed()));
        Ok(spans.into_iter().chain(records.transpose()?).collect())
    }

    /// Sends what is left, all signals at once, and waits for it no longer than [`LAST_WORDS`].
    pub(super) fn finish(self) {
        let (done, all_done) = mpsc::channel();
        let mut waiting = 0;
        let Self { traces, logs, metrics } = self;
        let ends: [Option<Box<dyn FnOnce() -> OTelSdkResult + Send>>; 3] = [
            traces.map(|provider| Box::new(move || provider.shutdown_with_timeout(LAST_WORDS)) as _),
            logs.map(|provider| Box::new(move || provider.shutdown_with_timeout(LAST_WORDS)) as _),
            metrics.map(|provider| Box::new(move || provider.shutdown_with_timeout(LAST_WORDS)) as _),
        ];
        for end in ends.into_iter().flatten() {
            let done = done.clone();
            waiting += 1;
            // Not joined: one that hangs ends with the process.
            thread::spawn(move || done.send(end().is_ok()));
        }
        let until = Instant::now() + LAST_WORDS;
        for _ in 0..waiting {
            let left = until.saturating_duration_since(Instant::now());
            if all_done.recv_timeout(left) != Ok(true) {
                tracing::warn!("the last spans, metrics or log records may not have arrived");
                return;
            }
        }
    }
}

/// An exporter's builder, told where to send and with which headers.
fn sending<B: WithExportConfig + WithHttpConfig>(builder: B, url: &Url, settings: &OtlpSettings) -> B {
    let header = |(name, value): &(String, SecretString)| (name.clone(), value.expose_secret().to_owned());
    let (endpoint, user) = apart(url);
    let given = settings.headers.iter().map(header);
    // A header that was set wins over the URL: it comes last.
    let headers = user.map(|basic| (AUTHORIZATION.to_owned(), basic)).into_iter();
    let overruled = settings.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(AUTHORIZATION));
    let headers = headers.filter(|_| !overruled).chain(given).collect();
    builder.with_endpoint(endpoint.as_str()).with_headers(headers)
}

/// The header that says who sends.
const AUTHORIZATION: &str = "authorization";

/// A URL without the user that it names, and that user as the value of a header. The library would neither send
/// what is inside of a URL, nor keep it to itself: it logs whole URLs.
fn apart(url: &Url) -> (Url, Option<String>) {
    let mut bare = url.clone();
    // Both succeed on a URL with a host, and the settings take no other.
    let _known = bare.set_username("").and_then(|()| bare.set_password(None));
    if url.username().is_empty() && url.password().is_none() {
        return (bare, None);
    }
    let plain = |text: &str| percent_decode_str(text).collect::<Vec<u8>>();
    let (user, password) = (plain(url.username()), plain(url.password().unwrap_or_default()));
    let credentials = [user, password].join(&b':');
    (bare, Some(format!("Basic {}", STANDARD.encode(credentials))))
}

/// An exporter whose failures are told.
fn told<E>(signal: &'static str, made: Result<E, ExporterBuildError>) -> Result<Told<E>, TelemetryError> {
    let made = made.map_err(|error| TelemetryError::Exporter { signal, why: error.to_string() })?;
    Ok(Told::new(signal, made))
}

fn resource(settings: &OtlpSettings) -> Resource {
    let own = |name: &str| settings.resource_attributes.iter().any(|(key, _)| key == name);
    let mut resource = Resource::builder()
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_attribute(KeyValue::new("vcs.ref.head.revision", COMMIT));
    let given = settings.resource_attributes.iter();
    resource = resource.with_attributes(given.map(|(key, value)| KeyValue::new(key.clone(), value.clone())));
    match &settings.service_name {
        Some(name) => resource.with_service_name(name.clone()).build(),
        None if own("service.name") => resource.build(),
        None => resource.with_service_name("assay").build(),
    }
}

fn sampler(settings: &OtlpSettings) -> Sampler {
    let share = Sampler::TraceIdRatioBased(settings.sampler.ratio);
    if settings.sampler.parent_decides { Sampler::ParentBased(Box::new(share)) } else { share }
}

/// The spans that may begin a trace: a request that comes, and one that we send. What runs outside of them,
/// such as the statements of a probe, is nobody's trace.
const ROOTS: [&str; 2] = ["request", "fetch"];

/// Our own spans, and below one that is not kept none: most requests are not sampled, and a span costs the
/// same whether it is kept or not.
fn sampled<S: Subscriber>() -> impl Filter<S> {
    fn ours(metadata: &Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("assay")
    }
    let kept = |metadata: &Metadata<'_>| {
        Context::map_current(|cx| match cx.has_active_span() {
            true => cx.span().span_context().is_sampled(),
            false => ROOTS.contains(&metadata.name()),
        })
    };
    DynFilterFn::new(move |metadata, _| ours(metadata) && kept(metadata))
        .with_max_level_hint(LevelFilter::DEBUG)
        .with_callsite_filter(
            |metadata| if ours(metadata) { Interest::sometimes() } else { Interest::never() },
        )
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Read, Write},
        net::{TcpListener, TcpStream},
        sync::mpsc::{Receiver, Sender},
    };

    use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
    use prost::Message;
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// How many spans wait at most, and how many leave with one export: the specification's defaults.
    const QUEUE: usize = 2_048;
    const BATCH: usize = 512;

    /// A receiver that takes what it is sent but answers only when it is let go. Tells how many spans came with
    /// each export.
    fn holding() -> (Url, Sender<()>, Receiver<usize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/v1/traces", listener.local_addr().unwrap()).parse().unwrap();
        let ((hold, held), (told, spans)) = (mpsc::channel::<()>(), mpsc::channel());
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let mut answers = stream.try_clone().unwrap();
                let mut stream = BufReader::new(stream);
                while let Some(body) = request(&mut stream) {
                    let sent = ExportTraceServiceRequest::decode(body.as_slice()).unwrap();
                    let scopes = sent.resource_spans.iter().flat_map(|resource| &resource.scope_spans);
                    told.send(scopes.map(|scope| scope.spans.len()).sum()).unwrap();
                    // Nothing is ever said to it: it ends the wait by going.
                    let _ = held.recv();
                    answers.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").unwrap();
                }
            }
        });
        (url, hold, spans)
    }

    /// The body of the next request; `None` when there is none.
    fn request(stream: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
        let lines = stream.by_ref().lines().map_while(Result::ok).take_while(|line| !line.is_empty());
        let length = lines.filter_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).last()?;
        let mut body = vec![0; length];
        stream.read_exact(&mut body).ok()?;
        Some(body)
    }

    #[test]
    fn what_finds_no_room_while_a_receiver_hangs_is_dropped() {
        let (url, hold, spans) = holding();
        let settings = OtlpSettings { traces: Some(url), ..OtlpSettings::default() };
        let exporters = Exporters::new(&settings).unwrap();
        let layers = exporters.layers(&LogSettings::default()).unwrap();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layers), || {
            for _ in 0..10_000 {
                drop(tracing::debug_span!("request"));
            }
        });
        drop(hold);
        exporters.finish();
        let sent: usize = spans.try_iter().sum();
        assert!((QUEUE..=QUEUE + BATCH).contains(&sent), "{sent} of 10,000 were kept");
    }
}
