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
        assert!(messages[0].ends_with("Relate the two, or go on with `despiteSiblings`."), "{messages:?}");

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

    async fn a_sibling_is_named_once_by_its_strongest_likeness(world: World) {
        let bank = Bank::in_world(&world).await;
        let first = bank.approved("lost-update", STEM).await;
        // Of each entry the approved words and those of the draft are alike.
        let next = json!({ "questionId": first, "content": bank.content(NEAR) });
        done(&bank.edith, "saveQuestionDraft", next).await;
        for number in 0..6 {
            let key = format!("other-{number}");
            let id = bank.draft(&bank.edith, &key, &format!("{STEM} Say it in {number} words.")).await;
            done(&bank.edith, "submitQuestion", json!({ "questionId": id, "despiteSiblings": true })).await;
            let approve = json!({ "questionId": id, "verdict": "APPROVE", "despiteSiblings": true });
            done(&bank.emil, "reviewQuestion", approve).await;
            let next = json!({ "questionId": id, "content": bank.content(&format!("{NEAR} Say it in {number} words.")) });
            done(&bank.edith, "saveQuestionDraft", next).await;
        }
        let copy = bank.draft(&bank.emil, "copy", STEM).await;
        let told = change(&bank.emil, "submitQuestion", named(&copy)).await;
        let said = told["userErrors"].as_array().unwrap().iter().map(|error| error["message"].as_str().unwrap());
        let keys: Vec<&str> = said.clone().map(|message| message.split('`').nth(1).unwrap()).collect();
        assert_eq!(keys[0], "lost-update", "{told}");
        assert!(said.clone().next().unwrap().contains("resemblance 1.00"), "{told}");
        let different: std::collections::BTreeSet<&str> = keys.iter().copied().collect();
        assert_eq!((keys.len(), different.len()), (5, 5), "{keys:?}");
    }

    async fn what_leaked_does_not_come_back_unnoticed(world: World) {
        let bank = Bank::in_world(&world).await;
        let first = bank.approved("lost-update", STEM).await;
        done(&bank.ivan, "reportLeak", json!({ "questionId": first, "source": "A forum." })).await;
        // Its successor says something else; the words that leaked stay what they are.
        let next = json!({ "questionId": first, "content": bank.content("What does an index cost?") });
        done(&bank.edith, "saveQuestionDraft", next).await;
        let copy = bank.draft(&bank.ines, "copy", NEAR).await;
        done(&bank.ines, "submitQuestion", named(&copy)).await;
        let approve = json!({ "questionId": copy, "verdict": "APPROVE" });
        let told = change(&bank.edith, "reviewQuestion", approve.clone()).await;
        let error = &told["userErrors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!("DUPLICATE"), &json!(["questionId"])), "{told}");
        assert!(error["message"].as_str().unwrap().contains("`lost-update`"), "{told}");
        assert_eq!(told["question"], Value::Null);
        // To give it back needs no word on its siblings.
        let back = json!({ "questionId": copy, "verdict": "REQUEST_CHANGES", "comments": "It leaked." });
        done(&bank.edith, "reviewQuestion", back).await;
        done(&bank.ines, "submitQuestion", named(&copy)).await;
        let related = json!({ "questionId": copy, "otherId": first, "kind": "DUPLICATE" });
        done(&bank.edith, "relateQuestions", related.clone()).await;
        let mut apart = related;
        apart["related"] = json!(false);
        done(&bank.edith, "relateQuestions", apart).await;
        assert_eq!(refused(&bank.edith, "reviewQuestion", approve.clone()).await, ["DUPLICATE questionId"]);
        let mut despite = approve;
        despite["despiteSiblings"] = json!(true);
        done(&bank.edith, "reviewQuestion", despite).await;
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
        // The other way round it would be a circle; and what is so already changes nothing.
        let back = json!({ "questionId": two, "otherId": one, "kind": "FOLLOW_UP" });
        assert_eq!(refused(&bank.edith, "relateQuestions", back).await, ["CYCLE otherId"]);
        let count = async || {
            let revisions = world.rows("SELECT value FROM revision WHERE aggregate = 'QUESTION'", []).await;
            let revisions: i64 = revisions.iter().map(|row| row.try_get::<i64>("", "value").unwrap()).sum();
            let audited = world.rows("SELECT 1 FROM audit_event WHERE action = 'relateQuestions'", []).await.len();
            (revisions, audited)
        };
        let before = count().await;
        assert_eq!(before, (4, 2), "one relation raises two entries once");
        let apart = json!({ "questionId": one, "otherId": two, "kind": "ENEMY", "related": false });
        let same = done(&bank.edith, "relateQuestions", apart).await;
        assert_eq!((count().await, &same["question"]["id"]), (before, &json!(one)));
        let stale = json!({ "questionId": one, "otherId": two, "kind": "ENEMY", "expectedRevision": 9 });
        assert_eq!(refused(&bank.edith, "relateQuestions", stale).await, ["CONFLICT expectedRevision"]);
        let itself = json!({ "questionId": one, "otherId": one, "kind": "ENEMY" });
        assert_eq!(refused(&bank.edith, "relateQuestions", itself).await, ["INVALID otherId"]);
        let ines = json!({ "questionId": one, "otherId": two, "kind": "ENEMY" });
        assert_eq!(refused(&bank.ines, "relateQuestions", ines).await, ["NOT_FOUND questionId"]);
    }

    async fn a_question_has_at_most_a_hundred_relations_at_either_end(world: World) {
        let bank = Bank::in_world(&world).await;
        let full = bank.draft(&bank.edith, "full", STEM).await;
        let one = bank.draft(&bank.edith, "one", "What is an index?").await;
        let id = |text: &str| text.parse::<assay::domain::ids::QuestionId>().unwrap().uuid();
        for number in 0..100_u128 {
            let other = uuid::Uuid::from_u128(1_000 + number);
            let row = [
                ("id", other.into()), ("key", format!("q-{number}").into()), ("category", "Any".into()),
                ("category_key", "any".into()), ("created_at", world.now().into()), ("latest_version_id", other.into()),
            ];
            world.insert("question", row).await;
            let row = [("from_id", id(&full).into()), ("to_id", other.into()), ("kind", "FOLLOW_UP".into())];
            world.insert("question_relation", row).await;
        }
        let ends = json!({ "questionId": full, "otherId": one, "kind": "VARIANT" });
        assert_eq!(refused(&bank.edith, "relateQuestions", ends).await, ["LIMIT questionId"]);
        let ends = json!({ "questionId": one, "otherId": full, "kind": "VARIANT" });
        let told = change(&bank.edith, "relateQuestions", ends).await;
        let error = &told["userErrors"][0];
        assert_eq!((&error["code"], &error["field"]), (&json!("LIMIT"), &json!(["otherId"])));
        assert_eq!(error["message"], "A question has at most 100 relations.");
    }
}
