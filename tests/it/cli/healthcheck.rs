//! `assay healthcheck`: what a container asks itself.

use super::{assay, ended, process::Running, run};

on_both! {
    async fn a_service_that_is_ready_says_so_and_one_without_keys_is_only_alive(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let start = |jwks: &str| {
            let variables = [
                ("DATABASE_URL", world.url()),
                ("OIDC_ISSUER_URL", "https://id.example"),
                ("OIDC_AUDIENCE", "assay"),
                ("JWT_JWKS_URL", jwks),
                ("HOST", "0.0.0.0"),
                ("PORT", "0"),
                ("LOG_FORMAT", "json"),
            ];
            let server = Running::new(assay(directory.path(), &variables, &["serve"]));
            let line: serde_json::Value = serde_json::from_str(&server.told("\"serving\"")).unwrap();
            let port = line["address"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
            (server, port)
        };
        let ask = |port: &str, more: &[&str]| {
            let variables = [("HOST", "0.0.0.0"), ("PORT", port), ("http_proxy", "http://127.0.0.1:1")];
            ended(assay(directory.path(), &variables, &[&["healthcheck"], more].concat()))
        };
        let (server, port) = start(&super::doctor::keys());
        let (code, answer, told) = ask(&port, &[]);
        assert!(code == 0 && answer.contains("\"database\":\"ok\""), "{answer}{told}");
        assert_eq!(ask(&port, &["--live"]).0, 0);
        assert_eq!(server.stop().0, Some(0));
        let (code, _, told) = ask(&port, &["--live"]);
        assert!(code == 1 && told.contains("nothing answers") && told.contains("PORT"), "{told}");

        let (server, port) = start("http://127.0.0.1:1/keys");
        let (code, _, told) = ask(&port, &[]);
        assert!(code == 1 && told.contains("503") && told.contains("no keys"), "{told}");
        assert_eq!(ask(&port, &["--live"]).0, 0);
        assert_eq!(server.stop().0, Some(0));
    }
}

#[test]
fn an_answer_that_does_not_come_in_time_is_no_answer() {
    // Accepts, by the system's backlog, and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port().to_string();
    let (code, _, told) = run(&[], &["healthcheck", "--port", &port, "--timeout", "200ms"]);
    assert!(code == 1 && told.contains("no answer in time"), "{told}");
    assert_eq!(run(&[], &["healthcheck", "--timeout", "soon"]).0, 2);
}
