//! Statements and connections, by database server.

use std::{collections::BTreeMap, time::Duration};

use opentelemetry::{KeyValue, metrics::Meter};

use crate::{
    domain::choices::choices,
    telemetry::metrics::{Watch, instruments, watched::Watched},
};

choices! {
    /// Which database server a statement went to.
    Server {
        /// The one that takes writes.
        Primary = "primary",
        /// One that follows it.
        Replica = "replica",
    }

    /// Which database, by the name OpenTelemetry gives it.
    System {
        /// PostgreSQL.
        PostgreSql = "postgresql",
        /// SQLite.
        Sqlite = "sqlite",
    }
}

/// A pool as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pool {
    /// Connections nobody uses.
    pub idle: u64,
    /// Connections in use.
    pub used: u64,
    /// The most it opens.
    pub max: u64,
}

static POOLS: Watched<(Server, Pool)> = Watched::new();

/// A statement ran, well or not.
pub fn statement(system: System, server: Server, took: Duration) {
    let labels = [KeyValue::new("db.system.name", system.as_str()), KeyValue::new("server", server.as_str())];
    instruments().statement_duration.record(took.as_secs_f64(), &labels);
}

/// No connection of the pool came free in time.
pub fn connection_timeout(server: Server) {
    instruments().connection_timeouts.add(1, &[KeyValue::new("server", server.as_str())]);
}

/// Shows a pool in the metrics for as long as the answer is held; pools of one kind of server are summed.
pub fn watch_pool(server: Server, look: impl Fn() -> Pool + Send + Sync + 'static) -> Watch {
    // A counter that begins with the first failure hides it from a rate.
    instruments().connection_timeouts.add(0, &[KeyValue::new("server", server.as_str())]);
    POOLS.add(move || (server, look()))
}

pub(super) fn observe(meter: &Meter) {
    meter
        .u64_observable_gauge("db.client.connections")
        .with_description("Connections of the pool, by what they do.")
        .with_callback(|observer| {
            for (server, pool) in pools() {
                for (state, count) in [("idle", pool.idle), ("used", pool.used)] {
                    let labels = [KeyValue::new("server", server.as_str()), KeyValue::new("state", state)];
                    observer.observe(count, &labels);
                }
            }
        })
        .build();
    meter
        .u64_observable_gauge("db.client.connections_max")
        .with_description("The most connections the pool opens.")
        .with_callback(|observer| {
            for (server, pool) in pools() {
                observer.observe(pool.max, &[KeyValue::new("server", server.as_str())]);
            }
        })
        .build();
}

fn pools() -> BTreeMap<Server, Pool> {
    let mut sums: BTreeMap<Server, Pool> = BTreeMap::new();
    for (server, Pool { idle, used, max }) in POOLS.looks() {
        let sum = sums.entry(server).or_default();
        *sum = Pool { idle: sum.idle + idle, used: sum.used + used, max: sum.max + max };
    }
    sums
}
