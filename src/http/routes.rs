//! Every route, on one screen. A WebSocket joins `GET /graphql` here: its upgrade is a guard before
//! the plain handler.

use actix_web::{HttpResponse, web};

use crate::http::{documents, graphql, health};

pub(super) fn routes(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/graphql")
                .route(web::post().to(graphql::post))
                .route(web::get().to(graphql::get))
                .default_service(web::to(graphql::other_method)),
        )
        .route("/schema.graphql", web::get().to(documents::schema))
        .route("/.well-known/jwks.json", web::get().to(documents::jwks))
        .route("/livez", web::get().to(health::live))
        .route("/healthz", web::get().to(health::live))
        .route("/readyz", web::get().to(health::ready))
        .route("/version", web::get().to(health::version))
        .default_service(web::to(not_found));
}

async fn not_found() -> HttpResponse {
    HttpResponse::NotFound()
        .content_type("text/plain; charset=utf-8")
        .body("Nothing is here; the API is at /graphql.\n")
}
