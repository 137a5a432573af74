//! How a trace crosses processes: the W3C headers `traceparent` and `tracestate`, in and out. Baggage is
//! neither read nor sent: what others attach to a trace is theirs.

use std::collections::HashMap;

use opentelemetry::{Context, propagation::TextMapPropagator};
use opentelemetry_sdk::propagation::TraceContextPropagator;
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

/// The trace that a request names; an empty context when it names none, or nonsense.
pub(super) fn incoming<'h>(header: impl Fn(&str) -> Option<&'h str>) -> Context {
    let propagator = TraceContextPropagator::new();
    let sent = propagator.fields().filter_map(|name| Some((name.to_owned(), header(name)?.to_owned())));
    let sent: HashMap<String, String> = sent.collect();
    propagator.extract_with_context(&Context::new(), &sent)
}

/// The headers that make a request of ours part of the trace we are in.
#[must_use]
pub fn outgoing() -> HashMap<String, String> {
    let mut headers = HashMap::new();
    TraceContextPropagator::new().inject_context(&Span::current().context(), &mut headers);
    // An empty `tracestate` says nothing.
    headers.retain(|_, value| !value.is_empty());
    headers
}
