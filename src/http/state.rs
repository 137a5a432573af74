//! What every worker shares. Built once, before the first request.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use actix_web::web::Bytes;
use tokio::{runtime::Handle, sync::Semaphore};

use crate::{
    auth::Verifier, cache::Cache, config::clock::Clock, graphql::service::Service, http::ServerSettings,
    store::Store,
};

/// The parts a server is made of.
pub struct AppParts {
    /// Executes operations.
    pub service: Service,
    /// Turns tokens into viewers.
    pub verifier: Verifier,
    /// Asked by `/readyz`.
    pub store: Store,
    /// Asked by `/readyz`, too.
    pub cache: Cache,
    /// Dates request ids.
    pub clock: Clock,
    /// The schema as text, for `/schema.graphql`.
    pub sdl: String,
    /// The demo issuer's public keys, where it is the issuer.
    pub jwks: Option<String>,
}

impl fmt::Debug for AppParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppParts").field("store", &self.store).finish_non_exhaustive()
    }
}

/// The parts, as requests find them.
pub(super) struct State {
    pub(super) service: Service,
    pub(super) verifier: Verifier,
    pub(super) store: Store,
    pub(super) cache: Cache,
    pub(super) clock: Clock,
    pub(super) sdl: Bytes,
    pub(super) jwks: Option<Bytes>,
    pub(super) settings: ServerSettings,
    /// One permit an operation that runs.
    pub(super) turns: Arc<Semaphore>,
    /// Where operations run: the workers of actix have one thread each, and validation and resolvers
    /// would hold up every connection of theirs.
    pub(super) runtime: Handle,
    draining: AtomicBool,
}

impl State {
    /// Must be called on the runtime that is to execute operations.
    pub(super) fn new(parts: AppParts, settings: ServerSettings) -> Self {
        let service = parts.service;
        Self {
            service: if settings.production { service.without_suggestions() } else { service },
            verifier: parts.verifier,
            store: parts.store,
            cache: parts.cache,
            clock: parts.clock,
            sdl: Bytes::from(parts.sdl),
            jwks: parts.jwks.map(Bytes::from),
            turns: Arc::new(Semaphore::new(settings.concurrent_operations)),
            runtime: Handle::current(),
            draining: AtomicBool::new(false),
            settings,
        }
    }

    pub(super) fn drain(&self) {
        self.draining.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_draining(&self) -> bool {
        self.draining.load(Ordering::Relaxed)
    }
}
