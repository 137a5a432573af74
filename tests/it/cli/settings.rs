//! The settings as an operator meets them: what is refused, and how it is told.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::Value;

use super::{assay, ended, run};

/// What a service in production is told at the least.
const GOOD: &[(&str, &str)] = &[
    ("DATABASE_URL", "postgres://assay:hunter2@db.example/assay?sslmode=verify-full"),
    ("OIDC_ISSUER_URL", "https://id.example"),
    ("OIDC_AUDIENCE", "assay"),
];

/// The second of them is reached as it should be.
const REPLICAS: &str =
    "postgres://u:p@one.example/x?sslmode=prefer,postgres://u:p@two.example/x?sslmode=require";

/// The good settings with some changed; an empty value unsets one.
fn changed<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = GOOD.iter().filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name));
    kept.copied().chain(changes.iter().copied()).collect()
}

#[test]
fn good_settings_are_called_good_also_for_production() {
    for arguments in [&["config", "check"][..], &["config", "check", "--production"]] {
        let (code, answer, told) = run(GOOD, arguments);
        assert_eq!((code, answer.as_str(), told.as_str()), (0, "the settings are good\n", ""));
    }
}

#[test]
fn each_broken_setting_is_refused_by_name_when_checked_and_when_served() {
    for (name, value, rule) in [
        ("PORT", "eighty", "PORT (http.port in the file): `eighty` is not a whole number from 0 to 65535"),
        ("HOST", "db.example", "HOST (http.host in the file): `db.example` is not an IP address"),
        (
            "DATABASE_URL",
            "mysql://u:hunter2@db/x",
            "the value (hidden) is not a postgres:// or sqlite:// URL",
        ),
        ("DATABASE_URL_FILE", "/nowhere/url", "DATABASE_URL and DATABASE_URL_FILE are both set: set one"),
        (
            "OIDC_ISSUER_URL",
            "id.example",
            "OIDC_ISSUER_URL (auth.issuer in the file): `id.example` is not an http(s) URL",
        ),
        ("OIDC_AUDIENCE", "", "OIDC_AUDIENCE is not set"),
        ("JWT_PUBLIC_KEY_FILE", "/nowhere/key.pem", "JWT_PUBLIC_KEY_FILE"),
        ("AUTH_ROLE_MAPPING", "hr=BOSS", "`hr=BOSS`: not one of"),
        ("ASSAY_LIMIT_DEPHT", "9", "ASSAY_LIMIT_DEPHT is not a setting"),
        ("RUST_LOG", "assay=loud", "RUST_LOG (log.filter in the file): `assay=loud` is not a filter"),
        ("AUTH_MAX_TOKEN_AGE", "3600", "`3600` is not a length of time above zero"),
        ("ASSAY_QUESTIONS_NEAR_DUPLICATE", "1.5", "`1.5` is not a number from 0 to 1"),
        ("ASSAY_QUESTIONS_NEAR_DUPLICATE", "NaN", "`NaN` is not a number from 0 to 1"),
        ("ASSAY_ACCEPT_RISKS", "all", "`all` is not a list of some of sqlite"),
    ] {
        let set = changed(&[(name, value)]);
        for arguments in [&["config", "check"][..], &["serve"]] {
            let (code, answer, told) = run(&set, arguments);
            assert_eq!((code, answer.as_str()), (78, ""), "{name}, {arguments:?}: {told}");
            assert!(told.contains(name) && told.contains(rule), "{arguments:?}: {told}");
            assert!(!told.contains("hunter2") && told.lines().count() <= 2, "{told}");
        }
    }
}

#[test]
fn everything_wrong_is_told_at_once_from_readings_to_key_files() {
    let set = changed(&[
        ("PORT", "eighty"),
        ("DATABASE_URL", "postgres://db:port/x"),
        ("OIDC_AUDIENCE", ""),
        ("JWT_PUBLIC_KEY_FILE", "/nowhere/key.pem"),
        ("RUST_LOG", "assay=loud"),
        ("AUTH_MAX_TOKEN_AGE", "2h"),
    ]);
    let (code, _, told) = run(&set, &["config", "check", "--production"]);
    assert_eq!(code, 78);
    for named in
        ["PORT", "DATABASE_URL", "OIDC_AUDIENCE", "/nowhere/key.pem", "RUST_LOG", "long-lived-tokens"]
    {
        assert!(told.contains(named), "{named}: {told}");
    }
}

#[test]
fn production_refuses_each_unsafe_setting_by_name_with_its_fix_and_development_none() {
    for (name, value, risk, fix) in [
        ("DATABASE_URL", "sqlite:assay.db", "sqlite", "give a postgres://"),
        ("DATABASE_URL", "sqlite::memory:", "sqlite", "give a postgres://"),
        ("DATABASE_URL", "postgres://u:p@db.example/x", "plaintext-database", "sslmode=verify-full"),
        ("DATABASE_URL", "postgres://u:p@db.example/x?sslmode=prefer", "plaintext-database", "sslmode"),
        ("DATABASE_REPLICA_URLS", REPLICAS, "plaintext-database", "sslmode=verify-full"),
        ("REDIS_URL", "redis://:p@cache.example", "plaintext-redis", "rediss://"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://u:p@otel.example", "plaintext-otlp", "https://"),
        ("OIDC_ISSUER_URL", "http://id.example", "plaintext-issuer", "https://"),
        ("JWT_JWKS_URL", "http://id.example/keys", "plaintext-issuer", "https://"),
        ("AUTH_MAX_TOKEN_AGE", "2h", "long-lived-tokens", "1h or less"),
        ("ASSAY_HTTP_INTROSPECTION", "on", "open-introspection", "unset"),
    ] {
        let set = changed(&[(name, value)]);
        let production = changed(&[(name, value), ("ASSAY_ENV", "production")]);
        for (set, arguments) in [
            (&set, &["config", "check", "--production"][..]),
            (&set, &["serve", "--production"]),
            (&production, &["serve"]),
        ] {
            let (code, _, told) = run(set, arguments);
            assert_eq!(code, 78, "{told}");
            for text in [format!("- {risk}: "), name.to_owned(), "Fix: ".to_owned(), fix.to_owned()] {
                assert!(told.contains(&text), "`{text}`: {told}");
            }
        }
        assert_eq!(run(&set, &["config", "check"]).0, 0, "{name}={value} is fine elsewhere");
        let accepted = changed(&[(name, value), ("ASSAY_ACCEPT_RISKS", risk)]);
        let (code, _, told) = run(&accepted, &["config", "check", "--production"]);
        assert_eq!(code, 0, "{told}");
    }
}

#[test]
fn headers_go_to_a_receiver_of_telemetry_in_production_only_when_nobody_on_the_way_reads_them() {
    let secret = ("OTEL_EXPORTER_OTLP_HEADERS", "authorization=hunter2");
    let endpoint = |url| ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", url);
    let check = |set: &[(&str, &str)]| run(&changed(set), &["config", "check", "--production"]);
    let (code, _, told) = check(&[secret, endpoint("http://otel.example/v1/traces")]);
    assert_eq!(code, 78, "{told}");
    let named = "- plaintext-otlp: OTEL_EXPORTER_OTLP_HEADERS reaches otel.example without TLS";
    assert!(told.contains(named) && !told.contains("hunter2"), "{told}");
    for good in [
        &[secret, endpoint("https://otel.example/v1/traces")][..],
        &[secret, endpoint("http://127.0.0.1:4318/v1/traces")],
        &[secret, endpoint("http://localhost:4318/v1/traces")],
        &[endpoint("http://otel.example/v1/traces")],
        &[secret],
    ] {
        let (code, _, told) = check(good);
        assert_eq!(code, 0, "{good:?}: {told}");
    }
}

#[test]
fn a_refused_url_is_told_as_it_was_written_and_without_its_password() {
    let (_, _, told) =
        run(&changed(&[("OIDC_ISSUER_URL", "http://id.example")]), &["config", "check", "--production"]);
    assert!(told.contains("OIDC_ISSUER_URL is http://id.example: "), "{told}");
    let keys = changed(&[("JWT_JWKS_URL", "http://ada:hunter2@id.example/keys")]);
    let (_, _, told) = run(&keys, &["config", "check", "--production"]);
    assert!(
        told.contains("JWT_JWKS_URL is http://***:***@id.example/keys") && !told.contains("hunter2"),
        "{told}"
    );
}

#[test]
fn production_tells_every_risk_at_once() {
    let set = changed(&[
        ("DATABASE_URL", "postgres://u:p@db.example/x"),
        ("OIDC_ISSUER_URL", "http://id.example"),
        ("AUTH_MAX_TOKEN_AGE", "24h"),
        ("ASSAY_ACCEPT_RISKS", "long-lived-tokens"),
    ]);
    let (code, _, told) = run(&set, &["serve", "--production"]);
    assert!(code == 78 && told.contains("plaintext-database") && told.contains("plaintext-issuer"), "{told}");
    assert!(!told.contains("- long-lived-tokens"), "{told}");
}

#[test]
fn production_refuses_a_secret_that_others_may_read_and_a_demo() {
    let directory = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str, mode: u32| {
        let path = directory.path().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let check = |set: &[(&str, &str)]| {
        let arguments = ["config", "check", "--production"];
        ended(assay(directory.path(), &changed(&[&[("DATABASE_URL", "")], set].concat()), &arguments))
    };
    file("open", GOOD[0].1, 0o644);
    file("closed", GOOD[0].1, 0o640);
    let (code, _, told) = check(&[("DATABASE_URL_FILE", "open")]);
    assert!(code == 78 && told.contains("- readable-secret: `open`") && told.contains("chmod o-r"), "{told}");
    assert_eq!(check(&[("DATABASE_URL_FILE", "closed")]).0, 0);
    file("assay.toml", &format!("[database]\nurl = '{}'\n", GOOD[0].1), 0o644);
    let (code, _, told) = check(&[]);
    assert!(code == 78 && told.contains("- readable-secret: `assay.toml`"), "{told}");
    file("assay.toml", "[database]\nurl_file = 'closed'\n", 0o644);
    assert_eq!(check(&[]).0, 0);

    let (code, _, told) = run(&[("ASSAY_ENV", "production")], &["demo", "--data-dir", "demo"]);
    assert!(code == 78 && told.contains("demo: ") && told.contains("assay serve"), "{told}");
}

#[test]
fn a_dump_can_be_read_back_and_shows_no_secret() {
    let directory = tempfile::tempdir().unwrap();
    let dump = |set: &[(&str, &str)], more: &[&str]| {
        let arguments = [&["config", "dump"], more].concat();
        let (code, answer, told) = ended(assay(directory.path(), set, &arguments));
        assert_eq!(code, 0, "{told}");
        assert!(!answer.contains("hunter2"), "{answer}");
        answer
    };
    let values = |text: &str| {
        let told: Value = serde_json::from_str(text).unwrap();
        let told = told.as_object().unwrap();
        told.iter().map(|(key, one)| (key.clone(), one["value"].clone())).collect::<Vec<_>>()
    };
    let set = changed(&[("PORT", "9001"), ("ASSAY_ENV", "production"), ("LOG_FORMAT", "json")]);
    let json = dump(&set, &["--format", "json"]);
    fs::write(directory.path().join("dumped.toml"), dump(&set, &[])).unwrap();
    let again = dump(&GOOD[..1], &["--config", "dumped.toml", "--format", "json"]);
    assert_eq!(values(&json), values(&again));
    let (code, _, told) = run(&[("PORT", "x")], &["config", "dump"]);
    assert!(code == 78 && told.contains("PORT"), "{told}");
}

#[test]
fn the_reference_of_settings_is_printed_as_it_is_committed() {
    let committed = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/settings.md"));
    let (code, docs, _) = run(&[], &["config", "docs"]);
    assert!(code == 0 && docs == committed.unwrap(), "assay config docs > docs/settings.md");
}
