//! The life of a question: each step by those who may, and every step that its state does not allow refused
//! by name.

use serde_json::{Value, json};

use super::{Bank, change, done, refused, versions};

/// A mutation, its input, and the rule by which it is refused.
type Refused = (&'static str, Value, &'static str);

const STEM: &str = "Two requests read a row, change it and write it back. What can go wrong?";

fn named(id: &str) -> Value {
    json!({ "questionId": id })
}

fn verdict(id: &str, verdict: &str) -> Value {
    json!({ "questionId": id, "verdict": verdict, "comments": "Say which database." })
}

fn leak(id: &str) -> Value {
    json!({ "questionId": id, "source": "A forum for candidates." })
}

on_both! {
    async fn a_question_is_drafted_reviewed_changed_approved_rewritten_and_retired(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.draft(&bank.ines, "lost-update", STEM).await;
        assert_eq!(versions(&bank.ines, &id).await, ["1 DRAFT"]);
        assert!(versions(&bank.ivan, &id).await.is_empty(), "another interviewer sees no draft");

        done(&bank.ines, "submitQuestion", named(&id)).await;
        done(&bank.edith, "reviewQuestion", verdict(&id, "REQUEST_CHANGES")).await;
        assert_eq!(versions(&bank.ines, &id).await, ["1 DRAFT"]);
        let asked = "query ($id: ID!) { question(id: $id) { current { reviews { verdict comments } } } }";
        let told = bank.ines.query(asked, json!({ "id": id })).await;
        let said = json!([{ "verdict": "REQUEST_CHANGES", "comments": "Say which database." }]);
        assert_eq!(told["question"]["current"]["reviews"], said);

        let better = format!("{STEM} Take PostgreSQL.");
        let draft = json!({ "questionId": id, "content": bank.content(&better), "changeNote": "Names a database." });
        done(&bank.ines, "saveQuestionDraft", draft).await;
        done(&bank.ines, "submitQuestion", named(&id)).await;
        let approved = done(&bank.emil, "reviewQuestion", verdict(&id, "APPROVE")).await;
        assert_eq!(approved["question"]["approved"]["number"], 1);
        assert_eq!(versions(&bank.ivan, &id).await, ["1 APPROVED"]);

        // A new version leaves the approved one as it is until it takes its place.
        let draft = json!({ "questionId": id, "content": bank.content(&format!("{better} And MySQL?")) });
        assert_eq!(refused(&bank.ines, "saveQuestionDraft", draft.clone()).await, ["FORBIDDEN questionId"]);
        done(&bank.edith, "saveQuestionDraft", draft).await;
        assert_eq!(versions(&bank.edith, &id).await, ["2 DRAFT", "1 APPROVED"]);
        assert_eq!(versions(&bank.ivan, &id).await, ["1 APPROVED"]);
        bank.approve(&id).await;
        assert_eq!(versions(&bank.edith, &id).await, ["2 APPROVED", "1 RETIRED"]);
        assert_eq!(versions(&bank.ivan, &id).await, ["2 APPROVED"]);

        let retired = done(&bank.edith, "retireQuestion", named(&id)).await;
        assert_eq!(retired["question"]["approved"], Value::Null);
        assert_eq!(versions(&bank.edith, &id).await, ["2 RETIRED", "1 RETIRED"]);
        assert!(versions(&bank.ivan, &id).await.is_empty());
        let rows = world.rows("SELECT 1 FROM audit_event WHERE aggregate = 'QUESTION'", []).await;
        assert_eq!(rows.len(), 10, "one event a change");
    }

    async fn the_author_alone_cannot_approve(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.draft(&bank.edith, "lost-update", STEM).await;
        done(&bank.edith, "submitQuestion", named(&id)).await;
        let payload = change(&bank.edith, "reviewQuestion", verdict(&id, "APPROVE")).await;
        assert_eq!(payload["userErrors"][0]["code"], "FORBIDDEN");
        assert_eq!(payload["userErrors"][0]["field"], json!(["verdict"]));
        assert_eq!(payload["userErrors"][0]["message"], "You wrote to this version: somebody who did not has to approve it.");
        // Taking it back is no approval.
        done(&bank.edith, "reviewQuestion", verdict(&id, "REQUEST_CHANGES")).await;
        done(&bank.edith, "submitQuestion", named(&id)).await;
        done(&bank.emil, "reviewQuestion", verdict(&id, "APPROVE")).await;
    }

    async fn what_leaked_is_retired_while_its_successor_is_written(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.approved("lost-update", STEM).await;
        done(&bank.ivan, "reportLeak", leak(&id)).await;
        let draft = json!({ "questionId": id, "content": bank.content("What does an index cost?") });
        done(&bank.edith, "saveQuestionDraft", draft).await;
        let asked = "query ($id: ID!) { question(id: $id) { viewerCan { retireQuestion reportLeak } } }";
        let can = bank.edith.query(asked, json!({ "id": id })).await;
        assert_eq!(can["question"]["viewerCan"], json!({ "retireQuestion": true, "reportLeak": false }));
        done(&bank.edith, "retireQuestion", named(&id)).await;
        assert_eq!(versions(&bank.edith, &id).await, ["2 DRAFT", "1 RETIRED"]);
        let again = change(&bank.edith, "retireQuestion", named(&id)).await;
        assert_eq!(again["userErrors"][0]["message"], "No version of the question is approved or compromised.");
    }

    async fn what_nobody_would_have_written_is_not_written(world: World) {
        let bank = Bank::in_world(&world).await;
        let stranger = world.as_stranger(&[assay::domain::policy::Claim::QuestionEditor]).await;
        let input = json!({ "details": { "category": "Databases" }, "content": bank.content(STEM) });
        let payload = change(&stranger, "createQuestion", input.clone()).await;
        let rule = "Your token is linked to no person, and a question needs an author.";
        assert_eq!(payload["userErrors"][0]["message"], rule);
        assert_eq!(refused(&bank.mia, "createQuestion", input).await, ["FORBIDDEN"]);
        let id = bank.approved("lost-update", STEM).await;
        let draft = json!({ "questionId": id, "content": bank.content(STEM) });
        assert_eq!(refused(&stranger, "saveQuestionDraft", draft).await, ["FORBIDDEN"]);
        assert_eq!(versions(&stranger, &id).await, ["1 APPROVED"]);
    }

    async fn every_illegal_step_is_refused_by_name(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.draft(&bank.edith, "lost-update", STEM).await;
        let draft = || json!({ "questionId": id, "content": bank.content(STEM) });
        let none = "No version of the question is approved or compromised.";
        let unasked = "No version of the question is approved.";
        let unread = "No version of the question is in review.";
        let undrafted = "There is no draft. Save one first.";
        let steps: [(&str, Vec<Refused>); 5] = [
            ("1 DRAFT", vec![
                ("reviewQuestion", verdict(&id, "APPROVE"), unread),
                ("retireQuestion", named(&id), none),
                ("reportLeak", leak(&id), unasked),
            ]),
            ("1 IN_REVIEW", vec![
                ("saveQuestionDraft", draft(), "The draft is in review. Ask its reviewer for changes first."),
                ("submitQuestion", named(&id), "The draft is in review already."),
                ("retireQuestion", named(&id), none),
                ("reportLeak", leak(&id), unasked),
            ]),
            ("1 APPROVED", vec![
                ("submitQuestion", named(&id), undrafted),
                ("reviewQuestion", verdict(&id, "REQUEST_CHANGES"), unread),
            ]),
            ("1 COMPROMISED", vec![
                ("submitQuestion", named(&id), undrafted),
                ("reviewQuestion", verdict(&id, "APPROVE"), unread),
                ("reportLeak", leak(&id), unasked),
            ]),
            ("1 RETIRED", vec![
                ("submitQuestion", named(&id), undrafted),
                ("reviewQuestion", verdict(&id, "APPROVE"), unread),
                ("retireQuestion", named(&id), none),
                ("reportLeak", leak(&id), unasked),
            ]),
        ];
        for (state, refusals) in steps {
            assert_eq!(versions(&bank.emil, &id).await, [state]);
            for (name, input, rule) in refusals {
                let payload = change(&bank.emil, name, input).await;
                let error = &payload["userErrors"][0];
                let told = (error["code"].as_str(), &error["field"], error["message"].as_str());
                assert_eq!(told, (Some("ILLEGAL_STATE"), &json!(["questionId"]), Some(rule)), "{name} of {state}");
                assert_eq!(payload["question"], Value::Null);
            }
            match state {
                "1 DRAFT" => done(&bank.edith, "submitQuestion", named(&id)).await,
                "1 IN_REVIEW" => done(&bank.emil, "reviewQuestion", verdict(&id, "APPROVE")).await,
                "1 APPROVED" => done(&bank.ivan, "reportLeak", leak(&id)).await,
                "1 COMPROMISED" => done(&bank.edith, "retireQuestion", named(&id)).await,
                _ => Value::Null,
            };
        }
        // What was withdrawn can be written anew.
        done(&bank.edith, "saveQuestionDraft", draft()).await;
        assert_eq!(versions(&bank.edith, &id).await, ["2 DRAFT", "1 RETIRED"]);
    }

    async fn a_draft_may_be_half_written_and_what_is_submitted_is_whole(world: World) {
        let bank = Bank::in_world(&world).await;
        let half = json!({ "kind": "CODING", "difficulty": 2, "expectedMinutes": 5, "stem": "", "skills": [], "criteria": [] });
        let input = json!({ "key": "half", "details": { "category": "Databases" }, "content": half });
        let payload = done(&bank.ines, "createQuestion", input).await;
        let id = payload["question"]["id"].as_str().unwrap();
        assert_eq!(refused(&bank.ines, "submitQuestion", named(id)).await, [
            "INVALID content.stem", "INVALID content.skills", "INVALID content.followUps",
            "INVALID content.expectedSignals", "INVALID content.criteria",
        ]);
        let taken = json!({ "key": "half", "details": { "category": "Databases" }, "content": bank.content(STEM) });
        assert_eq!(refused(&bank.ivan, "createQuestion", taken).await, ["TAKEN key"]);
        assert_eq!(refused(&bank.edith, "reviewQuestion", verdict(id, "APPROVE")).await, ["ILLEGAL_STATE questionId"]);
        let stale = json!({ "questionId": id, "content": bank.content(STEM), "expectedRevision": 7 });
        assert_eq!(refused(&bank.ines, "saveQuestionDraft", stale).await, ["CONFLICT expectedRevision"]);
        let mut broken = bank.content(STEM);
        broken["difficulty"] = json!(9);
        broken["criteria"][0]["anchors"][1]["behaviour"] = json!("Guesses.");
        let input = json!({ "questionId": id, "content": broken, "details": { "category": "" } });
        assert_eq!(refused(&bank.ines, "saveQuestionDraft", input).await, ["INVALID details.category"]);
        let input = json!({ "questionId": id, "content": broken });
        assert_eq!(refused(&bank.ines, "saveQuestionDraft", input).await, [
            "INVALID content.difficulty", "INVALID content.criteria.0.anchors",
        ]);
        let mute = json!({ "questionId": id, "verdict": "REQUEST_CHANGES" });
        done(&bank.ines, "saveQuestionDraft", json!({ "questionId": id, "content": bank.content(STEM) })).await;
        done(&bank.ines, "submitQuestion", named(id)).await;
        assert_eq!(refused(&bank.edith, "reviewQuestion", mute).await, ["INVALID comments"]);
    }

    async fn a_leak_takes_the_version_from_those_who_ask_and_from_sets_being_put_together(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.approved("lost-update", STEM).await;
        let version: uuid::Uuid = world.rows("SELECT id FROM question_version", []).await[0].try_get("", "id").unwrap();
        for (set, published) in [(1_u128, false), (2, true)] {
            let key = || uuid::Uuid::from_u128(set).into();
            let row = [("id", key()), ("name", "Set".into()), ("name_key", "set".into()), ("purpose", "TEMPLATE".into()),
                       ("status", "DRAFT".into()), ("created_at", world.now().into())];
            world.insert("question_set", row).await;
            let root = [("aggregate", "QUESTION_SET".into()), ("id", key()), ("value", 1_i64.into())];
            world.insert("revision", root).await;
            let item = [("question_set_id", key()), ("position", 0.into()), ("question_version_id", version.into()),
                        ("minutes", 9.into()), ("required", true.into())];
            world.insert("question_set_item", item).await;
            if published {
                let publish = "UPDATE question_set SET status = 'PUBLISHED', published_at = $1 WHERE id = $2";
                world.execute(publish, [world.now().into(), key()]).await;
            }
        }
        assert_eq!(refused(&bank.ivan, "reportLeak", json!({ "questionId": id, "source": " " })).await, ["INVALID source"]);
        done(&bank.ivan, "reportLeak", leak(&id)).await;
        let left = world.rows("SELECT question_set_id AS id FROM question_set_item", []).await;
        let left: Vec<uuid::Uuid> = left.iter().map(|row| row.try_get("", "id").unwrap()).collect();
        assert_eq!(left, [uuid::Uuid::from_u128(2)], "published ones keep what they pinned");
        let raised = world.rows("SELECT 1 FROM revision WHERE aggregate = 'QUESTION_SET' AND value = 2", []).await;
        assert_eq!(raised.len(), 2, "the draft is another one now, and the published one carries a warning");
        let asked = "query ($id: ID!) { question(id: $id) { approved { id } current { status leakReports { source reporter { displayName } } } } }";
        let told = bank.edith.query(asked, json!({ "id": id })).await;
        assert_eq!(told["question"]["approved"], Value::Null);
        assert_eq!(told["question"]["current"]["status"], "COMPROMISED");
        assert_eq!(told["question"]["current"]["leakReports"][0]["source"], "A forum for candidates.");
        // Pinned by a published set it is still there to be warned of; who wrote the report is the editors'.
        let told = bank.ines.query(asked, json!({ "id": id })).await;
        assert_eq!(told["question"]["current"], json!({ "status": "COMPROMISED", "leakReports": [] }));
        let list = "{ questions { nodes { key } } }";
        assert_eq!(bank.ines.query(list, Value::Null).await["questions"]["nodes"], json!([]));
    }
}
