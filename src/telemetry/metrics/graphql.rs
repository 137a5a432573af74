//! Operations: how many, how long, what they came to. Never by the name a client gave them.

use std::time::Duration;

use opentelemetry::KeyValue;

use super::instruments;

/// An operation that is being executed; one fewer when dropped.
#[must_use = "the operation counts as done when this is dropped"]
#[derive(Debug)]
pub struct InFlight(());

/// An operation begins.
pub fn started() -> InFlight {
    instruments().operations_in_flight.add(1, &[]);
    InFlight(())
}

impl Drop for InFlight {
    fn drop(&mut self) {
        instruments().operations_in_flight.add(-1, &[]);
    }
}

/// An operation was executed. `kind` is `query` or `mutation`; `outcome` is OK, PARTIAL or a code of the
/// closed list; `statements` is how many SQL statements it ran.
pub fn executed(kind: &'static str, outcome: &'static str, took: Duration, statements: u64) {
    let kind = KeyValue::new("graphql.operation.type", kind);
    instruments().statements_per_operation.record(statements, std::slice::from_ref(&kind));
    instruments().operation_duration.record(took.as_secs_f64(), &[kind, KeyValue::new("outcome", outcome)]);
}

/// An operation was refused before it was executed, with a code of the closed list.
pub fn refused(code: &'static str) {
    instruments().operation_refusals.add(1, &[KeyValue::new("code", code)]);
}
