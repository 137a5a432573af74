//! Where traces, metrics and logs are sent besides, by the names of OpenTelemetry's specification. Never sends
//! anything: `telemetry` does. What tunes the exporters (`OTEL_BSP_*`, `OTEL_BLRP_*`,
//! `OTEL_METRIC_EXPORT_INTERVAL`, `OTEL_EXPORTER_OTLP_TIMEOUT`) they read by themselves.

use std::str::FromStr;

use percent_encoding::percent_decode_str;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::config::{entry::Setting, source::Source};

/// What is exported, to where. Nothing, unless an endpoint is named.
#[derive(Debug, Clone, Default)]
pub struct OtlpSettings {
    /// Where spans go.
    pub traces: Option<Url>,
    /// Where metrics go.
    pub metrics: Option<Url>,
    /// Where log records go.
    pub logs: Option<Url>,
    /// Sent with each request; tokens of the receiver, as a rule.
    pub headers: Vec<(String, SecretString)>,
    /// The service's name; `assay` when nothing names it.
    pub service_name: Option<String>,
    /// What else describes this process, such as `deployment.environment.name`.
    pub resource_attributes: Vec<(String, String)>,
    /// Which traces are kept.
    pub sampler: Sampler,
}

/// Which traces are kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sampler {
    /// Of traces that begin here: from none (0) to all (1).
    pub ratio: f64,
    /// Whether a trace that began elsewhere is kept as was decided there.
    pub parent_decides: bool,
}

impl Default for Sampler {
    fn default() -> Self {
        Self { ratio: 1.0, parent_decides: true }
    }
}

/// How `OTEL_TRACES_SAMPLER` decides of traces that begin here.
#[derive(Clone, Copy, PartialEq)]
enum Share {
    All,
    None,
    Ratio,
}

const SAMPLERS: [(&str, (Share, bool)); 6] = [
    ("always_on", (Share::All, false)),
    ("always_off", (Share::None, false)),
    ("traceidratio", (Share::Ratio, false)),
    ("parentbased_always_on", (Share::All, true)),
    ("parentbased_always_off", (Share::None, true)),
    ("parentbased_traceidratio", (Share::Ratio, true)),
];

const DISABLED: Setting =
    Setting("otlp.disabled", "OTEL_SDK_DISABLED", "`true` exports nothing, whatever else is set.");
const PROTOCOL: Setting =
    Setting("otlp.protocol", "OTEL_EXPORTER_OTLP_PROTOCOL", "How receivers are spoken to.");
const ENDPOINT: Setting = Setting(
    "otlp.endpoint",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "The OTLP receiver of traces, metrics and logs, each at its `/v1/…` below it.",
);
const HEADERS: Setting = Setting(
    "otlp.headers",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "Sent with each export, e.g. `authorization=Bearer%20…`; values are percent-encoded.",
);
const SERVICE_NAME: Setting = Setting(
    "otlp.service_name",
    "OTEL_SERVICE_NAME",
    "What the service is called in traces, metrics and logs.",
);
const RESOURCE_ATTRIBUTES: Setting = Setting(
    "otlp.resource_attributes",
    "OTEL_RESOURCE_ATTRIBUTES",
    "What else describes this process, e.g. `deployment.environment.name=staging`.",
);
const SAMPLER: Setting = Setting(
    "otlp.traces_sampler",
    "OTEL_TRACES_SAMPLER",
    "Which traces are kept; `parentbased_…` follows whoever began the trace.",
);
const SAMPLER_ARG: Setting = Setting(
    "otlp.traces_sampler_arg",
    "OTEL_TRACES_SAMPLER_ARG",
    "The share of traces that `…traceidratio` keeps.",
);

/// One of traces, metrics and logs: its path below the common endpoint, its own endpoint, whether it is exported.
struct Signal(&'static str, Setting, Setting);

const TRACES: Signal = Signal(
    "v1/traces",
    Setting(
        "otlp.traces_endpoint",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "The receiver of traces, its whole URL.",
    ),
    Setting("otlp.traces_exporter", "OTEL_TRACES_EXPORTER", "`none` exports no traces."),
);
const METRICS: Signal = Signal(
    "v1/metrics",
    Setting(
        "otlp.metrics_endpoint",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "The receiver of metrics, its whole URL.",
    ),
    Setting("otlp.metrics_exporter", "OTEL_METRICS_EXPORTER", "`none` exports no metrics; `/metrics` stays."),
);
const LOGS: Signal = Signal(
    "v1/logs",
    Setting("otlp.logs_endpoint", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "The receiver of logs, its whole URL."),
    Setting("otlp.logs_exporter", "OTEL_LOGS_EXPORTER", "`none` exports no logs; standard error stays."),
);

impl OtlpSettings {
    pub(super) fn read(from: &Source) -> Self {
        let all = endpoint(from, ENDPOINT, "nothing is exported");
        // There is one protocol; who names another one should hear that it is not spoken.
        from.choice(PROTOCOL, (), &[("http/protobuf", ())]);
        let disabled = from.choice(DISABLED, false, &[("true", true), ("false", false)]);
        let signal = |Signal(path, own, exporter)| {
            let own = endpoint(from, own, "below the endpoint of all");
            let wanted = from.choice(exporter, true, &[("otlp", true), ("none", false)]);
            own.or_else(|| below(all.as_ref()?, path)).filter(|_| wanted && !disabled)
        };
        let pairs = "a table, or a=b,c=d";
        Self {
            traces: signal(TRACES),
            metrics: signal(METRICS),
            logs: signal(LOGS),
            headers: headers(from),
            service_name: from.text(SERVICE_NAME, "`assay`"),
            resource_attributes: from.pairs(RESOURCE_ATTRIBUTES, pairs, "none").unwrap_or_default(),
            sampler: sampler(from),
        }
    }

    /// Whether anything is exported.
    #[must_use]
    pub const fn exports(&self) -> bool {
        self.traces.is_some() || self.metrics.is_some() || self.logs.is_some()
    }
}

fn endpoint(from: &Source, setting: Setting, absent: &'static str) -> Option<Url> {
    let http = |text: &str| Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    from.url(setting, "an http(s) URL", absent, http)
}

/// The endpoint of one signal below that of all: what it has for a path stays.
fn below(all: &Url, path: &str) -> Option<Url> {
    let mut base = all.clone();
    if !base.path().ends_with('/') {
        base.set_path(&format!("{}/", all.path()));
    }
    base.join(path).ok()
}

/// `name=value,name=value`, the values percent-encoded.
fn headers(from: &Source) -> Vec<(String, SecretString)> {
    let rule = "of the form name=value,name=value with percent-encoded values";
    let text = from.secret(HEADERS, rule, |text| parse_headers(text).is_some());
    text.and_then(|text| parse_headers(text.expose_secret())).unwrap_or_default()
}

fn parse_headers(text: &str) -> Option<Vec<(String, SecretString)>> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=')?;
        let value = percent_decode_str(value.trim()).decode_utf8().ok()?;
        Some((name.trim().to_owned(), SecretString::from(value.into_owned())))
    };
    text.split(',').filter(|part| !part.trim().is_empty()).map(pair).collect()
}

fn sampler(from: &Source) -> Sampler {
    let (share, parent_decides) = from.choice(SAMPLER, (Share::All, true), &SAMPLERS);
    let ratio = |text: &str| f64::from_str(text).ok().filter(|ratio| (0.0..=1.0).contains(ratio));
    let given = from.parsed(SAMPLER_ARG, "a ratio from 0 to 1", "1", ratio);
    let ratio = match share {
        Share::All => 1.0,
        Share::None => 0.0,
        Share::Ratio => given.unwrap_or(1.0),
    };
    Sampler { ratio, parent_decides }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::source::SettingsFile;

    fn read(variables: &[(&str, &str)]) -> (OtlpSettings, Vec<String>) {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let variables = variables.iter().map(own).collect::<BTreeMap<_, _>>();
        let from = Source::new(variables, SettingsFile::default());
        (OtlpSettings::read(&from), from.finish().1)
    }

    fn addresses(settings: &OtlpSettings) -> [Option<&str>; 3] {
        [&settings.traces, &settings.metrics, &settings.logs].map(|url| url.as_ref().map(Url::as_str))
    }

    #[test]
    fn nothing_is_exported_until_an_endpoint_is_named() {
        assert!(!read(&[]).0.exports());
    }

    #[test]
    fn each_signal_has_its_path_below_the_endpoint_of_all_unless_it_has_its_own() {
        let all = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318/tenant");
        let logs = ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://logs:4318/push");
        let (settings, problems) = read(&[all, logs]);
        let [traces, metrics] =
            ["http://collector:4318/tenant/v1/traces", "http://collector:4318/tenant/v1/metrics"];
        assert_eq!(addresses(&settings), [Some(traces), Some(metrics), Some("http://logs:4318/push")]);
        assert!(problems.is_empty(), "{problems:?}");
    }

    #[test]
    fn a_signal_can_be_left_out_and_all_of_them_switched_off() {
        let all = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        let (settings, _) = read(&[all, ("OTEL_LOGS_EXPORTER", "none")]);
        assert!(settings.logs.is_none() && settings.traces.is_some());
        assert!(!read(&[all, ("OTEL_SDK_DISABLED", "true")]).0.exports());
    }

    #[test]
    fn headers_are_decoded_and_never_shown() {
        let given = ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20x-secret, tenant=a");
        let (settings, _) = read(&[given]);
        let shown: Vec<_> =
            settings.headers.iter().map(|(name, value)| (name.as_str(), value.expose_secret())).collect();
        assert_eq!(shown, [("authorization", "Bearer x-secret"), ("tenant", "a")]);
        assert!(!format!("{settings:?}").contains("x-secret"));
        let (_, problems) = read(&[("OTEL_EXPORTER_OTLP_HEADERS", "x-secret")]);
        assert!(problems[0].contains("OTEL_EXPORTER_OTLP_HEADERS") && !problems[0].contains("x-secret"));
    }

    #[test]
    fn samplers_are_those_of_the_specification() {
        let of = |sampler, ratio| {
            read(&[("OTEL_TRACES_SAMPLER", sampler), ("OTEL_TRACES_SAMPLER_ARG", ratio)]).0.sampler
        };
        assert_eq!(of("parentbased_traceidratio", "0.05"), Sampler { ratio: 0.05, parent_decides: true });
        assert_eq!(of("always_off", "0.05"), Sampler { ratio: 0.0, parent_decides: false });
        assert_eq!(read(&[]).0.sampler, Sampler { ratio: 1.0, parent_decides: true });
    }

    #[test]
    fn what_cannot_be_is_named_with_its_rule() {
        for (name, value) in [
            ("OTEL_TRACES_SAMPLER", "sometimes"),
            ("OTEL_TRACES_SAMPLER_ARG", "5"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317"),
            ("OTEL_SDK_DISABLED", "perhaps"),
        ] {
            let (_, problems) = read(&[(name, value)]);
            assert!(problems.len() == 1 && problems[0].contains(name), "{problems:?}");
        }
    }
}
