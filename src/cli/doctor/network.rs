//! The doctor's look at what is reached over the network besides the database: the issuer's keys, Redis and
//! the receivers of telemetry.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::{Client, StatusCode, Url};
use secrecy::ExposeSecret;

use super::finding::Finding;
use crate::{
    auth::Verifier,
    cache::Remote,
    config::{AuthSettings, OtlpSettings, RedisSettings},
};

/// How long a receiver of telemetry may take to answer.
const RECEIVING: Duration = Duration::from_secs(5);

pub(super) async fn keys(settings: &AuthSettings) -> Vec<Finding> {
    let check = "token keys";
    let problems = Verifier::problems(settings);
    if !problems.is_empty() {
        let told = |problem: String| match problem.split_once(": ") {
            Some((what, fix)) => Finding::fail(check, what, fix),
            None => Finding::fail(check, problem, "correct it"),
        };
        return problems.into_iter().map(|problem| told(problem.to_string())).collect();
    }
    vec![match Verifier::count_keys(settings).await {
        Ok(1) => Finding::ok(check, "1 key to verify tokens with"),
        Ok(count) => Finding::ok(check, format!("{count} keys to verify tokens with")),
        Err(why) => Finding::fail(
            check,
            why,
            "correct OIDC_ISSUER_URL or JWT_JWKS_URL, and see that the issuer answers this machine",
        ),
    }]
}

/// Redis, where one is set.
pub(super) async fn shared_cache(settings: Option<&RedisSettings>) -> Vec<Finding> {
    let check = "Redis";
    let Some(settings) = settings else { return Vec::new() };
    vec![match Remote::check(settings.url.expose_secret(), settings.timeout).await {
        Ok(()) => Finding::ok(check, format!("it answers, within {:?}", settings.timeout)),
        Err(why) => Finding::fail(
            check,
            format!("{why}; the service goes on without it, and slower"),
            "start Redis, correct REDIS_URL, or raise REDIS_TIMEOUT when it is far away",
        ),
    }]
}

/// Each receiver of telemetry, where one is set.
pub(super) async fn otlp(settings: &OtlpSettings) -> Vec<Finding> {
    let signals = [("traces", &settings.traces), ("metrics", &settings.metrics), ("logs", &settings.logs)];
    let set = signals.into_iter().filter_map(|(signal, url)| Some((signal, url.as_ref()?)));
    join_all(set.map(|(signal, url)| receiver(settings, signal, url))).await
}

/// Sends an export of nothing, which the protocol allows.
async fn receiver(settings: &OtlpSettings, signal: &str, url: &Url) -> Finding {
    let check = "OTLP";
    let client = Client::builder().timeout(RECEIVING).build();
    let export = |client: Client| {
        let export = client.post(url.clone()).header("content-type", "application/x-protobuf");
        let headers = settings.headers.iter();
        headers.fold(export, |export, (name, value)| export.header(name, value.expose_secret())).send()
    };
    let answer = match client {
        Ok(client) => export(client).await,
        Err(error) => Err(error),
    };
    match answer.map(|answer| answer.status()) {
        Ok(status) if status.is_success() => Finding::ok(check, format!("{signal} are taken")),
        Ok(status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)) => Finding::fail(
            check,
            format!("the receiver of {signal} answers {status}; they are lost"),
            "correct OTEL_EXPORTER_OTLP_HEADERS",
        ),
        Ok(status) => Finding::fail(
            check,
            format!("the receiver of {signal} answers {status}; they are lost"),
            "name a receiver of OTLP over HTTP (port 4318, as a rule) in OTEL_EXPORTER_OTLP_ENDPOINT",
        ),
        Err(error) => Finding::fail(
            check,
            format!("the receiver of {signal} does not answer; they are lost: {}", error.without_url()),
            "start the receiver, or correct OTEL_EXPORTER_OTLP_ENDPOINT",
        ),
    }
}
