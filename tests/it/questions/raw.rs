//! What the database itself holds, whoever writes to it: approved versions stay what they are, nobody
//! approves alone, and nothing said is taken back.

use sea_orm::Value;
use serde_json::json;
use uuid::Uuid;

use super::{Bank, done};
use crate::support::World;

async fn version(world: &World) -> Uuid {
    world.rows("SELECT id FROM question_version ORDER BY number", []).await[0].try_get("", "id").unwrap()
}

/// Fails unless the database refuses the statement, in these words.
async fn forbidden(world: &World, sql: &str, values: impl IntoIterator<Item = Value>, because: &str) {
    let refused = world.try_execute(sql, values).await;
    let said = refused.expect_err(sql).to_string();
    assert!(said.contains(because), "{sql}: {said}");
}

const CONTENT: &str = "the content of a question version changes only while it is DRAFT";
const MOVES: &str = "a question version moves DRAFT, IN_REVIEW, APPROVED, COMPROMISED or RETIRED";

on_both! {
    async fn raw_sql_changes_nothing_of_an_approved_version(world: World) {
        let bank = Bank::in_world(&world).await;
        bank.approved("lost-update", "Two requests read a row and write it back. What can go wrong?").await;
        let id = version(&world).await;
        for set in [
            "author_id = NULL", "change_note = 'x'", "kind = 'CASE'", "difficulty = 1", "seniority_from = 1, seniority_to = 2",
            "language = 'de'", "expected_minutes = 1", "stem = 'x'", "context = 'x'", "follow_ups = '[]'",
            "expected_signals = '[]'", "red_flags = '[]'", "sample_answer = 'x'", "weight_rationale = 'x'",
            "content_hash = 'x'", "words = 'x'",
        ] {
            forbidden(&world, &format!("UPDATE question_version SET {set} WHERE id = $1"), [id.into()], CONTENT).await;
        }
        for (table, set) in [
            ("question_version_skill", "level = 5"), ("rubric_criterion", "title = 'x'"),
            ("rubric_anchor", "behaviour = 'x'"), ("question_fingerprint", "digest = 7"),
        ] {
            forbidden(&world, &format!("UPDATE {table} SET {set}"), [], CONTENT).await;
            forbidden(&world, &format!("DELETE FROM {table}"), [], CONTENT).await;
        }
        let anchor = "INSERT INTO rubric_anchor (criterion_id, score, behaviour) SELECT id, 2, 'x' FROM rubric_criterion";
        forbidden(&world, anchor, [], CONTENT).await;
        let print = "INSERT INTO question_fingerprint (digest, question_version_id) VALUES (7, $1)";
        forbidden(&world, print, [id.into()], CONTENT).await;
        let gone = "DELETE FROM question_version WHERE id = $1";
        forbidden(&world, gone, [id.into()], "a question version is never deleted").await;
        let again = "UPDATE question_version SET approved_at = $1 WHERE id = $2";
        forbidden(&world, again, [world.day(3).into(), id.into()], "a question version is approved once").await;
        let another = "UPDATE question_version SET number = 7 WHERE id = $1";
        forbidden(&world, another, [id.into()], "a question version keeps its question and its number").await;
        for status in ["DRAFT", "IN_REVIEW"] {
            let back = format!("UPDATE question_version SET status = '{status}', approved_at = NULL WHERE id = $1");
            let refused = world.try_execute(&back, [id.into()]).await.expect_err("refused").to_string();
            assert!(refused.contains(MOVES) || refused.contains("is approved once"), "{refused}");
        }
        for table in ["question_review", "leak_report"] {
            let kept = if table == "leak_report" {
                let report = [("id", Uuid::from_u128(7).into()), ("question_version_id", id.into()), ("source", "A forum.".into()),
                              ("at", world.now().into())];
                world.insert("leak_report", report).await;
                "reporter_id = NULL"
            } else {
                "verdict = 'REQUEST_CHANGES'"
            };
            forbidden(&world, &format!("DELETE FROM {table}"), [], "is append-only").await;
            forbidden(&world, &format!("UPDATE {table} SET {kept}"), [], "is append-only").await;
        }
    }

    async fn raw_sql_moves_a_version_only_along_its_life_and_by_two_people(world: World) {
        let bank = Bank::in_world(&world).await;
        let question = bank.draft(&bank.edith, "lost-update", "Two requests write one row. What can go wrong?").await;
        let id = version(&world).await;
        let to = |status: &str, also: &str| format!("UPDATE question_version SET status = '{status}'{also} WHERE id = $1");
        let (approved, retired) = (", approved_at = created_at", ", approved_at = created_at, retired_at = created_at");
        for (status, also) in [("COMPROMISED", retired), ("RETIRED", retired)] {
            forbidden(&world, &to(status, also), [id.into()], MOVES).await;
        }
        assert!(world.try_execute(&to("APPROVED", approved), [id.into()]).await.is_err());
        let insert = "INSERT INTO question_version SELECT * FROM question_version WHERE id = $1";
        assert!(world.try_execute(insert, [id.into()]).await.is_err());
        done(&bank.edith, "submitQuestion", json!({ "questionId": question })).await;
        let alone = "a question version is approved by somebody who did not write to it";
        forbidden(&world, &to("APPROVED", approved), [id.into()], alone).await;
        let author: Uuid = world.rows("SELECT author_id FROM question_version", []).await[0].try_get("", "author_id").unwrap();
        let own = [("id", Uuid::from_u128(7).into()), ("question_version_id", id.into()), ("reviewer_id", author.into()),
                   ("verdict", "APPROVE".into()), ("comments", "".into()), ("at", world.now().into())];
        world.insert("question_review", own).await;
        forbidden(&world, &to("APPROVED", approved), [id.into()], alone).await;
        forbidden(&world, "UPDATE question_version SET author_id = NULL WHERE id = $1", [id.into()], CONTENT).await;
        let stands = "who wrote to a question version stands";
        forbidden(&world, "DELETE FROM question_version_writer", [], stands).await;
        forbidden(&world, "UPDATE question_version_writer SET at = at", [], stands).await;
        let also = "INSERT INTO question_version_writer (question_version_id, person_id, at) \
                    SELECT $1, id, $2 FROM person WHERE display_name = 'Ines Interviewer'";
        let late = "a question version is written to only while it is DRAFT";
        forbidden(&world, also, [id.into(), world.now().into()], late).await;
        // A version that nobody signs any more is still by those who wrote to it.
        world.execute("UPDATE question_version SET status = 'DRAFT' WHERE id = $1", [id.into()]).await;
        world.execute("UPDATE question_version SET author_id = NULL WHERE id = $1", [id.into()]).await;
        world.execute("UPDATE question_version SET status = 'IN_REVIEW' WHERE id = $1", [id.into()]).await;
        forbidden(&world, &to("APPROVED", approved), [id.into()], alone).await;
        done(&bank.emil, "reviewQuestion", json!({ "questionId": question, "verdict": "APPROVE" })).await;
    }
}
