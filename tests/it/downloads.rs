//! A matrix as a file: by a signed link, and by `assay export matrix`.

use assay::domain::{assessments::AssessmentSource, policy::Claim, teams::TeamRole};
use chrono::TimeDelta;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    cli::{assay, ended},
    support::{Client, Rating, World},
};

/// A team of a lead and a member, rated in one skill whose name is a formula.
async fn team(world: &World) {
    let team = world.team("Checkout", None).await;
    let lena = world.person_in(team, "Lena Lead", TeamRole::Lead).await;
    let mia = world.person_in(team, "Mia Member", TeamRole::Member).await;
    let boss = world.person("Bo Boss").await;
    let category = world.category("Tea").await;
    let skill = world.skill(category, "=SUM(A1)", Default::default()).await;
    for (person, level) in [(lena, 4), (mia, 2)] {
        let (source, observed_at) = (AssessmentSource::Manager, world.day(-10));
        world.rate(Rating { person, skill, source, assessor: boss, level, observed_at }).await;
    }
}

async fn link(client: &Client, arguments: &str) -> Value {
    let query =
        format!("{{ teamBySlug(slug: \"checkout\") {{ matrixDownload{arguments} {{ url expiresAt }} }} }}");
    client.query(&query, json!({})).await["teamBySlug"]["matrixDownload"].clone()
}

/// Follows a link without any header.
async fn follow(client: &Client, url: &str) -> Response {
    let address = client.endpoint().strip_suffix("/graphql").unwrap().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    http.get(format!("{address}{url}")).send().await.unwrap()
}

fn url(link: &Value) -> &str {
    link["url"].as_str().unwrap_or_else(|| panic!("{link} has no url"))
}

on_both! {
    async fn a_link_gives_the_matrix_as_its_viewer_sees_it_and_no_formula(world: World) {
        team(&world).await;
        let lena = world.as_person("Lena Lead").await;
        let got = link(&lena, "").await;
        assert_eq!(got["expiresAt"], "2026-01-05T09:05:00Z");
        let file = follow(&lena, url(&got)).await;
        assert_eq!(file.status(), StatusCode::OK);
        let header = |name: &str| file.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-disposition"), "attachment; filename=\"checkout-skills-2026-01-05.csv\"");
        assert_eq!((header("cache-control").as_str(), header("x-content-type-options").as_str()), ("no-store", "nosniff"));
        assert!(header("content-type").starts_with("text/csv"));
        let rows = "Person,Email,'=SUM(A1)\nLena Lead,lena-lead@example.com,4\nMia Member,mia-member@example.com,2\n";
        assert_eq!(file.text().await.unwrap(), rows);

        // Mia gets her own row from her own link, whoever follows it.
        let mia = world.as_person("Mia Member").await;
        let got = link(&mia, "(format: JSON)").await;
        let file: Value = follow(&lena, url(&got)).await.json().await.unwrap();
        assert_eq!(file["hiddenRows"], 1);
        assert_eq!(file["people"].as_array().unwrap().len(), 1);
        assert_eq!((&file["people"][0]["displayName"], &file["people"][0]["levels"]), (&json!("Mia Member"), &json!([2])));

        let sheet = follow(&lena, url(&link(&lena, "(format: XLSX)").await)).await.bytes().await.unwrap();
        assert!(sheet.starts_with(b"PK"), "a zip");
        let audited = world.rows("SELECT 1 FROM audit_event WHERE action = 'downloadMatrix'", []).await.len();
        assert_eq!(audited, 3);
    }

    async fn a_link_that_has_expired_or_was_changed_leads_nowhere(world: World) {
        team(&world).await;
        let lena = world.as_person("Lena Lead").await;
        let got = link(&lena, "").await;
        let good = url(&got);
        for bad in [&good[..good.len() - 1], "/downloads/matrix", "/downloads/matrix?link=a.b", "/downloads/matrix?link=a&link=b", "/downloads/matrix?link=%ff"] {
            let answer = follow(&lena, bad).await;
            assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{bad}");
            assert_eq!(answer.text().await.unwrap(), "There is nothing behind this link.\n");
        }
        world.set_clock(world.now() + TimeDelta::minutes(5));
        let answer = follow(&lena, good).await;
        assert_eq!(answer.status(), StatusCode::GONE);
        assert!(answer.text().await.unwrap().contains("expired"));
    }

    async fn a_permission_taken_away_acts_on_links_that_are_out(world: World) {
        team(&world).await;
        let (lena, mia) = (world.as_person("Lena Lead").await, world.as_person("Mia Member").await);
        let of_lena = link(&lena, "").await;
        let of_mia = link(&mia, "").await;
        world.execute("UPDATE team_membership SET valid_to = $1 WHERE role = 'LEAD'", [world.day(-1).into()]).await;
        world.execute("UPDATE person SET status = 'INACTIVE' WHERE display_name = 'Mia Member'", []).await;
        for got in [&of_lena, &of_mia] {
            assert_eq!(follow(&lena, url(got)).await.status(), StatusCode::NOT_FOUND);
        }
    }

    async fn the_verb_writes_the_same_file_and_is_audited(world: World) {
        team(&world).await;
        let folder = tempfile::tempdir().unwrap();
        let run = |more: &[&str]| {
            let set = [("DATABASE_URL", world.url())];
            ended(assay(folder.path(), &set, &[&["export", "matrix", "--team", "checkout"], more].concat()))
        };
        let (code, answer, told) = run(&[]);
        assert_eq!(code, 0, "{told}");
        let rows = "Person,Email,'=SUM(A1)\nLena Lead,lena-lead@example.com,4\nMia Member,mia-member@example.com,2\n";
        assert_eq!(answer, rows);
        let program = world.as_service(&["assessments:read", "catalogue:read", "people:read", "teams:read"]).await;
        let linked = follow(&program, url(&link(&program, "").await)).await.text().await.unwrap();
        assert_eq!(linked, rows);
        // ADMIN sees nobody's levels by that claim, in a file as on a screen.
        let admin = world.as_stranger(&[Claim::Admin]).await;
        let linked = follow(&admin, url(&link(&admin, "").await)).await.text().await.unwrap();
        assert_eq!(linked, "Person,Email\n");
        let (code, _, told) = run(&["--format", "xlsx", "--output", "team.xlsx", "--scope", "subtree"]);
        assert_eq!(code, 0, "{told}");
        let file = folder.path().join("team.xlsx");
        assert!(std::fs::read(&file).unwrap().starts_with(b"PK"));
        let (code, _, told) = run(&["--output", "."]);
        assert!(code == 1 && told.contains("something else than a file"), "{told}");
        let (code, answer, _) = run(&["--format", "json", "--as-of", "2020-01-01"]);
        assert!(code == 0 && answer.contains("\"people\":["), "{answer}");
        let (code, _, told) = ended(assay(folder.path(), &[("DATABASE_URL", world.url())], &["export", "matrix", "--team", "nobody"]));
        assert!(code == 1 && told.contains("there is no team `nobody`"), "{told}");
        let audited = world.rows("SELECT 1 FROM audit_event WHERE action = 'downloadMatrix'", []).await.len();
        assert_eq!(audited, 6);
    }
}
