//! Reads a request body: its declared type first, then no more of it than the limit, in limited time.

use std::time::Duration;

use actix_web::{
    HttpRequest,
    http::{
        StatusCode,
        header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE},
    },
    web::{BytesMut, Payload},
};
use futures_util::StreamExt;

use crate::http::{negotiation::is_utf8, reply::Problem};

/// How long a refused body stays open. A body that is dropped unread keeps its connection for as long
/// as the client likes; one that is still held makes actix close the connection after the answer.
const HOLD: Duration = Duration::from_secs(1);

pub(super) async fn read(
    request: &HttpRequest,
    mut payload: Payload,
    limit: usize,
    patience: Duration,
) -> Result<BytesMut, Problem> {
    let read = take(request, &mut payload, limit, patience).await;
    if read.is_err() {
        actix_web::rt::spawn(async move {
            tokio::time::sleep(HOLD).await;
            drop(payload);
        });
    }
    read
}

async fn take(
    request: &HttpRequest,
    payload: &mut Payload,
    limit: usize,
    patience: Duration,
) -> Result<BytesMut, Problem> {
    check_type(request)?;
    if declared_length(request).is_some_and(|length| length > limit) {
        return Err(too_large(limit));
    }
    let slow = |_| Problem::status(StatusCode::REQUEST_TIMEOUT, "The body took too long to arrive");
    tokio::time::timeout(patience, collect(payload, limit)).await.map_err(slow)?
}

async fn collect(payload: &mut Payload, limit: usize) -> Result<BytesMut, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::bad_request("The body broke off"))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn too_large(limit: usize) -> Problem {
    let message = format!("The body is longer than the {limit} bytes that are allowed");
    Problem::status(StatusCode::PAYLOAD_TOO_LARGE, message)
}

fn declared_length(request: &HttpRequest) -> Option<usize> {
    request.headers().get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Only JSON in UTF-8, and not packed: what a form can send without asking is refused, and so is a
/// body that grows when it is unpacked.
fn check_type(request: &HttpRequest) -> Result<(), Problem> {
    let unsupported = |message: &str| Err(Problem::status(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let Some(content_type) = header(CONTENT_TYPE) else {
        return unsupported("The body needs the header Content-Type: application/json");
    };
    let mut parts = content_type.split(';').map(str::trim);
    if !parts.next().unwrap_or_default().eq_ignore_ascii_case("application/json") {
        return unsupported("Only Content-Type: application/json is read here");
    }
    let mut charsets = parts.filter_map(|part| part.split_once('='));
    if charsets.any(|(key, value)| {
        key.trim().eq_ignore_ascii_case("charset") && !is_utf8(value.trim().trim_matches('"'))
    }) {
        return unsupported("Only UTF-8 is read here");
    }
    if header(CONTENT_ENCODING).is_some_and(|encoding| !encoding.eq_ignore_ascii_case("identity")) {
        return unsupported("The body must come without Content-Encoding");
    }
    Ok(())
}
