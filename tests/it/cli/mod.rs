//! The binary as an operator meets it: what it answers where, and how it exits.

mod demo;
mod doctor;
mod healthcheck;
mod migrate;
mod moving;
mod pooler;
pub mod process;
mod rolling;
mod serve;
mod settings;

use std::{
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};

use assay::{
    auth::{Verifier, issuer::Issuer},
    config::clock::Clock,
    domain::policy::Claim,
};

/// The binary in an empty directory, with nothing set but `variables`.
pub fn assay(directory: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assay"));
    command.env_clear().current_dir(directory).args(arguments).envs(variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn run(variables: &[(&str, &str)], arguments: &[&str]) -> (i32, String, String) {
    let directory = tempfile::tempdir().unwrap();
    ended(assay(directory.path(), variables, arguments))
}

pub fn ended(child: Child) -> (i32, String, String) {
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn a_wrong_use_exits_2_and_help_exits_0() {
    assert_eq!(run(&[], &[]).0, 2);
    assert_eq!(run(&[], &["serv"]).0, 2);
    assert_eq!(run(&[], &["token", "--subject", "x", "--role", "BOSS"]).0, 2);
    assert_eq!(run(&[], &["token", "--subject", "x", "--ttl", "25h"]).0, 2);
    assert_eq!(run(&[], &["token", "--subject", "x", "--acting-for", "y"]).0, 2);
    let (code, told, _) = run(&[], &["--help"]);
    assert!(code == 0 && told.contains("migrate") && told.contains("token"), "{told}");
    for verb in [
        &["demo"][..],
        &["serve"],
        &["migrate"],
        &["config"],
        &["doctor"],
        &["healthcheck"],
        &["seed"],
        &["export", "all"],
        &["import", "all"],
        &["token"],
        &["schema"],
        &["completions"],
    ] {
        let (code, told, _) = run(&[], &[verb, &["--help"]].concat());
        assert!(code == 0 && told.contains("Example"), "{verb:?}: {told}");
    }
}

#[test]
fn the_version_names_the_commit() {
    let (version, commit) = (env!("CARGO_PKG_VERSION"), assay::telemetry::COMMIT);
    assert_eq!(run(&[], &["--version"]).1, format!("assay {version} ({commit})\n"));
}

#[test]
fn a_missing_or_bad_setting_exits_78_and_is_named() {
    for (variables, named) in [
        (&[][..], "DATABASE_URL"),
        (
            &[("DATABASE_URL", "sqlite:x.db"), ("PORT", "http")],
            "`http` is not a whole number from 0 to 65535",
        ),
        (
            &[("DATABASE_URL", "sqlite:x.db"), ("ASSAY_LIMIT_DEPHT", "9")],
            "ASSAY_LIMIT_DEPHT is not a setting",
        ),
        (&[("DATABASE_URL", "sqlite:x.db"), ("RUST_LOG", "assay=loud")], "RUST_LOG"),
    ] {
        let (code, answer, told) = run(variables, &["migrate", "status"]);
        assert_eq!(code, 78, "{told}");
        assert!(answer.is_empty() && told.contains(named), "{told}");
    }
}

#[test]
fn a_database_that_cannot_be_reached_exits_1_and_says_what_to_check() {
    let (code, _, told) =
        run(&[("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:1/x")], &["migrate", "status"]);
    assert_eq!(code, 1);
    let why =
        "the database is unavailable: 127.0.0.1:1: Connection refused (os error 111): check DATABASE_URL";
    assert!(told.contains(why) && !told.contains("hunter2"), "{told}");
}

#[tokio::test]
async fn a_token_is_printed_alone_and_the_demo_accepts_it() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["token", "--subject", "ada", "--role", "ADMIN", "--data-dir", "."];
    let (code, answer, told) = ended(assay(directory.path(), &[], &arguments));
    assert!(code == 1 && answer.is_empty() && told.contains("assay demo"), "{told}");

    let issuer = Issuer::open_or_create(directory.path()).unwrap();
    let (code, answer, told) = ended(assay(directory.path(), &[], &arguments));
    assert_eq!((code, told.as_str()), (0, ""));
    assert_eq!(answer.lines().count(), 1);
    let verifier = Verifier::of_issuer(&issuer, Clock::system(), Duration::from_secs(3600)).unwrap();
    let viewer = verifier.verify(answer.trim_end()).await.unwrap();
    assert_eq!(viewer.identity().unwrap().subject, "ada");
    assert!(viewer.claims().has(Claim::Admin));
}

#[test]
fn the_schema_is_printed_and_a_file_that_differs_exits_1() {
    let directory = tempfile::tempdir().unwrap();
    let (code, schema, told) = ended(assay(directory.path(), &[], &["schema", "print"]));
    assert_eq!((code, told.as_str()), (0, ""));
    assert_eq!(schema, assay::graphql::sdl());
    let check = || ended(assay(directory.path(), &[], &["schema", "check"]));
    assert_eq!(check().0, 1, "there is no file");
    std::fs::write(directory.path().join("schema.graphql"), &schema).unwrap();
    assert_eq!(check().0, 0);
    std::fs::write(directory.path().join("schema.graphql"), format!("# mine\n{schema}")).unwrap();
    let (code, _, told) = check();
    assert!(code == 1 && told.contains("line 1 is `# mine`"), "{told}");
}

#[test]
fn a_mistyped_path_makes_no_database_unless_it_is_migrated() {
    let directory = tempfile::tempdir().unwrap();
    let set = [
        ("DATABASE_URL", "sqlite:mistyped.db"),
        ("OIDC_ISSUER_URL", "https://id.example"),
        ("OIDC_AUDIENCE", "assay"),
        ("JWT_JWKS_URL", "http://127.0.0.1:1/keys"),
    ];
    for arguments in [&["serve"][..], &["migrate", "status"], &["seed"], &["doctor"]] {
        let (code, answer, told) = ended(assay(directory.path(), &set, arguments));
        let told = answer + &told;
        assert!(code == 1 && told.contains("there is no file `mistyped.db`"), "{arguments:?}: {told}");
        assert!(told.contains("assay migrate up"), "{told}");
        assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0, "{arguments:?}");
    }
    assert_eq!(ended(assay(directory.path(), &set, &["migrate", "up"])).0, 0);
    assert!(directory.path().join("mistyped.db").exists());
}

#[test]
fn completions_name_the_verbs_for_each_shell() {
    for shell in ["bash", "zsh", "fish"] {
        let (code, answer, told) = run(&[], &["completions", shell]);
        assert!(
            code == 0 && answer.contains("healthcheck") && answer.contains("--production"),
            "{shell}: {told}"
        );
    }
}
