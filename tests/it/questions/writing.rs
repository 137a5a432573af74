//! What a question may hold, and where it says so when it may not; what stands of the entry itself; and the key
//! that nobody gave.

use std::collections::BTreeSet;

use assay::domain::policy::Claim;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{Bank, change, done, refused, versions};
use crate::support::SkillSketch;

const STEM: &str = "Two requests read a row, change it and write it back. What can go wrong?";

fn create(content: Value) -> Value {
    json!({ "details": { "category": "Databases" }, "content": content })
}

on_both! {
    async fn nobody_is_asked_for_a_skill_that_is_not_agreed_on_or_no_longer(world: World) {
        let bank = Bank::in_world(&world).await;
        let category = world.category("More").await;
        let mut content = bank.content(STEM);
        for name in ["Cobol", "Brainfuck"] {
            let skill = world.skill(category, name, SkillSketch::default()).await;
            let shown = json!({ "skillId": skill.to_string(), "level": 3, "role": "SECONDARY" });
            content["skills"].as_array_mut().unwrap().push(shown);
        }
        world.execute("UPDATE skill SET status = 'DEPRECATED' WHERE name = 'Cobol'", []).await;
        let ines = "(SELECT id FROM person WHERE display_name = 'Ines Interviewer')";
        let propose = format!("UPDATE skill SET status = 'PROPOSED', proposed_by = {ines} WHERE name = 'Brainfuck'");
        world.execute(&propose, []).await;
        let told = change(&bank.ines, "createQuestion", create(content.clone())).await;
        let errors = told["userErrors"].as_array().unwrap();
        let said: Vec<(&Value, &str)> =
            errors.iter().map(|error| (&error["field"], error["message"].as_str().unwrap())).collect();
        assert_eq!(said, [
            (&json!(["content", "skills", "1", "skillId"]), "skillId must not be a skill that is deprecated."),
            (&json!(["content", "skills", "2", "skillId"]), "skillId must not be a skill that is only proposed."),
        ]);
        // What went out of use since it was written is not handed to review.
        let id = bank.draft(&bank.edith, "lost-update", STEM).await;
        world.execute("UPDATE skill SET status = 'DEPRECATED' WHERE name = 'SQL'", []).await;
        let submit = json!({ "questionId": id });
        assert_eq!(refused(&bank.edith, "submitQuestion", submit).await, ["INVALID content.skills.0.skillId"]);
    }

    async fn every_fault_of_a_question_is_told_at_once_at_its_place(world: World) {
        let bank = Bank::in_world(&world).await;
        for level in [0, 6, -1] {
            let mut content = bank.content(STEM);
            content["skills"][0]["level"] = json!(level);
            content["difficulty"] = json!(9);
            let told = change(&bank.edith, "createQuestion", create(content)).await;
            let errors = told["userErrors"].as_array().unwrap();
            let fields: Vec<&Value> = errors.iter().map(|error| &error["field"]).collect();
            assert_eq!(fields, [&json!(["content", "difficulty"]), &json!(["content", "skills", "0", "level"])]);
            assert_eq!(errors[1]["message"], "level must be 1 to 5.");
        }
        for address in ["javascript:alert(1)", "https://", "/skills", "https://here.org/a b"] {
            let mut input = create(bank.content(STEM));
            input["details"]["sourceUrl"] = json!(address);
            assert_eq!(refused(&bank.edith, "createQuestion", input).await, ["INVALID details.sourceUrl"], "{address}");
        }
        for filter in [json!({ "minLevel": 0 }), json!({ "maxLevel": 6 }), json!({ "difficulties": [1, 0] }), json!({ "difficulties": [6] })] {
            let asked = "query ($filter: QuestionFilter) { questions(filter: $filter) { nodes { key } } }";
            let answer = bank.edith.ask(asked, json!({ "filter": filter })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"], "{filter}");
        }
    }

    async fn white_space_is_trimmed_and_blanks_are_nothing(world: World) {
        let bank = Bank::in_world(&world).await;
        let mut content = bank.content(STEM);
        content["followUps"] = json!(["  And then? "]);
        content["context"] = json!(" \n ");
        content["sampleAnswer"] = json!("");
        content["criteria"][0]["title"] = json!(" Finds the cause  ");
        content["criteria"][0]["prompt"] = json!("Is the cause named?\n");
        let payload = done(&bank.edith, "createQuestion", create(content)).await;
        let asked = "query ($id: ID!) { question(id: $id) { current { followUps context sampleAnswer \
                     rubric { criteria { title prompt } } } } }";
        let told = bank.edith.query(asked, json!({ "id": payload["question"]["id"] })).await;
        assert_eq!(told["question"]["current"], json!({
            "followUps": ["And then?"], "context": null, "sampleAnswer": null,
            "rubric": { "criteria": [{ "title": "Finds the cause", "prompt": "Is the cause named?" }] },
        }));
    }

    async fn a_key_that_nobody_gave_takes_a_number_where_it_is_taken(world: World) {
        let bank = Bank::in_world(&world).await;
        let key = async |stem: &str| {
            let payload = done(&bank.ines, "createQuestion", create(bank.content(stem))).await;
            payload["question"]["key"].as_str().unwrap().to_owned()
        };
        let words = "two-requests-read-a-row-change-it-and";
        assert_eq!(key(STEM).await, words);
        assert_eq!(key(&format!("{STEM} Again?")).await, format!("{words}-2"));
        assert_eq!(key(STEM).await, format!("{words}-3"));
        assert_eq!((key("").await, key("???").await, key("什么是索引?").await),
                   ("question".to_owned(), "question-2".to_owned(), "question-3".to_owned()));
        let long = "Antidisestablishmentarianism notwithstanding incomprehensibilities characteristically";
        let (one, two) = (key(long).await, key(long).await);
        assert!(two.ends_with("-2") && two.len() <= 64 && one != two, "{one} {two}");
    }

    async fn keys_that_nobody_gave_are_given_out_once_however_many_ask_at_once(world: World) {
        let bank = Bank::in_world(&world).await;
        let create = || done(&bank.edith, "createQuestion", create(bank.content(STEM)));
        let made = join_all((0..6).map(|_| create())).await;
        let keys: BTreeSet<&str> = made.iter().map(|payload| payload["question"]["key"].as_str().unwrap()).collect();
        assert_eq!(keys.len(), 6, "{keys:?}");
    }

    async fn what_stands_of_a_question_changes_without_another_version(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.approved("lost-update", STEM).await;
        let tagged = json!({ "questionId": id, "details": { "category": "Storage", "tags": ["sql", "locks"] } });
        let payload = done(&bank.edith, "saveQuestionDraft", tagged.clone()).await;
        assert_eq!(versions(&bank.edith, &id).await, ["1 APPROVED"]);
        let asked = "query ($id: ID!) { question(id: $id) { category tags revision } }";
        let told = bank.ivan.query(asked, json!({ "id": id })).await["question"].clone();
        assert_eq!((&told["category"], &told["tags"]), (&json!("Storage"), &json!(["locks", "sql"])));
        let again = done(&bank.edith, "saveQuestionDraft", tagged).await;
        assert_eq!(again["question"]["revision"], payload["question"]["revision"], "nothing changed");
        assert_eq!(refused(&bank.edith, "saveQuestionDraft", json!({ "questionId": id })).await, ["INVALID content"]);
        let noted = json!({ "questionId": id, "details": { "category": "Any" }, "changeNote": "New." });
        assert_eq!(refused(&bank.edith, "saveQuestionDraft", noted).await, ["INVALID changeNote"]);
    }

    async fn what_stands_of_a_question_that_was_approved_is_the_editors_alone(world: World) {
        let bank = Bank::in_world(&world).await;
        let own = bank.draft(&bank.ines, "own", "What does an index cost?").await;
        let details = |id: &str| json!({ "questionId": id, "details": { "category": "Storage" } });
        done(&bank.ines, "saveQuestionDraft", details(&own)).await;
        let id = bank.approved("lost-update", STEM).await;
        // Ines writes the next version while she edits the bank, and then interviews again.
        let token = world.token("ines-interviewer", &[Claim::QuestionEditor], &[]);
        let editor = world.with_token(token).await;
        let draft = json!({ "questionId": id, "content": bank.content(&format!("{STEM} Take PostgreSQL.")) });
        done(&editor, "saveQuestionDraft", draft).await;
        assert_eq!(refused(&bank.ines, "saveQuestionDraft", details(&id)).await, ["FORBIDDEN details"]);
        let draft = json!({ "questionId": id, "content": bank.content(&format!("{STEM} Take MySQL.")) });
        done(&bank.ines, "saveQuestionDraft", draft).await;
    }
}
