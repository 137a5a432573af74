//! What the HTTP layer is told. Reads no environment: `cli` fills it from `config`.

use std::time::Duration;

use crate::graphql::gate::Limits;

/// How requests are taken and answered.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// The address to listen on.
    pub host: String,
    /// The port; 0 lets the system choose.
    pub port: u16,
    /// Whether validation may suggest names and a caller without a token may introspect.
    pub production: bool,
    /// Whether anyone may introspect.
    pub introspection: bool,
    /// The longest body, and the longest query string, in bytes.
    pub body_limit: usize,
    /// How long a body may take to arrive.
    pub body_timeout: Duration,
    /// The limits of a document.
    pub limits: Limits,
    /// How long an operation may run.
    pub operation_timeout: Duration,
    /// How many operations run at once.
    pub concurrent_operations: usize,
    /// How long an operation waits for its turn before it is told to come back.
    pub turn_timeout: Duration,
    /// How long `/readyz` says no before the listener closes, so that balancers notice first.
    pub drain_delay: Duration,
    /// How long running requests may take to finish once the listener is closed.
    pub drain_timeout: Duration,
}

impl HttpSettings {
    /// The defaults of a service that developers use.
    #[must_use]
    pub fn at(host: impl Into<String>, port: u16) -> Self {
        Self {
            host: host.into(),
            port,
            production: false,
            introspection: true,
            body_limit: 64 * 1024,
            body_timeout: Duration::from_secs(10),
            limits: Limits::default(),
            operation_timeout: Duration::from_secs(5),
            concurrent_operations: 64,
            turn_timeout: Duration::from_secs(1),
            drain_delay: Duration::ZERO,
            drain_timeout: Duration::from_secs(15),
        }
    }

    /// The same in production: no suggestions, no introspection, time for balancers to notice a drain.
    #[must_use]
    pub fn in_production(self) -> Self {
        Self { production: true, introspection: false, drain_delay: Duration::from_secs(3), ..self }
    }
}
