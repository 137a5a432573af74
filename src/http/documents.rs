//! Documents that are the same for everyone: the schema, and the demo issuer's public keys.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::Data,
};

use crate::http::state::State;

pub(super) async fn schema(state: Data<State>) -> HttpResponse {
    // The text tells what introspection tells.
    if !state.settings.introspection {
        return HttpResponse::NotFound().finish();
    }
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/graphql; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(state.sdl.clone())
}

pub(super) async fn jwks(state: Data<State>) -> HttpResponse {
    match &state.jwks {
        Some(keys) => HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, "application/jwk-set+json"))
            .insert_header((CACHE_CONTROL, "public, max-age=300"))
            .body(keys.clone()),
        None => HttpResponse::NotFound().finish(),
    }
}
