//! What every request gets: an id, which every response and log line carries, a span, its place in the metrics
//! and one line in the log. None of them holds a token, a document, a variable or who asks.

use std::{collections::BTreeSet, time::Instant};

use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, StatusCode,
        header::{HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use tracing::{Span, field::Empty};

use crate::{
    app::ids,
    auth::Viewer,
    domain::policy::Claim,
    http::state::State,
    telemetry::{metrics::http as metrics, request as telemetry},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Enough for every usual form of id, and short enough to be echoed.
const LONGEST_ID: usize = 128;
/// How much of a name or a path that a client chose is written down.
const LONGEST_NAME: usize = 64;
/// Asked every few seconds by machines, and no news.
const QUIET: [&str; 4] = ["/livez", "/healthz", "/readyz", "/metrics"];

/// The id of the request, in its extensions.
#[derive(Clone)]
struct RequestId(String);

/// The name of the operation that ran; only names that the document has get here.
struct OperationName(String);

/// What the token grants, of whoever it is.
struct Roles(String);

pub(super) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// Notes which operation ran, by a name that was [`cut`].
pub(super) fn note_operation(request: &HttpRequest, name: &str) {
    request.extensions_mut().insert(OperationName(name.to_owned()));
}

/// Notes what the bearer is granted; not who they are.
pub(super) fn note_viewer(request: &HttpRequest, viewer: &Viewer) {
    let roles: &BTreeSet<Claim> = &viewer.claims().roles;
    let names: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
    let names = if names.is_empty() { "none".to_owned() } else { names.join(",") };
    request.extensions_mut().insert(Roles(names));
}

/// The middleware.
pub(super) async fn follow(
    state: Data<State>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let _active = metrics::arrived();
    let started = Instant::now();
    let id = sent_id(&request).unwrap_or_else(|| ids::fresh_uuid(state.clock.now()).to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let (span, headers) = (span_of(&request), request.headers().clone());
    let header = |name: &str| headers.get(name)?.to_str().ok();
    let (method, path) = (request.method().to_string(), request.path().to_owned());
    let work = async {
        let mut answered = next.call(request).await;
        let status = settle(&state, &id, &mut answered);
        let route = answered.as_ref().ok().and_then(|response| response.request().match_pattern());
        metrics::answered(&method, route.as_deref(), status.as_u16(), started.elapsed());
        finish_span(&Span::current(), &method, route.as_deref(), status);
        let line = Line { method: &method, path: &path, status: status.as_u16(), id: &id, started };
        line.write(answered.as_ref().ok().map(ServiceResponse::request));
        answered
    };
    telemetry::follow(span, header, work).await
}

/// Gives the answer its id, and tells its status.
fn settle(
    state: &State,
    id: &str,
    answered: &mut Result<ServiceResponse<impl MessageBody>, Error>,
) -> StatusCode {
    match answered {
        Ok(response) => {
            if let Ok(value) = HeaderValue::from_str(id) {
                response.headers_mut().insert(REQUEST_ID, value);
            }
            // A connection that is reused would close under the next request.
            if state.is_draining() {
                response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
            }
            response.status()
        }
        Err(error) => error.as_response_error().status_code(),
    }
}

/// A client's own id, if it is fit for headers and logs.
fn sent_id(request: &ServiceRequest) -> Option<String> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let fit = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    ((1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(fit)).then(|| id.to_owned())
}

/// The query string stays out: a GET carries its document in it.
fn span_of(request: &ServiceRequest) -> Span {
    if QUIET.contains(&request.path()) {
        return Span::none();
    }
    let method = metrics::known(request.method().as_str());
    tracing::debug_span!(
        "request",
        otel.name = method,
        otel.kind = "server",
        otel.status_code = Empty,
        http.request.method = method,
        http.route = Empty,
        http.response.status_code = Empty,
        error.type = Empty,
        url.path = cut(request.path()),
        url.scheme = request.connection_info().scheme(),
    )
}

fn finish_span(span: &Span, method: &str, route: Option<&str>, status: StatusCode) {
    if span.is_disabled() {
        return;
    }
    span.record("http.response.status_code", i64::from(status.as_u16()));
    if let Some(route) = route {
        span.record("http.route", route);
        telemetry::name_span(span, format!("{} {route}", metrics::known(method)));
    }
    // By the conventions a client's mistake is no error of the server's span.
    if status.is_server_error() {
        span.record("error.type", status.as_str()).record("otel.status_code", "ERROR");
    }
}

/// The one line that a request leaves in the log.
struct Line<'a> {
    method: &'a str,
    path: &'a str,
    status: u16,
    id: &'a str,
    started: Instant,
}

impl Line<'_> {
    fn write(&self, request: Option<&HttpRequest>) {
        let &Self { method, path, status, id, started } = self;
        let path = cut(path);
        // As 64 bits, which JSON and OTLP know for a number.
        let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        if QUIET.contains(&path) {
            tracing::debug!(method, path, status, request_id = id, duration_us, "request");
            return;
        }
        let extensions = request.map(HttpMessage::extensions);
        let operation = extensions.as_ref().and_then(|all| all.get::<OperationName>()).map(|name| &*name.0);
        let roles = extensions.as_ref().and_then(|all| all.get::<Roles>()).map(|roles| &*roles.0);
        let (trace_id, statements) = (telemetry::trace_id(), telemetry::statements());
        tracing::info!(
            method,
            path,
            status,
            request_id = id,
            trace_id,
            operation,
            roles,
            duration_us,
            statements,
            "request"
        );
    }
}

/// As much of a text that a client chose as is written down.
pub(super) fn cut(text: &str) -> &str {
    text.char_indices().nth(LONGEST_NAME).map_or(text, |(end, _)| &text[..end])
}
