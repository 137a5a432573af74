//! `assay serve` with tokens of a real issuer: RS256, its keys at a URL.

use std::{
    io::{Read, Write},
    net::TcpListener,
};

use assay::config::clock::Clock;
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rsa::{KeyPair, KeySize},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};

use super::{
    assay, ended,
    process::{Running, ask},
};

const ISSUER: &str = "https://id.example";
const VIEWER: &str = "{ viewer { person { displayName } } teamBySlug(slug: \"checkout\") { name } }";

/// An issuer: its key, and where it serves the public part.
struct Issuer {
    key: EncodingKey,
    jwk: Jwk,
    url: String,
}

impl Issuer {
    fn start() -> Self {
        let der = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&der).unwrap();
        let pem = format!(
            "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        let key = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
        let mut jwk = Jwk::from_encoding_key(&key, Algorithm::RS256).unwrap();
        jwk.common.key_id = Some("k1".to_owned());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
        let body = json!({ "keys": [&jwk] }).to_string();
        std::thread::spawn(move || {
            for mut socket in listener.incoming().map_while(Result::ok) {
                let _ = socket.read(&mut [0; 4096]);
                let head =
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                let _ = socket.write_all((head + &body).as_bytes());
            }
        });
        Self { key, jwk, url }
    }

    fn sign(&self, changes: &Value) -> String {
        let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::RS256) };
        jsonwebtoken::encode(&header, &payload(changes), &self.key).unwrap()
    }

    /// Signed with the public key, as if it were a shared secret.
    fn confuse(&self) -> String {
        let header = Header { kid: Some("k1".to_owned()), ..Header::new(Algorithm::HS256) };
        let secret = serde_json::to_vec(&self.jwk).unwrap();
        jsonwebtoken::encode(&header, &payload(&json!({})), &EncodingKey::from_secret(&secret)).unwrap()
    }

    /// Not signed at all.
    fn unsigned(&self) -> String {
        let good = self.sign(&json!({}));
        let part = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"k1"}"#);
        format!("{part}.{}.", good.split('.').nth(1).unwrap())
    }
}

fn payload(changes: &Value) -> Value {
    let now = Clock::system().now().timestamp();
    let mut payload = json!({
        "iss": ISSUER, "aud": "assay", "sub": "manager", "iat": now - 5, "exp": now + 600,
    });
    for (name, value) in changes.as_object().unwrap() {
        payload[name] = value.clone();
    }
    payload
}

on_both! {
    async fn tokens_of_the_configured_issuer_are_served_and_all_others_get_401(world: World) {
        let (directory, issuer) = (tempfile::tempdir().unwrap(), Issuer::start());
        let variables = [
            ("DATABASE_URL", world.url()),
            ("OIDC_ISSUER_URL", ISSUER),
            ("OIDC_AUDIENCE", "assay"),
            ("JWT_JWKS_URL", issuer.url.as_str()),
            ("PORT", "0"),
            ("LOG_FORMAT", "json"),
        ];
        let seeded = ended(assay(directory.path(), &variables, &["seed"]));
        assert!(seeded.0 == 0 && seeded.1.contains(ISSUER), "{}", seeded.2);
        let again = ended(assay(directory.path(), &variables, &["seed"]));
        assert!(again.0 == 1 && again.2.contains("already holds"), "{}", again.2);

        let server = Running::new(assay(directory.path(), &variables, &["serve"]));
        let line: Value = serde_json::from_str(&server.told("\"serving\"")).unwrap();
        let url = format!("http://{}", line["address"].as_str().unwrap());
        let (status, answer) = ask(&url, &issuer.sign(&json!({})), VIEWER).await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer["data"]["viewer"]["person"]["displayName"].is_string(), "{answer}");
        assert!(answer["data"]["teamBySlug"]["name"].is_string(), "{answer}");

        let long_ago = Clock::system().now().timestamp() - 3_000;
        for token in [
            issuer.sign(&json!({"aud": "another"})),
            issuer.sign(&json!({"iss": "https://another.example"})),
            issuer.sign(&json!({"iat": long_ago, "exp": long_ago + 600})),
            issuer.confuse(),
            issuer.unsigned(),
        ] {
            let (status, answer) = ask(&url, &token, VIEWER).await;
            assert_eq!(status, 401, "{answer}");
            assert!(answer["data"].is_null());
        }
        assert_eq!(server.stop().0, Some(0));
    }

    async fn a_database_newer_than_the_build_is_served(world: World) {
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        world.execute(newer, []).await;
        let directory = tempfile::tempdir().unwrap();
        let variables = [
            ("DATABASE_URL", world.url()),
            ("XDG_DATA_HOME", directory.path().to_str().unwrap()),
            ("PORT", "0"),
            ("LOG_FORMAT", "json"),
        ];
        let server = Running::new(assay(directory.path(), &variables, &["serve", "--trial"]));
        let line: Value = serde_json::from_str(&server.told("\"serving\"")).unwrap();
        let url = format!("http://{}/readyz", line["address"].as_str().unwrap());
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let ready: Value = client.get(url).send().await.unwrap().json().await.unwrap();
        assert_eq!((&ready["status"], &ready["checks"]["database"]), (&json!("ok"), &json!("ok")), "{ready}");
        assert_eq!(server.stop().0, Some(0));
    }

    async fn a_second_signal_ends_a_drain_at_once(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let variables = [
            ("DATABASE_URL", world.url()),
            ("XDG_DATA_HOME", directory.path().to_str().unwrap()),
            ("PORT", "0"),
            // Nobody waits for so long: that it ends shows that it was cut short.
            ("ASSAY_HTTP_DRAIN_DELAY", "24h"),
        ];
        let server = Running::new(assay(directory.path(), &variables, &["serve", "--trial"]));
        server.told("serving");
        server.ask_to_stop();
        server.told("draining");
        assert_eq!(server.stop().0, Some(0));
    }

    async fn a_database_older_than_the_build_is_not_served(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let variables = [
            ("DATABASE_URL", world.url()),
            ("OIDC_ISSUER_URL", ISSUER),
            ("OIDC_AUDIENCE", "assay"),
            ("JWT_JWKS_URL", "http://127.0.0.1:1/jwks.json"),
        ];
        assert_eq!(ended(assay(directory.path(), &variables, &["migrate", "down"])).0, 0);
        let (code, _, told) = ended(assay(directory.path(), &variables, &["serve"]));
        assert!(code == 1 && told.contains("assay migrate up"), "{told}");
    }

    async fn a_trial_without_an_issuer_accepts_the_tokens_that_assay_prints(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let variables = [
            ("DATABASE_URL", world.url()),
            ("XDG_DATA_HOME", directory.path().to_str().unwrap()),
            ("PORT", "0"),
            ("LOG_FORMAT", "json"),
        ];
        assert_eq!(ended(assay(directory.path(), &variables, &["seed"])).0, 0);
        let server = Running::new(assay(directory.path(), &variables, &["serve", "--trial"]));
        let line: Value = serde_json::from_str(&server.told("\"serving\"")).unwrap();
        let url = format!("http://{}", line["address"].as_str().unwrap());
        let (code, token, told) = ended(assay(directory.path(), &variables, &["token", "--subject", "manager"]));
        assert_eq!(code, 0, "{told}");
        let (status, answer) = ask(&url, token.trim_end(), VIEWER).await;
        assert_eq!(status, 200, "{answer}");
        assert!(answer["data"]["viewer"]["person"]["displayName"].is_string(), "{answer}");
        assert_eq!(ask(&url, &Issuer::start().sign(&json!({})), VIEWER).await.0, 401);
        assert_eq!(server.stop().0, Some(0));
    }
}

#[test]
fn a_trial_makes_no_key_where_an_issuer_is_named_and_none_in_production() {
    let directory = tempfile::tempdir().unwrap();
    let database = ("DATABASE_URL", "sqlite:x.db");
    for (variable, named) in [
        (("ASSAY_ENV", "production"), "--trial accepts tokens that anyone"),
        (("OIDC_ISSUER_URL", ISSUER), "OIDC_AUDIENCE"),
    ] {
        let arguments = ["serve", "--trial", "--data-dir", "data"];
        let (code, _, told) = ended(assay(directory.path(), &[database, variable], &arguments));
        assert!(code == 78 && told.contains(named), "{told}");
        assert!(!directory.path().join("data").exists());
    }
}

#[test]
fn a_trial_beside_an_issuer_is_told_that_it_is_none_and_makes_no_key() {
    let directory = tempfile::tempdir().unwrap();
    let set = [
        ("DATABASE_URL", "sqlite:x.db"),
        ("OIDC_ISSUER_URL", ISSUER),
        ("OIDC_AUDIENCE", "assay"),
        ("JWT_JWKS_URL", "http://127.0.0.1:1/jwks.json"),
    ];
    let arguments = ["serve", "--trial", "--data-dir", "data"];
    let (_, _, told) = ended(assay(directory.path(), &set, &arguments));
    assert!(told.contains("--trial does nothing here: OIDC_ISSUER_URL names an issuer"), "{told}");
    assert!(!directory.path().join("data").exists());
}

#[test]
fn metrics_where_a_port_of_the_command_line_leads_are_refused_by_both_names() {
    let directory = tempfile::tempdir().unwrap();
    let set = [("DATABASE_URL", "sqlite:x.db"), ("METRICS_ADDRESS", "127.0.0.1:9464")];
    for verb in ["serve", "demo"] {
        let (code, _, told) = ended(assay(directory.path(), &set, &[verb, "--port", "9464"]));
        assert!(code == 78 && told.contains("METRICS_ADDRESS") && told.contains("PORT"), "{told}");
    }
}

#[test]
fn a_service_without_an_issuer_does_not_start() {
    let directory = tempfile::tempdir().unwrap();
    for (variables, named) in [
        (&[("DATABASE_URL", "sqlite:x.db")][..], "OIDC_ISSUER_URL"),
        (&[("DATABASE_URL", "sqlite:x.db"), ("OIDC_ISSUER_URL", ISSUER)], "OIDC_AUDIENCE"),
        (&[("OIDC_ISSUER_URL", ISSUER), ("OIDC_AUDIENCE", "assay")], "DATABASE_URL"),
    ] {
        let (code, _, told) = ended(assay(directory.path(), variables, &["serve"]));
        assert!(code == 78 && told.contains(named), "{told}");
    }
}
