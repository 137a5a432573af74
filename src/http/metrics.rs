//! `/metrics`, as Prometheus reads it: on the port of the service, or alone at an address of its own.

use actix_web::{
    App, HttpResponse, HttpServer,
    dev::Server,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web,
};

use crate::{
    http::{
        ServerSettings,
        server::{ServeError, refused},
    },
    telemetry::metrics::{EXPOSITION_TYPE, exposition},
};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config.route("/metrics", web::get().to(metrics));
}

async fn metrics() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, EXPOSITION_TYPE))
        .insert_header((CACHE_CONTROL, "no-store"))
        .body(exposition())
}

/// Listens where only `/metrics` is served, if that is asked for.
pub(super) fn listen(settings: &ServerSettings) -> Result<Option<Server>, ServeError> {
    let Some(address) = settings.metrics_address else { return Ok(None) };
    let server = HttpServer::new(|| App::new().configure(routes)).workers(1).disable_signals();
    let bound = server.bind(address);
    let server = bound.map_err(|source| refused(address, "address with METRICS_ADDRESS", source))?;
    tracing::info!(address = %server.addrs().first().copied().unwrap_or(address), "serving metrics");
    Ok(Some(server.run()))
}
