//! Writing role profiles over the API: a draft of one's own, published once, and every broken rule at its place.

use assay::domain::policy::Claim;
use serde_json::{Value, json};

use crate::support::{Client, SkillSketch, World};

const CREATE: &str = "mutation ($input: CreateRoleProfileInput!) { createRoleProfile(input: $input) {
    roleProfile { id revision published { id } viewerCan { saveRoleProfileDraft publishRoleProfile archiveRoleProfile } }
    userErrors { code field message } } }";
const UPDATE: &str = "mutation ($input: UpdateRoleProfileInput!) { updateRoleProfile(input: $input) {
    roleProfile { title revision careerPaths { kind to { key } } }
    userErrors { code field message currentRevision } } }";
const SAVE: &str = "mutation ($input: SaveRoleProfileDraftInput!) { saveRoleProfileDraft(input: $input) {
    draft { number status summary requirements { requiredLevel importance weight skill { slug } }
            salaryBenchmarks { low { amountMinor } } marketInsights { figure { value precision fromYear } } }
    roleProfile { revision } userErrors { code field message currentRevision } } }";
const PUBLISH: &str = "mutation ($input: PublishRoleProfileInput!) { publishRoleProfile(input: $input) {
    version { number status summary } roleProfile { published { number } versions { nodes { number status } } }
    userErrors { code field message } } }";
const ARCHIVE: &str = "mutation ($input: ArchiveRoleProfileInput!) { archiveRoleProfile(input: $input) {
    roleProfile { status published { number } } userErrors { code field } } }";

async fn admin(world: &World) -> Client {
    world.as_stranger(&[Claim::Admin]).await
}

async fn sent(client: &Client, mutation: &str, input: Value) -> Value {
    let data = client.query(mutation, json!({ "input": input })).await;
    data.as_object().and_then(|fields| fields.values().next()).expect("a payload").clone()
}

/// A new role profile; its id.
async fn begun(client: &Client, key: &str) -> String {
    let input = json!({ "key": key, "title": key, "family": "Any", "track": "TECHNICAL", "seniority": 3,
                        "idempotencyKey": key });
    let payload = sent(client, CREATE, input).await;
    assert_eq!(payload["userErrors"], json!([]));
    payload["roleProfile"]["id"].as_str().expect("an id").to_owned()
}

fn errors(payload: &Value) -> Vec<String> {
    let told = |error: &Value| {
        let field: Vec<&str> =
            error["field"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        format!("{} {}", error["code"].as_str().expect("a code"), field.join("."))
    };
    payload["userErrors"].as_array().expect("errors").iter().map(told).collect()
}

fn figure(percentile: i32, low: f64) -> Value {
    json!({ "region": "DE", "currency": "EUR", "period": "YEAR", "basis": "BASE", "statistic": "PERCENTILE",
            "percentile": percentile, "lowMinor": low, "source": "Survey", "asOf": "2026-01-01" })
}

on_both! {
    async fn a_skill_that_is_deprecated_is_required_by_nothing_new(world: World) {
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", SkillSketch::default()).await;
        let client = admin(&world).await;
        let id = begun(&client, "developer").await;
        let content = json!({ "summary": "Develops.",
            "requirements": [{ "skillId": rust.to_string(), "requiredLevel": 3, "importance": "MUST" }] });
        let draft = json!({ "roleProfileId": id, "content": content });
        assert_eq!(errors(&sent(&client, SAVE, draft.clone()).await), Vec::<String>::new());
        world.execute("UPDATE skill SET status = 'DEPRECATED' WHERE id = $1", [rust.uuid().into()]).await;
        assert_eq!(errors(&sent(&client, SAVE, draft).await), ["INVALID content.requirements.0.skillId"]);
        let published = sent(&client, PUBLISH, json!({ "roleProfileId": id })).await;
        assert_eq!(errors(&published), ["ILLEGAL_STATE roleProfileId"]);
        assert_eq!(published["userErrors"][0]["message"], "The draft requires skills that are deprecated: Rust.");
    }

    async fn a_draft_is_written_published_superseded_and_archived(world: World) {
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", SkillSketch::default()).await.to_string();
        let client = admin(&world).await;
        let id = begun(&client, "developer").await;
        let content = |level: i32| json!({
            "summary": "Develops.  \n",
            "requirements": [{ "skillId": rust, "requiredLevel": level, "importance": "MUST" }],
            "salaryBenchmarks": [figure(25, 100.0), figure(75, 200.0)],
            "marketInsights": [{ "topic": "TREND", "statement": "Rises.", "source": "Survey", "asOf": "2026-01-01",
                                 "figure": { "value": 9.75, "unit": "PERCENT", "fromYear": 2024, "toYear": 2025 } }],
        });
        let payload = sent(&client, SAVE, json!({ "roleProfileId": id, "content": content(3), "expectedRevision": 1 })).await;
        assert_eq!(payload["userErrors"], json!([]));
        let draft = &payload["draft"];
        assert_eq!((&draft["number"], &draft["status"], &draft["summary"]), (&json!(1), &json!("DRAFT"), &json!("Develops.")));
        assert_eq!(draft["requirements"], json!([{ "requiredLevel": 3, "importance": "MUST", "weight": 3, "skill": { "slug": "rust" } }]));
        assert_eq!(draft["marketInsights"][0]["figure"], json!({ "value": 9.75, "precision": "EXACT", "fromYear": 2024 }));
        assert_eq!(draft["salaryBenchmarks"], Value::Null, "ADMIN may not know what people earn");

        // Nobody else sees it before it is published.
        world.person("Mia Member").await;
        let mia = world.as_person("Mia Member").await;
        let look = "query ($id: ID!) { node(id: $id) { ... on RoleProfile { published { number summary } versions { nodes { number } } } } }";
        assert_eq!(mia.query(look, json!({ "id": id })).await["node"], Value::Null);

        // The draft is replaced as a whole, and the revision guards it.
        let stale = json!({ "roleProfileId": id, "content": content(4), "expectedRevision": 1 });
        assert_eq!(errors(&sent(&client, SAVE, stale).await), ["CONFLICT expectedRevision"]);
        let payload = sent(&client, SAVE, json!({ "roleProfileId": id, "content": content(4), "expectedRevision": 2 })).await;
        assert_eq!(payload["draft"]["number"], json!(1));
        assert_eq!(payload["draft"]["requirements"][0]["requiredLevel"], json!(4));

        let published = sent(&client, PUBLISH, json!({ "roleProfileId": id })).await;
        assert_eq!(published["version"], json!({ "number": 1, "status": "PUBLISHED", "summary": "Develops." }));
        assert_eq!(errors(&sent(&client, PUBLISH, json!({ "roleProfileId": id })).await), ["ILLEGAL_STATE roleProfileId"]);
        let seen = mia.query(look, json!({ "id": id })).await["node"].clone();
        assert_eq!(seen, json!({ "published": { "number": 1, "summary": "Develops." }, "versions": { "nodes": [{ "number": 1 }] } }));

        // Somebody's clock may be slow: the next version still begins when the one before ends, or later.
        let now = world.now();
        world.set_clock(now - chrono::TimeDelta::seconds(3));
        sent(&client, SAVE, json!({ "roleProfileId": id, "content": { "summary": "Again." } })).await;
        assert_eq!(mia.query(look, json!({ "id": id })).await["node"], seen, "a draft changes nothing for others");
        let published = sent(&client, PUBLISH, json!({ "roleProfileId": id })).await;
        world.set_clock(now);
        let versions = json!([{ "number": 2, "status": "PUBLISHED" }, { "number": 1, "status": "SUPERSEDED" }]);
        assert_eq!(published["roleProfile"]["versions"]["nodes"], versions);

        let archived = sent(&client, ARCHIVE, json!({ "roleProfileId": id })).await;
        assert_eq!(archived["roleProfile"], json!({ "status": "ARCHIVED", "published": null }));
        for mutation in [SAVE, PUBLISH, ARCHIVE, UPDATE] {
            let mut input = json!({ "roleProfileId": id });
            if mutation == SAVE {
                input["content"] = json!({ "summary": "Late." });
            }
            assert_eq!(errors(&sent(&client, mutation, input).await), ["ILLEGAL_STATE roleProfileId"]);
        }
        let rows = world.rows("SELECT 1 FROM audit_event WHERE aggregate = 'ROLE_PROFILE'", []).await;
        assert_eq!(rows.len(), 7, "one event a change");
    }

    async fn who_may_not_read_salaries_keeps_them_and_cannot_empty_them(world: World) {
        let (admin, both) = (admin(&world).await, world.as_stranger(&[Claim::Admin, Claim::Recruiter]).await);
        let id = begun(&admin, "developer").await;
        let save = |content: Value| json!({ "roleProfileId": id, "content": content });
        let paid = json!([{ "low": { "amountMinor": 100.0 } }, { "low": { "amountMinor": 200.0 } }]);
        let figures = json!({ "summary": "One.", "salaryBenchmarks": [figure(25, 100.0), figure(75, 200.0)] });
        assert_eq!(errors(&sent(&both, SAVE, save(figures)).await), [""; 0]);
        let kept = "query ($id: ID!) { node(id: $id) { ... on RoleProfile { published { number salaryBenchmarks { low { amountMinor } } } } } }";
        // Of the draft, and of what is published: what is left out stays.
        for (number, summary) in [(1, "Two."), (2, "Three.")] {
            assert_eq!(errors(&sent(&admin, SAVE, save(json!({ "summary": summary }))).await), [""; 0]);
            sent(&admin, PUBLISH, json!({ "roleProfileId": id })).await;
            let published = both.query(kept, json!({ "id": id })).await["node"]["published"].clone();
            assert_eq!(published, json!({ "number": number, "salaryBenchmarks": paid }));
        }
        let emptied = save(json!({ "summary": "Four.", "salaryBenchmarks": [] }));
        assert_eq!(errors(&sent(&admin, SAVE, emptied.clone()).await), ["FORBIDDEN content.salaryBenchmarks"]);
        let payload = sent(&both, SAVE, emptied).await;
        assert_eq!((errors(&payload), &payload["draft"]["salaryBenchmarks"]), (Vec::new(), &json!([])));
    }

    async fn every_broken_rule_of_a_draft_is_told_at_its_place(world: World) {
        let category = world.category("Languages").await;
        let rust = world.skill(category, "Rust", SkillSketch::default()).await.to_string();
        let client = admin(&world).await;
        let id = begun(&client, "developer").await;
        let content = json!({
            "summary": " ",
            "responsibilities": [{ "area": "", "statement": "Builds." }],
            "requirements": [
                { "skillId": rust, "requiredLevel": 9, "importance": "MUST" },
                { "skillId": rust, "requiredLevel": 1, "importance": "NICE", "weight": 101 },
            ],
            "marketInsights": [{ "topic": "TREND", "statement": "Rises.", "source": "Survey", "asOf": "2026-01-01",
                                 "figure": { "value": 9.751, "unit": "PERCENT", "fromYear": 2024 } }],
            "salaryBenchmarks": [figure(75, 100.0), figure(25, 200.0), figure(50, 0.5)],
        });
        let payload = sent(&client, SAVE, json!({ "roleProfileId": id, "content": content })).await;
        let mut found = errors(&payload);
        found.sort();
        assert_eq!(found, [
            "INVALID content.marketInsights.0.figure.toYear",
            "INVALID content.marketInsights.0.figure.toYear",
            "INVALID content.marketInsights.0.figure.value",
            "INVALID content.requirements.0.requiredLevel",
            "INVALID content.requirements.1.skillId",
            "INVALID content.requirements.1.weight",
            "INVALID content.responsibilities.0.area",
            "INVALID content.salaryBenchmarks.2.lowMinor",
            "INVALID content.salaryBenchmarks.2.lowMinor",
            "INVALID content.summary",
        ]);
        assert_eq!(payload["draft"], Value::Null);
        let nobody = json!({ "summary": "S", "challenges": [
            { "title": "T", "problem": "P", "resolution": "R", "skillIds": [rust, "skill_00000000000000000000000001"] },
        ] });
        let payload = sent(&client, SAVE, json!({ "roleProfileId": id, "content": nobody })).await;
        assert_eq!(errors(&payload), ["NOT_FOUND content.challenges.0.skillIds.1"]);
    }

    async fn roles_lead_in_no_circle_but_sideways_and_a_key_is_one_profiles(world: World) {
        let client = admin(&world).await;
        let (one, two, three) =
            (begun(&client, "one").await, begun(&client, "two").await, begun(&client, "three").await);
        let path = |to: &str, kind: &str| json!({ "toId": to, "kind": kind, "criteria": "Shows it." });
        for (from, to) in [(&one, &two), (&two, &three)] {
            let payload = sent(&client, UPDATE, json!({ "roleProfileId": from, "careerPaths": [path(to, "PROMOTION")] })).await;
            assert_eq!(payload["userErrors"], json!([]));
        }
        let back = json!({ "roleProfileId": three, "careerPaths": [path(&two, "LATERAL"), path(&one, "TRACK_CHANGE")] });
        assert_eq!(errors(&sent(&client, UPDATE, back).await), ["CYCLE careerPaths.1.toId"]);
        let back = json!({ "roleProfileId": three, "title": " Third ", "careerPaths": [path(&one, "LATERAL")] });
        let payload = sent(&client, UPDATE, back).await;
        assert_eq!(payload["roleProfile"]["title"], json!("Third"));
        let reached = "query ($id: ID!) { node(id: $id) { ... on RoleProfile { reachedFrom { kind criteria from { title } } } } }";
        assert_eq!(
            client.query(reached, json!({ "id": one })).await["node"]["reachedFrom"],
            json!([{ "kind": "LATERAL", "criteria": "Shows it.", "from": { "title": "Third" } }])
        );
        let own = json!({ "roleProfileId": one, "careerPaths": [path(&one, "LATERAL")] });
        assert_eq!(errors(&sent(&client, UPDATE, own).await), ["INVALID careerPaths.0.toId"]);

        let again = json!({ "key": "one", "title": "T", "family": "F", "track": "TECHNICAL", "seniority": 3, "idempotencyKey": "again" });
        assert_eq!(errors(&sent(&client, CREATE, again).await), ["TAKEN key"]);
        let bad = json!({ "key": "The One", "title": "", "family": "F", "track": "TECHNICAL", "seniority": 10, "idempotencyKey": "bad" });
        assert_eq!(errors(&sent(&client, CREATE, bad).await), ["INVALID key", "INVALID title", "INVALID seniority"]);
        // A replay of the first does nothing again.
        assert_eq!(begun(&client, "one").await, one);
    }
}
