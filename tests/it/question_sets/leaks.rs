//! A question that is known outside: gone from what is being put together, marked in what is published.

use serde_json::{Value, json};

use crate::{
    question_sets::{Bank, EDITOR, INTERVIEWER, asked, done, reasons, sent},
    support::World,
};

const SET: &str = "query ($id: ID!) { questionSet(id: $id) { revision totalMinutes \
     items { position compromised questionVersion { status question { key } } } \
     warnings { kind message items { position } } } }";

async fn set(world: &World, who: &str, id: &str) -> Value {
    asked(world, who, SET, json!({ "id": id })).await["questionSet"].clone()
}

async fn leak(world: &World, question: &str) {
    let input = json!({ "questionId": question, "source": "A forum", "idempotencyKey": question });
    done(world, INTERVIEWER, "reportLeak", "", input).await;
}

on_both! {
    async fn a_compromised_question_leaves_drafts_and_is_flagged_where_it_is_published(world: World) {
        let bank = Bank::in_world(&world).await;
        let (one, two) = (bank.approved(&world, "one", 3).await, bank.approved(&world, "two", 3).await);
        let draft = bank.set(&world, EDITOR, "Draft", &[&one, &two]).await;
        let other = bank.set(&world, INTERVIEWER, "Another", &[&two]).await;
        let published = bank.published(&world, "Published", &[&one, &two]).await;
        assert_eq!(set(&world, EDITOR, &published).await["warnings"], json!([]));
        leak(&world, &one).await;

        let left = set(&world, EDITOR, &draft).await;
        assert_eq!((&left["revision"], &left["totalMinutes"], &left["warnings"]), (&json!(2), &json!(10), &json!([])));
        assert_eq!(left["items"], json!([{ "position": 1, "compromised": false,
            "questionVersion": { "status": "APPROVED", "question": { "key": "two" } } }]));
        assert_eq!(set(&world, EDITOR, &other).await["revision"], 1, "it never held the question");
        let kept = set(&world, INTERVIEWER, &published).await;
        assert_eq!(kept["items"][0], json!({ "position": 1, "compromised": true,
            "questionVersion": { "status": "COMPROMISED", "question": { "key": "one" } } }));
        assert_eq!(kept["items"][1]["compromised"], false);
        assert_eq!(kept["warnings"], json!([{ "kind": "COMPROMISED", "message": "Question 1 is known outside: do not ask it.",
            "items": [{ "position": 1 }] }]));
        let drafts = "SELECT 1 FROM audit_event WHERE action = 'reportLeak' AND aggregate = 'QUESTION_SET'";
        assert_eq!(world.rows(drafts, []).await.len(), 1, "the draft's change is on record");
        // Nothing can bring it back.
        let input = json!({ "questionSetId": draft, "items": [{ "question": { "id": one } }] });
        assert_eq!(reasons(&sent(&world, EDITOR, "updateQuestionSet", "", input).await), ["ILLEGAL_STATE items.0.question.id"]);
    }

    async fn a_draft_with_a_question_out_of_use_says_so_and_is_not_published(world: World) {
        let bank = Bank::in_world(&world).await;
        let (one, two) = (bank.approved(&world, "one", 3).await, bank.approved(&world, "two", 3).await);
        let draft = bank.set(&world, INTERVIEWER, "Draft", &[&one, &two]).await;
        done(&world, EDITOR, "retireQuestion", "", json!({ "questionId": two })).await;
        let seen = set(&world, INTERVIEWER, &draft).await;
        assert_eq!(seen["items"][1]["questionVersion"]["status"], "RETIRED", "its author still sees what is in it");
        assert_eq!(seen["warnings"][0]["kind"], "RETIRED");
        let shown = "questionSet { viewerCan { publishQuestionSet } }";
        let payload = sent(&world, EDITOR, "publishQuestionSet", shown, json!({ "questionSetId": draft })).await;
        assert_eq!(reasons(&payload), ["ILLEGAL_STATE questionSetId"]);
        assert_eq!(payload["userErrors"][0]["message"], "Item 2 pins a version that is no longer approved.");
    }

    async fn questions_that_give_each_other_away_are_named(world: World) {
        let bank = Bank::in_world(&world).await;
        let (one, two) = (bank.approved(&world, "one", 3).await, bank.approved(&world, "two", 3).await);
        let three = bank.approved(&world, "three", 3).await;
        for (other, kind) in [(&two, "ENEMY"), (&three, "FOLLOW_UP")] {
            done(&world, EDITOR, "relateQuestions", "", json!({ "questionId": one, "otherId": other, "kind": kind })).await;
        }
        let id = bank.published(&world, "Siblings", &[&two, &three, &one]).await;
        assert_eq!(set(&world, INTERVIEWER, &id).await["warnings"], json!([{ "kind": "SIBLINGS",
            "message": "Questions 1 and 3 give each other away or ask the same: ask one of them.",
            "items": [{ "position": 1 }, { "position": 3 }] }]));
    }
}
