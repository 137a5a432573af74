//! Two servers on one database, restarted one after the other under load, as a cluster rolls out a version:
//! nobody notices.

use std::{
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::task::{JoinSet, spawn_blocking};

use super::{assay, ended, process::Running};

const MATRIX: &str = "{ viewer { person { displayName } } \
     teamBySlug(slug: \"checkout\") { skillMatrix { rows { person { displayName } levels } } } }";
/// How many requests go on at once.
const CLIENTS: usize = 4;

/// Sends requests in turn to the servers that say they are ready, as a Kubernetes service does, and nothing
/// twice.
struct Balancer {
    http: Client,
    token: String,
    /// Every server there was, and whether it was ready when it was last asked.
    servers: Mutex<Vec<(String, bool)>>,
    turn: AtomicUsize,
    over: AtomicBool,
    failures: Mutex<Vec<String>>,
}

impl Balancer {
    fn new(token: String) -> Self {
        let http = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        let (servers, turn, over, failures) = Default::default();
        Self { http, token, servers, turn, over, failures }
    }

    fn ready(&self) -> Vec<String> {
        let servers = self.servers.lock().unwrap();
        servers.iter().filter(|(_, ready)| *ready).map(|(url, _)| url.clone()).collect()
    }

    /// Asks each server whether it is ready, until the end.
    async fn probe(self: Arc<Self>) {
        while !self.over.load(Ordering::Relaxed) {
            let count = self.servers.lock().unwrap().len();
            for n in 0..count {
                let url = self.servers.lock().unwrap()[n].0.clone();
                let answer = self.http.get(format!("{url}/readyz")).send().await;
                let ready = answer.is_ok_and(|answer| answer.status() == StatusCode::OK);
                self.servers.lock().unwrap()[n].1 = ready;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Sends one request after another, until the end; tells how many.
    async fn load(self: Arc<Self>) -> usize {
        let mut sent = 0;
        while !self.over.load(Ordering::Relaxed) {
            let ready = self.ready();
            if ready.is_empty() {
                self.failures.lock().unwrap().push("no server is ready".to_owned());
                return sent;
            }
            let url = &ready[self.turn.fetch_add(1, Ordering::Relaxed) % ready.len()];
            if let Err(failure) = self.ask(url).await {
                self.failures.lock().unwrap().push(failure);
            }
            sent += 1;
        }
        sent
    }

    async fn ask(&self, url: &str) -> Result<(), String> {
        let request = self.http.post(format!("{url}/graphql")).bearer_auth(&self.token);
        let answer =
            request.json(&json!({ "query": MATRIX })).send().await.map_err(|error| format!("{error:?}"))?;
        let status = answer.status();
        let body: Value = answer.json().await.map_err(|error| format!("{error:?}"))?;
        let whole = body["data"]["teamBySlug"]["skillMatrix"]["rows"].is_array() && body["errors"].is_null();
        if status == StatusCode::OK && whole { Ok(()) } else { Err(format!("{status} {body}")) }
    }

    /// Adds a server and waits until it is ready.
    async fn join(&self, url: String) {
        self.servers.lock().unwrap().push((url.clone(), false));
        while !self.ready().contains(&url) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// Starts a server; returns it with its address.
async fn start(directory: &Path, variables: &[(&str, &str)]) -> (Running, String) {
    let server = Running::new(assay(directory, variables, &["serve", "--trial"]));
    spawn_blocking(move || {
        let line: Value = serde_json::from_str(&server.told("\"serving\"")).unwrap();
        let url = format!("http://{}", line["address"].as_str().unwrap());
        (server, url)
    })
    .await
    .unwrap()
}

on_postgres! {
    async fn a_rolling_restart_fails_no_request(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let variables = [
            ("DATABASE_URL", world.url()),
            ("XDG_DATA_HOME", directory.path().to_str().unwrap()),
            ("PORT", "0"),
            ("LOG_FORMAT", "json"),
            // Longer than the balancer takes to notice.
            ("ASSAY_HTTP_DRAIN_DELAY", "500ms"),
        ];
        let run = |arguments: &[&str]| assay(directory.path(), &variables, arguments);
        let status = ended(run(&["migrate", "status"])).1;
        assert_eq!(ended(run(&["migrate", "down", "--yes", "--steps", &status.lines().count().to_string()])).0, 0);
        let (one, other) = (run(&["migrate", "up"]), run(&["migrate", "up"]));
        assert_eq!((ended(one).0, ended(other).0), (0, 0));
        assert_eq!(ended(run(&["seed"])).0, 0);

        // The first to start makes the key that both accept.
        let (one, at_one) = start(directory.path(), &variables).await;
        let (other, at_other) = start(directory.path(), &variables).await;
        let (code, token, told) = ended(run(&["token", "--subject", "manager"]));
        assert_eq!(code, 0, "{told}");
        let balancer = Arc::new(Balancer::new(token.trim_end().to_owned()));
        let probing = tokio::spawn(Arc::clone(&balancer).probe());
        balancer.join(at_one).await;
        balancer.join(at_other).await;
        let mut clients: JoinSet<usize> = (0..CLIENTS).map(|_| Arc::clone(&balancer).load()).collect();
        let mut restarted = Vec::new();
        for server in [one, other] {
            assert_eq!(spawn_blocking(move || server.stop().0).await.unwrap(), Some(0));
            let (next, url) = start(directory.path(), &variables).await;
            balancer.join(url).await;
            restarted.push(next);
        }
        balancer.over.store(true, Ordering::Relaxed);
        let mut sent = 0;
        while let Some(count) = clients.join_next().await {
            sent += count.unwrap();
        }
        probing.await.unwrap();
        let failures = balancer.failures.lock().unwrap();
        assert!(failures.is_empty(), "{} of {sent} failed: {:#?}", failures.len(), &failures[..failures.len().min(5)]);
        assert!(sent > 50, "{sent} requests are no load");
    }
}
