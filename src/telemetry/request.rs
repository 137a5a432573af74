//! What belongs to one request wherever its work goes: its trace, and how many SQL statements it ran. A task
//! that is spawned for a request takes both along only if it is [`carried`]. Never decides anything.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use opentelemetry::trace::TraceContextExt;
use tracing::{Instrument, Span};
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::telemetry::propagation;

tokio::task_local! {
    static CURRENT: Arc<Facts>;
}

#[derive(Debug)]
struct Facts {
    trace_id: Option<String>,
    statements: AtomicU64,
}

/// Does `work` as one request, in `span`, which continues the trace that `header` names, if it names one.
pub async fn follow<'h, F: Future>(
    span: Span,
    header: impl Fn(&str) -> Option<&'h str>,
    work: F,
) -> F::Output {
    let remote = propagation::incoming(header);
    let remote_id = remote.span().span_context().trace_id();
    // Refused only for a span that nobody exports.
    let _ = span.set_parent(remote);
    let own = span.context().span().span_context().clone();
    let trace_id = if own.is_valid() { own.trace_id() } else { remote_id };
    let known = trace_id != opentelemetry::TraceId::INVALID;
    let facts = Facts { trace_id: known.then(|| trace_id.to_string()), statements: AtomicU64::new(0) };
    CURRENT.scope(Arc::new(facts), work.instrument(span)).await
}

/// Renames a span that has begun: the route of a request is known only afterwards.
pub fn name_span(span: &Span, name: String) {
    span.context().span().update_name(name);
}

/// Makes `work`, which another task is to do, part of the request and of the span that it is asked in.
pub fn carried<F: Future>(work: F) -> impl Future<Output = F::Output> {
    let (work, facts) = (work.in_current_span(), CURRENT.try_with(Arc::clone).ok());
    async move {
        match facts {
            Some(facts) => CURRENT.scope(facts, work).await,
            None => work.await,
        }
    }
}

/// The trace that the request belongs to: ours, or that of whoever asks.
#[must_use]
pub fn trace_id() -> Option<String> {
    CURRENT.try_with(|facts| facts.trace_id.clone()).ok().flatten()
}

/// Counts one SQL statement.
pub fn count_statement() {
    // Outside of a request nobody asks.
    let _ = CURRENT.try_with(|facts| facts.statements.fetch_add(1, Ordering::Relaxed));
}

/// How many SQL statements the request has run so far.
#[must_use]
pub fn statements() -> u64 {
    CURRENT.try_with(|facts| facts.statements.load(Ordering::Relaxed)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[tokio::test]
    async fn statements_count_for_their_own_request_in_whichever_task_they_run() {
        let request = |count: u64| async move {
            follow(Span::none(), |_| None, async move {
                for _ in 0..count {
                    tokio::spawn(carried(async { count_statement() })).await.unwrap();
                }
                // This one belongs to nobody.
                tokio::spawn(async { count_statement() }).await.unwrap();
                statements()
            })
            .await
        };
        assert_eq!(tokio::join!(request(2), request(3)), (2, 3));
        count_statement();
        assert_eq!(statements(), 0);
    }

    #[tokio::test]
    async fn the_trace_of_whoever_asks_is_known_even_when_nothing_is_exported() {
        let header = |name: &str| (name == "traceparent").then_some(PARENT);
        let known = follow(Span::none(), header, async { tokio::spawn(carried(async { trace_id() })).await });
        assert_eq!(known.await.unwrap().as_deref(), Some("0af7651916cd43dd8448eb211c80319c"));
        let broken = follow(Span::none(), |_| Some("00-zz"), async { trace_id() });
        assert_eq!(broken.await, None);
    }
}
