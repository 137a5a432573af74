//! Where the service listens, and how it stops.

use std::{net::IpAddr, time::Duration};

use crate::config::source::{Name, Source};

/// Settings of the HTTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSettings {
    /// The address it binds. This machine alone, unless told otherwise.
    pub host: IpAddr,
    /// The port it binds; 0 lets the system choose.
    pub port: u16,
    /// The largest request body, in bytes.
    pub body_limit: usize,
    /// How long a stopping server lets requests finish.
    pub drain_timeout: Duration,
}

impl Default for HttpSettings {
    fn default() -> Self {
        Self {
            host: IpAddr::from([127, 0, 0, 1]),
            port: 8080,
            body_limit: 64 * 1024,
            drain_timeout: Duration::from_secs(20),
        }
    }
}

impl HttpSettings {
    pub(super) fn read(from: &Source) -> Self {
        let default = Self::default();
        let address = "an IP address such as 127.0.0.1, 0.0.0.0 or ::";
        Self {
            host: from
                .parsed(Name("http.host", "HOST"), address, |text| text.parse().ok())
                .unwrap_or(default.host),
            port: from.number(Name("http.port", "PORT"), default.port, 0..=u16::MAX),
            body_limit: from.number(
                Name("http.body_limit", "ASSAY_HTTP_BODY_LIMIT"),
                default.body_limit,
                1024..=16 * 1024 * 1024,
            ),
            drain_timeout: from
                .duration(Name("http.drain_timeout", "ASSAY_HTTP_DRAIN_TIMEOUT"), default.drain_timeout),
        }
    }
}
