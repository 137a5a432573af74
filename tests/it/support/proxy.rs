//! A network between the service and its database, which can swallow everything: no answer, no reset, as
//! when a firewall forgets its flows or a host loses power.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};
use url::Url;

/// Forwards to one server. Even while it works, odd while it swallows: a connection works only in the phase
/// in which it was opened, so that those from before an outage stay dead after it.
pub struct Proxy {
    address: SocketAddr,
    phase: Arc<AtomicU32>,
    server: Arc<Mutex<String>>,
    task: JoinHandle<()>,
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Proxy {
    /// Stands in front of the server that `url` names.
    pub async fn before(url: &str) -> Self {
        let server = Arc::new(Mutex::new(place(url)));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let phase = Arc::new(AtomicU32::new(0));
        let (current, leads_to) = (Arc::clone(&phase), Arc::clone(&server));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let server = leads_to.lock().expect("an address").clone();
                tokio::spawn(forward(client, server, Arc::clone(&current)));
            }
        });
        Self { address, phase, server, task }
    }

    /// The same address, by way of the proxy.
    pub fn instead_of(&self, url: &str) -> String {
        let mut url: Url = url.parse().expect("an address");
        url.set_host(Some("127.0.0.1")).expect("a host");
        url.set_port(Some(self.address.port())).expect("a port");
        url.into()
    }

    /// Leads new connections to another server, as a name does that was changed.
    pub fn lead_to(&self, url: &str) {
        *self.server.lock().expect("an address") = place(url);
    }

    /// From now on nothing gets through, and nobody is told.
    pub fn swallow(&self) {
        self.phase.fetch_or(1, Ordering::SeqCst);
    }

    /// New connections work again.
    pub fn heal(&self) {
        let swallowing = self.phase.load(Ordering::SeqCst);
        assert!(!swallowing.is_multiple_of(2), "nothing to heal");
        self.phase.store(swallowing + 1, Ordering::SeqCst);
    }
}

fn place(url: &str) -> String {
    let url: Url = url.parse().expect("an address");
    format!("{}:{}", url.host_str().expect("a host"), url.port().unwrap_or(5432))
}

async fn forward(client: TcpStream, server: String, phase: Arc<AtomicU32>) {
    let opened = phase.load(Ordering::SeqCst);
    let works = move || opened.is_multiple_of(2) && phase.load(Ordering::SeqCst) == opened;
    let (from_client, to_client) = client.into_split();
    if !works() {
        return copy(from_client, tokio::io::sink(), || false).await;
    }
    let Ok(server) = TcpStream::connect(server).await else { return };
    let (from_server, to_server) = server.into_split();
    tokio::join!(copy(from_client, to_server, &works), copy(from_server, to_client, &works));
}

/// Reads on in any case, so that the sender believes that its words arrive. The end of one side reaches the
/// other only while the way works.
async fn copy(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, works: impl Fn() -> bool) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if works() && to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
    if works() {
        let _ = to.shutdown().await;
    }
}
