//! `assay demo`: one line for programs, a whole service behind it, and a clean end.

use std::io::{BufRead, Read};

use serde_json::Value;

use super::{
    assay, ended,
    process::{Running, ask},
};

#[tokio::test]
async fn a_demo_prints_one_line_serves_its_personas_and_ends_with_0() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--data-dir", "data", "--port", "0", "--output", "json"];
    let mut demo = Running::new(assay(directory.path(), &[], &arguments));
    let mut line = String::new();
    demo.stdout.read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).unwrap();
    let url = told["url"].as_str().unwrap();

    let mut people = Vec::new();
    for persona in ["admin", "manager", "member", "interviewer", "recruiter"] {
        let token = told["tokens"][persona].as_str().unwrap();
        let (status, answer) = ask(url, token, "{ viewer { person { displayName } roles } }").await;
        assert_eq!(status, 200, "{answer}");
        people.push(answer["data"]["viewer"]["person"]["displayName"].as_str().unwrap().to_owned());
    }
    people.dedup();
    assert_eq!(people.len(), 5, "each persona is somebody of their own: {people:?}");

    let port = url.rsplit(':').next().unwrap();
    let same = ended(assay(directory.path(), &[], &arguments));
    assert!(same.0 == 1 && same.2.contains("another demo runs on data"), "{}", same.2);
    let busy = ended(assay(directory.path(), &[], &["demo", "--data-dir", "other", "--port", port]));
    assert!(busy.0 == 1 && busy.2.contains("already in use") && busy.2.contains("--port"), "{}", busy.2);
    assert!(busy.1.is_empty(), "nothing is promised before it can be kept");
    assert!(!busy.2.contains("was loaded"), "it is told before anything is done: {}", busy.2);
    assert!(!directory.path().join("other/assay.db").exists());

    assert_eq!(demo.stop(), (Some(0), String::new()));
}

#[tokio::test]
async fn a_demo_keeps_its_data_and_its_tokens_between_runs() {
    let directory = tempfile::tempdir().unwrap();
    let start = |more: &[&str]| {
        let arguments = [&["demo", "--data-dir", ".", "--port", "0", "--output", "json"], more].concat();
        let mut demo = Running::new(assay(directory.path(), &[], &arguments));
        let mut line = String::new();
        demo.stdout.read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap();
        (demo, told)
    };
    let (demo, first) = start(&[]);
    demo.told("was loaded");
    assert_eq!(demo.stop().0, Some(0));
    let (demo, second) = start(&[]);
    demo.told("is kept");
    let token = first["tokens"]["manager"].as_str().unwrap();
    let (status, _) = ask(second["url"].as_str().unwrap(), token, "{ viewer { roles } }").await;
    assert_eq!(status, 200);
    assert_eq!(demo.stop().0, Some(0));
    let (demo, _) = start(&["--fresh"]);
    demo.told("was loaded");
    assert_eq!(demo.stop().0, Some(0));
}

#[tokio::test]
async fn the_line_to_paste_prints_a_matrix_of_named_people_and_skills() {
    let directory = tempfile::tempdir().unwrap();
    let arguments = ["demo", "--data-dir", ".", "--port", "0"];
    let mut demo = Running::new(assay(directory.path(), &[], &arguments));
    let line =
        demo.stdout.by_ref().lines().map(Result::unwrap).find(|line| line.starts_with("curl ")).unwrap();
    let between = |from: &str, to: &str| line.split_once(from).unwrap().1.split_once(to).unwrap().0;
    let body: Value = serde_json::from_str(between("-d '", "'")).unwrap();
    let url = between("curl -s ", "/graphql ");
    let (status, answer) = ask(url, between("Bearer ", "'"), body["query"].as_str().unwrap()).await;
    assert_eq!(status, 200, "{answer}");

    let matrix = &answer["data"]["teamBySlug"]["skillMatrix"];
    let (skills, rows) = (matrix["skills"].as_array().unwrap(), matrix["rows"].as_array().unwrap());
    assert!(rows.len() >= 3 && skills.len() >= 10, "{answer}");
    assert!(skills.iter().all(|skill| skill["name"].is_string()));
    for row in rows {
        assert!(row["person"]["displayName"].is_string());
        let levels = row["levels"].as_array().unwrap();
        assert_eq!(levels.len(), skills.len());
        assert!(levels.iter().any(Value::is_i64), "{row}");
    }
    assert_eq!(demo.stop().0, Some(0));
}
