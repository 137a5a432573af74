//! What `serve` and `demo` share: a server made of a store and a verifier, as the settings say.

use crate::{
    auth::Verifier,
    cache::Cache,
    cli::failure::Failure,
    config::{Settings, clock::Clock},
    graphql::{
        self,
        service::{Caller, Service},
    },
    http::{AppParts, Server, ServerSettings, serve},
    store::Store,
};

/// Starts listening. `jwks` are the public keys of the demo's own issuer.
pub(super) fn listen(
    settings: &Settings,
    store: Store,
    verifier: Verifier,
    jwks: Option<String>,
) -> Result<Server, Failure> {
    let clock = Clock::system();
    let service = service(settings, store.clone(), clock.clone());
    let parts = AppParts { service, verifier, store, clock, sdl: graphql::sdl(), jwks };
    Ok(serve(parts, ServerSettings::new(settings))?)
}

/// The schema, with what each operation reads through.
fn service(settings: &Settings, store: Store, clock: Clock) -> Service {
    let cache = Cache::in_process(settings.cache_bytes);
    let cost = usize::try_from(settings.limits.cost).unwrap_or(usize::MAX);
    Service::new(graphql::build(cost), move |Caller { viewer, request_id }: Caller| {
        graphql::context::prepare(store.clone(), cache.clone(), viewer, clock.now(), request_id)
    })
}
