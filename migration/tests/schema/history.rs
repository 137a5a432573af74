//! What only grows, what can only be closed, and the words that erasure may blank.

use crate::{
    database::on_both,
    rows::{LAWFUL, fill},
};

const APPEND_ONLY: [&str; 7] = [
    "skill_assessment",
    "skill_assessment_status",
    "skill_assessment_note",
    "skill_assessment_response",
    "goal_check_in",
    "audit_event",
    "access_event",
];

/// Words of people: the table, the column, what blank is.
const WORDS: [(&str, &str, &str); 6] = [
    ("skill_assessment", "evidence", "'[]'"),
    ("skill_assessment_status", "reason", "''"),
    ("skill_assessment_note", "note", "''"),
    ("skill_assessment_response", "text", "''"),
    ("requirement_exemption", "reason", "''"),
    ("goal_check_in", "note", "''"),
];

#[tokio::test]
async fn no_row_of_an_append_only_table_changes_in_any_column() {
    on_both(async |db| {
        fill(&db).await;
        for table in APPEND_ONLY {
            let row = LAWFUL.iter().find(|(name, _)| *name == table).unwrap().1;
            for (column, value) in row.split("; ").filter_map(|column| column.split_once('=')) {
                let value = if value == "'[]'" { "'[1]'" } else { value };
                let because = if WORDS.iter().any(|word| (word.0, word.1) == (table, column)) {
                    "blanked"
                } else {
                    "append-only"
                };
                db.refuses(&format!("UPDATE {table} SET {column} = {value}"), because).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn no_row_of_an_append_only_table_is_deleted() {
    on_both(async |db| {
        fill(&db).await;
        db.accepts("DELETE FROM current_level").await;
        for table in APPEND_ONLY {
            // A role that owns the table has lost the right; one above rights meets the trigger.
            let error = db.refusal(&format!("DELETE FROM {table}")).await;
            assert!(error.contains("append-only") || error.contains("permission denied"), "{error}");
        }
        db.refuses("DELETE FROM team_membership", "keeps its history").await;
    })
    .await;
}

#[tokio::test]
async fn erasure_blanks_words_and_nothing_else() {
    on_both(async |db| {
        fill(&db).await;
        for (table, column, blank) in WORDS {
            db.accepts(&format!("UPDATE {table} SET {column} = {blank}")).await;
            db.refuses(&format!("UPDATE {table} SET {column} = '[\"again\"]'"), "blanked").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_dated_row_is_closed_once_and_keeps_everything_else() {
    let dated = [
        ("team_parent", "valid_to", ["team_id", "parent_id", "valid_from"].as_slice()),
        ("team_membership", "valid_to", &["team_id", "person_id", "role", "allocation_pct", "valid_from"]),
        ("person_role_profile", "valid_to", &["person_id", "role_profile_id", "valid_from"]),
        ("skill_merge", "undone_at", &["from_id", "into_id", "at"]),
        (
            "requirement_exemption",
            "ended_at",
            &["person_id", "skill_id", "granted_by_id", "valid_from", "valid_until"],
        ),
    ];
    on_both(async |db| {
        fill(&db).await;
        for (table, end, fixed) in dated {
            for column in fixed {
                db.refuses(&format!("UPDATE {table} SET {column} = {column}"), "can only be closed").await;
            }
            db.accepts(&format!("UPDATE {table} SET {end} = @5")).await;
            db.refuses(&format!("UPDATE {table} SET {end} = @6"), "closed once").await;
            db.refuses(&format!("UPDATE {table} SET {end} = NULL"), "closed once").await;
            db.refuses(&format!("DELETE FROM {table}"), "keeps its history").await;
        }
    })
    .await;
}
