//! Where the service listens, how it takes requests, and how it stops.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use crate::config::{
    entry::Setting,
    source::{Source, parse_pause},
};

/// Settings of the HTTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// The address it binds. This machine alone, unless told otherwise.
    pub host: IpAddr,
    /// The port it binds; 0 lets the system choose.
    pub port: u16,
    /// Where `/metrics` is served instead of on the port of the service.
    pub metrics_address: Option<SocketAddr>,
    /// The largest request body, in bytes.
    pub body_limit: usize,
    /// How long a request body may take to arrive.
    pub body_timeout: Duration,
    /// Whether anyone may introspect; `None`: outside production.
    pub introspection: Option<bool>,
    /// How long a stopping server says that it is not ready before it stops listening; `None`: long enough
    /// for balancers in production, not at all elsewhere.
    pub drain_delay: Option<Duration>,
    /// How long a stopping server lets requests finish.
    pub drain_timeout: Duration,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8080,
            metrics_address: None,
            body_limit: 64 * 1024,
            body_timeout: Duration::from_secs(10),
            introspection: None,
            drain_delay: None,
            drain_timeout: Duration::from_secs(20),
        }
    }
}

const HOST: Setting = Setting("http.host", "HOST", "The address it listens on.");
const PORT: Setting = Setting("http.port", "PORT", "The port it listens on; 0 lets the system choose.");
const METRICS_ADDRESS: Setting =
    Setting("http.metrics_address", "METRICS_ADDRESS", "Where `/metrics` is served, alone.");
const BODY_LIMIT: Setting =
    Setting("http.body_limit", "ASSAY_HTTP_BODY_LIMIT", "The largest request body, in bytes.");
const BODY_TIMEOUT: Setting =
    Setting("http.body_timeout", "ASSAY_HTTP_BODY_TIMEOUT", "How long a request body may take to arrive.");
const INTROSPECTION: Setting = Setting(
    "http.introspection",
    "ASSAY_HTTP_INTROSPECTION",
    "Whether anyone may read the schema: by introspection and at `/schema.graphql`.",
);
const DRAIN_DELAY: Setting = Setting(
    "http.drain_delay",
    "ASSAY_HTTP_DRAIN_DELAY",
    "How long a stopping server still listens while `/readyz` says no, so that balancers notice first.",
);
const DRAIN_TIMEOUT: Setting = Setting(
    "http.drain_timeout",
    "ASSAY_HTTP_DRAIN_TIMEOUT",
    "How long a stopping server then lets requests finish.",
);

impl HttpSettings {
    pub(super) fn read(from: &Source) -> Self {
        let default = Self::default();
        let address = "an IP address such as 127.0.0.1, 0.0.0.0 or ::";
        let switch = |text: &str| match text {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        };
        let pause = "a length of time such as 0s, 250ms or 3s";
        let read = Self {
            host: from.parsed_or(HOST, address, default.host, |text| text.parse().ok()),
            port: from.number(PORT, default.port, 0..=u16::MAX),
            metrics_address: from.parsed(
                METRICS_ADDRESS,
                "an address with a port such as 127.0.0.1:9090",
                "on the port of the service",
                |text| text.parse().ok(),
            ),
            body_limit: from.number(BODY_LIMIT, default.body_limit, 1024..=16 * 1024 * 1024),
            body_timeout: from.duration(BODY_TIMEOUT, default.body_timeout),
            introspection: from.parsed(INTROSPECTION, "one of on, off", "off in production, else on", switch),
            drain_delay: from.parsed(DRAIN_DELAY, pause, "3s in production, else 0s", parse_pause),
            drain_timeout: from.duration(DRAIN_TIMEOUT, default.drain_timeout),
        };
        read.collision().into_iter().for_each(|collision| from.problem(collision));
        read
    }

    /// What is wrong when the metrics were to be served where the service listens. A verb's own port can bring it
    /// about, too.
    #[must_use]
    pub fn collision(&self) -> Option<String> {
        let metrics = self.metrics_address.filter(|metrics| metrics.port() == self.port && self.port != 0)?;
        let everywhere = self.host.is_unspecified() || metrics.ip().is_unspecified();
        (everywhere || metrics.ip() == self.host).then(|| {
            let service = SocketAddr::new(self.host, self.port);
            format!(
                "{METRICS_ADDRESS}: `{metrics}` is where the service listens ({service}, by HOST and PORT): give \
                 it another port, or unset it and read /metrics on the port of the service"
            )
        })
    }
}
