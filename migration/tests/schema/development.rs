//! A plan leaves DRAFT only with whole goals, and is completed only when each is settled (invariant 21).

use crate::{
    database::{Database, on_both},
    rows::{fill, insert},
};

const DRAFT: &[(&str, &str)] =
    &[("id", "#900"), ("status", "'DRAFT'"), ("agreed_by_id", "NULL"), ("agreed_at", "NULL")];

const AGREE: &str =
    "UPDATE development_plan SET status = 'AGREED', agreed_by_id = #12, agreed_at = @5 WHERE id = #900";

/// A draft with one goal that differs from a whole one by `lacking`.
async fn draft(db: &Database, lacking: &[(&str, &str)]) {
    fill(db).await;
    db.accepts(&insert("development_plan", DRAFT)).await;
    let mut goal =
        vec![("id", "#901"), ("plan_id", "#900"), ("plan_status", "'DRAFT'"), ("status", "'NOT_STARTED'")];
    goal.extend(lacking);
    db.accepts(&insert("development_goal", &goal)).await;
}

#[tokio::test]
async fn a_goal_without_metric_target_due_date_or_gap_keeps_its_plan_a_draft() {
    let lacking: [&[(&str, &str)]; 4] = [
        &[
            ("metric_kind", "NULL"),
            ("metric_baseline", "NULL"),
            ("metric_target", "NULL"),
            ("metric_unit", "NULL"),
        ],
        &[("metric_target", "NULL")],
        &[("due_on", "NULL")],
        &[("gap_required_level", "NULL"), ("gap_actual_level", "NULL"), ("gap_status", "NULL")],
    ];
    for lacking in lacking {
        on_both(async |db| {
            draft(&db, lacking).await;
            db.refuses(AGREE, "check constraint").await;
            db.accepts("UPDATE development_goal SET status = 'DROPPED' WHERE id = #901").await;
            db.accepts(AGREE).await;
        })
        .await;
    }
}

#[tokio::test]
async fn what_was_agreed_keeps_its_goals_whole() {
    on_both(async |db| {
        draft(&db, &[]).await;
        db.accepts(AGREE).await;
        assert_eq!(
            db.strings("SELECT plan_status FROM development_goal ORDER BY id").await,
            ["ACTIVE", "AGREED"],
            "the plan's status comes with it"
        );
        db.refuses("UPDATE development_goal SET due_on = NULL WHERE id = #901", "check constraint").await;
        db.refuses(
            "UPDATE development_goal SET plan_status = 'DRAFT', due_on = NULL WHERE id = #901",
            "foreign key constraint",
        )
        .await;
        db.refuses("UPDATE development_goal SET status = 'IN_PROGRESS' WHERE id = #901", "check constraint")
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_completed_when_each_of_its_goals_is_settled() {
    on_both(async |db| {
        fill(&db).await;
        let complete = "UPDATE development_plan SET status = 'COMPLETED'";
        db.refuses(complete, "check constraint").await;
        db.accepts("UPDATE development_goal SET status = 'ACHIEVED'").await;
        db.accepts(complete).await;
        db.refuses("UPDATE development_goal SET status = 'IN_PROGRESS'", "check constraint").await;
    })
    .await;
}
