//! Listens, serves, and stops without cutting anybody off.

use std::{
    fmt,
    future::Future,
    io,
    net::{SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use actix_web::{
    App, Error, HttpServer,
    body::MessageBody,
    dev::{Server as ActixServer, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::Data,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::http::{AppParts, ServerSettings, metrics, requests, routes::routes, state::State};

/// Why there is no server, or no longer.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another process listens there.
    #[error("{address} is already in use: stop the other process, or choose another {what}")]
    PortBusy {
        /// Where we wanted to listen.
        address: SocketAddr,
        /// What to choose, and where it is said.
        what: &'static str,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where we wanted to listen.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// The server stopped by itself.
    #[error("the server failed: {0}")]
    Failed(#[from] io::Error),
}

/// A server that listens; it answers once it runs.
pub struct Server {
    address: SocketAddr,
    state: Arc<State>,
    actix: ActixServer,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Says whether the address of `settings` is free, for those with work to do before they listen there.
///
/// # Errors
///
/// Fails when the address is taken or cannot be listened on.
pub fn free(settings: &ServerSettings) -> Result<(), ServeError> {
    let wanted = settings.address;
    TcpListener::bind(wanted).map(drop).map_err(|source| refused(wanted, PORT, source))
}

/// How the service is told to listen elsewhere.
const PORT: &str = "port with --port or PORT";

pub(super) fn refused(address: SocketAddr, what: &'static str, source: io::Error) -> ServeError {
    match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::PortBusy { address, what },
        _ => ServeError::Listen { address, source },
    }
}

/// Starts listening. Must be called on the runtime that is to execute operations, which should have
/// several threads.
///
/// # Errors
///
/// Fails when the address is taken or cannot be listened on.
pub fn serve(parts: AppParts, settings: ServerSettings) -> Result<Server, ServeError> {
    let wanted = settings.address;
    let state = Arc::new(State::new(parts, settings));
    let shared = Arc::clone(&state);
    let server = HttpServer::new(move || app(Data::from(Arc::clone(&shared))))
        .disable_signals()
        .shutdown_timeout(whole_seconds(state.settings.drain_timeout))
        .bind(wanted)
        .map_err(|source| refused(wanted, PORT, source))?;
    if let Some(metrics) = metrics::listen(&state.settings)? {
        // It ends with the process, so that the last scrape sees how the service drained.
        tokio::spawn(metrics);
    }
    let address = server.addrs().first().copied().ok_or_else(|| io::Error::other("no address was bound"))?;
    Ok(Server { address, state, actix: server.run() })
}

/// Rounded up: half a second of patience is not none.
fn whole_seconds(length: Duration) -> u64 {
    length.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX)
}

/// What each worker serves.
pub(super) fn app(
    state: Data<State>,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    // The last one wrapped is the first one met: it follows what compression does, too.
    let routes = routes(&state);
    App::new().app_data(state).configure(routes).wrap(Compress::default()).wrap(from_fn(requests::follow))
}

impl Server {
    /// Where it listens, with the port that the system chose.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until a signal comes, then drains. A second signal stops at once.
    ///
    /// # Errors
    ///
    /// Fails when the server stops by itself.
    pub async fn run(self, mut signals: StopSignals) -> Result<(), ServeError> {
        let (state, mut actix) = (self.state, self.actix);
        tokio::select! {
            ended = &mut actix => return Ok(ended?),
            () = signals.next() => {}
        }
        tokio::select! {
            ended = drain(&state, &mut actix) => ended,
            () = signals.next() => {
                tracing::warn!("a second signal: stopping at once");
                Ok(())
            }
        }
    }

    /// Serves until `stop` comes, then drains.
    ///
    /// # Errors
    ///
    /// Fails when the server stops by itself.
    pub async fn run_until(self, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        let (state, mut actix) = (self.state, self.actix);
        tokio::select! {
            ended = &mut actix => Ok(ended?),
            () = stop => {
                let drained = drain(&state, &mut actix).await;
                // What was read is told before the process ends, unless the database does not take it.
                let _ = tokio::time::timeout(SETTLING, state.store.accesses_written()).await;
                drained
            }
        }
    }
}

/// SIGTERM and SIGINT, which end the process until somebody listens for them: whoever says that it serves
/// listens first.
#[derive(Debug)]
pub struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    /// Starts listening for signals.
    ///
    /// # Errors
    ///
    /// Fails when the system refuses.
    pub fn listen() -> Result<Self, ServeError> {
        let (terminate, interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        Ok(Self { terminate, interrupt })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Says no to balancers first, then closes the listener and lets running requests finish.
/// How long the last access events may take.
const SETTLING: Duration = Duration::from_secs(5);

async fn drain(state: &State, actix: &mut ActixServer) -> Result<(), ServeError> {
    tracing::info!("draining: no longer ready");
    state.drain();
    let handle = actix.handle();
    let stop = async {
        tokio::time::sleep(state.settings.drain_delay).await;
        handle.stop(true).await;
    };
    let (ended, ()) = tokio::join!(actix, stop);
    tracing::info!("drained");
    Ok(ended?)
}
