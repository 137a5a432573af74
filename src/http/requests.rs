//! What every request gets: an id, which every response and log line carries, and one line in the log.

use std::time::Instant;

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

use crate::{app::ids, http::state::State};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Enough for every usual form of id, and short enough to be echoed.
const LONGEST_ID: usize = 128;

/// The id of the request, in its extensions.
#[derive(Clone)]
struct RequestId(String);

/// The name of the operation that ran; only names that the document has get here.
pub(super) struct OperationName(pub(super) String);

pub(super) fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

/// The middleware.
pub(super) async fn follow(
    state: Data<State>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let id = sent_id(&request).unwrap_or_else(|| ids::fresh_uuid(state.clock.now()).to_string());
    request.extensions_mut().insert(RequestId(id.clone()));
    let (method, path) = (request.method().to_string(), request.path().to_owned());
    let mut answered = next.call(request).await;
    let status = match &mut answered {
        Ok(response) => {
            if let Ok(value) = HeaderValue::from_str(&id) {
                response.headers_mut().insert(REQUEST_ID, value);
            }
            // A connection that is reused would close under the next request.
            if state.is_draining() {
                response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
            }
            response.status()
        }
        Err(error) => error.as_response_error().status_code(),
    };
    let operation = answered.as_ref().ok().and_then(|response| {
        response.request().extensions().get::<OperationName>().map(|name| name.0.clone())
    });
    log(&method, &path, status, &id, operation.as_deref(), started);
    answered
}

/// A client's own id, if it is fit for headers and logs.
fn sent_id(request: &ServiceRequest) -> Option<String> {
    let id = request.headers().get(REQUEST_ID)?.to_str().ok()?;
    let fit = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    ((1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(fit)).then(|| id.to_owned())
}

/// Probes come every few seconds and say nothing, so they stay below the usual level.
fn log(method: &str, path: &str, status: StatusCode, id: &str, operation: Option<&str>, started: Instant) {
    let (status, duration_us) = (status.as_u16(), started.elapsed().as_micros());
    if matches!(path, "/livez" | "/healthz" | "/readyz") {
        tracing::debug!(method, path, status, request_id = id, duration_us, "request");
    } else {
        tracing::info!(method, path, status, request_id = id, operation, duration_us, "request");
    }
}
