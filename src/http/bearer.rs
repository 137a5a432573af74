//! The bearer of a request, out of its `Authorization` header. Nothing else authenticates: no cookie,
//! no parameter but the signed link of `downloads`, which is good for one file or page.

use actix_web::{HttpRequest, http::header::AUTHORIZATION};

use crate::{
    auth::{Verifier, Viewer},
    http::reply::Problem,
};

/// `None` without the header. A header that is there must hold an acceptable token.
pub(super) async fn viewer(request: &HttpRequest, verifier: &Verifier) -> Result<Option<Viewer>, Problem> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let Some(header) = headers.next() else { return Ok(None) };
    if headers.next().is_some() {
        return Err(Problem::token_refused());
    }
    let token = header.to_str().ok().and_then(token).ok_or_else(Problem::token_refused)?;
    match verifier.verify(token).await {
        Ok(viewer) => Ok(Some(viewer)),
        Err(refusal) if refusal.is_temporary() => Err(Problem::unavailable("Tokens cannot be verified yet")),
        Err(_) => Err(Problem::token_refused()),
    }
}

/// The scheme is case-insensitive (RFC 9110, section 11.1).
fn token(header: &str) -> Option<&str> {
    let (scheme, token) = header.trim().split_once(' ')?;
    Some(token.trim()).filter(|token| scheme.eq_ignore_ascii_case("Bearer") && !token.is_empty())
}
