//! What the HTTP layer is told, out of the settings of the process. Reads no environment.

use std::{net::SocketAddr, time::Duration};

use crate::{
    config::{Limits, Settings},
    graphql::gate,
};

/// What a balancer that asks every second or two needs to notice.
const BALANCERS: Duration = Duration::from_secs(3);

/// How requests are taken and answered.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Where to listen; port 0 lets the system choose.
    pub address: SocketAddr,
    /// Where `/metrics` is served instead.
    pub metrics_address: Option<SocketAddr>,
    /// Whether strangers are to learn nothing: no names that validation guesses, no schema.
    pub production: bool,
    /// Whether anyone may introspect, and read `/schema.graphql`.
    pub introspection: bool,
    /// The longest body, and the longest query string, in bytes.
    pub body_limit: usize,
    /// How long a body may take to arrive.
    pub body_timeout: Duration,
    /// The limits of a document.
    pub limits: gate::Limits,
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

impl ServerSettings {
    /// What the process was told. In production strangers learn nothing, and balancers get time to
    /// notice a drain.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let Settings { production, http, limits, .. } = settings;
        Self {
            address: SocketAddr::new(http.host, http.port),
            metrics_address: http.metrics_address,
            production: *production,
            introspection: http.introspection.unwrap_or(!production),
            body_limit: http.body_limit,
            body_timeout: http.body_timeout,
            limits: document_limits(limits),
            operation_timeout: limits.operation_timeout,
            concurrent_operations: limits.concurrent_operations,
            turn_timeout: limits.turn_timeout,
            drain_delay: http.drain_delay.unwrap_or(if *production { BALANCERS } else { Duration::ZERO }),
            drain_timeout: http.drain_timeout,
        }
    }
}

fn document_limits(limits: &Limits) -> gate::Limits {
    gate::Limits {
        tokens: limits.tokens,
        recursion: limits.recursion,
        depth: limits.depth,
        introspection_depth: limits.introspection_depth,
        aliases: limits.aliases,
        root_fields: limits.root_fields,
        fragments: limits.fragments,
        directives: limits.directives,
        selections: limits.selections,
        ..gate::Limits::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_and_the_gate_agree_on_every_default() {
        assert_eq!(document_limits(&Limits::default()), gate::Limits::default());
    }
}
