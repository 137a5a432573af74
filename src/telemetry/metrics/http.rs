//! Requests as the HTTP server sees them, by the names of OpenTelemetry's HTTP conventions.

use std::time::Duration;

use opentelemetry::KeyValue;

use super::instruments;

/// A request that is being answered; one fewer when dropped.
#[must_use = "the request counts as answered when this is dropped"]
#[derive(Debug)]
pub struct Active(());

/// A request came in.
pub fn arrived() -> Active {
    instruments().http_active.add(1, &[]);
    Active(())
}

impl Drop for Active {
    fn drop(&mut self) {
        instruments().http_active.add(-1, &[]);
    }
}

/// A request was answered. `route` is the template that matched, `None` when none did.
pub fn answered(method: &str, route: Option<&str>, status: u16, took: Duration) {
    let mut labels = Vec::with_capacity(3);
    labels.push(KeyValue::new("http.request.method", known(method)));
    labels.push(KeyValue::new("http.response.status_code", i64::from(status)));
    labels.extend(route.map(|route| KeyValue::new("http.route", route.to_owned())));
    instruments().http_duration.record(took.as_secs_f64(), &labels);
}

/// Anybody may invent a method; the conventions call all others `_OTHER`.
#[must_use]
pub fn known(method: &str) -> &'static str {
    const KNOWN: [&str; 9] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "TRACE"];
    KNOWN.into_iter().find(|known| *known == method).unwrap_or("_OTHER")
}
