//! The server audits of npm `graphql-http`: MUST, SHOULD and MAY, with a bearer token and no other
//! header of ours.

use std::process::Command;

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn all_61_audits_pass() {
    let world = real_world().await;
    let (url, token) = (world.url("/graphql"), world.token.clone());
    let run = move || {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/audits/run.mjs");
        Command::new("node").arg(script).arg(url).env("AUDIT_TOKEN", token).output()
    };
    let ran = tokio::task::spawn_blocking(run).await.unwrap();
    let ran = ran.expect("node is needed: install Node 18 or newer, or run scripts/test, which finds it");
    let said = String::from_utf8_lossy(&ran.stdout);
    let wrong = String::from_utf8_lossy(&ran.stderr);
    assert!(!wrong.contains("ERR_MODULE_NOT_FOUND"), "run `npm ci` in tests/audits first\n{wrong}");
    assert!(ran.status.success(), "{said}{wrong}");
    assert!(said.contains("61 of 61 audits passed"), "{said}");
}
