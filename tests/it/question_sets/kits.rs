//! The kit: as Markdown in the graph, and as a page behind a signed link.

use assay::domain::policy::Claim;
use chrono::TimeDelta;
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use crate::{
    development::role,
    question_sets::{Bank, EDITOR, INTERVIEWER, MEMBER, asked, done, token},
    support::{Client, World},
};

/// A published set of two questions, of which the second has no section; its id.
async fn set(world: &World) -> (Bank, String, String) {
    let bank = Bank::in_world(world).await;
    role(world, "engineer", &[(bank.rust, 4, "MUST")]).await;
    let (one, two) = (bank.approved(world, "one", 3).await, bank.approved(world, "two", 4).await);
    let items = json!([{ "question": { "id": one }, "section": "Warm-up <1>" },
                       { "question": { "id": two }, "minutes": 25, "required": false }]);
    let input = json!({ "name": "Engineers & *co*", "purpose": "TEMPLATE", "roleProfile": { "key": "engineer" },
                        "items": items, "idempotencyKey": "k" });
    let made = done(world, EDITOR, "createQuestionSet", "questionSet { id }", input).await;
    let id = made["questionSet"]["id"].as_str().expect("an id").to_owned();
    done(world, EDITOR, "publishQuestionSet", "", json!({ "questionSetId": id })).await;
    (bank, id, one)
}

async fn link(client: &Client, id: &str) -> Value {
    let query = "query ($id: ID!) { questionSet(id: $id) { kitLink { url expiresAt } } }";
    client.query(query, json!({ "id": id })).await["questionSet"]["kitLink"].clone()
}

/// Follows a link without any header.
async fn follow(client: &Client, link: &Value) -> Response {
    let address = client.endpoint().strip_suffix("/graphql").unwrap().to_owned();
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    http.get(format!("{address}{}", link["url"].as_str().expect("a url"))).send().await.unwrap()
}

async fn interviewer(world: &World) -> Client {
    world.with_token(token(world, INTERVIEWER)).await
}

on_both! {
    async fn a_kit_is_one_markdown_document(world: World) {
        let (_, id, one) = set(&world).await;
        let input = json!({ "questionId": one, "source": "A forum", "idempotencyKey": "leak" });
        done(&world, INTERVIEWER, "reportLeak", "", input).await;
        let kit = "query ($id: ID!) { questionSet(id: $id) { kitMarkdown } }";
        let before = world.statements();
        let got = asked(&world, INTERVIEWER, kit, json!({ "id": id })).await;
        assert!(world.statements() - before <= 12, "{}", world.statements() - before);
        insta::assert_snapshot!("kit_markdown", got["questionSet"]["kitMarkdown"].as_str().unwrap());
    }

    async fn no_text_of_a_question_reaches_beyond_its_place_in_the_markdown(world: World) {
        let bank = Bank::in_world(&world).await;
        let mut content = bank.content("# Loud\r## Louder\r\nquiet", 3);
        content["criteria"][0]["prompt"] = json!("```\n<!-- what follows");
        let input = json!({ "key": "odd", "details": { "category": "Odd" }, "content": content, "idempotencyKey": "odd" });
        let odd = done(&world, EDITOR, "createQuestion", "question { id }", input).await["question"]["id"].as_str().unwrap().to_owned();
        bank.approve(&world, &odd).await;
        let id = bank.published(&world, "Odd", &[&odd]).await;
        let kit = "query ($id: ID!) { questionSet(id: $id) { kitMarkdown } }";
        let got = asked(&world, INTERVIEWER, kit, json!({ "id": id })).await;
        let lines: Vec<&str> = got["questionSet"]["kitMarkdown"].as_str().unwrap().split(['\n', '\r']).collect();
        for quoted in ["> # Loud", "> ## Louder", "> quiet", "> ```", "> <!-- what follows"] {
            assert!(lines.contains(&quoted), "{quoted} in {lines:#?}");
        }
        assert!(lines.contains(&"## 1 of 1: Rust (odd)"), "{lines:#?}");
    }

    async fn a_link_leads_to_a_page_that_loads_and_runs_nothing(world: World) {
        let (_, id, _) = set(&world).await;
        let client = interviewer(&world).await;
        let got = link(&client, &id).await;
        let page = follow(&client, &got).await;
        assert_eq!(page.status(), StatusCode::OK);
        let header = |name: &str| page.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/html; charset=utf-8");
        assert_eq!((header("cache-control").as_str(), header("x-content-type-options").as_str()), ("no-store", "nosniff"));
        assert_eq!((header("referrer-policy").as_str(), header("x-frame-options").as_str()), ("no-referrer", "DENY"));
        assert!(page.headers().get("set-cookie").is_none());
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
        let html = page.text().await.unwrap();
        for foreign in ["<script", "<img", "<link", "<iframe", "style=\"", "javascript:", "<b>raw</b>"] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        let (start, end) = (html.find("<style>").unwrap() + 7, html.find("</style>").unwrap());
        let shown = format!("{}…{}", &html[..start], &html[end..]);
        insta::assert_snapshot!("kit_page", shown);
        let audited = world.rows("SELECT 1 FROM audit_event WHERE action = 'downloadKit'", []).await.len();
        assert_eq!(audited, 1);
    }

    async fn a_link_is_good_for_five_minutes_for_whoever_may_see_the_set(world: World) {
        let (_, id, _) = set(&world).await;
        let client = interviewer(&world).await;
        let got = link(&client, &id).await;
        let until = world.now() + TimeDelta::minutes(5);
        assert_eq!(got["expiresAt"], until.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        // Of the other kind of file it is no link.
        let elsewhere = json!({ "url": got["url"].as_str().unwrap().replace("/kit", "/matrix") });
        assert_eq!(follow(&client, &elsewhere).await.status(), StatusCode::NOT_FOUND);
        let url = got["url"].as_str().unwrap();
        for bad in [&url[..url.len() - 1], "/downloads/kit", "/downloads/kit?link=a&link=b", "/downloads/kit?link=%ff"] {
            assert_eq!(follow(&client, &json!({ "url": bad })).await.status(), StatusCode::NOT_FOUND, "{bad}");
        }
        world.execute("UPDATE question_set SET status = 'ARCHIVED', archived_at = $1", [world.now().into()]).await;
        assert_eq!(follow(&client, &got).await.status(), StatusCode::NOT_FOUND, "no longer the interviewer's to see");
        let editor = world.with_token(world.token("x", &[Claim::QuestionEditor], &[])).await;
        let got = link(&editor, &id).await;
        assert_eq!(follow(&editor, &got).await.status(), StatusCode::OK);
        world.set_clock(until);
        assert_eq!(follow(&editor, &got).await.status(), StatusCode::GONE);
        let nobody = world.with_token(token(&world, MEMBER)).await;
        let query = "query ($id: ID!) { questionSet(id: $id) { kitLink { url } } }";
        assert_eq!(nobody.query(query, json!({ "id": id })).await["questionSet"], Value::Null);
    }
}
