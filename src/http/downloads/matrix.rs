//! `GET /downloads/matrix?link=…`: the skills of a team as a file, written as fast as it is read. Decides nothing of
//! what is in it.

use std::io::{self, Write};

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{
        CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    },
    web::{Bytes, Data, Query},
};
use futures_util::stream;
use tokio::sync::{OwnedSemaphorePermit, mpsc};

use crate::{
    app::exports::{self, Taken},
    auth::Scope,
    domain::{matrix::MatrixFormat, teams::Team},
    http::{
        downloads::{Followed, Opened, Problem, opened},
        requests::request_id,
        state::State,
    },
    interchange::matrix::{Shown, media_type},
    views::matrix::{MatrixError, MatrixOrder, MatrixView, whole_matrix},
};

/// Bytes that are sent together, and how many of such parts wait for a slow reader.
const PART: usize = 64 << 10;
const WAITING: usize = 4;

pub(in crate::http) async fn matrix(
    request: HttpRequest,
    followed: Option<Query<Followed>>,
    state: Data<State>,
) -> HttpResponse {
    let id = request_id(&request);
    match found(&request, &Followed::link(followed), &state, &id).await {
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
    let Opened { scope, order, turn } = opened::<MatrixOrder>(request, link, state).await?;
    let team = visible(state, &scope, &order).await?;
    let view = match whole_matrix(&state.store, &scope, order.question()).await {
        Ok(view) => view,
        Err(MatrixError::Store(error)) => return Err(error.into()),
        Err(MatrixError::TooLarge(_)) => return Err(Problem::Nothing),
    };
    let asked = serde_json::to_string(&order).unwrap_or_default();
    let taken = Taken::matrix(team.id, asked);
    exports::taken(&state.store, scope.viewer(), scope.now(), taken, id.to_owned()).await?;
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
