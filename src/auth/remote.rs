//! Keys that live at the issuer: fetched at start, refreshed in the background and when a token names a
//! key we do not know. The last good keys stay in use while the issuer cannot be reached.

use std::{sync::Arc, time::Duration};

use arc_swap::ArcSwap;
use serde::Deserialize;
use tokio::{sync::Mutex, time::Instant};
use tracing::{Span, field::Empty};
use url::Url;

use crate::{auth::keys::KeySet, config::shown_url, telemetry::propagation};

/// How long one request to the issuer may take.
const TIMEOUT: Duration = Duration::from_secs(5);
/// The least time between two fetches that tokens with unknown keys can cause.
const FETCH_PAUSE: Duration = Duration::from_secs(30);
/// How often keys are refreshed unasked, so that a withdrawn key stops working.
const REFRESH_EVERY: Duration = Duration::from_secs(300);
/// How often loading is tried again while there are no keys at all.
const RETRY_EVERY: Duration = Duration::from_secs(2);
/// The largest answer that is read.
const BODY_LIMIT: usize = 512 * 1024;

/// Where an issuer's keys are found.
#[derive(Clone)]
pub(super) enum Location {
    /// At this URL.
    Jwks(Url),
    /// At the `jwks_uri` of this issuer's OpenID Connect discovery document.
    Discovery(String),
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Jwks(url) => f.write_str(&shown_url(url.as_str())),
            Self::Discovery(issuer) => f.write_str(&shown_url(issuer)),
        }
    }
}

/// The keys of a remote issuer as last fetched.
pub(super) struct Remote {
    location: Location,
    http: reqwest::Client,
    keys: ArcSwap<KeySet>,
    fetches: Mutex<Fetches>,
}

#[derive(Default)]
struct Fetches {
    last: Option<Instant>,
    last_for_a_token: Option<Instant>,
}

#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

impl Remote {
    /// Prepares to fetch; fetches nothing yet.
    pub(super) fn new(location: Location) -> Result<Self, String> {
        let http = reqwest::Client::builder()
            .timeout(TIMEOUT)
            // A redirect could lead to keys that the operator never named.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("assay/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self { location, http, keys: ArcSwap::default(), fetches: Mutex::default() })
    }

    /// The keys as last fetched; empty until the first fetch succeeds.
    pub(super) fn keys(&self) -> Arc<KeySet> {
        self.keys.load_full()
    }

    /// Fetches because a token names an unknown key, at most once in [`FETCH_PAUSE`]: whoever invents key
    /// ids must not make us hammer the issuer.
    pub(super) async fn look_again(&self) {
        let asked = Instant::now();
        let mut fetches = self.fetches.lock().await;
        // Whoever waited for the lock while another fetched needs no fetch of its own.
        let fresh = fetches.last.is_some_and(|last| last >= asked);
        let too_soon = fetches.last_for_a_token.is_some_and(|last| last.elapsed() < FETCH_PAUSE);
        if !fresh && !too_soon {
            fetches.last_for_a_token = Some(asked);
            self.fetch_or_keep(&mut fetches).await;
        }
    }

    /// Fetches now.
    pub(super) async fn refresh(&self) {
        self.fetch_or_keep(&mut *self.fetches.lock().await).await;
    }

    /// Refreshes for as long as somebody holds the keys.
    pub(super) fn keep_fresh(self: &Arc<Self>) {
        let keys = Arc::downgrade(self);
        tokio::spawn(async move {
            loop {
                let Some(pause) = keys.upgrade().map(|remote| remote.pause()) else { return };
                tokio::time::sleep(pause).await;
                let Some(remote) = keys.upgrade() else { return };
                remote.refresh().await;
            }
        });
    }

    fn pause(&self) -> Duration {
        if self.keys.load().is_empty() { RETRY_EVERY } else { REFRESH_EVERY }
    }

    async fn fetch_or_keep(&self, fetches: &mut Fetches) {
        let fetched = self.fetch().await;
        fetches.last = Some(Instant::now());
        match fetched {
            Ok(keys) => self.keys.store(Arc::new(keys)),
            Err(error) => tracing::error!(
                error,
                location = %self.location,
                have_keys = !self.keys.load().is_empty(),
                "the keys that sign tokens could not be fetched"
            ),
        }
    }

    /// Fetches now, for who only looks.
    pub(super) async fn fetch(&self) -> Result<KeySet, String> {
        let url = match &self.location {
            Location::Jwks(url) => url.clone(),
            Location::Discovery(issuer) => self.discover(issuer).await?,
        };
        KeySet::from_jwks(&self.get(url).await?)
    }

    async fn discover(&self, issuer: &str) -> Result<Url, String> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let shown = shown_url(&address);
        let url = Url::parse(&address).map_err(|error| format!("{shown}: {error}"))?;
        let found: Discovery = serde_json::from_slice(&self.get(url).await?)
            .map_err(|error| format!("{shown} is not a discovery document: {error}"))?;
        // OpenID Connect Discovery 1.0, section 4.3: the two must be the same, character for character.
        if found.issuer != issuer {
            let [theirs, ours] = [&found.issuer, issuer].map(shown_url);
            return Err(format!("{shown} names the issuer `{theirs}`, not `{ours}`"));
        }
        Url::parse(&found.jwks_uri).map_err(|error| format!("{shown} names no jwks_uri: {error}"))
    }

    #[tracing::instrument(
        level = "debug",
        name = "fetch",
        skip_all,
        fields(
            otel.name = "GET",
            otel.kind = "client",
            http.request.method = "GET",
            server.address = url.host_str(),
            url.path = url.path(),
            http.response.status_code = Empty,
        )
    )]
    async fn get(&self, url: Url) -> Result<Vec<u8>, String> {
        let shown = shown_url(url.as_str());
        let failed = |error: reqwest::Error| format!("{shown}: {}", causes(&error.without_url()));
        let mut request = self.http.get(url);
        for (name, value) in propagation::outgoing() {
            request = request.header(name, value);
        }
        let mut response = request.send().await.map_err(failed)?;
        Span::current().record("http.response.status_code", i64::from(response.status().as_u16()));
        if response.status() != reqwest::StatusCode::OK {
            return Err(format!("{shown} answers {}", response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            body.extend_from_slice(&chunk);
            if body.len() > BODY_LIMIT {
                return Err(format!("{shown} answers more than {BODY_LIMIT} bytes"));
            }
        }
        Ok(body)
    }
}

/// An error with its causes: reqwest's own text stops before the one that helps.
fn causes(error: &dyn std::error::Error) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
