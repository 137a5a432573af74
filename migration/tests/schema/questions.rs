//! What the schema keeps of questions on its way up and down.

use migration::Migrator;
use sea_orm_migration::MigratorTrait;

use crate::{
    database::{Database, on_both},
    rows::insert,
};

/// A draft by person 11, with all that a version needs.
async fn lay_draft(db: &Database) {
    db.accepts(&insert("person", &[])).await;
    let second = [("id", "#12"), ("email_key", "'b.x'"), ("subject", "'b'")];
    db.accepts(&insert("person", &second)).await;
    db.accepts(
        "INSERT INTO question (id, key, category, category_key, created_at, latest_version_id) \
         VALUES (#71, 'cause', 'Any', 'any', @1, #72)",
    )
    .await;
    let draft = [("id", "#72"), ("question_id", "#71"), ("author_id", "#11"), ("created_at", "@2")];
    db.accepts(&insert("question_version", &draft)).await;
}

async fn review(db: &Database, id: &str, reviewer: &str) {
    db.accepts(&format!(
        "INSERT INTO question_review (id, question_version_id, reviewer_id, verdict, comments, at) \
         VALUES ({id}, #72, {reviewer}, 'APPROVE', '', @3)"
    ))
    .await;
}

const APPROVE: &str = "UPDATE question_version SET status = 'APPROVED', approved_at = @3 WHERE id = #72";

#[tokio::test]
async fn who_wrote_the_versions_there_are_is_known_from_their_authors() {
    on_both(async |db| {
        let writers = "SELECT CAST(count(*) AS text) FROM question_version_writer \
                       WHERE question_version_id = #72 AND person_id = #11 AND at = @2";
        while db.tables().await.contains(&"question_version_writer".to_owned()) {
            Migrator::down(&db.connection, Some(1)).await.unwrap();
        }
        lay_draft(&db).await;
        Migrator::up(&db.connection, None).await.unwrap();
        assert_eq!(db.strings(writers).await, ["1"]);

        // Person 12 wrote to it too, and their approval is none.
        let also =
            "INSERT INTO question_version_writer (question_version_id, person_id, at) VALUES (#72, #12, @3)";
        db.accepts(also).await;
        db.accepts("UPDATE question_version SET status = 'IN_REVIEW' WHERE id = #72").await;
        review(&db, "#81", "#12").await;
        db.refuses(APPROVE, "approved by somebody who did not write to it").await;

        // Without the writers the author alone is held against it, as before.
        while db.tables().await.contains(&"question_version_writer".to_owned()) {
            Migrator::down(&db.connection, Some(1)).await.unwrap();
        }
        db.accepts(APPROVE).await;
    })
    .await;
}

#[tokio::test]
async fn an_author_approves_nothing_before_writers_were_known_either() {
    on_both(async |db| {
        while db.tables().await.contains(&"question_version_writer".to_owned()) {
            Migrator::down(&db.connection, Some(1)).await.unwrap();
        }
        lay_draft(&db).await;
        db.accepts("UPDATE question_version SET status = 'IN_REVIEW' WHERE id = #72").await;
        review(&db, "#81", "#11").await;
        db.refuses(APPROVE, "approved by somebody other than its author").await;
    })
    .await;
}
