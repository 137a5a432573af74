//! What stays cannot be changed, deleted, replaced or emptied away by any statement, in any table that has
//! something to keep.

use crate::{
    database::{Database, on_both},
    rows::{fill, insert},
};

/// The tables that keep rows, each with a change that it refuses.
const KEEPING: [(&str, &str); 31] = [
    ("access_event", "subject = 'X'"),
    ("audit_event", "action = 'x'"),
    ("challenge", "title = 'x'"),
    ("challenge_skill", "position = 7"),
    ("goal_check_in", "value = 7"),
    ("leak_report", "at = @7"),
    ("market_insight", "statement = 'x'"),
    ("person_role_profile", "valid_from = @2"),
    ("practice", "statement = 'x'"),
    ("qualification", "statement = 'x'"),
    ("question_fingerprint", "digest = 8"),
    ("question_review", "verdict = 'REQUEST_CHANGES'"),
    ("question_set", "name_key = 'x'"),
    ("question_set_item", "minutes = 7"),
    ("question_version", "stem = 'x'"),
    ("question_version_skill", "level = 5"),
    ("question_version_writer", "at = @7"),
    ("requirement_exemption", "valid_until = @8"),
    ("responsibility", "statement = 'x'"),
    ("role_profile_version", "summary = 'x'"),
    ("role_skill_requirement", "weight = 7"),
    ("rubric_anchor", "behaviour = 'x'"),
    ("rubric_criterion", "title = 'x'"),
    ("salary_benchmark", "region = 'x'"),
    ("skill_assessment", "level = 5"),
    ("skill_assessment_note", "note = 'x'"),
    ("skill_assessment_response", "text = 'x'"),
    ("skill_assessment_status", "seq = 7"),
    ("skill_merge", "at = @7"),
    ("team_membership", "role = 'MEMBER'"),
    ("team_parent", "valid_from = @2"),
];

const SET_ITEM: &str = "INSERT INTO question_set_item \
     (question_set_id, position, section, question_version_id, minutes, required) VALUES (#97, 0, NULL, #93, 8, TRUE)";

/// Every table has a row, and each version and set is published.
async fn settled(db: &Database) {
    fill(db).await;
    db.accepts("UPDATE question_version SET status = 'IN_REVIEW'").await;
    db.accepts("UPDATE question_version SET status = 'APPROVED', approved_at = @4").await;
    db.accepts(SET_ITEM).await;
    db.accepts("UPDATE question_set SET status = 'PUBLISHED', published_at = @5").await;
    db.accepts("UPDATE role_profile_version SET status = 'PUBLISHED', published_at = @5").await;
}

#[tokio::test]
async fn every_table_with_something_to_keep_is_tried_here() {
    on_both(async |db| {
        let refusing = db
            .strings(if db.is_postgres() {
                "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid \
                 WHERE NOT tgisinternal AND p.proname = 'refuse_change' ORDER BY 1"
            } else {
                "SELECT DISTINCT tbl_name FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%RAISE(%' ORDER BY 1"
            })
            .await;
        assert_eq!(refusing, KEEPING.map(|(table, _)| table));
    })
    .await;
}

#[tokio::test]
async fn nothing_that_stays_is_changed_or_deleted() {
    on_both(async |db| {
        settled(&db).await;
        for (table, change) in KEEPING {
            db.refusal(&format!("UPDATE {table} SET {change}")).await;
            db.refusal(&format!("DELETE FROM {table}")).await;
        }
        db.refuses("DELETE FROM question_set", "never deleted").await;
        db.refuses("UPDATE question_set SET published_at = @6", "never changes").await;
    })
    .await;
}

#[tokio::test]
async fn nothing_that_stays_is_emptied_away() {
    on_both(async |db| {
        if !db.is_postgres() {
            return; // DELETE is all there is
        }
        settled(&db).await;
        for (table, _) in KEEPING {
            let refused = db.refusal(&format!("TRUNCATE {table} CASCADE")).await;
            let kept = ["never emptied", "append-only", "permission denied"];
            assert!(kept.iter().any(|said| refused.contains(said)), "{table}: {refused}");
        }
        for root in ["question", "role_profile", "team", "skill"] {
            db.refusal(&format!("TRUNCATE {root} CASCADE")).await;
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_that_stays_is_replaced() {
    on_both(async |db| {
        if db.is_postgres() {
            return; // it has no REPLACE
        }
        settled(&db).await;
        for (table, _) in KEEPING {
            let refused = db.refusal(&copied(&db, table, "").await).await;
            assert!(said(&refused), "{table}: {refused}");
            if table != "question_fingerprint" {
                let refused = db.refusal(&copied(&db, table, "rowid").await).await;
                assert!(said(&refused), "{table} by its number: {refused}");
            }
        }
        for (table, changes) in BESIDE {
            db.accepts(&insert(table, changes)).await;
        }
        db.accepts("UPDATE question_version SET status = 'IN_REVIEW' WHERE id = #99").await;
        for (table, changes) in INSERTED {
            let replacing = insert(table, changes).replacen("INSERT", "INSERT OR REPLACE", 1);
            db.refuses(&replacing, "is never replaced").await;
        }
        for sql in MOVED {
            db.refuses(&format!("UPDATE OR REPLACE {sql}"), "is never replaced").await;
        }
    })
    .await;
}

/// Either that it is never replaced, or that nothing comes to what is published.
fn said(refused: &str) -> bool {
    refused.contains("is never replaced") || refused.contains("only while it is DRAFT")
}

/// A statement that puts a copy of each row, born as it may be, in the place of the row; by another key when
/// `place` names the number of the row.
async fn copied(db: &Database, table: &str, place: &str) -> String {
    let columns = db.strings(&format!("SELECT name FROM pragma_table_info('{table}')")).await;
    let value = |column: &String| match (table, column.as_str()) {
        ("question_version" | "role_profile_version" | "question_set", "status") => "'DRAFT'".to_owned(),
        (_, "approved_at" | "published_at") => "NULL".to_owned(),
        (_, "id") if !place.is_empty() => "#900".to_owned(),
        // Content of a draft, as far as the key lets it be.
        (_, "role_profile_version_id") => "#59".to_owned(),
        _ => column.clone(),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let (mut columns, mut values) = (columns.join(", "), values.join(", "));
    if !place.is_empty() {
        columns = format!("{place}, {columns}");
        values = format!("{place}, {values}");
    }
    format!("INSERT OR REPLACE INTO {table} ({columns}) SELECT {values} FROM {table}")
}

type Changed = (&'static str, &'static [(&'static str, &'static str)]);

/// Drafts and more that stand beside what stays.
const BESIDE: &[Changed] = &[
    ("role_profile_version", &[("id", "#59"), ("number", "2")]),
    ("responsibility", &[("id", "#60"), ("role_profile_version_id", "#59")]),
    ("question_version", &[("id", "#99"), ("number", "2")]),
    ("question_review", &[("id", "#100")]),
    ("question_set", &[("id", "#98")]),
];

/// New rows in whose way, by a key beside the primary one, a row is that stays.
const INSERTED: &[Changed] = &[
    ("team_parent", &[("id", "#900"), ("valid_from", "@2")]),
    ("team_membership", &[("id", "#900"), ("valid_from", "@2")]),
    ("person_role_profile", &[("id", "#900"), ("valid_from", "@2")]),
    ("skill_merge", &[("id", "#900"), ("at", "@3")]),
    ("skill_assessment_status", &[("id", "#900")]),
    ("goal_check_in", &[("id", "#900")]),
    ("role_profile_version", &[("id", "#900")]),
    ("question_version", &[("id", "#900")]),
    ("question_version", &[("id", "#900"), ("number", "3")]),
];

/// Rows that move to where one is that stays.
const MOVED: &[&str] = &[
    "role_profile_version SET status = 'PUBLISHED', published_at = @6 WHERE id = #59",
    "question_version SET status = 'APPROVED', approved_at = @6 WHERE id = #99",
    "question_set SET id = #97 WHERE id = #98",
    "responsibility SET id = #52 WHERE id = #60",
    "responsibility SET rowid = (SELECT rowid FROM responsibility WHERE id = #52) WHERE id = #60",
    "question_review SET rowid = (SELECT rowid FROM question_review WHERE id = #95) WHERE id = #100",
];
