//! The life of a role profile version, and that what it holds is fixed once it is published.

use crate::{
    database::{Database, on_both},
    rows::{fill, insert},
};

const PUBLISH: &str =
    "UPDATE role_profile_version SET status = 'PUBLISHED', published_at = @5 WHERE id = #51";

/// A table of a version's content, and the id of its row.
const CONTENT: [(&str, &str); 7] = [
    ("responsibility", "#52"),
    ("role_skill_requirement", "#53"),
    ("qualification", "#54"),
    ("practice", "#55"),
    ("challenge", "#56"),
    ("market_insight", "#57"),
    ("salary_benchmark", "#58"),
];

#[tokio::test]
async fn a_draft_can_be_rewritten() {
    on_both(async |db| {
        fill(&db).await;
        db.accepts("UPDATE role_profile_version SET summary = 'better'").await;
        db.accepts("UPDATE challenge_skill SET skill_id = #32").await;
        db.accepts("DELETE FROM challenge_skill").await;
        for (table, id) in CONTENT {
            db.accepts(&format!("UPDATE {table} SET position = 7 WHERE id = {id}")).await;
            db.accepts(&format!("DELETE FROM {table} WHERE id = {id}")).await;
        }
        db.accepts("DELETE FROM role_profile_version").await;
    })
    .await;
}

#[tokio::test]
async fn what_a_published_version_holds_never_changes() {
    on_both(async |db| {
        fill(&db).await;
        db.accepts(PUBLISH).await;
        content_is_fixed(&db).await;
        db.accepts("UPDATE role_profile_version SET status = 'SUPERSEDED', retired_at = @6").await;
        content_is_fixed(&db).await;
    })
    .await;
}

async fn content_is_fixed(db: &Database) {
    let because = "only while it is DRAFT";
    for (table, id) in CONTENT {
        let mut another = vec![("id", "#900")];
        if table == "role_skill_requirement" {
            another.push(("skill_id", "#32"));
        }
        db.refuses(&insert(table, &another), because).await;
        db.refuses(&format!("UPDATE {table} SET position = 7 WHERE id = {id}"), because).await;
        db.refuses(&format!("DELETE FROM {table} WHERE id = {id}"), because).await;
    }
    db.refuses(&insert("challenge_skill", &[("skill_id", "#32")]), because).await;
    db.refuses("UPDATE challenge_skill SET position = 7", because).await;
    db.refuses("DELETE FROM challenge_skill", because).await;
    db.refuses("UPDATE role_profile_version SET summary = 'other'", "role profile version").await;
    db.refuses("DELETE FROM role_profile_version", "never deleted").await;
}

#[tokio::test]
async fn content_cannot_be_moved_from_a_draft_into_a_published_version() {
    on_both(async |db| {
        fill(&db).await;
        db.accepts(PUBLISH).await;
        db.accepts(&insert("role_profile_version", &[("id", "#59"), ("number", "2")])).await;
        db.accepts(&insert("responsibility", &[("id", "#60"), ("role_profile_version_id", "#59")])).await;
        db.refuses(
            "UPDATE responsibility SET role_profile_version_id = #51 WHERE id = #60",
            "only while it is DRAFT",
        )
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_version_moves_only_along_its_life() {
    on_both(async |db| {
        fill(&db).await;
        let published =
            [("id", "#59"), ("role_profile_id", "#42"), ("status", "'PUBLISHED'"), ("published_at", "@5")];
        db.refuses(&insert("role_profile_version", &published), "begins as DRAFT").await;
        let archive = "UPDATE role_profile_version SET status = 'ARCHIVED', retired_at = @6";
        db.refuses(&format!("{archive}, published_at = @5"), "moves DRAFT").await;
        db.refuses("UPDATE role_profile_version SET number = 2", "keeps its profile").await;
        db.accepts(PUBLISH).await;
        db.refuses("UPDATE role_profile_version SET status = 'DRAFT', published_at = NULL", "moves DRAFT")
            .await;
        db.refuses(&format!("{archive}, summary = 'other'"), "never changes").await;
        db.refuses(&format!("{archive}, published_at = @4"), "never changes").await;
        db.accepts(archive).await;
        db.refuses("UPDATE role_profile_version SET status = 'PUBLISHED', retired_at = NULL", "moves DRAFT")
            .await;
    })
    .await;
}
