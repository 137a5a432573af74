//! Runs an operation away from the worker that took its request, in its turn and for a limited time, under a
//! span of its own. Never looks into its answer beyond what it came to.

use std::time::{Duration, Instant};

use tracing::{Instrument, Span, field::Empty};

use crate::{
    graphql::{
        answer::Answer,
        codes::Code,
        gate::{Admitted, OperationKind},
        service::Call,
    },
    http::state::State,
    telemetry::{metrics::graphql as metrics, request},
};

/// What a task gets beyond its deadline before we answer without it: its own timer fires first
/// unless it is busy computing.
const GRACE: Duration = Duration::from_millis(250);

/// `name` is what the document calls the operation.
pub(super) async fn run(
    state: &State,
    document: Admitted,
    call: Call,
    kind: OperationKind,
    name: Option<String>,
) -> Answer {
    let (service, limit) = (state.service.clone(), state.settings.operation_timeout);
    let turn = tokio::time::timeout(state.settings.turn_timeout, state.turns.clone().acquire_owned());
    let Ok(Ok(turn)) = turn.await else {
        tracing::warn!(request_id = call.request_id, "no turn came free in time");
        metrics::refused(Code::ServiceUnavailable.as_str());
        return Answer::refused(Code::ServiceUnavailable, "Too many operations run at the moment");
    };
    let (request_id, asked, started) = (call.request_id.clone(), call.request_id.clone(), Instant::now());
    let span = span_of(kind, name.as_deref());
    // The task goes on when the client leaves, so that a write is not cut in two; its own timer ends it.
    let task = state.runtime.spawn(request::carried(async move {
        let _in_flight = metrics::started();
        let executed = service.execute(document, call).instrument(span.clone());
        let ran = tokio::time::timeout(limit, executed).await;
        let answer = ran.unwrap_or_else(|_| too_slow(&asked, limit));
        told(&span, kind, &answer, started);
        drop(turn);
        answer
    }));
    match tokio::time::timeout(limit + GRACE, task).await {
        Ok(Ok(answer)) => answer,
        // It is busy yet, and tells what it came to when it ends.
        Err(_) => too_slow(&request_id, limit),
        Ok(Err(panic)) => {
            let trace_id = request::trace_id();
            tracing::error!(request_id, trace_id, %panic, "an operation panicked");
            let answer = Answer::fault(&request_id);
            told(&Span::none(), kind, &answer, started);
            answer
        }
    }
}

fn too_slow(request_id: &str, limit: Duration) -> Answer {
    let seconds = limit.as_secs_f32();
    tracing::warn!(request_id, seconds, "an operation ran out of time");
    Answer::refused(Code::OperationTimeout, format!("The operation took longer than {seconds} s"))
}

/// By OpenTelemetry's GraphQL conventions the span is called by its type: a name is the client's to invent.
fn span_of(kind: OperationKind, name: Option<&str>) -> Span {
    tracing::debug_span!(
        "operation",
        otel.name = kind.as_str(),
        otel.status_code = Empty,
        error.type = Empty,
        graphql.operation.type = kind.as_str(),
        graphql.operation.name = name,
    )
}

fn told(span: &Span, kind: OperationKind, answer: &Answer, started: Instant) {
    let outcome = answer.outcome();
    metrics::executed(kind.as_str(), outcome, started.elapsed(), request::statements());
    if answer.is_fault() {
        span.record("error.type", outcome).record("otel.status_code", "ERROR");
    }
}
