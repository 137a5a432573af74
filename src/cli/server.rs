//! What `serve` and `demo` share: a server made of a store and a verifier, as the settings say.

use secrecy::ExposeSecret;

use crate::{
    auth::Verifier,
    cache::Cache,
    cli::failure::Failure,
    config::{Settings, SettingsError, clock::Clock},
    graphql::{
        self,
        service::{Caller, Service},
    },
    http::{AppParts, Server, ServerSettings, serve},
    store::Store,
};

/// Starts listening. `jwks` are the public keys of the demo's own issuer.
pub(super) async fn listen(
    settings: &Settings,
    store: Store,
    verifier: Verifier,
    jwks: Option<String>,
) -> Result<Server, Failure> {
    let clock = Clock::system();
    let cache = cache(settings, &store).await?;
    let service = service(settings, store.clone(), cache.clone(), clock.clone());
    let parts = AppParts { service, verifier, store, cache, clock, sdl: graphql::sdl(), jwks };
    Ok(serve(parts, ServerSettings::new(settings))?)
}

/// What read models are remembered in, as the settings say. Starts without Redis when that is down.
async fn cache(settings: &Settings, store: &Store) -> Result<Cache, Failure> {
    let Some(remote) = &settings.remote_cache else { return Ok(Cache::in_process(settings.cache_bytes)) };
    let secret = store.digest_key().await?.derive("assay 2026-11 cache of read models");
    let shared = Cache::shared(settings.cache_bytes, remote.url.expose_secret(), remote.timeout, secret);
    shared.map_err(|error| {
        SettingsError::Invalid(vec![format!("REDIS_URL (redis.url in the file): {error}")]).into()
    })
}

/// The schema, with what each operation reads through.
fn service(settings: &Settings, store: Store, cache: Cache, clock: Clock) -> Service {
    let cost = usize::try_from(settings.limits.cost).unwrap_or(usize::MAX);
    let service = Service::new(graphql::build(cost), move |Caller { viewer, request_id }: Caller| {
        graphql::context::prepare(store.clone(), cache.clone(), viewer, clock.now(), request_id)
    });
    service.with_costs(cost).with_near_duplicates(settings.near_duplicate)
}
