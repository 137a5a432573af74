//! What a set covers of a role, F9: by the figures of a small example, and in few statements.

use serde_json::{Value, json};

use crate::{
    assessments::merge,
    development::role,
    question_sets::{Bank, EDITOR, INTERVIEWER, asked, done},
};

on_both! {
    async fn coverage_tells_minutes_difficulty_and_what_is_left_out(world: World) {
        let bank = Bank::in_world(&world).await;
        let category = world.category("More").await;
        let (sql, ada) = (world.skill(category, "SQL", Default::default()).await, world.skill(category, "Ada", Default::default()).await);
        role(&world, "engineer", &[(bank.rust, 4, "MUST"), (bank.go, 3, "SHOULD"), (sql, 2, "NICE")]).await;
        let strong = bank.approved(&world, "strong", 4).await;
        // A question of Ada alone, which nobody requires, and harder.
        let mut content = bank.content("How does a rendezvous end?", 3);
        merge(&mut content, json!({ "difficulty": 5, "skills": [{ "skillId": ada.to_string(), "level": 3, "role": "PRIMARY" }] }));
        content["criteria"][0]["skillId"] = json!(ada.to_string());
        let input = json!({ "key": "ada", "details": { "category": "Ada" }, "content": content, "idempotencyKey": "ada" });
        let other = done(&world, EDITOR, "createQuestion", "question { id }", input).await["question"]["id"].as_str().unwrap().to_owned();
        bank.approve(&world, &other).await;
        let items = json!([{ "question": { "id": strong }, "minutes": 20 }, { "question": { "id": other }, "minutes": 10 }]);
        let input = json!({ "name": "A set", "purpose": "TEMPLATE", "roleProfile": { "key": "engineer" }, "items": items, "idempotencyKey": "s" });
        let set = done(&world, EDITOR, "createQuestionSet", "questionSet { id }", input).await["questionSet"]["id"].clone();
        done(&world, EDITOR, "publishQuestionSet", "", json!({ "questionSetId": set })).await;

        let document = |arguments: &str| format!("query ($id: ID!) {{ questionSet(id: $id) {{ coverage{arguments} {{ \
             roleProfileVersion {{ number }} totalMinutes alignment policyVersion version leftOut {{ skill {{ name }} }} \
             requirements {{ skill {{ name }} requiredLevel importance status minutes targetMinutes \
             shownBy {{ level role minutes item {{ position }} }} }} \
             cells {{ skill {{ name }} difficulty questions minutes }} }} }} }}");
        let before = world.statements();
        let coverage = asked(&world, INTERVIEWER, &document(""), json!({ "id": set })).await["questionSet"]["coverage"].clone();
        assert!(world.statements() - before <= 11, "{}", world.statements() - before);
        assert_eq!((&coverage["totalMinutes"], &coverage["policyVersion"]), (&json!(30), &json!("1")));
        // Rust gets 15 of 30 minutes, Go 5, Ada 10; each third of the weight is asked for by Rust, Go and SQL.
        let alignment = coverage["alignment"].as_f64().unwrap();
        assert!((alignment - 0.5).abs() < 1e-9, "1 − ½ (1/6 + 1/6 + 1/3 + 1/3), not {alignment}");
        assert_eq!(coverage["requirements"], json!([
            { "skill": { "name": "Rust" }, "requiredLevel": 4, "importance": "MUST", "status": "COVERED", "minutes": 15.0,
              "targetMinutes": 10.0, "shownBy": [{ "level": 4, "role": "PRIMARY", "minutes": 15.0, "item": { "position": 1 } }] },
            { "skill": { "name": "Go" }, "requiredLevel": 3, "importance": "SHOULD", "status": "THIN", "minutes": 5.0,
              "targetMinutes": 10.0, "shownBy": [{ "level": 2, "role": "SECONDARY", "minutes": 5.0, "item": { "position": 1 } }] },
            { "skill": { "name": "SQL" }, "requiredLevel": 2, "importance": "NICE", "status": "NONE", "minutes": 0.0,
              "targetMinutes": 10.0, "shownBy": [] },
        ]));
        assert_eq!(coverage["leftOut"], json!([{ "skill": { "name": "SQL" } }]));
        assert_eq!(coverage["cells"], json!([
            { "skill": { "name": "Rust" }, "difficulty": 3, "questions": 1, "minutes": 15.0 },
            { "skill": { "name": "Go" }, "difficulty": 3, "questions": 1, "minutes": 5.0 },
            { "skill": { "name": "Ada" }, "difficulty": 5, "questions": 1, "minutes": 10.0 },
        ]));
        let again = asked(&world, INTERVIEWER, &document(""), json!({ "id": set })).await;
        assert_eq!(again["questionSet"]["coverage"]["version"], coverage["version"]);

        role(&world, "other", &[(ada, 3, "MUST")]).await;
        let other = document("(roleProfile: { key: \"other\" })");
        let other = asked(&world, INTERVIEWER, &other, json!({ "id": set })).await["questionSet"]["coverage"].clone();
        assert_eq!((&other["requirements"][0]["status"], &other["leftOut"]), (&json!("COVERED"), &json!([])));
        assert_ne!(other["version"], coverage["version"]);
        let none = document("(roleProfile: { key: \"nobody\" })");
        assert_eq!(asked(&world, INTERVIEWER, &none, json!({ "id": set })).await["questionSet"]["coverage"], Value::Null);
    }
}
