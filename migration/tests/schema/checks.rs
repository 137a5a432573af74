//! Ranges, spellings and shapes: each value the schema must not store.

use crate::{
    database::on_both,
    rows::{LAWFUL, fill, insert},
};

#[tokio::test]
async fn a_value_out_of_range_or_shape_is_refused() {
    // No row is there that could be in the way.
    on_both(async |db| {
        for (table, changes) in UNLAWFUL {
            db.refuses(&insert(table, changes), "check constraint").await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_choice_is_stored_in_capitals_or_not_at_all() {
    on_both(async |db| {
        let mut tried = 0;
        for (table, row) in LAWFUL {
            let columns = row.split("; ").filter_map(|column| column.split_once('='));
            for (column, value) in columns.filter(|(_, value)| is_in_capitals(value)) {
                let because = match (*table, column) {
                    ("role_profile_version" | "question_version" | "question_set", "status") => {
                        "begins as DRAFT"
                    }
                    _ => "check constraint",
                };
                db.refuses(&insert(table, &[(column, &value.to_lowercase())]), because).await;
                tried += 1;
            }
        }
        assert_eq!(tried, CHOICES, "columns of choices in the lawful rows");
    })
    .await;
}

/// Every enum column, and `currency` and two `aggregate`s that are held by shape.
const CHOICES: usize = 41;

fn is_in_capitals(value: &str) -> bool {
    value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
    })
}

#[tokio::test]
async fn sqlite_keeps_ids_and_instants_in_the_one_shape_that_sorts() {
    on_both(async |db| {
        if db.is_postgres() {
            return; // its types see to it
        }
        db.refuses(&insert("team", &[("id", "x'00'")]), "check constraint").await;
        db.refuses(&insert("team", &[("id", "'00000001-0000-7000-8000-000000000000'")]), "cannot store TEXT")
            .await;
        fill(&db).await;
        for instant in
            ["'2026-01-01 00:00:00+00:00'", "'2026-01-01T00:00:00Z'", "'2026-01-01T01:00:00+01:00'", "''"]
        {
            db.refuses(&insert("skill_interest", &[("since", instant)]), "check constraint").await;
        }
        db.refuses(
            &insert("market_insight", &[("id", "#900"), ("as_of", "'30.06.2025'")]),
            "check constraint",
        )
        .await;
        db.refuses(&insert("skill_interest", &[("interest", "'four'")]), "cannot store TEXT").await;
    })
    .await;
}

#[tokio::test]
async fn what_is_not_there_cannot_be_referred_to() {
    on_both(async |db| {
        fill(&db).await;
        for (table, column) in [
            ("team_membership", "person_id"),
            ("skill", "category_id"),
            ("role_profile_version", "role_profile_id"),
            ("skill_assessment_status", "assessment_id"),
            ("career_path", "to_id"),
        ] {
            let stray = [("id", "#900"), (column, "#999")];
            let changes = if table == "career_path" { &stray[1..] } else { &stray[..] };
            let mut changes = changes.to_vec();
            match table {
                "team_membership" => changes.push(("valid_to", "@9")),
                "skill" => changes.push(("slug", "'stray'")),
                "skill_assessment_status" => changes.push(("seq", "2")),
                _ => {}
            }
            db.refuses(&insert(table, &changes), "foreign key constraint").await;
        }
    })
    .await;
}

/// Each differs from a lawful row by what is shown, and each must be refused by a check.
const UNLAWFUL: &[(&str, &[(&str, &str)])] = &[
    ("team", &[("name", "''")]),
    ("team", &[("name_key", "''")]),
    ("team", &[("slug", "''")]),
    ("team", &[("slug", "'Platform'")]),
    ("team", &[("slug", "'-platform'")]),
    ("team", &[("slug", "'plat--form'")]),
    ("team", &[("slug", "'platform-'")]),
    ("team", &[("slug", "'plåt'")]),
    ("team_parent", &[("team_id", "#1")]),
    ("team_parent", &[("valid_to", "@1")]),
    ("person", &[("email", "''")]),
    ("person", &[("subject", "NULL")]),
    ("person", &[("title", "''")]),
    ("person", &[("status", "'ERASED'"), ("email", "''"), ("email_key", "''")]),
    ("team_membership", &[("allocation_pct", "0")]),
    ("team_membership", &[("allocation_pct", "101")]),
    ("team_membership", &[("valid_from", "@5"), ("valid_to", "@4")]),
    ("person_external_id", &[("person_id", "#12"), ("external_id", "''")]),
    ("team_external_id", &[("team_id", "#2"), ("external_id", "''")]),
    ("skill_category", &[("parent_id", "#21")]),
    ("skill", &[("status", "'MERGED'")]),
    ("skill", &[("merged_into", "#32")]),
    ("skill", &[("status", "'MERGED'"), ("merged_into", "#31")]),
    ("skill", &[("review_interval_days", "0")]),
    ("skill", &[("expires_after_days", "0")]),
    ("skill_relation", &[("to_id", "#31")]),
    ("skill_merge", &[("into_id", "#32")]),
    ("skill_merge", &[("undone_at", "@1")]),
    ("skill_level_descriptor", &[("level", "6")]),
    ("skill_level_descriptor", &[("level", "-1")]),
    ("skill_level_descriptor", &[("examples", "'{}'")]),
    ("role_profile", &[("key", "'Senior Dev'")]),
    ("role_profile", &[("seniority", "0")]),
    ("role_profile_version", &[("number", "0")]),
    ("role_profile_version", &[("published_at", "@1")]),
    ("person_role_profile", &[("valid_to", "@1")]),
    ("career_path", &[("to_id", "#41")]),
    ("role_skill_requirement", &[("required_level", "0")]),
    ("role_skill_requirement", &[("required_level", "6")]),
    ("role_skill_requirement", &[("weight", "0")]),
    ("role_skill_requirement", &[("weight", "101")]),
    ("responsibility", &[("position", "-1")]),
    ("qualification", &[("min_years", "-1")]),
    ("market_insight", &[("figure_hundredths", "1000")]),
    ("market_insight", &[("figure_unit", "'PERCENT'"), ("figure_precision", "'ABOUT'")]),
    ("market_insight", &[("figure_from_year", "2023"), ("figure_to_year", "2024")]),
    (
        "market_insight",
        &[
            ("figure_hundredths", "1"),
            ("figure_unit", "'COUNT'"),
            ("figure_precision", "'EXACT'"),
            ("figure_from_year", "2024"),
        ],
    ),
    ("salary_benchmark", &[("statistic", "'MAXIMUM'"), ("high_minor", "9000001")]),
    ("salary_benchmark", &[("percentile", "50")]),
    ("salary_benchmark", &[("statistic", "'PERCENTILE'")]),
    ("salary_benchmark", &[("statistic", "'PERCENTILE'"), ("percentile", "100")]),
    ("salary_benchmark", &[("high_minor", "9000001")]),
    ("salary_benchmark", &[("statistic", "'RANGE'"), ("high_minor", "1")]),
    ("salary_benchmark", &[("currency", "'eur'")]),
    ("salary_benchmark", &[("source", "''")]),
    ("skill_assessment", &[("level", "6")]),
    ("skill_assessment", &[("level", "-1")]),
    ("skill_assessment", &[("observed_at", "@4")]),
    ("skill_assessment", &[("expires_at", "@2")]),
    ("skill_assessment", &[("assessor_id", "NULL")]),
    ("skill_assessment", &[("assessor_id", "#12")]),
    ("skill_assessment", &[("party", "'x'")]),
    ("skill_assessment", &[("certificate", "'x'")]),
    ("skill_assessment", &[("source", "'MANAGER'")]),
    ("skill_assessment", &[("source", "'PEER'"), ("assessor_id", "#12")]),
    ("skill_assessment", &[("source", "'PEER'"), ("party", "'x'")]),
    ("skill_assessment", &[("source", "'CERTIFICATE'"), ("party", "'x'")]),
    ("skill_assessment_status", &[("seq", "0")]),
    ("skill_interest", &[("interest", "6")]),
    ("team_skill_target", &[("level", "0")]),
    ("team_skill_target", &[("level", "6")]),
    ("team_skill_target", &[("head_count", "0")]),
    ("team_skill_target", &[("head_count", "1001")]),
    ("requirement_exemption", &[("valid_until", "@1")]),
    ("assessment_round", &[("name", "''")]),
    ("assessment_round", &[("due_at", "@1")]),
    ("assessment_round", &[("closed_at", "@1")]),
    ("assessment_round", &[("closed_by_id", "#11")]),
    ("assessment_round_skill", &[("position", "-1")]),
    ("requirement_exemption", &[("ended_at", "@1")]),
    ("requirement_exemption", &[("ended_at", "@9")]),
    ("requirement_exemption", &[("ended_by_id", "#11")]),
    ("current_level", &[("level", "6")]),
    ("development_plan", &[("id", "#900"), ("ends_on", "'2025-12-31'")]),
    ("development_plan", &[("id", "#900"), ("agreed_by_id", "NULL")]),
    ("development_plan", &[("id", "#900"), ("agreed_by_id", "NULL"), ("agreed_at", "NULL")]),
    ("development_plan", &[("id", "#900"), ("status", "'DRAFT'")]),
    ("development_plan", &[("id", "#900"), ("agreed_by_id", "#11")]),
    ("development_goal", &[("metric_baseline", "NULL")]),
    ("development_goal", &[("metric_unit", "NULL")]),
    ("development_goal", &[("metric_target", "2000")]),
    ("development_goal", &[("gap_required_level", "0")]),
    ("development_goal", &[("gap_required_level", "6")]),
    ("development_goal", &[("gap_status", "NULL")]),
    ("development_goal", &[("gap_importance", "'MUST'")]),
    ("development_goal", &[("due_on", "'2025-12-31'")]),
    ("goal_check_in", &[("seq", "0")]),
    ("learning_resource", &[("id", "#900"), ("level", "0")]),
    ("learning_resource", &[("id", "#900"), ("minutes", "0")]),
    ("learning_resource", &[("id", "#900"), ("licence", "''")]),
    ("revision", &[("value", "0")]),
    ("revision", &[("aggregate", "'team'")]),
    ("audit_event", &[("action", "''")]),
    ("idempotency_record", &[("key", "''")]),
];
