//! A verb that keeps running: started, read from, asked questions, stopped.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command},
    sync::mpsc::{Receiver, channel},
    time::{Duration, Instant},
};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

/// How long a test waits for what a process is sure to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running process; killed when the test fails before it stops it.
pub struct Running {
    child: Child,
    pub stdout: BufReader<ChildStdout>,
    stderr: Receiver<String>,
}

impl Running {
    pub fn new(mut child: Child) -> Self {
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (send, stderr) = channel();
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| send.send(line)));
        Self { child, stdout, stderr }
    }

    /// The next line of standard error that holds `text`.
    pub fn told(&self, text: &str) -> String {
        self.told_until(text).pop().unwrap()
    }

    /// The next lines of standard error, up to the one that holds `text`.
    pub fn told_until(&self, text: &str) -> Vec<String> {
        let mut seen = Vec::new();
        loop {
            match self.stderr.recv_timeout(PATIENCE) {
                Ok(line) => seen.push(line),
                Err(error) => panic!("`{text}` was not told ({error}): {seen:#?}"),
            }
            if seen.last().is_some_and(|line| line.contains(text)) {
                return seen;
            }
        }
    }

    /// Asks it to stop as an operator does, and waits for nothing.
    pub fn ask_to_stop(&self) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
    }

    /// Asks it to stop, and returns its exit code and what it still answered. One that goes on for a minute fails
    /// the test instead of holding it.
    pub fn stop(mut self) -> (Option<i32>, String) {
        self.ask_to_stop();
        let asked = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(asked.elapsed() < PATIENCE, "it was asked to stop, and goes on");
            std::thread::sleep(Duration::from_millis(10));
        };
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).unwrap();
        (status.code(), rest)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Already gone when the test stopped it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends `query` to the server at `url`.
pub async fn ask(url: &str, token: &str, query: &str) -> (StatusCode, Value) {
    let client = Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
    let request = client.post(format!("{url}/graphql")).bearer_auth(token).json(&json!({ "query": query }));
    let answer = request.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap_or(Value::Null))
}
