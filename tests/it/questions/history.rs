//! What became of a question: its versions, and what each says otherwise than the one before.

use serde_json::{Value, json};

use super::{Bank, done};

const HISTORY: &str = "query ($id: ID!) { questionHistory(questionId: $id) { nodes { number changeNote
    previous { number } changes { field skill { name } before after } } } }";

on_both! {
    async fn a_history_tells_what_each_version_changed(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.approved("lost-update", "Two requests write one row. What is lost?").await;
        let mut content = bank.content("Two requests write one row. What is lost, and why?");
        content["followUps"] = json!(["How would a lock help?"]);
        content["skills"][0]["level"] = json!(4);
        content["criteria"][0]["anchors"][1]["behaviour"] = json!("Names the lost update.");
        let draft = json!({ "questionId": id, "content": content, "changeNote": "Asks for the cause." });
        done(&bank.edith, "saveQuestionDraft", draft).await;
        let told = bank.edith.query(HISTORY, json!({ "id": id })).await;
        let change = |field: &[&str], before: Value, after: Value| {
            json!({ "field": field, "skill": null, "before": before, "after": after })
        };
        let mut levels = change(
            &["skills"], json!("level 3, PRIMARY, weight 1"), json!("level 4, PRIMARY, weight 1"),
        );
        levels["skill"] = json!({ "name": "SQL" });
        let stem = change(
            &["stem"], json!("Two requests write one row. What is lost?"),
            json!("Two requests write one row. What is lost, and why?"),
        );
        let second = json!({ "number": 2, "changeNote": "Asks for the cause.", "previous": { "number": 1 }, "changes": [
            stem,
            change(&["followUps"], json!("How would a test show it?"), Value::Null),
            change(&["followUps"], Value::Null, json!("How would a lock help?")),
            levels,
            change(&["criteria", "cause", "anchors", "3"], json!("Names the cause."), json!("Names the lost update.")),
        ] });
        let first = json!({ "number": 1, "changeNote": "", "previous": null, "changes": [] });
        assert_eq!(told["questionHistory"]["nodes"], json!([second, first]));

        // Once it is approved, who interviews sees it alone: what was asked before is nothing to compare with.
        bank.approve(&id).await;
        let told = bank.ines.query(HISTORY, json!({ "id": id })).await;
        let alone = json!({ "number": 2, "changeNote": "Asks for the cause.", "previous": null, "changes": [] });
        assert_eq!(told["questionHistory"]["nodes"], json!([alone]));
        assert_eq!(bank.mia.query(HISTORY, json!({ "id": id })).await["questionHistory"], Value::Null);
    }

    async fn a_history_is_read_by_few_statements_however_long_it_is(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.approved("lost-update", "Two requests write one row. What is lost?").await;
        let statements = async |first: u32| {
            let before = world.statements();
            let asked = HISTORY.replace("questionId: $id", &format!("questionId: $id, first: {first}"));
            bank.edith.query(&asked, json!({ "id": id })).await;
            world.statements() - before
        };
        for number in 2..5 {
            let content = bank.content(&format!("Two requests write one row. What is lost in round {number}?"));
            done(&bank.edith, "saveQuestionDraft", json!({ "questionId": id, "content": content })).await;
            bank.approve(&id).await;
        }
        let (one, four) = (statements(1).await, statements(4).await);
        assert_eq!(one, four, "a longer history costs no more statements");
        assert!(four <= 8, "{four} statements");
    }
}
