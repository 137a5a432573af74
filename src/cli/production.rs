//! What `serve` refuses in production, all at once, each by its name and with its fix. Changes no setting.

use std::{fs, net::IpAddr, os::unix::fs::PermissionsExt, path::Path};

use secrecy::ExposeSecret;
use url::{Host, Url};

use crate::{
    config::{AuthSettings, DatabaseSettings, OtlpSettings, RedisSettings, Risk, Settings, shown_url},
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
    taken.extend(settings.database.as_ref().map(replicas).unwrap_or_default());
    taken.extend(settings.remote_cache.as_ref().and_then(remote_cache));
    taken.extend(otlp(&settings.otlp));
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
        address => plaintext("DATABASE_URL", address),
    }
}

/// The same of each server that reads may go to.
fn replicas(settings: &DatabaseSettings) -> Vec<Taken> {
    let addresses = DatabaseAddress::of_replicas(settings).unwrap_or_default();
    addresses.into_iter().filter_map(|address| plaintext("DATABASE_REPLICA_URLS", address)).collect()
}

fn plaintext(variable: &str, address: DatabaseAddress) -> Option<Taken> {
    match address {
        DatabaseAddress::Network { host, encrypted: false } => {
            Some((Risk::PlaintextDatabase, format!("{variable} reaches {host} without requiring TLS")))
        }
        _ => None,
    }
}

/// The first receiver that is sent credentials which anybody on the way reads. Telemetry without any is taken by
/// whoever listens, and is for who runs the network to judge.
fn otlp(settings: &OtlpSettings) -> Option<Taken> {
    let receivers = [&settings.traces, &settings.metrics, &settings.logs].into_iter().flatten();
    let open = receivers.filter(|url| url.scheme() == "http" && !is_here(url)).find_map(|url| {
        let what = if !settings.headers.is_empty() {
            "OTEL_EXPORTER_OTLP_HEADERS"
        } else if url.password().is_some() || !url.username().is_empty() {
            "the user of OTEL_EXPORTER_OTLP_ENDPOINT"
        } else {
            return None;
        };
        Some(format!("{what} reaches {} without TLS", url.host_str().unwrap_or_default()))
    });
    open.map(|what| (Risk::PlaintextOtlp, what))
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
    // As it was written: a parsed URL is spelled anew, with a slash that nobody wrote.
    let (variable, written) = match (&settings.jwks_url, &settings.issuer) {
        (Some(url), _) => ("JWT_JWKS_URL", url.as_str()),
        (None, Some(issuer)) => ("OIDC_ISSUER_URL", issuer.as_str()),
        (None, None) => return None,
    };
    let url = Url::parse(written).ok()?;
    let open = url.scheme() == "http" && !is_here(&url);
    open.then(|| (Risk::PlaintextIssuer, format!("{variable} is {}", shown_url(written))))
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
