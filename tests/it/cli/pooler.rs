//! A pooler in transaction mode, as small as one can be: one backend, lent for a transaction at a time. It
//! speaks the simple protocol alone, which is what the doctor asks in.

use std::{io, sync::Arc};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};
use url::Url;

const SSL_REQUEST: i32 = 80_877_103;
const AUTHENTICATION_OK: [u8; 9] = [b'R', 0, 0, 0, 8, 0, 0, 0, 0];

/// The one backend, and what it said of itself when it was opened.
struct Backend {
    server: TcpStream,
    greeting: Vec<u8>,
}

/// Puts a pooler before the server of `url`, and gives the URL that leads through it.
pub async fn transaction_pooler(url: &str) -> String {
    let mut url = Url::parse(url).unwrap();
    let upstream = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap_or(5432));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    url.set_ip_host([127, 0, 0, 1].into()).unwrap();
    url.set_port(Some(listener.local_addr().unwrap().port())).unwrap();
    let backend = Arc::new(Mutex::new(None));
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let (backend, upstream) = (Arc::clone(&backend), upstream.clone());
            tokio::spawn(async move {
                // It ends when its client hangs up.
                let _ = serve(client, &backend, &upstream).await;
            });
        }
    });
    url.to_string()
}

async fn serve(mut client: TcpStream, backend: &Mutex<Option<Backend>>, upstream: &str) -> io::Result<()> {
    let start = read_start(&mut client).await?;
    greet(&mut client, &start, &mut *backend.lock().await, upstream).await?;
    loop {
        let mut message = read_message(&mut client).await?;
        if message[0] == b'X' {
            return Ok(());
        }
        let mut lent = backend.lock().await;
        let server = &mut lent.as_mut().unwrap().server;
        // Until the server says that no transaction is open.
        loop {
            server.write_all(&message).await?;
            if answer(server, &mut client).await? == b'I' {
                break;
            }
            message = read_message(&mut client).await?;
        }
    }
}

/// The first client opens the backend with its own credentials; later ones are let in by ours.
async fn greet(
    client: &mut TcpStream,
    start: &[u8],
    backend: &mut Option<Backend>,
    upstream: &str,
) -> io::Result<()> {
    if let Some(Backend { greeting, .. }) = backend {
        return client.write_all(&[&AUTHENTICATION_OK[..], greeting].concat()).await;
    }
    let mut server = TcpStream::connect(upstream).await?;
    server.write_all(start).await?;
    let mut greeting = Vec::new();
    loop {
        let message = read_message(&mut server).await?;
        client.write_all(&message).await?;
        match message[0] {
            // The server asks for a password, or for the next step of one.
            b'R' if ![0, 12].contains(&message[8]) => server.write_all(&read_message(client).await?).await?,
            b'S' | b'K' => greeting.extend(message),
            b'Z' => {
                greeting.extend(message);
                *backend = Some(Backend { server, greeting });
                return Ok(());
            }
            _ => {}
        }
    }
}

/// Passes the answer on, and returns the state of the transaction that it ends with.
async fn answer(server: &mut TcpStream, client: &mut TcpStream) -> io::Result<u8> {
    loop {
        let message = read_message(server).await?;
        client.write_all(&message).await?;
        if message[0] == b'Z' {
            return Ok(message[5]);
        }
    }
}

async fn read_start(client: &mut TcpStream) -> io::Result<Vec<u8>> {
    loop {
        let length = client.read_i32().await?;
        let mut rest = vec![0; usize::try_from(length - 4).unwrap()];
        client.read_exact(&mut rest).await?;
        if rest != SSL_REQUEST.to_be_bytes() {
            return Ok([&length.to_be_bytes()[..], &rest].concat());
        }
        client.write_all(b"N").await?;
    }
}

async fn read_message(from: &mut TcpStream) -> io::Result<Vec<u8>> {
    let (kind, length) = (from.read_u8().await?, from.read_i32().await?);
    let mut rest = vec![0; usize::try_from(length - 4).unwrap()];
    from.read_exact(&mut rest).await?;
    Ok([&[kind][..], &length.to_be_bytes(), &rest].concat())
}
