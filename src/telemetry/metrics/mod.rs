//! What the process counts and measures. One set of instruments feeds `/metrics` and, where an endpoint is
//! named, OTLP. Labels are closed sets: never a name that a client chose, a path or an id.
//!
//! `docs/metrics.md` lists every instrument, and a test holds the list.

pub mod cache;
pub mod database;
pub mod graphql;
pub mod http;
mod instruments;
mod watched;

use std::{fmt::Display, sync::OnceLock};

use opentelemetry::metrics::MeterProvider;
use opentelemetry_sdk::metrics::{MeterProviderBuilder, SdkMeterProvider};
use prometheus::{Registry, TextEncoder};

pub use watched::Watch;

use crate::telemetry::{TelemetryError, metrics::instruments::Instruments};

/// The media type of [`exposition`].
pub const EXPOSITION_TYPE: &str = prometheus::TEXT_FORMAT;

static METRICS: OnceLock<Metrics> = OnceLock::new();

/// The instruments, and where `/metrics` reads them.
struct Metrics {
    instruments: Instruments,
    registry: Registry,
    /// Readers end with it.
    provider: SdkMeterProvider,
}

impl Metrics {
    /// Instruments that `/metrics` reads, besides whoever reads `builder` already.
    fn new(builder: MeterProviderBuilder) -> Self {
        let registry = Registry::new();
        let reader = opentelemetry_prometheus::exporter()
            .with_registry(registry.clone())
            .scope_info_enabled(false)
            .without_target_info()
            .build();
        // Counting must never be the reason why a service does not start.
        let provider = match reader {
            Ok(reader) => builder.with_reader(reader).build(),
            Err(error) => {
                missing(&error);
                builder.build()
            }
        };
        register_process(&registry);
        let instruments = Instruments::new(&provider.meter("assay"));
        Self { instruments, registry, provider }
    }
}

#[cfg(target_os = "linux")]
fn register_process(registry: &Registry) {
    let process = prometheus::process_collector::ProcessCollector::for_self();
    registry.register(Box::new(process)).unwrap_or_else(|error| missing(&error));
}

/// Elsewhere the process has no numbers of its own.
#[cfg(not(target_os = "linux"))]
const fn register_process(_: &Registry) {}

fn missing(error: &dyn Display) {
    tracing::error!(%error, "a part of the metrics is missing");
}

/// Lets a reader of its own read the instruments too, before any of them is used.
pub(super) fn start(builder: MeterProviderBuilder) -> Result<SdkMeterProvider, TelemetryError> {
    let metrics = Metrics::new(builder);
    let provider = metrics.provider.clone();
    METRICS.set(metrics).map_err(|_| TelemetryError::AlreadyStarted)?;
    Ok(provider)
}

fn metrics() -> &'static Metrics {
    METRICS.get_or_init(|| Metrics::new(SdkMeterProvider::builder()))
}

fn instruments() -> &'static Instruments {
    &metrics().instruments
}

/// Everything as Prometheus reads it.
#[must_use]
pub fn exposition() -> String {
    TextEncoder::new().encode_to_string(&metrics().registry.gather()).unwrap_or_else(|error| {
        missing(&error);
        String::new()
    })
}
