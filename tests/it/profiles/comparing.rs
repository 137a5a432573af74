//! Versions and salaries side by side: what differs, what can be compared, and who may know what is paid.

use assay::{app::demo::load, domain::policy::Claim};
use serde_json::{Value, json};

use crate::{
    demo,
    support::{Client, World},
};

const DIFF: &str =
    "query ($from: String!, $to: String!) { roleProfileDiff(from: { key: $from }, to: { key: $to }) {
    from { roleProfile { key } } to { roleProfile { key } } summaryChanged
    requirements { change skill { slug } before { requiredLevel } after { requiredLevel } }
    responsibilities { added { statement } removed { statement } }
    qualifications { added { minYears } removed { minYears } } practices { added { topic } removed { topic } }
    challenges { added { title } removed { title } } marketInsights { added { topic } removed { topic } }
    salaryBenchmarks { added { source } removed { source } } } }";
const STATED: &str =
    "query ($filter: SalaryBenchmarkFilter, $order: SalaryBenchmarkOrder, $first: Int, $after: String) {
    salaryBenchmarks(filter: $filter, orderBy: $order, first: $first, after: $after) {
        nodes { roleProfile { key } benchmark { region source statistic low { amountMinor currency } } }
        pageInfo { hasNextPage endCursor } } }";
const COMPARED: &str = "query ($region: String) {
    salaryComparison(roleProfile: { key: \"senior-python-developer\" }, region: $region) {
        region currency period basis n low { amountMinor } high { amountMinor }
        sources { source n low { amountMinor } high { amountMinor } figures { statistic } } } }";

async fn recruiter(world: &World) -> Client {
    world.as_stranger(&[Claim::Recruiter]).await
}

/// How many reads of salaries were noted so far, and of how many versions.
async fn noted(world: &World) -> (usize, usize) {
    world.store().accesses_written().await;
    let rows = world.rows("SELECT DISTINCT entity_id FROM access_event WHERE subject = 'SALARY'", []).await;
    (world.rows("SELECT 1 FROM access_event", []).await.len(), rows.len())
}

fn sources(page: &Value) -> Vec<&str> {
    let nodes = page["salaryBenchmarks"]["nodes"].as_array().expect("nodes");
    nodes.iter().map(|node| node["benchmark"]["source"].as_str().expect("a source")).collect()
}

on_both! {
    async fn what_a_promotion_asks_more_is_told_part_by_part(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let client = recruiter(&world).await;
        let ask = async |from: &str, to: &str| {
            client.query(DIFF, json!({ "from": from, "to": to })).await["roleProfileDiff"].clone()
        };
        let diff = ask("python-developer", "senior-python-developer").await;
        assert_eq!(diff["summaryChanged"], json!(true));
        let requirements = diff["requirements"].as_array().expect("requirements");
        let of = |change: &str| requirements.iter().filter(|one| one["change"] == change).collect::<Vec<_>>();
        assert!(!of("ADDED").is_empty() && !of("CHANGED").is_empty());
        for one in of("ADDED") {
            assert!(one["before"].is_null() && one["after"]["requiredLevel"].is_i64(), "{one}");
        }
        for one in of("CHANGED") {
            assert_ne!(one["before"], Value::Null, "{one}");
        }
        assert_eq!(diff["salaryBenchmarks"]["added"].as_array().map(Vec::len), Some(15));
        assert_eq!(diff["challenges"]["added"].as_array().map(Vec::len), Some(8));

        let same = ask("consultant", "consultant").await;
        assert_eq!((&same["summaryChanged"], &same["requirements"]), (&json!(false), &json!([])));
        for part in ["responsibilities", "qualifications", "practices", "challenges", "marketInsights", "salaryBenchmarks"] {
            assert_eq!(same[part], json!({ "added": [], "removed": [] }), "{part}");
        }
        assert_eq!(ask("consultant", "nobody").await, Value::Null);
    }

    async fn salaries_are_found_by_what_they_say_and_paged(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let client = recruiter(&world).await;
        let all = client.query(STATED, json!({ "first": 100 })).await;
        assert_eq!(sources(&all).len(), 15);
        for (filter, found) in [
            (json!({ "sources": ["ZipRecruiter"] }), 7),
            (json!({ "sources": ["ZipRecruiter"], "statistics": ["PERCENTILE", "MAXIMUM"] }), 3),
            (json!({ "period": "HOUR" }), 3),
            (json!({ "regions": ["US"], "basis": "TOTAL" }), 1),
            (json!({ "regions": ["Europe", "IN"] }), 2),
            (json!({ "currency": "EUR" }), 0),
            (json!({ "roleProfileIds": [] }), 0),
        ] {
            let page = client.query(STATED, json!({ "first": 100, "filter": filter })).await;
            assert_eq!(sources(&page).len(), found, "{filter}");
        }
        let amounts = async |direction: &str| {
            let (mut after, mut amounts) = (Value::Null, Vec::new());
            loop {
                let order = json!({ "field": "AMOUNT", "direction": direction });
                let page = client.query(STATED, json!({ "first": 4, "after": after, "order": order })).await;
                let page = &page["salaryBenchmarks"];
                let nodes = page["nodes"].as_array().expect("nodes");
                amounts.extend(nodes.iter().map(|node| node["benchmark"]["low"]["amountMinor"].as_f64().expect("an amount")));
                if page["pageInfo"]["hasNextPage"] == json!(false) {
                    return amounts;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
        };
        let (up, mut down) = (amounts("ASC").await, amounts("DESC").await);
        assert!(up.len() == 15 && up.is_sorted());
        down.reverse();
        assert_eq!(up, down);
    }

    async fn only_like_figures_are_compared_and_none_are_averaged(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let client = recruiter(&world).await;
        let groups = client.query(COMPARED, json!({})).await["salaryComparison"].clone();
        let groups = groups.as_array().expect("groups");
        let told: Vec<String> = groups
            .iter()
            .map(|group| format!("{} {} {} {}", group["region"], group["period"], group["basis"], group["n"]).replace('"', ""))
            .collect();
        assert_eq!(told, [
            "Europe HOUR BASE 1", "IN HOUR BASE 1", "Livermore, US-CA YEAR BASE 1", "North America HOUR BASE 1",
            "Santa Cruz, US-CA YEAR BASE 1", "Sunnyvale, US-CA YEAR BASE 1", "US YEAR BASE 8", "US YEAR TOTAL 1",
        ]);
        let us = client.query(COMPARED, json!({ "region": "US" })).await["salaryComparison"][0].clone();
        assert_eq!((&us["low"]["amountMinor"], &us["high"]["amountMinor"]), (&json!(9_533_300.0), &json!(19_500_000.0)));
        let zip = us["sources"].as_array().expect("sources").iter().find(|one| one["source"] == "ZipRecruiter");
        let zip = zip.expect("a source");
        assert_eq!((&zip["n"], &zip["low"]["amountMinor"], &zip["high"]["amountMinor"]),
                   (&json!(4), &json!(12_150_000.0), &json!(18_400_000.0)));
    }

    async fn who_reads_salaries_is_noted_and_who_may_not_reads_none(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let everything = async |client: &Client| {
            let stated = client.query(STATED, json!({})).await["salaryBenchmarks"].clone();
            let compared = client.query(COMPARED, json!({})).await["salaryComparison"].clone();
            let diff = json!({ "from": "python-developer", "to": "senior-python-developer" });
            let diff = client.query(DIFF, diff).await["roleProfileDiff"].clone();
            assert!(diff.is_object());
            let nested = "{ roleProfile(by: { key: \"senior-python-developer\" }) { a: published { salaryBenchmarks { source } }
                            b: published { salaryBenchmarks { source } } } }";
            let nested = client.query(nested, json!({})).await["roleProfile"]["a"]["salaryBenchmarks"].clone();
            [stated, compared, diff["salaryBenchmarks"].clone(), nested]
        };
        let member = world.with_token(world.token("member", &[], &[])).await;
        for client in [member, world.as_stranger(&[Claim::Admin]).await] {
            assert!(everything(&client).await.iter().all(Value::is_null));
        }
        assert_eq!(noted(&world).await, (0, 0));
        assert!(everything(&recruiter(&world).await).await.iter().all(|answer| !answer.is_null()));
        assert_eq!(noted(&world).await, (4, 1), "one an operation and version, whatever was asked twice");
    }
}
