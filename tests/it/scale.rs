//! A generated organisation in a real database: what it leaves, and what a matrix costs when it is large,
//! 1,000 people on PostgreSQL and a fifth of them on SQLite. The planner is left as it is.

use std::collections::BTreeMap;

use assay::{
    app::{
        demo::LoadError,
        scale::{Scale, load},
    },
    auth::issuer::DEMO_ISSUER,
    cache::Cache,
    config::DatabaseSettings,
    domain::{assessments::AssessmentStatus, teams::TeamRole},
    store::{Rebuild, Store, StoreError},
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::{Backend, World};

/// Tables with fewer rows may be read whole: that is cheaper than an index.
const SMALL: i64 = 2_000;

const MATRIX: &str = "query ($slug: String!) { teamBySlug(slug: $slug) { name skillMatrix { \
    asOf version hiddenRows n missing skills { id name } \
    rows { person { id displayName } levels staleness sources required delta } } } }";

pub fn scale(world: &World, teams: u32) -> Scale {
    Scale { teams, questions: 10 * teams, seed: 1, now: world.now(), issuer: DEMO_ISSUER.to_owned() }
}

pub async fn organisation(world: &World, teams: u32) {
    load(world.store(), scale(world, teams), Box::new(|_| {})).await.expect("loaded");
}

/// How many rows a table holds.
async fn count(world: &World, table: &str) -> usize {
    world.rows(&format!("SELECT 1 FROM {table}"), []).await.len()
}

/// The projection as it is stored, every column of it.
async fn projection(world: &World) -> Vec<String> {
    let kept = world.store().archive(Vec::new(), |rows: &mut Vec<String>, part| {
        if part.table.name() == "current_level" {
            rows.extend_from_slice(part.lines);
        }
        Ok::<_, StoreError>(())
    });
    kept.await.expect("the projection")
}

/// How often each table of over `small` rows was read whole so far, as PostgreSQL itself counts.
pub async fn scans(store: &Store, small: i64) -> BTreeMap<String, i64> {
    let db = store.for_migration();
    let backend = db.get_database_backend();
    let run = async |sql: &str| {
        db.query_all_raw(Statement::from_string(backend, sql)).await.expect("PostgreSQL tells its statistics")
    };
    run("SELECT pg_stat_force_next_flush()").await;
    run("SELECT pg_stat_clear_snapshot()").await;
    let rows = run("SELECT s.relname::text AS name, s.seq_scan, c.reltuples::bigint AS rows \
         FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid")
    .await;
    let large = rows.iter().filter(|row| row.try_get::<i64>("", "rows").expect("a count") > small);
    large
        .map(|row| (row.try_get("", "name").expect("a name"), row.try_get("", "seq_scan").expect("a count")))
        .collect()
}

on_both! {
    async fn a_matrix_of_25_people_takes_six_statements_and_reads_no_large_table_whole(world: World) {
        organisation(&world, if world.backend() == Backend::Postgres { 40 } else { 8 }).await;
        // One connection, so that its statistics are the whole story; and nothing remembered.
        let mut settings = DatabaseSettings::at(world.url());
        settings.max_connections = 1;
        let store = Store::connect(&settings).await.expect("a second store");
        let before = match world.backend() {
            Backend::Postgres => Some(scans(&store, SMALL).await),
            Backend::Sqlite => None,
        };
        let slug = slug_of_team(&world, 7).await;
        let world = world.served_from(store.clone(), Cache::Off);
        let client = world.with_token(world.token("person-175", &[], &[])).await;
        let count = store.statements();
        let data = client.query(MATRIX, json!({ "slug": slug })).await;
        let statements = store.statements() - count;
        let matrix = &data["teamBySlug"]["skillMatrix"];
        let rows = matrix["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), 25);
        let rated = rows.iter().flat_map(|row| row["levels"].as_array().expect("levels"));
        assert!(rated.filter(|level| !level.is_null()).count() > 25 * 6, "{matrix}");
        assert!(statements <= 6, "{statements} statements, authorisation included");
        if let Some(before) = before {
            let after = scans(&store, SMALL).await;
            assert!(after.len() >= 4, "{after:?}");
            assert_eq!(after, before, "a table of over {SMALL} rows was read whole");
            // The ruler itself: a statement that does read a table whole is noticed.
            world.rows("SELECT id FROM skill_assessment WHERE evidence = 'Nothing'", []).await;
            assert_ne!(scans(&store, SMALL).await, before);
        }
    }

    async fn what_is_loaded_is_whole_and_its_projection_is_what_the_history_says(world: World) {
        let loaded = load(world.store(), scale(&world, 3), Box::new(|_| {})).await.expect("loaded");
        assert_eq!((loaded.teams, loaded.people, loaded.skills, loaded.role_profiles), (3, 75, 400, 30));
        for (table, rows) in [
            ("team", 3),
            ("person", 75),
            ("team_membership WHERE valid_to IS NULL", 75),
            ("person_role_profile WHERE valid_to IS NULL", 75),
            ("skill", 400),
            ("team_skill_target", 30),
            ("role_profile_version WHERE status = 'PUBLISHED'", 30),
            ("role_skill_requirement", 600),
            ("skill_assessment", loaded.assessments),
            ("question", 30),
            ("question_version WHERE status = 'APPROVED'", 30),
            ("question_set WHERE status = 'PUBLISHED'", 1),
            ("revision", 2 + 3 + 75 + 25 + 400 + 30 + 30 + 1),
            ("audit_event WHERE action = 'loadScale'", 1),
        ] {
            assert_eq!(count(&world, table).await, rows, "{table}");
        }
        for status in AssessmentStatus::ALL {
            let table = format!("skill_assessment_status WHERE status = '{}'", status.as_str());
            assert!(count(&world, &table).await > 0, "{table}");
        }
        let kept = projection(&world).await;
        let rebuilt = world.store().begin(|tx| async move { tx.rebuild_current_levels(Rebuild::All).await });
        rebuilt.await.expect("rebuilt");
        assert_eq!(kept, projection(&world).await);
    }

    async fn a_load_that_is_interrupted_leaves_nothing_and_can_be_repeated(world: World) {
        let interrupted = load(world.store(), scale(&world, 3), Box::new(|progress| {
            assert!(progress.what == "people" || progress.done < 50, "interrupted");
        }));
        interrupted.await.expect_err("the task ended early");
        for table in ["team", "person", "skill", "skill_assessment", "audit_event"] {
            assert_eq!(count(&world, table).await, 0, "{table}");
        }
        organisation(&world, 3).await;
        let again = load(world.store(), scale(&world, 3), Box::new(|_| {})).await;
        assert!(matches!(again, Err(LoadError::NotEmpty)), "{again:?}");
    }

    async fn a_generated_organisation_is_not_mixed_with_another(world: World) {
        let team = world.team("Platform", None).await;
        world.person_in(team, "Lena Lead", TeamRole::Lead).await;
        let refused = load(world.store(), scale(&world, 3), Box::new(|_| {})).await;
        assert!(matches!(refused, Err(LoadError::NotEmpty)), "{refused:?}");
        assert_eq!((count(&world, "team").await, count(&world, "skill").await), (1, 0));
    }
}

/// The slug of the team with this number: teams come in the order of their ids.
async fn slug_of_team(world: &World, n: usize) -> String {
    let rows = world.rows("SELECT slug FROM team ORDER BY id", []).await;
    rows[n].try_get("", "slug").expect("a slug")
}
