//! From an empty set to a published one, and every way that is refused by name.

use serde_json::{Value, json};

use crate::{
    development::role,
    question_sets::{Bank, EDITOR, INTERVIEWER, MEMBER, OTHER, REVIEWER, asked, done, item, reasons, sent},
};

const SHOWN: &str = "questionSet { id name purpose status revision totalMinutes publishedAt archivedAt \
     author { displayName } roleProfileVersion { number } \
     items { position section minutes required compromised questionVersion { number question { key } } } \
     viewerCan { updateQuestionSet publishQuestionSet archiveQuestionSet } }";

fn keys(set: &Value) -> Vec<&str> {
    let items = set["items"].as_array().expect("items").iter();
    items.map(|item| item["questionVersion"]["question"]["key"].as_str().expect("a key")).collect()
}

on_both! {
    async fn a_set_is_put_together_changed_published_and_archived(world: World) {
        let bank = Bank::in_world(&world).await;
        let (one, two) = (bank.approved(&world, "one", 3).await, bank.approved(&world, "two", 4).await);
        role(&world, "engineer", &[(bank.rust, 4, "MUST")]).await;
        let input = json!({
            "name": " Engineers ", "purpose": "TEMPLATE", "roleProfile": { "key": "engineer" },
            "items": [{ "question": { "id": one }, "section": "Warm-up", "minutes": 5, "required": false }, item(&two)],
            "idempotencyKey": "a",
        });
        let shown = format!("{SHOWN} edge {{ cursor node {{ name }} }}");
        let made = done(&world, EDITOR, "createQuestionSet", &shown, input.clone()).await;
        let set = &made["questionSet"];
        assert_eq!((&set["name"], &set["status"], &set["revision"]), (&json!("Engineers"), &json!("DRAFT"), &json!(1)));
        assert_eq!((&set["totalMinutes"], &set["author"]["displayName"]), (&json!(15), &json!("Ed Editor")));
        assert_eq!(set["roleProfileVersion"]["number"], 1);
        assert_eq!(set["items"][0], json!({ "position": 1, "section": "Warm-up", "minutes": 5, "required": false,
            "compromised": false, "questionVersion": { "number": 1, "question": { "key": "one" } } }));
        assert_eq!((&set["items"][1]["minutes"], &set["items"][1]["required"]), (&json!(10), &json!(true)));
        let page = "query ($after: String) { questionSets(after: $after) { nodes { name } } }";
        let after = asked(&world, EDITOR, page, json!({ "after": made["edge"]["cursor"] })).await;
        assert_eq!(after["questionSets"]["nodes"], json!([]), "the edge stands where the list has it");
        let again = done(&world, EDITOR, "createQuestionSet", SHOWN, input).await;
        assert_eq!(again["questionSet"]["id"], set["id"], "the same key does the work once");

        let input = json!({ "questionSetId": set["id"], "items": [item(&two), item(&one)], "roleProfile": null,
                            "purpose": "INTERVIEW", "name": "For Ada", "expectedRevision": 1 });
        let changed = done(&world, REVIEWER, "updateQuestionSet", SHOWN, input.clone()).await;
        let set = &changed["questionSet"];
        assert_eq!((keys(set), &set["roleProfileVersion"]), (vec!["two", "one"], &Value::Null));
        assert_eq!((&set["purpose"], &set["name"], &set["revision"]), (&json!("INTERVIEW"), &json!("For Ada"), &json!(2)));
        let late = sent(&world, REVIEWER, "updateQuestionSet", SHOWN, input).await;
        assert_eq!(reasons(&late), ["CONFLICT expectedRevision"]);
        assert_eq!((&late["userErrors"][0]["currentRevision"], &late["questionSet"]["revision"]), (&json!(2), &json!(2)));

        let which = json!({ "questionSetId": set["id"], "expectedRevision": 2 });
        let can = json!({ "updateQuestionSet": true, "publishQuestionSet": true, "archiveQuestionSet": false });
        assert_eq!(set["viewerCan"], can);
        let published = done(&world, EDITOR, "publishQuestionSet", SHOWN, which).await;
        assert_eq!(published["questionSet"]["status"], "PUBLISHED");
        let which = json!({ "questionSetId": set["id"] });
        for name in ["updateQuestionSet", "publishQuestionSet"] {
            assert_eq!(reasons(&sent(&world, EDITOR, name, SHOWN, which.clone()).await), ["ILLEGAL_STATE questionSetId"]);
        }
        let archived = done(&world, EDITOR, "archiveQuestionSet", SHOWN, which.clone()).await;
        assert_eq!(archived["questionSet"]["status"], "ARCHIVED");
        assert!(archived["questionSet"]["archivedAt"].is_string());
        let can = json!({ "updateQuestionSet": false, "publishQuestionSet": false, "archiveQuestionSet": false });
        assert_eq!(archived["questionSet"]["viewerCan"], can);
        for name in ["updateQuestionSet", "publishQuestionSet", "archiveQuestionSet"] {
            assert_eq!(reasons(&sent(&world, EDITOR, name, SHOWN, which.clone()).await), ["ILLEGAL_STATE questionSetId"]);
        }
        let audited = world.rows("SELECT action FROM audit_event WHERE aggregate = 'QUESTION_SET'", []).await;
        assert_eq!(audited.len(), 4);
    }

    async fn what_breaks_a_rule_is_told_at_its_place(world: World) {
        let bank = Bank::in_world(&world).await;
        let good = bank.approved(&world, "one", 3).await;
        let content = bank.content("What is not approved?", 3);
        let draft = json!({ "key": "draft", "details": { "category": "Rust" }, "content": content, "idempotencyKey": "d" });
        let draft = done(&world, EDITOR, "createQuestion", "question { id current { id } }", draft).await;
        let (draft, version) = (draft["question"]["id"].clone(), draft["question"]["current"]["id"].clone());
        let with = |items: Value, more: Value| {
            let mut input = json!({ "name": "A set", "purpose": "TEMPLATE", "items": items, "idempotencyKey": "k" });
            crate::assessments::merge(&mut input, more);
            input
        };
        let missing = "question_00000000000000000000000001";
        let none = json!({});
        for (items, more, expected) in [
            (json!([]), json!({ "name": " " }), vec!["INVALID name"]),
            (json!([{ "question": { "id": good }, "minutes": 0, "section": "" }]), none.clone(),
                vec!["INVALID items.0.minutes", "INVALID items.0.section"]),
            (json!([item(&good), { "question": { "id": missing } }]), none.clone(), vec!["NOT_FOUND items.1.question.id"]),
            (json!([item(&good), item(&good)]), none.clone(), vec!["INVALID items.1.question.id"]),
            (json!([{ "question": { "id": draft } }, { "question": { "versionId": version } }]), none.clone(),
                vec!["ILLEGAL_STATE items.0.question.id", "ILLEGAL_STATE items.1.question.versionId"]),
            (json!(vec![item(&good); 51]), none.clone(), vec!["LIMIT items"]),
            (json!([]), json!({ "roleProfile": { "key": "nobody" } }), vec!["NOT_FOUND roleProfile.key"]),
            (json!([]), json!({ "basedOnId": missing }), vec!["INVALID items"]),
            (Value::Null, json!({ "basedOnId": missing }), vec!["NOT_FOUND basedOnId"]),
        ] {
            let payload = sent(&world, EDITOR, "createQuestionSet", SHOWN, with(items, more)).await;
            assert_eq!((reasons(&payload), &payload["questionSet"]), (expected.iter().map(ToString::to_string).collect(), &Value::Null));
        }
        // To those who interview a draft is what nobody has written.
        let payload = sent(&world, INTERVIEWER, "createQuestionSet", SHOWN, with(json!([{ "question": { "versionId": version } }]), none)).await;
        assert_eq!(reasons(&payload), ["NOT_FOUND items.0.question.versionId"]);
        let empty = bank.set(&world, EDITOR, "Empty", &[]).await;
        let payload = sent(&world, EDITOR, "publishQuestionSet", SHOWN, json!({ "questionSetId": empty })).await;
        assert_eq!(payload["userErrors"][0]["message"], "The set holds no question.");
        assert_eq!(world.rows("SELECT 1 FROM question_set", []).await.len(), 1);
    }

    async fn an_interviewer_keeps_the_own_sets_and_an_editor_publishes_them(world: World) {
        let bank = Bank::in_world(&world).await;
        let one = bank.approved(&world, "one", 3).await;
        let own = bank.set(&world, INTERVIEWER, "For Ada", &[&one]).await;
        let which = json!({ "questionSetId": own });
        done(&world, INTERVIEWER, "updateQuestionSet", "", json!({ "questionSetId": own, "name": "For Bo" })).await;
        let payload = sent(&world, INTERVIEWER, "publishQuestionSet", "", which.clone()).await;
        assert_eq!(reasons(&payload), ["FORBIDDEN questionSetId"]);
        for who in [OTHER, MEMBER] {
            let payload = sent(&world, who, "updateQuestionSet", SHOWN, which.clone()).await;
            assert_eq!((reasons(&payload), &payload["questionSet"]), (vec!["NOT_FOUND questionSetId".to_owned()], &Value::Null));
        }
        let input = json!({ "name": "Mine", "purpose": "INTERVIEW", "idempotencyKey": "m" });
        assert_eq!(reasons(&sent(&world, MEMBER, "createQuestionSet", "", input).await), ["FORBIDDEN "]);
        let one_set = "query ($id: ID!) { questionSet(id: $id) { name viewerCan { updateQuestionSet publishQuestionSet } } }";
        let seen = asked(&world, INTERVIEWER, one_set, json!({ "id": own })).await;
        assert_eq!(seen["questionSet"]["viewerCan"], json!({ "updateQuestionSet": true, "publishQuestionSet": false }));
        assert_eq!(asked(&world, OTHER, one_set, json!({ "id": own })).await["questionSet"], Value::Null);
        done(&world, EDITOR, "publishQuestionSet", "", which.clone()).await;
        assert_eq!(asked(&world, OTHER, one_set, json!({ "id": own })).await["questionSet"]["name"], "For Bo");
        let payload = sent(&world, OTHER, "updateQuestionSet", "", which).await;
        assert_eq!(reasons(&payload), ["FORBIDDEN questionSetId"]);
    }

    async fn a_template_begins_a_set_with_what_may_be_asked_now(world: World) {
        let bank = Bank::in_world(&world).await;
        role(&world, "engineer", &[(bank.rust, 4, "MUST")]).await;
        let names = ["kept", "renewed", "retired", "leaked"];
        let mut ids = Vec::new();
        for name in names {
            ids.push(bank.approved(&world, name, 3).await);
        }
        let items: Vec<Value> = ids.iter().map(|id| json!({ "question": { "id": id }, "section": "S", "minutes": 7 })).collect();
        let input = json!({ "name": "Template", "purpose": "TEMPLATE", "roleProfile": { "key": "engineer" }, "items": items, "idempotencyKey": "t" });
        let template = done(&world, EDITOR, "createQuestionSet", SHOWN, input).await["questionSet"]["id"].clone();
        done(&world, EDITOR, "publishQuestionSet", "", json!({ "questionSetId": template })).await;
        let content = bank.content("In renewed words: who owns it?", 3);
        done(&world, EDITOR, "saveQuestionDraft", "", json!({ "questionId": ids[1], "content": content })).await;
        bank.approve(&world, &ids[1]).await;
        done(&world, EDITOR, "retireQuestion", "", json!({ "questionId": ids[2] })).await;
        done(&world, EDITOR, "reportLeak", "", json!({ "questionId": ids[3], "source": "A forum", "idempotencyKey": "l" })).await;

        let input = json!({ "name": "For Ada", "purpose": "INTERVIEW", "basedOnId": template, "idempotencyKey": "c" });
        let made = done(&world, INTERVIEWER, "createQuestionSet", SHOWN, input).await;
        let set = &made["questionSet"];
        assert_eq!((keys(set), &set["status"]), (vec!["kept", "renewed"], &json!("DRAFT")));
        assert_eq!(set["items"][1]["questionVersion"]["number"], 2);
        assert_eq!((&set["items"][1]["section"], &set["totalMinutes"]), (&json!("S"), &json!(14)));
        assert_eq!(set["roleProfileVersion"]["number"], 1);
        // What the template pins stays pinned.
        let shown = format!("query ($id: ID!) {{ {} }}", SHOWN.replacen("questionSet", "questionSet(id: $id)", 1));
        let seen = asked(&world, INTERVIEWER, &shown, json!({ "id": template })).await;
        assert_eq!(keys(&seen["questionSet"]), names);
    }

    async fn the_database_itself_keeps_a_published_set_as_it_is(world: World) {
        let bank = Bank::in_world(&world).await;
        let (one, two) = (bank.approved(&world, "one", 3).await, bank.approved(&world, "two", 3).await);
        bank.published(&world, "Fixed", &[&one, &two]).await;
        for sql in [
            "UPDATE question_set SET name = 'x'",
            "UPDATE question_set SET status = 'DRAFT', published_at = NULL",
            "UPDATE question_set_item SET minutes = 1",
            "DELETE FROM question_set_item",
        ] {
            let refused = world.try_execute(sql, []).await.expect_err(sql).to_string();
            assert!(refused.contains("question set"), "{sql}: {refused}");
        }
    }
}
