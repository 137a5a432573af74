//! Every route, on one screen. A WebSocket joins `GET /graphql` here: its upgrade is a guard before
//! the plain handler.

use actix_web::{HttpResponse, web};

use crate::http::{documents, downloads, graphql, health, metrics, state::State};

/// What is served on the port of the service. `/metrics` is, unless it has an address of its own.
pub(super) fn routes(state: &State) -> impl FnOnce(&mut web::ServiceConfig) + use<> {
    let metrics_elsewhere = state.settings.metrics_address.is_some();
    move |config| {
        if !metrics_elsewhere {
            config.configure(metrics::routes);
        }
        config
            .service(
                web::resource("/graphql")
                    .route(web::post().to(graphql::post))
                    .route(web::get().to(graphql::get))
                    .default_service(web::to(graphql::other_method)),
            )
            .route("/schema.graphql", web::get().to(documents::schema))
            .route("/downloads/kit", web::get().to(downloads::kit))
            .route("/downloads/matrix", web::get().to(downloads::matrix))
            .route("/.well-known/jwks.json", web::get().to(documents::jwks))
            .route("/livez", web::get().to(health::live))
            .route("/healthz", web::get().to(health::live))
            .route("/readyz", web::get().to(health::ready))
            .route("/version", web::get().to(health::version))
            .default_service(web::to(not_found));
    }
}

async fn not_found() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .body("Nothing is here; the API is at /graphql.\n")
}
