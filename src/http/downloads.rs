//! `GET /downloads/matrix?link=…`: a file by a signed link, for a browser that sends no header. The link says who
//! asks; what they may see is read again now. Nobody's link is in a log: the query stays out of it.

use std::io::{self, Write};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    },
    web::{Bytes, Data, Query},
};
use futures_util::stream;
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::{
    app::exports,
    auth::{Scope, links::LinkRefusal},
    domain::{matrix::MatrixFormat, teams::Team},
    http::{
        requests::{note_viewer, request_id},
        state::State,
    },
    interchange::matrix::{Shown, media_type},
    store::StoreError,
    views::matrix::{MatrixError, MatrixOrder, MatrixView, link_key, whole_matrix},
};

/// Bytes that are sent together, and how many of such parts wait for a slow reader.
const PART: usize = 64 << 10;
const WAITING: usize = 4;

#[derive(Deserialize)]
pub(super) struct Followed {
    #[serde(default)]
    link: String,
}

/// Why there is no file.
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

pub(super) async fn matrix(
    request: HttpRequest,
    followed: Option<Query<Followed>>,
    state: Data<State>,
) -> HttpResponse {
    let id = request_id(&request);
    // A query that cannot be read is no link of ours.
    let link = followed.map(|followed| followed.into_inner().link).unwrap_or_default();
    match found(&request, &link, &state, &id).await {
        Ok(file) => file.answer(),
        Err(problem) => problem.answer(&id),
    }
}

/// A file that may be handed out.
struct File {
    team: Team,
    format: MatrixFormat,
    view: MatrixView,
    turn: OwnedSemaphorePermit,
}

async fn found(request: &HttpRequest, link: &str, state: &State, id: &str) -> Result<File, Problem> {
    let now = state.clock.now();
    let key = link_key(&state.store).await?;
    let (viewer, order) = key.open::<MatrixOrder>(link, now).map_err(Problem::Gone)?;
    note_viewer(request, &viewer);
    let waited = tokio::time::timeout(state.settings.turn_timeout, state.turns.clone().acquire_owned());
    let Ok(Ok(turn)) = waited.await else { return Err(Problem::Busy) };
    let scope = state.store.scope(viewer, now).await?;
    let team = visible(state, &scope, &order).await?;
    let view = match whole_matrix(&state.store, &scope, order.question()).await {
        Ok(view) => view,
        Err(MatrixError::Store(error)) => return Err(error.into()),
        Err(MatrixError::TooLarge(_)) => return Err(Problem::Nothing),
    };
    let asked = serde_json::to_string(&order).unwrap_or_default();
    exports::matrix_taken(&state.store, scope.viewer(), now, team.id, &asked, id.to_owned()).await?;
    Ok(File { team, format: order.format, view, turn })
}

/// The team, if it and the role profile are the viewer's to see today.
async fn visible(state: &State, scope: &Scope, order: &MatrixOrder) -> Result<Team, Problem> {
    let team = state.store.teams_by_id(scope, &[order.team_id]).await?.pop().ok_or(Problem::Nothing)?;
    if let Some((profile, _)) = order.measured_against
        && state.store.role_profiles_by_id(scope, &[profile]).await?.is_empty()
    {
        return Err(Problem::Nothing);
    }
    Ok(team)
}

impl File {
    /// The file, written as fast as it is read.
    fn answer(self) -> HttpResponse {
        let Self { team, format, view, turn } = self;
        let name = shown(&team, &view).heading().file_name(format);
        let (send, parts) = mpsc::channel::<io::Result<Bytes>>(WAITING);
        tokio::task::spawn_blocking(move || {
            let mut out = Parts { send, waiting: Vec::with_capacity(PART) };
            let done = shown(&team, &view).write(format, &mut out).and_then(|()| out.flush());
            if let Err(error) = done {
                // Nobody is left to tell when the client has gone.
                let _ = out.send.blocking_send(Err(error));
            }
            drop(turn);
        });
        let body = stream::unfold(parts, |mut parts| async move { Some((parts.recv().await?, parts)) });
        HttpResponse::Ok()
            .insert_header((CONTENT_TYPE, media_type(format)))
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .insert_header((CACHE_CONTROL, "no-store"))
            .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header((REFERRER_POLICY, "no-referrer"))
            .streaming(body)
    }
}

const fn shown<'m>(team: &'m Team, view: &'m MatrixView) -> Shown<'m> {
    Shown { team, matrix: &view.matrix, skills: &view.skills, people: &view.people }
}

/// Sends what is written in parts, and waits while the reader is behind.
struct Parts {
    send: mpsc::Sender<io::Result<Bytes>>,
    waiting: Vec<u8>,
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        while self.waiting.len() >= PART {
            let rest = self.waiting.split_off(PART);
            self.part(rest)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() { Ok(()) } else { self.part(Vec::new()) }
    }
}

impl Parts {
    fn part(&mut self, rest: Vec<u8>) -> io::Result<()> {
        let part = Bytes::from(std::mem::replace(&mut self.waiting, rest));
        self.send.blocking_send(Ok(part)).map_err(|_| io::ErrorKind::BrokenPipe.into())
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
