//! An issuer to test against: RS256 keys, and a local HTTP server that serves them and counts.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use chrono::DateTime;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};

use crate::{
    auth::issuer::pem,
    config::{AuthSettings, clock::Clock},
    domain::policy::Claim,
};

/// The instant of every test, in seconds.
pub(super) const NOW: i64 = 1_800_000_000;

pub(super) fn clock() -> Clock {
    Clock::settable(DateTime::from_timestamp(NOW, 0).unwrap())
}

/// A private RS256 key with a name.
pub(super) struct Signer {
    pub(super) kid: &'static str,
    pub(super) key: EncodingKey,
}

impl Signer {
    pub(super) fn new(kid: &'static str) -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap();
        let key = EncodingKey::from_rsa_pem(pem("PRIVATE KEY", der.as_ref()).as_bytes()).unwrap();
        Self { kid, key }
    }

    /// The public key as an issuer publishes it.
    pub(super) fn jwk(&self) -> Jwk {
        let mut jwk = Jwk::from_encoding_key(&self.key, Algorithm::RS256).unwrap();
        jwk.common.key_id = Some(self.kid.to_owned());
        jwk
    }

    pub(super) fn sign(&self, payload: &Value) -> String {
        let header = Header { kid: Some(self.kid.to_owned()), ..Header::new(Algorithm::RS256) };
        jsonwebtoken::encode(&header, payload, &self.key).unwrap()
    }
}

/// A payload that is accepted.
pub(super) fn payload() -> Value {
    json!({
        "iss": "https://id.example", "aud": ["other", "assay"], "sub": "ada",
        "iat": NOW - 10, "exp": NOW + 600, "roles": ["ADMIN"],
    })
}

pub(super) fn settings() -> AuthSettings {
    AuthSettings {
        issuer: Some("https://id.example".to_owned()),
        audience: Some("assay".to_owned()),
        jwks_url: None,
        public_key_file: None,
        roles_claim: "roles".to_owned(),
        role_mapping: [("ADMIN".to_owned(), Claim::Admin)].into(),
        max_token_age: std::time::Duration::from_secs(3600),
    }
}

/// A server that answers every path with what [`Server::answer`] was last given.
pub(super) struct Server {
    pub(super) url: String,
    answer: Arc<Mutex<String>>,
    requests: Arc<AtomicUsize>,
}

impl Server {
    pub(super) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Self { url, answer: Arc::default(), requests: Arc::default() };
        let (answer, requests) = (Arc::clone(&server.answer), Arc::clone(&server.requests));
        tokio::spawn(async move {
            while let Ok((mut socket, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let _ = socket.read(&mut request).await;
                requests.fetch_add(1, Ordering::SeqCst);
                let text = answer.lock().unwrap().clone();
                let _ = socket.write_all(text.as_bytes()).await;
                let _ = socket.shutdown().await;
            }
        });
        server
    }

    /// Answers 200 with `body` from now on.
    pub(super) fn answer(&self, body: &Value) {
        let body = body.to_string();
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
        *self.answer.lock().unwrap() = head + &body;
    }

    /// Answers 503 from now on.
    pub(super) fn fail(&self) {
        *self.answer.lock().unwrap() =
            "HTTP/1.1 503 Down\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}
