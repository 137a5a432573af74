//! Every instrument, by its OpenTelemetry name: `/metrics` writes `.` as `_` and adds the unit. Records
//! nothing; its neighbours do.

use opentelemetry::{
    KeyValue,
    metrics::{Counter, Gauge, Histogram, Meter, UpDownCounter},
};

use crate::telemetry::{
    COMMIT,
    metrics::{cache, database},
};

/// Seconds: from an answer out of memory to the longest an operation may take.
const REQUESTS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0];
/// Seconds: from a row by its key to the longest a statement may take.
const STATEMENTS: &[f64] =
    &[0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0];
/// Statements of one operation; many is a loop that should have been a list.
const COUNTS: &[f64] = &[1.0, 2.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 64.0];

pub(super) struct Instruments {
    pub(super) http_duration: Histogram<f64>,
    pub(super) http_active: UpDownCounter<i64>,
    pub(super) operation_duration: Histogram<f64>,
    pub(super) operation_refusals: Counter<u64>,
    pub(super) operations_in_flight: UpDownCounter<i64>,
    pub(super) statement_duration: Histogram<f64>,
    pub(super) statements_per_operation: Histogram<u64>,
    pub(super) connection_timeouts: Counter<u64>,
    pub(super) cache_requests: Counter<u64>,
    pub(super) redis_breaker_open: Gauge<u64>,
}

impl Instruments {
    pub(super) fn new(meter: &Meter) -> Self {
        build_info(meter);
        database::observe(meter);
        cache::observe(meter);
        let seconds = |name, bounds: &[f64], about| {
            meter
                .f64_histogram(name)
                .with_unit("s")
                .with_boundaries(bounds.to_vec())
                .with_description(about)
                .build()
        };
        let counter = |name, about| meter.u64_counter(name).with_description(about).build();
        let level = |name, about| meter.i64_up_down_counter(name).with_description(about).build();
        Self {
            http_duration: seconds("http.server.request.duration", REQUESTS, "HTTP requests."),
            http_active: level("http.server.active_requests", "HTTP requests being answered."),
            operation_duration: seconds("graphql.operation.duration", REQUESTS, "Operations executed."),
            operation_refusals: counter(
                "graphql.operation.refusals",
                "Operations refused before they were executed.",
            ),
            operations_in_flight: level("graphql.operations.in_flight", "Operations being executed."),
            statement_duration: seconds("db.client.statement.duration", STATEMENTS, "SQL statements."),
            statements_per_operation: meter
                .u64_histogram("db.client.statements_per_operation")
                .with_boundaries(COUNTS.to_vec())
                .with_description("SQL statements that an operation ran.")
                .build(),
            connection_timeouts: counter(
                "db.client.connection.timeouts",
                "Times that no connection of the pool came free in time.",
            ),
            cache_requests: counter("assay.cache.requests", "Lookups in the cache."),
            redis_breaker_open: breaker(meter),
        }
    }
}

/// Shown from the start, and 0 where there is no Redis to be left alone.
fn breaker(meter: &Meter) -> Gauge<u64> {
    let about = "1 while Redis is left alone.";
    let gauge = meter.u64_gauge("assay.redis.breaker_open").with_description(about).build();
    gauge.record(0, &[]);
    gauge
}

/// A gauge that is always 1: its labels are what it says.
fn build_info(meter: &Meter) {
    let labels = [KeyValue::new("version", env!("CARGO_PKG_VERSION")), KeyValue::new("commit", COMMIT)];
    meter
        .u64_observable_gauge("assay.build_info")
        .with_description("The build.")
        .with_callback(move |observer| observer.observe(1, &labels))
        .build();
}
