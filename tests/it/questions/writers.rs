//! Who wrote to a version: all of them are kept, all of them see it, and none of them approves it.

use assay::{
    app::archive::{export, import},
    domain::{ids::Id, teams::TeamRole},
};
use serde_json::{Value, json};

use super::{Bank, done, refused, versions};
use crate::{archive::end, support::beside};

const STEM: &str = "Two requests read a row, change it and write it back. What can go wrong?";

fn named(id: &str) -> Value {
    json!({ "questionId": id })
}

fn approve(id: &str) -> Value {
    json!({ "questionId": id, "verdict": "APPROVE" })
}

fn draft(bank: &Bank, id: &str, stem: &str) -> Value {
    json!({ "questionId": id, "content": bank.content(stem) })
}

const ASKED: &str = "query ($id: ID!) { question(id: $id) { revision current {
    number author { displayName } writers { displayName } } } }";

on_both! {
    async fn a_save_that_changes_nothing_makes_nobody_a_writer(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.draft(&bank.edith, "lost-update", STEM).await;
        let before = bank.edith.query(ASKED, named_id(&id)).await;
        done(&bank.emil, "saveQuestionDraft", draft(&bank, &id, STEM)).await;
        assert_eq!(bank.edith.query(ASKED, named_id(&id)).await, before);
        let audited = world.rows("SELECT 1 FROM audit_event WHERE action = 'saveQuestionDraft'", []).await;
        assert!(audited.is_empty());
        done(&bank.edith, "submitQuestion", named(&id)).await;
        assert_eq!(refused(&bank.edith, "reviewQuestion", approve(&id)).await, ["FORBIDDEN verdict"]);
        done(&bank.emil, "reviewQuestion", approve(&id)).await;
        // The same words as those that are approved begin no other version.
        done(&bank.emil, "saveQuestionDraft", draft(&bank, &id, STEM)).await;
        assert_eq!(versions(&bank.edith, &id).await, ["1 APPROVED"]);
    }

    async fn who_wrote_to_a_version_approves_it_no_more(world: World) {
        let bank = Bank::in_world(&world).await;
        let team = world.team("Editors", None).await;
        for row in world.rows("SELECT id FROM person WHERE display_name LIKE '% Editor'", []).await {
            let editor: uuid::Uuid = row.try_get("", "id").unwrap();
            world.member(team, Id::from_uuid(editor), TeamRole::Member).await;
        }
        let id = bank.draft(&bank.edith, "lost-update", STEM).await;
        let better = format!("{STEM} Take PostgreSQL.");
        done(&bank.emil, "saveQuestionDraft", draft(&bank, &id, &better)).await;
        let told = bank.edith.query(ASKED, named_id(&id)).await;
        let (edith, emil) = (json!({ "displayName": "Edith Editor" }), json!({ "displayName": "Emil Editor" }));
        assert_eq!(told["question"]["current"]["author"], emil);
        assert_eq!(told["question"]["current"]["writers"], json!([edith, emil]));
        done(&bank.edith, "submitQuestion", named(&id)).await;
        for writer in [&bank.edith, &bank.emil] {
            assert_eq!(refused(writer, "reviewQuestion", approve(&id)).await, ["FORBIDDEN verdict"]);
        }
        // A word on what is new is written too.
        done(&bank.emil, "reviewQuestion", json!({ "questionId": id, "verdict": "REQUEST_CHANGES", "comments": "No." })).await;
        let erik = world.person("Erik Editor").await;
        let token = world.token("erik-editor", &[assay::domain::policy::Claim::QuestionEditor], &[]);
        let erik_client = world.with_token(token).await;
        let mut noted = draft(&bank, &id, &better);
        noted["changeNote"] = json!("Names a database.");
        done(&erik_client, "saveQuestionDraft", noted).await;
        // Left out, the note stays.
        let told = done(&bank.edith, "saveQuestionDraft", draft(&bank, &id, &format!("{better} Or MySQL."))).await;
        assert_eq!(told["question"]["current"]["changeNote"], "Names a database.");
        done(&bank.edith, "submitQuestion", named(&id)).await;
        assert_eq!(refused(&erik_client, "reviewQuestion", approve(&id)).await, ["FORBIDDEN verdict"]);
        let rows = world.rows("SELECT 1 FROM question_version_writer WHERE person_id = $1", [erik.uuid().into()]).await;
        assert_eq!(rows.len(), 1);
    }

    async fn an_interviewer_keeps_the_proposal_that_an_editor_corrects(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.draft(&bank.ines, "lost-update", STEM).await;
        done(&bank.edith, "saveQuestionDraft", draft(&bank, &id, &format!("{STEM} Take PostgreSQL."))).await;
        assert_eq!(versions(&bank.ines, &id).await, ["1 DRAFT"]);
        assert!(versions(&bank.ivan, &id).await.is_empty());
        let mine = "{ questions(filter: { mine: true }) { nodes { key } } }";
        for (client, keys) in [(&bank.ines, json!([{ "key": "lost-update" }])), (&bank.ivan, json!([]))] {
            assert_eq!(client.query(mine, Value::Null).await["questions"]["nodes"], keys);
        }
        // She goes on with it, submits it and reads what is said of it; Edith wrote to it and approves nothing.
        done(&bank.ines, "saveQuestionDraft", draft(&bank, &id, &format!("{STEM} Take MySQL."))).await;
        done(&bank.ines, "submitQuestion", named(&id)).await;
        assert_eq!(refused(&bank.edith, "reviewQuestion", approve(&id)).await, ["FORBIDDEN verdict"]);
        let back = json!({ "questionId": id, "verdict": "REQUEST_CHANGES", "comments": "Why MySQL?" });
        done(&bank.emil, "reviewQuestion", back).await;
        done(&bank.edith, "saveQuestionDraft", draft(&bank, &id, STEM)).await;
        let asked = "query ($id: ID!) { question(id: $id) { current { reviews { comments } } } }";
        let told = bank.ines.query(asked, named_id(&id)).await;
        assert_eq!(told["question"]["current"]["reviews"], json!([{ "comments": "Why MySQL?" }]));
    }

    async fn writers_are_moved_with_the_bank(world: World) {
        let bank = Bank::in_world(&world).await;
        let id = bank.draft(&bank.edith, "lost-update", STEM).await;
        done(&bank.ines, "createQuestion", json!({ "key": "other", "details": { "category": "Any" }, "content": bank.content("Why?") })).await;
        done(&bank.edith, "saveQuestionDraft", draft(&bank, &id, &format!("{STEM} Take PostgreSQL."))).await;
        bank.approve(&id).await;
        let folder = tempfile::tempdir().unwrap();
        let moved = export(world.store(), folder.path(), Box::new(|_| {})).await.expect("exported");
        let (abroad, database) = beside(world.backend(), &format!("{:?} writers", world.backend())).await;
        assert_eq!(import(abroad.store(), folder.path(), Box::new(|_| {})).await.expect("imported"), moved);
        let rows = "SELECT 1 FROM question_version_writer w JOIN question_version v ON v.id = w.question_version_id \
                    WHERE v.status IN ('APPROVED', 'DRAFT')";
        assert_eq!(abroad.rows(rows, []).await.len(), 2);
        end(abroad, database).await;
    }
}

fn named_id(id: &str) -> Value {
    json!({ "id": id })
}
