//! How to reach Redis, where there is one.

use std::time::Duration;

use secrecy::SecretString;

use crate::config::{entry::Setting, source::Source};

/// Settings of what replicas remember together.
#[derive(Debug, Clone)]
pub struct RedisSettings {
    /// `redis://…` or, with TLS, `rediss://…`; may hold a password.
    pub url: SecretString,
    /// How long a request waits for one call. What takes longer is done without.
    pub timeout: Duration,
}

const URL: Setting = Setting(
    "redis.url",
    "REDIS_URL",
    "A Redis in which several servers remember answers together; it may be lost or emptied at any time.",
);
const TIMEOUT: Setting = Setting(
    "redis.timeout",
    "REDIS_TIMEOUT",
    "How long a request waits for one call to Redis; what takes longer is done without.",
);

impl RedisSettings {
    /// The defaults for a Redis at `url`.
    #[must_use]
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: SecretString::from(url.into()), timeout: Duration::from_millis(50) }
    }

    /// `None` when no Redis is named: each process then remembers for itself.
    pub(super) fn read(from: &Source) -> Option<Self> {
        let holds = |text: &str| {
            let url = url::Url::parse(text).ok();
            url.is_some_and(|url| matches!(url.scheme(), "redis" | "rediss") && url.has_host())
        };
        let url = from.secret(URL, "a redis:// or rediss:// URL with a host", holds);
        let timeout = from.duration(TIMEOUT, Self::at("").timeout);
        url.map(|url| Self { url, timeout })
    }
}
