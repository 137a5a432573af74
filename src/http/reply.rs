//! Answers as HTTP responses: the status, the media type, and the headers that go with them.

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{
            ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
};

use crate::{
    graphql::{answer::Answer, codes::Code},
    http::negotiation::MediaType,
};

/// A request that is refused before there is an operation to speak of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) status: StatusCode,
    code: Code,
    message: String,
    header: Option<(HeaderName, &'static str)>,
}

impl Problem {
    fn new(status: StatusCode, code: Code, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), header: None }
    }

    fn with(self, name: HeaderName, value: &'static str) -> Self {
        Self { header: Some((name, value)), ..self }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Code::BadRequest, message)
    }

    pub(super) fn status(status: StatusCode, message: impl Into<String>) -> Self {
        Self::new(status, Code::BadRequest, message)
    }

    /// `allow` names the methods that do work.
    pub(super) fn method(allow: &'static str, message: impl Into<String>) -> Self {
        Self::status(StatusCode::METHOD_NOT_ALLOWED, message).with(ALLOW, allow)
    }

    pub(super) fn token_missing() -> Self {
        let message = "This needs a token: send the header Authorization: Bearer <token>";
        Self::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, message).with(WWW_AUTHENTICATE, "Bearer")
    }

    pub(super) fn token_refused() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, Code::Unauthenticated, "The token is not accepted")
            .with(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")
    }

    pub(super) fn unavailable(message: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Code::ServiceUnavailable, message).with(RETRY_AFTER, "1")
    }

    pub(super) const fn code(&self) -> Code {
        self.code
    }

    pub(super) fn response(self, media: MediaType) -> HttpResponse {
        let mut response = write(self.status, &Answer::refused(self.code, self.message), media);
        if let Some((name, value)) = self.header
            && let Ok(value) = value.parse()
        {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

/// The response to a well-formed request.
pub(super) fn answered(answer: &Answer, media: MediaType) -> HttpResponse {
    let status = answer.refusal().map_or(StatusCode::OK, |code| status_of(code, media));
    let mut response = write(status, answer, media);
    if status == StatusCode::SERVICE_UNAVAILABLE
        && let Ok(soon) = "1".parse()
    {
        response.headers_mut().insert(RETRY_AFTER, soon);
    }
    response
}

/// The status of an answer without data. `application/json` gives 200 to whatever is wrong with the
/// document or its variables; what is wrong with the service shows in both.
fn status_of(code: Code, media: MediaType) -> StatusCode {
    match code {
        Code::ParseFailed
        | Code::ValidationFailed
        | Code::BadUserInput
        | Code::OperationResolutionFailure
        | Code::QueryTooComplex
        | Code::PersistedQueryNotFound
        | Code::PersistedQueryNotSupported => match media {
            MediaType::Json => StatusCode::OK,
            MediaType::GraphqlResponse => StatusCode::BAD_REQUEST,
        },
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::Forbidden | Code::OperationNotAllowlisted => StatusCode::FORBIDDEN,
        Code::RateLimited => StatusCode::TOO_MANY_REQUESTS,
        Code::OperationTimeout => StatusCode::GATEWAY_TIMEOUT,
        Code::ServiceUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::InternalServerError => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn write(status: StatusCode, answer: &Answer, media: MediaType) -> HttpResponse {
    let Ok(body) = serde_json::to_vec(answer) else {
        return HttpResponse::InternalServerError().finish();
    };
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, media.content_type()))
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((VARY, "Accept, Authorization"))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(body)
}
