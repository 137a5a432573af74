//! What `serve` refuses in production, all at once, each by its name and with its fix. Changes no setting.

use std::{fs, net::IpAddr, os::unix::fs::PermissionsExt, path::Path};

use secrecy::ExposeSecret;
use url::{Host, Url};

use crate::{
    config::{AuthSettings, DatabaseSettings, RedisSettings, Risk, Settings},
    store::DatabaseAddress,
};

/// A risk that the settings take, and which setting takes it.
type Taken = (Risk, String);

/// The risks that the settings take and nobody accepted, as an operator reads them. Those that were accepted
/// are logged.
pub(super) fn refused(settings: &Settings) -> Vec<String> {
    let (accepted, refused): (Vec<_>, Vec<_>) =
        taken(settings).into_iter().partition(|(risk, _)| settings.accepted_risks.contains(risk));
    for (risk, what) in accepted {
        tracing::warn!(risk = risk.name(), what, why = risk.why(), "a risk in production was accepted");
    }
    let told = |(risk, what): Taken| {
        let (name, why, fix) = (risk.name(), risk.why(), risk.fix());
        format!("{name}: {what}: {why}. Fix: {fix}; or accept it with ASSAY_ACCEPT_RISKS={name}")
    };
    refused.into_iter().map(told).collect()
}

fn taken(settings: &Settings) -> Vec<Taken> {
    let mut taken: Vec<Taken> = Vec::new();
    taken.extend(settings.database.as_ref().and_then(database));
    taken.extend(settings.remote_cache.as_ref().and_then(remote_cache));
    taken.extend(issuer(&settings.auth));
    let age = settings.auth.max_token_age;
    if age > AuthSettings::default().max_token_age {
        taken.push((Risk::LongLivedTokens, format!("AUTH_MAX_TOKEN_AGE is {} s", age.as_secs())));
    }
    if settings.http.introspection == Some(true) {
        taken.push((Risk::OpenIntrospection, "ASSAY_HTTP_INTROSPECTION is on".to_owned()));
    }
    let readable = settings.secret_files.iter().filter(|path| others_may_read(path));
    taken.extend(readable.map(|path| {
        (Risk::ReadableSecret, format!("`{}` holds a secret, and others may read it", path.display()))
    }));
    taken
}

/// A URL that cannot be read is told by who connects.
fn database(settings: &DatabaseSettings) -> Option<Taken> {
    match DatabaseAddress::of(settings).ok()? {
        DatabaseAddress::Memory => {
            Some((Risk::Sqlite, "DATABASE_URL is in memory, and lost at every restart".to_owned()))
        }
        DatabaseAddress::File(path) => {
            Some((Risk::Sqlite, format!("DATABASE_URL is the SQLite file `{}`", path.display())))
        }
        DatabaseAddress::Network { host, encrypted: false } => {
            Some((Risk::PlaintextDatabase, format!("DATABASE_URL reaches {host} without requiring TLS")))
        }
        DatabaseAddress::Local | DatabaseAddress::Network { .. } => None,
    }
}

fn remote_cache(settings: &RedisSettings) -> Option<Taken> {
    let url = Url::parse(settings.url.expose_secret()).ok()?;
    let open = url.scheme() == "redis" && !is_here(&url);
    open.then(|| {
        let host = url.host_str().unwrap_or_default();
        (Risk::PlaintextRedis, format!("REDIS_URL reaches {host} without TLS"))
    })
}

/// The URL that keys are fetched from, if anybody on the way could change them.
fn issuer(settings: &AuthSettings) -> Option<Taken> {
    if settings.public_key_file.is_some() {
        return None;
    }
    let discovery = || settings.issuer.as_deref().and_then(|issuer| Url::parse(issuer).ok());
    let (variable, url) = match &settings.jwks_url {
        Some(url) => ("JWT_JWKS_URL", url.clone()),
        None => ("OIDC_ISSUER_URL", discovery()?),
    };
    let open = url.scheme() == "http" && !is_here(&url);
    open.then(|| (Risk::PlaintextIssuer, format!("{variable} is {url}")))
}

fn is_here(url: &Url) -> bool {
    match url.host() {
        // Only URLs of the web have their addresses read; a redis:// one keeps its as a name.
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        None => false,
    }
}

fn others_may_read(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o004 != 0)
}
