//! Whether the process lives, and whether it should be sent requests. Only readiness looks at the
//! database: a dead database must not get the process restarted.

use std::time::Duration;

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use serde_json::json;

use crate::{cache::Standing, http::state::State, telemetry::COMMIT};

/// Longer than a connection may take to get, and shorter than probes wait.
const PROBE_TIMEOUT: Duration = Duration::from_millis(1_500);

pub(super) async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

pub(super) async fn ready(state: Data<State>) -> HttpResponse {
    let (database, problem) =
        if state.is_draining() { ("unknown", Some("draining")) } else { database(&state).await };
    let keys = if state.verifier.is_ready() { "ok" } else { "missing" };
    // Without Redis everything is answered, only later: that is no reason to send requests elsewhere.
    let remote_cache = match state.cache.redis_standing() {
        None => "off",
        Some(Standing::Unknown) => "unknown",
        Some(Standing::Well) => "ok",
        Some(Standing::Failing) => "degraded",
    };
    let problem = problem.or((keys == "missing").then_some("no keys to verify tokens with yet"));
    let status = if problem.is_some() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    HttpResponse::build(status).json(json!({
        "status": if problem.is_some() { "unavailable" } else { "ok" },
        "reason": problem,
        "checks": { "database": database, "tokenKeys": keys, "redis": remote_cache },
    }))
}

async fn database(state: &State) -> (&'static str, Option<&'static str>) {
    match tokio::time::timeout(PROBE_TIMEOUT, state.store.schema_is_current()).await {
        Ok(Ok(true)) => ("ok", None),
        Ok(Ok(false)) => {
            ("behind", Some("the database schema is older than this build: run `assay migrate up`"))
        }
        Ok(Err(error)) => {
            tracing::warn!(%error, "not ready: the database cannot be asked");
            ("unreachable", Some("the database cannot be reached"))
        }
        Err(_) => ("unreachable", Some("the database does not answer in time")),
    }
}

pub(super) async fn version() -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "name": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "commit": COMMIT,
    }))
}
