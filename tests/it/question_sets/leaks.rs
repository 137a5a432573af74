//! A question that is known outside: gone from what is being put together, marked in what is published.

use serde_json::{Value, json};

use crate::{
    development::role,
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
        let sets = "SELECT 1 FROM audit_event WHERE action = 'reportLeak' AND aggregate = 'QUESTION_SET'";
        assert_eq!(world.rows(sets, []).await.len(), 2, "what the draft lost and the published one is warned of");
        // It keeps its mark when it is retired, and what covers a role is what may be asked.
        done(&world, EDITOR, "retireQuestion", "", json!({ "questionId": one })).await;
        let retired = set(&world, INTERVIEWER, &published).await;
        assert_eq!((&retired["items"][0]["compromised"], &retired["warnings"]), (&json!(true), &kept["warnings"]));
        role(&world, "engineer", &[(bank.rust, 3, "MUST")]).await;
        let covers = "query ($id: ID!) { questionSet(id: $id) { totalMinutes coverage(roleProfile: { key: \"engineer\" }) { \
             totalMinutes requirements { shownBy { item { position } } } } } }";
        let covered = asked(&world, INTERVIEWER, covers, json!({ "id": published })).await["questionSet"].clone();
        assert_eq!((&covered["totalMinutes"], &covered["coverage"]["totalMinutes"]), (&json!(20), &json!(10)));
        assert_eq!(covered["coverage"]["requirements"][0]["shownBy"], json!([{ "item": { "position": 2 } }]));
        // Nothing can bring it back.
        let input = json!({ "questionSetId": draft, "items": [{ "question": { "id": one } }] });
        assert_eq!(reasons(&sent(&world, EDITOR, "updateQuestionSet", "", input).await), ["ILLEGAL_STATE items.0.question.id"]);
    }

    async fn what_came_before_a_leaked_version_is_known_with_it_and_what_comes_after_is_not(world: World) {
        let bank = Bank::in_world(&world).await;
        let one = bank.approved(&world, "one", 3).await;
        let (draft, first) = (bank.set(&world, EDITOR, "Draft", &[&one]).await, bank.published(&world, "First", &[&one]).await);
        let renew = async |stem: &str| {
            let input = json!({ "questionId": one, "content": bank.content(stem, 3) });
            done(&world, EDITOR, "saveQuestionDraft", "", input).await;
            bank.approve(&world, &one).await;
        };
        renew("Who owns the value now, and who drops it?").await;
        let second = bank.published(&world, "Second", &[&one]).await;
        leak(&world, &one).await;
        renew("Which of two owners drops a value that both of them hold?").await;
        let third = bank.published(&world, "Third", &[&one]).await;
        for (id, compromised) in [(&first, json!([true])), (&second, json!([true])), (&third, json!([false])), (&draft, json!([]))] {
            let set = set(&world, EDITOR, id).await;
            let marks = set["items"].as_array().unwrap().iter().map(|item| item["compromised"].clone());
            assert_eq!(Value::Array(marks.collect()), compromised, "{set}");
        }
    }

    async fn an_interviewer_is_shown_the_version_that_a_published_set_still_pins(world: World) {
        let bank = Bank::in_world(&world).await;
        let one = bank.approved(&world, "one", 3).await;
        bank.published(&world, "First", &[&one]).await;
        done(&world, EDITOR, "retireQuestion", "", json!({ "questionId": one })).await;
        done(&world, EDITOR, "saveQuestionDraft", "", json!({ "questionId": one, "content": bank.content("Who drops it?", 3) })).await;
        let current = "query ($id: ID!) { question(id: $id) { current { number status } } }";
        let seen = asked(&world, INTERVIEWER, current, json!({ "id": one })).await;
        assert_eq!(seen["question"]["current"], json!({ "number": 1, "status": "RETIRED" }));
        // To put it into a set there is nothing, which is another thing than that it did not exist.
        let input = json!({ "name": "Mine", "purpose": "INTERVIEW", "items": [{ "question": { "id": one } }], "idempotencyKey": "m" });
        let payload = sent(&world, INTERVIEWER, "createQuestionSet", "", input).await;
        assert_eq!(reasons(&payload), ["ILLEGAL_STATE items.0.question.id"]);
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
