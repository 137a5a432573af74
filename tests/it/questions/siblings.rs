//! Near duplicates: a question that asks what the bank asks already is refused with its siblings' names,
//! unless it is related to them or submitted all the same.

use serde_json::{Value, json};

use super::{Bank, change, done, refused};

const STEM: &str =
    "Two requests read a row, change it and write it back. What can go wrong, and how is it prevented?";
const NEAR: &str =
    "Two requests read a row, change it and write it back. What can go wrong, and how do you prevent it?";

fn named(id: &str) -> Value {
    json!({ "questionId": id })
}

on_both! {
    async fn a_near_duplicate_names_its_siblings(world: World) {
        let bank = Bank::in_world(&world).await;
        let first = bank.approved("lost-update", STEM).await;
        bank.draft(&bank.edith, "another", "How does an index on two columns serve a query on the second alone?").await;
        let near = bank.draft(&bank.ines, "near", NEAR).await;
        let copy = bank.draft(&bank.ivan, "copy", &STEM.to_uppercase()).await;
        let told = change(&bank.ines, "submitQuestion", named(&near)).await;
        let errors = told["userErrors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "drafts of others are nothing an interviewer is told of: {errors:?}");
        assert_eq!((&errors[0]["code"], &errors[0]["field"]), (&json!("DUPLICATE"), &json!(["questionId"])));
        let message = errors[0]["message"].as_str().unwrap();
        assert!(message.starts_with("It asks nearly the same as `lost-update` (resemblance 0."), "{message}");
        let told = change(&bank.edith, "submitQuestion", named(&copy)).await;
        let messages: Vec<&str> =
            told["userErrors"].as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap()).collect();
        assert!(messages[0].starts_with("It is the same question as `lost-update` (resemblance 1.00)."), "{messages:?}");
        assert!(messages[1].contains("`near`"), "who edits the bank sees every draft: {messages:?}");

        // Related, it is known; or it is submitted all the same.
        let variant = json!({ "questionId": near, "otherId": first, "kind": "VARIANT" });
        done(&bank.edith, "relateQuestions", variant.clone()).await;
        done(&bank.ines, "submitQuestion", named(&near)).await;
        done(&bank.ivan, "submitQuestion", json!({ "questionId": copy, "despiteSiblings": true })).await;
        let asked = "query ($id: ID!) { question(id: $id) { relations { kind outgoing question { key } } } }";
        for (id, other) in [(&near, "lost-update"), (&first, "near")] {
            let told = bank.edith.query(asked, json!({ "id": id })).await;
            let relation = json!([{ "kind": "VARIANT", "outgoing": true, "question": { "key": other } }]);
            assert_eq!(told["question"]["relations"], relation);
        }
        let mut apart = variant;
        apart["related"] = json!(false);
        done(&bank.edith, "relateQuestions", apart).await;
        assert_eq!(bank.edith.query(asked, json!({ "id": first })).await["question"]["relations"], json!([]));
    }

    async fn from_which_resemblance_on_it_is_a_duplicate_is_a_setting(world: World) {
        let world = world.with_near_duplicates(1.0);
        let bank = Bank::in_world(&world).await;
        bank.approved("lost-update", STEM).await;
        let near = bank.draft(&bank.edith, "near", NEAR).await;
        done(&bank.edith, "submitQuestion", named(&near)).await;
        let copy = bank.draft(&bank.edith, "copy", &STEM.to_uppercase()).await;
        let told = change(&bank.edith, "submitQuestion", named(&copy)).await;
        assert_eq!(told["userErrors"][0]["code"], "DUPLICATE", "the same wording stays one: {told}");
    }

    async fn a_question_is_related_to_another_one_in_one_direction_or_both(world: World) {
        let bank = Bank::in_world(&world).await;
        let one = bank.draft(&bank.edith, "one", STEM).await;
        let two = bank.draft(&bank.edith, "two", "What is an index?").await;
        let follow = json!({ "questionId": one, "otherId": two, "kind": "FOLLOW_UP" });
        done(&bank.edith, "relateQuestions", follow.clone()).await;
        done(&bank.edith, "relateQuestions", follow).await;
        let asked = "query ($id: ID!) { question(id: $id) { relations { kind outgoing } } }";
        for (id, outgoing) in [(&one, true), (&two, false)] {
            let told = bank.edith.query(asked, json!({ "id": id })).await;
            assert_eq!(told["question"]["relations"], json!([{ "kind": "FOLLOW_UP", "outgoing": outgoing }]));
        }
        let itself = json!({ "questionId": one, "otherId": one, "kind": "ENEMY" });
        assert_eq!(refused(&bank.edith, "relateQuestions", itself).await, ["INVALID otherId"]);
        let ines = json!({ "questionId": one, "otherId": two, "kind": "ENEMY" });
        assert_eq!(refused(&bank.ines, "relateQuestions", ines).await, ["NOT_FOUND questionId"]);
    }
}
