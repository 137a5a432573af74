//! Finding sets: who sees which, filters, orders, and in how many statements.

use serde_json::{Value, json};

use crate::{
    development::role,
    question_sets::{Bank, EDITOR, INTERVIEWER, MEMBER, OTHER, asked, done},
    support::{SkillSketch, World},
};

async fn names(world: &World, who: &str, arguments: &str) -> Vec<String> {
    let document = format!("{{ questionSets{arguments} {{ nodes {{ name }} }} }}");
    let found = asked(world, who, &document, Value::Null).await;
    let nodes = found["questionSets"]["nodes"].as_array().expect("nodes").iter();
    nodes.map(|set| set["name"].as_str().expect("a name").to_owned()).collect()
}

/// Everything an interviewer needs, in one request.
const WHOLE: &str = "query ($id: ID!) { questionSet(id: $id) { name totalMinutes roleProfileVersion { roleProfile { title } } \
     warnings { kind message } \
     items { position section minutes required compromised questionVersion { kind difficulty stem context followUps \
     expectedSignals redFlags sampleAnswer skills { level role skill { name } } \
     rubric { criteria { title prompt required anchors { score behaviour } } } } } } }";

on_both! {
    async fn lists_are_cut_to_the_viewer_and_filtered_by_role_skill_and_purpose(world: World) {
        let bank = Bank::in_world(&world).await;
        let one = bank.approved(&world, "one", 3).await;
        let profile = role(&world, "engineer", &[(bank.rust, 4, "MUST")]).await;
        bank.published(&world, "Beta", &[&one]).await;
        bank.set(&world, INTERVIEWER, "Own", &[]).await;
        let input = json!({ "name": "alpha", "purpose": "INTERVIEW", "roleProfile": { "key": "engineer" }, "idempotencyKey": "i" });
        done(&world, EDITOR, "createQuestionSet", "", input).await;
        assert_eq!(names(&world, EDITOR, "").await, ["alpha", "Beta", "Own"]);
        assert_eq!(names(&world, EDITOR, "(orderBy: { field: CREATED_AT, direction: DESC })").await, ["alpha", "Own", "Beta"]);
        assert_eq!(names(&world, INTERVIEWER, "").await, ["Beta", "Own"]);
        assert_eq!(names(&world, OTHER, "").await, ["Beta"]);
        assert!(names(&world, MEMBER, "").await.is_empty());
        let filtered = |filter: String| format!("(filter: {{ {filter} }})");
        for (filter, expected) in [
            (format!("skillIds: [\"{}\"]", bank.rust), vec!["Beta"]),
            (format!("skillIds: [\"{}\"]", bank.go), vec!["Beta"]),
            ("skillIds: []".to_owned(), vec![]),
            (format!("roleProfileIds: [\"{profile}\"]"), vec!["alpha"]),
            ("purposes: [INTERVIEW]".to_owned(), vec!["alpha"]),
            ("statuses: [PUBLISHED]".to_owned(), vec!["Beta"]),
            ("text: \"ＡＬ\"".to_owned(), vec!["alpha"]),
            ("mine: true".to_owned(), vec!["alpha", "Beta"]),
        ] {
            assert_eq!(names(&world, EDITOR, &filtered(filter.clone())).await, expected, "{filter}");
        }
        assert_eq!(names(&world, INTERVIEWER, "(filter: { mine: true })").await, ["Own"]);
    }

    async fn a_skill_that_was_merged_away_finds_the_sets_of_what_it_reads_as(world: World) {
        let bank = Bank::in_world(&world).await;
        let one = bank.approved(&world, "one", 3).await;
        bank.published(&world, "Beta", &[&one]).await;
        let old = world.skill(world.category("Old").await, "Rust 2015", SkillSketch::default()).await;
        let merge = "UPDATE skill SET status = 'MERGED', merged_into = $1 WHERE id = $2";
        world.execute(merge, [bank.rust.uuid().into(), old.uuid().into()]).await;
        for (skill, expected) in [(old, vec!["Beta"]), (bank.rust, vec!["Beta"])] {
            assert_eq!(names(&world, EDITOR, &format!("(filter: {{ skillIds: [\"{skill}\"] }})")).await, expected);
        }
    }

    async fn a_set_comes_whole_in_one_request_of_few_statements(world: World) {
        let bank = Bank::in_world(&world).await;
        let mut ids = Vec::new();
        for name in ["one", "two", "three", "four"] {
            ids.push(bank.approved(&world, name, 3).await);
        }
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let (small, large) = (bank.published(&world, "Small", &ids[..1]).await, bank.published(&world, "Large", &ids).await);
        let mut counts = Vec::new();
        for id in [&small, &large] {
            let before = world.statements();
            let set = asked(&world, INTERVIEWER, WHOLE, json!({ "id": id })).await["questionSet"].clone();
            counts.push(world.statements() - before);
            let item = &set["items"][0]["questionVersion"];
            assert_eq!(item["rubric"]["criteria"][0]["anchors"][2]["behaviour"], "Weighs <two> designs");
            assert_eq!(item["skills"][0], json!({ "level": 3, "role": "PRIMARY", "skill": { "name": "Rust" } }));
            assert_eq!(item["sampleAnswer"], "The **owner** drops it.\n\n<b>raw</b>");
        }
        assert_eq!(counts[0], counts[1], "as many for four questions as for one");
        assert!(counts[0] <= 9, "{counts:?}");
        let before = world.statements();
        let page = "{ questionSets(first: 10) { nodes { name totalMinutes warnings { kind } items { position } viewerCan { updateQuestionSet } } } }";
        asked(&world, INTERVIEWER, page, Value::Null).await;
        assert!(world.statements() - before <= 4, "{}", world.statements() - before);
    }
}
