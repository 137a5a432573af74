//! Each rule of the settings, and what an operator is told when one is broken.

use std::{io::Write, time::Duration};

use secrecy::ExposeSecret;

use super::*;
use crate::{config::LogFormat, domain::policy::Claim};

fn read(variables: &[(&str, &str)], file: &str) -> Reading {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let file = SettingsFile::parse("assay.toml".to_owned(), file).unwrap();
    Settings::from_parts(variables.collect(), file)
}

fn from(variables: &[(&str, &str)], file: &str) -> Result<Settings, SettingsError> {
    let Reading { settings, problems, .. } = read(variables, file);
    if problems.is_empty() { Ok(settings) } else { Err(SettingsError::Invalid(problems)) }
}

fn told(variables: &[(&str, &str)], file: &str) -> String {
    from(variables, file).expect_err("the settings were accepted").to_string()
}

#[test]
fn nothing_set_gives_the_defaults() {
    let settings = from(&[("PATH", "/bin"), ("PORT", "")], "").unwrap();
    assert!(!settings.production);
    assert!(settings.database.is_none());
    assert_eq!(settings.http, HttpSettings::default());
    assert_eq!(settings.limits, Limits::default());
    assert_eq!(settings.log, LogSettings::default());
    assert_eq!(settings.auth.role_mapping["ADMIN"], Claim::Admin);
    assert!(settings.require_database().unwrap_err().to_string().contains("DATABASE_URL"));
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_default() {
    let file = "[http]\nport = 9000\nhost = '::1'\n[limits]\ndepth = 7\n[log]\nformat = 'json'";
    let settings = from(&[("PORT", "9001")], file).unwrap();
    assert_eq!(settings.http.port, 9001);
    assert_eq!(settings.http.host.to_string(), "::1");
    assert_eq!(settings.limits.depth, 7);
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.limits.tokens, 2_000);
}

#[test]
fn a_bad_value_is_told_with_its_names_its_text_and_its_rule() {
    for (variable, value, expected) in [
        ("PORT", "http", "PORT (http.port in the file): `http` is not a whole number from 0 to 65535"),
        ("PORT", "65536", "`65536` is not a whole number"),
        ("HOST", "everywhere", "`everywhere` is not an IP address"),
        ("LOG_FORMAT", "xml", "`xml` is not one of pretty, json"),
        ("ASSAY_ENV", "prod", "`prod` is not one of development, production"),
        ("OIDC_ISSUER_URL", "ftp://id", "`ftp://id` is not an http(s) URL"),
        ("AUTH_MAX_TOKEN_AGE", "3600", "`3600` is not a length of time above zero"),
        ("AUTH_MAX_TOKEN_AGE", "0s", "`0s` is not a length of time above zero"),
        ("AUTH_ROLE_MAPPING", "admins", "`admins` is not of the form a=b,c=d"),
        ("AUTH_ROLE_MAPPING", "a=ADMIN,b=BOSS", "`b=BOSS`: not one of INTERVIEWER, QUESTION_EDITOR"),
        ("ASSAY_LIMIT_DEPTH", "0", "`0` is not a whole number from 1 to 256"),
        (
            "REDIS_TIMEOUT",
            "fast",
            "REDIS_TIMEOUT (redis.timeout in the file): `fast` is not a length of time",
        ),
        ("DATABASE_MAX_CONNECTIONS", "0", "is not a whole number from 1 to 1000"),
        ("DATABASE_MAX_LIFETIME", "6m", "`6m` is not a length of time above zero and up to 5m"),
    ] {
        let told = told(&[(variable, value)], "");
        assert!(told.contains(expected) && told.contains(variable), "{told}");
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let told = told(&[("PORT", "x"), ("HOST", "y")], "[limits]\ndepth = [1]");
    for expected in ["PORT", "HOST", "limits.depth in the file) is not a single value"] {
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn what_is_no_setting_is_an_error_that_names_it() {
    assert!(told(&[("ASSAY_LIMIT_DEPHT", "9")], "").contains("ASSAY_LIMIT_DEPHT is not a setting"));
    assert!(told(&[], "[http]\nprot = 1").contains("assay.toml:2: `http.prot` is not a setting"));
    assert!(told(&[], "[htpp]\nport = 1").contains("assay.toml:1: `htpp` is not a setting"));
    assert!(told(&[], "\n\nport = 1").contains("assay.toml:3: `port` is not a setting"));
}

#[test]
fn what_is_wrong_in_the_file_is_told_with_its_line() {
    let file = "# ours\n[http]\nport = 'x'\nhost = '::'\n\n[limits]\ndepth = [1]\n[database]\nurl = 'mysql:x'\n\
                replica_urls_file = 7.5\n[auth.role_mapping]\nhr = 'BOSS'";
    let told = told(&[("HOST", "nowhere")], file);
    for expected in [
        "- assay.toml:3: PORT (http.port in the file): `x` is not a whole number",
        "- HOST (http.host in the file): `nowhere` is not an IP address",
        "- assay.toml:7: ASSAY_LIMIT_DEPTH (limits.depth in the file) is not a single value",
        "- assay.toml:9: DATABASE_URL (database.url in the file): the value (hidden) is not",
        "- assay.toml:10: database.replica_urls_file: `7.5`: No such file",
        "- assay.toml:11: AUTH_ROLE_MAPPING (auth.role_mapping in the file): `hr=BOSS`: not one of",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn of_no_url_a_secret_is_told_or_dumped_and_what_was_hidden_is_not_read_back() {
    let secret = "http://ada:hunter2@host.example/x?key=hunter2#hunter2";
    for variable in [
        "OIDC_ISSUER_URL",
        "JWT_JWKS_URL",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT",
    ] {
        let set = read(&[(variable, secret)], "");
        for dumped in [crate::config::dump_toml(&set.entries), crate::config::dump_json(&set.entries)] {
            assert!(
                !dumped.contains("hunter2") && dumped.contains("//***:***@host.example/x?key=***"),
                "{dumped}"
            );
        }
        let again = read(&[], &crate::config::dump_toml(&set.entries));
        assert_eq!(again.problems, [""; 0]);
        let bad = told(&[(variable, &secret.replace("http:", "ftp:"))], "");
        assert!(!bad.contains("hunter2") && bad.contains("host.example"), "{bad}");
    }
    let open = read(&[("OIDC_ISSUER_URL", "https://id.example")], "");
    assert!(crate::config::dump_toml(&open.entries).contains("issuer = \"https://id.example\"  # OIDC"));
}

#[test]
fn metrics_are_not_served_where_the_service_listens() {
    for (host, metrics) in [
        ("127.0.0.1", "127.0.0.1:9000"),
        ("0.0.0.0", "127.0.0.1:9000"),
        ("127.0.0.1", "0.0.0.0:9000"),
        ("::", "[::]:9000"),
    ] {
        let told = told(&[("HOST", host), ("PORT", "9000"), ("METRICS_ADDRESS", metrics)], "");
        for named in ["METRICS_ADDRESS", "HOST and PORT", metrics] {
            assert!(told.contains(named), "{told}");
        }
    }
    for (port, metrics) in [("9000", "127.0.0.1:9001"), ("9000", "127.0.0.2:9000"), ("0", "127.0.0.1:0")] {
        assert!(from(&[("PORT", port), ("METRICS_ADDRESS", metrics)], "").is_ok(), "{metrics}");
    }
}

#[test]
fn a_secret_is_never_told() {
    let told = told(&[("DATABASE_URL", "mysql://root:hunter2@db/x")], "");
    assert!(told.contains("DATABASE_URL") && told.contains("postgres:// or sqlite://"), "{told}");
    assert!(!told.contains("hunter2"), "{told}");
    let settings = from(&[("DATABASE_URL", "postgres://root:hunter2@db/x")], "").unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn replicas_are_postgresql_and_each_url_is_a_secret() {
    let primary = ("DATABASE_URL", "postgres://u:hunter2@a/x");
    let urls = "postgres://u:hunter2@b/x, postgresql://u:hunter2@c/x";
    let settings = from(&[primary, ("DATABASE_REPLICA_URLS", urls)], "").unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
    let urls = settings.database.unwrap().replica_urls;
    let urls: Vec<_> = urls.iter().map(|url| url.expose_secret()).collect();
    assert_eq!(urls, ["postgres://u:hunter2@b/x", "postgresql://u:hunter2@c/x"]);

    let told = told(&[primary, ("DATABASE_REPLICA_URLS", "postgres://u:hunter2@b/x,sqlite:y")], "");
    assert!(told.contains("DATABASE_REPLICA_URLS") && !told.contains("hunter2"), "{told}");
    let alone = from(&[("DATABASE_URL", "sqlite:x"), ("DATABASE_REPLICA_URLS", "postgres://b/x")], "");
    assert!(alone.unwrap_err().to_string().contains("a SQLite database has no replicas"));
}

#[test]
fn a_secret_can_lie_in_a_file_of_its_own() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "sqlite://assay.db").unwrap();
    let path = file.path().to_str().unwrap();
    let settings = from(&[("DATABASE_URL_FILE", path)], "").unwrap();
    assert_eq!(settings.database.unwrap().url.expose_secret(), "sqlite://assay.db");

    let both = told(&[("DATABASE_URL_FILE", path), ("DATABASE_URL", "sqlite:x")], "");
    assert!(both.contains("both set"), "{both}");
    assert!(told(&[("DATABASE_URL_FILE", "/nowhere")], "").contains("DATABASE_URL_FILE: `/nowhere`"));

    let named = format!("[database]\nurl_file = '{path}'");
    let settings = from(&[], &named).unwrap();
    assert_eq!(settings.database.unwrap().url.expose_secret(), "sqlite://assay.db");
    assert_eq!(settings.secret_files, [file.path()]);
    assert!(told(&[], &format!("{named}\nurl = 'sqlite:x'")).contains("database.url_file are both set"));
    assert!(from(&[("DATABASE_URL", "sqlite:x")], &named).is_ok(), "the environment wins over the file");
}

#[test]
fn roles_are_mapped_by_a_variable_or_a_table() {
    let variable = from(&[("AUTH_ROLE_MAPPING", "hr=ADMIN, talent = RECRUITER")], "").unwrap();
    let table = from(&[], "[auth.role_mapping]\nhr = 'ADMIN'\ntalent = 'RECRUITER'").unwrap();
    assert_eq!(variable.auth.role_mapping, table.auth.role_mapping);
    assert_eq!(table.auth.role_mapping["talent"], Claim::Recruiter);
    assert!(!table.auth.role_mapping.contains_key("ADMIN"), "a given mapping replaces the default");
}

#[test]
fn lengths_of_time_are_read_in_four_units() {
    for (text, millis) in [("250ms", 250), ("30s", 30_000), ("5m", 300_000), ("24h", 86_400_000)] {
        let settings = from(&[("ASSAY_LIMIT_OPERATION_TIMEOUT", text)], "").unwrap();
        assert_eq!(settings.limits.operation_timeout, Duration::from_millis(millis));
    }
}

#[test]
fn a_file_that_is_named_must_be_there_and_be_toml() {
    assert!(matches!(read_file(Some(Path::new("/nowhere.toml"))), Err(SettingsError::File { .. })));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "[database]\nurl = \"postgres://root:hunter2@db\"\nport = = 2").unwrap();
    let told = read_file(Some(file.path())).unwrap_err().to_string();
    assert!(told.starts_with(&format!("{}:3: ", file.path().display())), "{told}");
    assert!(told.contains("is not TOML") && !told.contains("hunter2"), "{told}");
}

#[test]
fn a_dumped_file_gives_the_same_settings_again() {
    let mut secret = tempfile::NamedTempFile::new().unwrap();
    writeln!(secret, "postgres://assay:hunter2@db/assay").unwrap();
    let set = [
        ("DATABASE_URL_FILE", secret.path().to_str().unwrap()),
        ("ASSAY_ENV", "production"),
        ("ASSAY_ACCEPT_RISKS", "sqlite, readable-secret"),
        ("PORT", "9001"),
        ("RUST_LOG", "assay=\"debug\",info \\ # 'x'"),
        ("OIDC_ISSUER_URL", "https://login.example.com/"),
        ("AUTH_ROLE_MAPPING", "hr admins=ADMIN,a.b=RECRUITER"),
        ("ASSAY_LIMIT_OPERATION_TIMEOUT", "1500ms"),
        ("ASSAY_HTTP_DRAIN_DELAY", "0s"),
    ];
    let first = read(&set, "[limits]\ndepth = 7\n[auth]\naudience = 'assay'");
    assert_eq!(first.problems, [""; 0]);
    let dumped = crate::config::dump_toml(&first.entries);
    assert!(!dumped.contains("hunter2"), "{dumped}");
    assert!(dumped.contains("depth = 7  # assay.toml") && dumped.contains("port = 9001  # PORT"), "{dumped}");
    let again = read(&[], &dumped);
    assert_eq!(again.problems, [""; 0], "{dumped}");
    assert_eq!(format!("{:?}", again.settings), format!("{:?}", first.settings), "{dumped}");
    let urls = [&first, &again].map(|one| one.settings.database.as_ref().unwrap().url.expose_secret());
    assert_eq!(urls[0], urls[1]);
}

#[test]
fn a_dump_tells_where_each_value_came_from_and_hides_secrets() {
    let set = [("DATABASE_URL", "postgres://assay:hunter2@db/assay"), ("HOST", "::")];
    let read = read(&set, "[http]\nport = 9000");
    let told: serde_json::Value = serde_json::from_str(&crate::config::dump_json(&read.entries)).unwrap();
    let source = |key: &str| (told[key]["value"].clone(), told[key]["source"].as_str().unwrap());
    assert_eq!(source("database.url"), ("postgres://assay:***@db/assay".into(), "environment"));
    assert_eq!(source("http.host"), ("::".into(), "environment"));
    assert_eq!(source("http.port"), (9000.into(), "file"));
    assert_eq!(source("limits.depth"), (12.into(), "default"));
    assert_eq!(source("auth.audience"), (serde_json::Value::Null, "default"));
    let text = crate::config::dump_toml(&read.entries);
    assert!(text.contains("# url = \"postgres://assay:***@db/assay\"  # hidden; DATABASE_URL"), "{text}");
}

#[test]
fn the_defaults_as_they_are_dumped_are_the_defaults() {
    let none = read(&[], "");
    let again = read(&[], &crate::config::dump_toml(&none.entries));
    assert_eq!(again.problems, [""; 0]);
    assert_eq!(format!("{:?}", again.settings), format!("{:?}", none.settings));
    let default = Settings { secret_files: Vec::new(), ..Settings::default() };
    assert_eq!(format!("{:?}", none.settings), format!("{default:?}"));
}

#[test]
fn a_redis_is_named_by_its_url_alone_which_is_a_secret() {
    assert!(from(&[], "").unwrap().remote_cache.is_none());
    let settings = from(&[("REDIS_URL", "rediss://:hunter2@cache:6380/1")], "").unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
    let server = settings.remote_cache.unwrap();
    assert_eq!(server.url.expose_secret(), "rediss://:hunter2@cache:6380/1");
    assert_eq!(server.timeout, Duration::from_millis(50));
    let mut file = tempfile::NamedTempFile::new().unwrap();
    writeln!(file, "redis://cache").unwrap();
    let path = file.path().to_str().unwrap();
    let settings =
        from(&[("REDIS_URL_FILE", path), ("REDIS_TIMEOUT", "20ms")], "").unwrap().remote_cache.unwrap();
    assert_eq!((settings.url.expose_secret(), settings.timeout.as_millis()), ("redis://cache", 20));
    for wrong in ["http://:hunter2@cache", "cache:6379", "redis://", "hunter2"] {
        let told = told(&[("REDIS_URL", wrong)], "");
        assert!(told.contains("REDIS_URL (redis.url in the file)") && !told.contains("hunter2"), "{told}");
        assert!(told.contains("redis:// or rediss://"), "{told}");
    }
}
