//! `assay doctor` in set-ups that work and in broken ones: each named, with its fix.

use std::{
    io::{Read, Write},
    net::TcpListener,
    path::Path,
};

use assay::auth::issuer::Issuer;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::{assay, ended, pooler::transaction_pooler};
use crate::support::{Backend, World, redis_url};

/// An HTTP server that gives every request the same answer.
fn answering(status: &str, body: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let length = body.len();
    let answer = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
    std::thread::spawn(move || {
        for mut socket in listener.incoming().map_while(Result::ok) {
            let _ = socket.read(&mut [0; 4096]);
            let _ = socket.write_all(answer.as_bytes());
        }
    });
    url
}

pub fn keys() -> String {
    answering("200 OK", &serde_json::to_string(&Issuer::ephemeral().unwrap().jwks()).unwrap())
}

/// Asks the doctor about a set-up that is good but for `changes`; its exit code and its findings.
async fn examine(url: &str, changes: &[(&str, &str)]) -> (i32, Vec<Value>) {
    let keys = keys();
    let mut set = vec![
        ("DATABASE_URL", url),
        ("OIDC_ISSUER_URL", "https://id.example"),
        ("OIDC_AUDIENCE", "assay"),
        ("JWT_JWKS_URL", keys.as_str()),
    ];
    set.retain(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    set.extend(changes);
    let directory = tempfile::tempdir().unwrap();
    let child = assay(directory.path(), &set, &["doctor", "--json"]);
    let (code, answer, told) = tokio::task::spawn_blocking(|| ended(child)).await.unwrap();
    let findings: Vec<Value> = serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{answer}{told}"));
    (code, findings)
}

/// The verdict, what was found and its fix of one check.
fn line<'a>(findings: &'a [Value], check: &str) -> [&'a str; 3] {
    let line = findings.iter().find(|one| one["check"] == check);
    let line = line.unwrap_or_else(|| panic!("nothing is said of {check}: {findings:#?}"));
    ["verdict", "found", "fix"].map(|part| line[part].as_str().unwrap_or_default())
}

fn assert_line(findings: &[Value], check: &str, verdict: &str, found: &str, fix: &str) {
    let told = line(findings, check);
    let right = told[0] == verdict && told[1].contains(found) && told[2].contains(fix);
    assert!(right, "{check}: {verdict} {found:?} {fix:?} expected: {told:?}");
}

/// The URL with another database's name, or another user's.
fn elsewhere(url: &str, change: impl FnOnce(&mut url::Url)) -> String {
    let mut url = url::Url::parse(url).unwrap();
    change(&mut url);
    url.to_string()
}

on_both! {
    async fn a_good_set_up_is_ok_in_every_line(world: World) {
        let (code, findings) = examine(world.url(), &[]).await;
        assert!(findings.iter().all(|one| one["verdict"] == "OK" && one["fix"].is_null()), "{findings:#?}");
        assert_eq!(code, 0);
        let product = if world.backend() == Backend::Postgres { "PostgreSQL 1" } else { "SQLite 3" };
        assert_line(&findings, "database", "OK", product, "");
        assert_line(&findings, "schema", "OK", "changes are applied", "");
        assert_line(&findings, "token keys", "OK", "1 key", "");
    }

    async fn an_old_schema_is_told_with_the_verb_that_repairs_it(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let down = assay(directory.path(), &[("DATABASE_URL", world.url())], &["migrate", "down"]);
        assert_eq!(ended(down).0, 0);
        let (code, findings) = examine(world.url(), &[]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "schema", "FAIL", "1 of", "assay migrate up");
        assert_line(&findings, "token keys", "OK", "", "");
    }

    async fn a_database_that_is_not_there_hides_nothing_else(world: World) {
        let (gone, told, fix) = match world.backend() {
            Backend::Sqlite => ("sqlite:///nowhere/assay.db".to_owned(), "no file", "DATABASE_URL"),
            Backend::Postgres => {
                (elsewhere(world.url(), |url| url.set_port(Some(1)).unwrap()), "refused", "start PostgreSQL")
            }
        };
        let (code, findings) = examine(&gone, &[]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "database", "FAIL", told, fix);
        assert_line(&findings, "token keys", "OK", "", "");
        assert!(!Path::new("/nowhere").exists());
    }

    async fn an_issuer_that_does_not_answer_or_has_no_keys_hides_nothing_else(world: World) {
        let (missing, empty) = (answering("404 Not Found", ""), answering("200 OK", r#"{"keys":[]}"#));
        for (url, told) in [
            (missing.as_str(), "answers 404"),
            (empty.as_str(), "no RSA"),
            ("http://127.0.0.1:1/keys", "refused"),
        ] {
            let (code, findings) = examine(world.url(), &[("JWT_JWKS_URL", url)]).await;
            assert_eq!(code, 1);
            assert_line(&findings, "token keys", "FAIL", told, "JWT_JWKS_URL");
            assert_line(&findings, "schema", "OK", "", "");
        }
        let (code, findings) = examine(world.url(), &[("OIDC_AUDIENCE", ""), ("PORT", "http")]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "settings", "FAIL", "PORT", "config check");
        assert_line(&findings, "token keys", "FAIL", "OIDC_AUDIENCE", "give the audience");
    }
}

#[tokio::test]
async fn what_the_service_can_do_without_is_told_when_it_is_set_and_dead() {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", directory.path().join("assay.db").display());
    assert_eq!(ended(assay(directory.path(), &[("DATABASE_URL", &url)], &["migrate", "up"])).0, 0);
    // Takes connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = format!("redis://{}", silent.local_addr().unwrap());
    for (redis, told) in [("redis://127.0.0.1:1", "refused"), (&silent, "")] {
        let (code, findings) = examine(&url, &[("REDIS_URL", redis)]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "Redis", "FAIL", told, "start Redis, correct REDIS_URL");
        assert_line(&findings, "schema", "OK", "", "");
    }
    let (missing, closed) = (answering("404 Not Found", ""), answering("401 Unauthorized", ""));
    for (receiver, told, fix) in [
        ("http://127.0.0.1:1", "does not answer", "start the receiver"),
        (&missing, "404", "port 4318"),
        (&closed, "401", "OTEL_EXPORTER_OTLP_HEADERS"),
    ] {
        let (code, findings) = examine(&url, &[("OTEL_EXPORTER_OTLP_ENDPOINT", receiver)]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "OTLP", "FAIL", told, fix);
        assert_eq!(findings.iter().filter(|one| one["check"] == "OTLP").count(), 3, "one for each signal");
    }
    let (redis, receiver) = (redis_url(), answering("200 OK", ""));
    let set = [("REDIS_URL", redis.as_str()), ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.as_str())];
    let (code, findings) = examine(&url, &set).await;
    assert_eq!(code, 0, "{findings:#?}");
    assert_line(&findings, "Redis", "OK", "answers", "");
    assert_line(&findings, "OTLP", "OK", "traces are taken", "");
}

#[test]
fn a_server_that_is_no_replica_of_the_database_is_told_by_its_number() {
    play("replicas", async |world: World| {
        // The primary itself follows nobody, and at the other nothing answers.
        let gone = elsewhere(world.url(), |url| url.set_port(Some(1)).unwrap());
        let replicas = format!("{},{gone}", world.url());
        let (code, findings) = examine(world.url(), &[("DATABASE_REPLICA_URLS", &replicas)]).await;
        assert_eq!(code, 1);
        let told: Vec<_> = findings.iter().filter(|one| one["check"] == "replicas").collect();
        assert_eq!(told.len(), 2, "{findings:#?}");
        for (line, expected) in told.into_iter().zip(["replica 1: it follows nobody", "replica 2: "]) {
            assert_eq!(line["verdict"], "FAIL");
            assert!(line["found"].as_str().unwrap().starts_with(expected), "{line}");
        }
        assert_line(&findings, "schema", "OK", "", "");
    });
}

fn play(test: &str, body: impl AsyncFnOnce(World)) {
    crate::support::run(Backend::Postgres, &format!("doctor::{test}"), |world| body(world));
}

#[test]
fn credentials_and_names_that_the_server_refuses_are_told_apart() {
    play("refused", async |world: World| {
        let stranger = elsewhere(world.url(), |url| url.set_username("nobody_known").unwrap());
        let (code, findings) = examine(&stranger, &[]).await;
        assert_eq!(code, 1);
        assert_line(
            &findings,
            "database",
            "FAIL",
            "nobody_known",
            "the user and the password of DATABASE_URL",
        );
        let (_, findings) = examine(&elsewhere(world.url(), |url| url.set_path("/nothing_known")), &[]).await;
        assert_line(&findings, "database", "FAIL", "nothing_known", "the database's name in DATABASE_URL");
    });
}

#[test]
fn a_pooler_in_transaction_mode_is_told_with_what_to_do() {
    play("pooler", async |world: World| {
        let (code, findings) = examine(&transaction_pooler(world.url()).await, &[]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "pooler", "FAIL", "transaction mode", "pool_mode = session");
        assert_line(&findings, "schema", "OK", "", "");
    });
}

#[test]
fn a_server_whose_clock_is_wrong_is_told_by_how_much() {
    play("clock", async |world: World| {
        for sql in [
            "CREATE FUNCTION clock_timestamp() RETURNS timestamptz LANGUAGE sql \
             AS $$ SELECT pg_catalog.clock_timestamp() + interval '90 seconds' $$",
            // Names of ours go before those of PostgreSQL, for this database's next connections.
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', \
             current_database()); END $$",
        ] {
            world.store().for_migration().execute_unprepared(sql).await.unwrap();
        }
        let (code, findings) = examine(world.url(), &[]).await;
        assert_eq!(code, 1);
        assert_line(&findings, "clock", "FAIL", "s ahead of this machine", "NTP");
        assert!(line(&findings, "clock")[1].contains("89.") || line(&findings, "clock")[1].contains("90."));
    });
}

#[test]
fn timeouts_and_connections_that_do_not_fit_are_told() {
    play("fit", async |world: World| {
        let changes = [("DATABASE_STATEMENT_TIMEOUT", "9s"), ("DATABASE_MAX_CONNECTIONS", "1000")];
        let (_, findings) = examine(world.url(), &changes).await;
        assert_line(&findings, "statement timeout", "WARN", "9s", "ASSAY_LIMIT_OPERATION_TIMEOUT");
        assert_line(&findings, "connections", "FAIL", "up to 1000", "lower DATABASE_MAX_CONNECTIONS");
    });
}

#[test]
fn why_the_database_gives_no_connection_is_told_with_its_address_and_without_a_password() {
    play("why", async |world: World| {
        let keys = keys();
        for (url, why) in [
            (elsewhere(world.url(), |url| url.set_port(Some(1)).unwrap()), "Connection refused"),
            (elsewhere(world.url(), |url| url.set_path("/nowhere")), "database \"nowhere\" does not exist"),
            (elsewhere(world.url(), |url| url.set_username("nobody").unwrap()), "nobody"),
        ] {
            let mut read = url::Url::parse(&url).unwrap();
            // A server that asks for one is told the right one, so that what is refused is what is meant.
            let password = read.password().unwrap_or("hunter2").to_owned();
            read.set_password(Some(&password)).unwrap();
            let place = format!("{}:{}: ", read.host_str().unwrap(), read.port().unwrap_or(5432));
            let set = [
                ("DATABASE_URL", read.as_str()),
                ("OIDC_ISSUER_URL", "https://id.example"),
                ("OIDC_AUDIENCE", "assay"),
                ("JWT_JWKS_URL", keys.as_str()),
            ];
            for (verb, place) in [("serve", place.as_str()), ("doctor", "")] {
                let directory = tempfile::tempdir().unwrap();
                let child = assay(directory.path(), &set, &[verb]);
                let (code, answer, told) = tokio::task::spawn_blocking(|| ended(child)).await.unwrap();
                let told = answer + &told;
                assert!(code == 1 && told.contains(why) && told.contains(place), "{verb}: {told}");
                for never in [password.as_str(), "at line", "pool timed out"] {
                    assert!(!told.contains(never), "{verb}: {told}");
                }
            }
        }
    });
}
