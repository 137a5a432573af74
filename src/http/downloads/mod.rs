//! What a signed link leads to, for a browser that sends no header. The link says who asks; what they may see is
//! read again now. Nobody's link is in a log: the query stays out of it.

mod kit;
mod matrix;
mod page;

pub(super) use kit::kit;
pub(super) use matrix::matrix;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS},
    },
    web::Query,
};
use serde::{Deserialize, de::DeserializeOwned};
use tokio::sync::OwnedSemaphorePermit;

use crate::{
    auth::{Scope, links::LinkRefusal},
    http::{requests::note_viewer, state::State},
    store::StoreError,
    views::links::link_key,
};

#[derive(Deserialize)]
pub(super) struct Followed {
    #[serde(default)]
    link: String,
}

impl Followed {
    /// The link of a request. A query that cannot be read is no link of ours.
    fn link(followed: Option<Query<Self>>) -> String {
        followed.map(|followed| followed.into_inner().link).unwrap_or_default()
    }
}

/// A link that is good, and a turn to do what it asks for.
struct Opened<W> {
    scope: Scope,
    order: W,
    turn: OwnedSemaphorePermit,
}

async fn opened<W: DeserializeOwned>(
    request: &HttpRequest,
    link: &str,
    state: &State,
) -> Result<Opened<W>, Problem> {
    let now = state.clock.now();
    let key = link_key(&state.store).await?;
    let (viewer, order) = key.open::<W>(link, now).map_err(Problem::Gone)?;
    note_viewer(request, &viewer);
    let waited = tokio::time::timeout(state.settings.turn_timeout, state.turns.clone().acquire_owned());
    let Ok(Ok(turn)) = waited.await else { return Err(Problem::Busy) };
    let scope = state.store.scope(viewer, now).await?;
    Ok(Opened { scope, order, turn })
}

/// Why there is nothing to hand out.
enum Problem {
    Gone(LinkRefusal),
    Nothing,
    Busy,
    Fault(StoreError),
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        Self::Fault(error)
    }
}

impl Problem {
    fn answer(self, request_id: &str) -> HttpResponse {
        let (status, text) = match self {
            Self::Gone(LinkRefusal::Expired) => {
                (StatusCode::GONE, "This link has expired: ask for a new one.\n".to_owned())
            }
            // What is forged, and what the bearer may no longer see, cannot be told apart.
            Self::Gone(LinkRefusal::Forged) | Self::Nothing => {
                (StatusCode::NOT_FOUND, "There is nothing behind this link.\n".to_owned())
            }
            Self::Busy => {
                (StatusCode::SERVICE_UNAVAILABLE, "Too much is asked at the moment: try again.\n".to_owned())
            }
            Self::Fault(error) => {
                tracing::error!(request_id, %error, "a download failed");
                (
                    StatusCode::INTERNAL_SERVER_ERROR,
                    format!("Something went wrong; the request was {request_id}.\n"),
                )
            }
        };
        HttpResponse::build(status)
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .content_type("text/plain; charset=utf-8")
            .body(text)
    }
}
