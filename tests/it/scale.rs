//! What a matrix costs when the organisation is large: 5,000 people with 30 ratings each on PostgreSQL,
//! a tenth of it on SQLite. The planner is left as it is.

use std::collections::BTreeMap;

use assay::{auth::issuer::DEMO_ISSUER, cache::Cache, config::DatabaseSettings, store::Store};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use crate::support::{Backend, World};

const PEOPLE_OF_A_TEAM: u64 = 25;
const SKILLS: u64 = 400;
const RATINGS_OF_A_PERSON: u64 = 30;
/// Tables with fewer rows may be read whole: that is cheaper than an index.
const SMALL: i64 = 1_000;

const MATRIX: &str = "query ($slug: String!) { teamBySlug(slug: $slug) { name skillMatrix { \
    asOf version hiddenRows n missing skills { id name } \
    rows { person { id displayName } levels staleness sources required delta } } } }";

/// Writes rows from numbers: `{i}` counts from 0, `{u:…}` is the id with that number.
struct Generator<'a> {
    world: &'a World,
}

impl Generator<'_> {
    async fn fill(&self, rows: u64, into: &str, values: &str) {
        let mut values = values.to_owned();
        while let Some((before, rest)) = values.split_once("{u:") {
            let (number, after) = rest.split_once('}').expect("a closed number");
            let id = match self.world.backend() {
                Backend::Postgres => format!("lpad(to_hex(({number})::bigint), 32, '0')::uuid"),
                Backend::Sqlite => format!("unhex(printf('%032x', {number}))"),
            };
            values = format!("{before}{id}{after}");
        }
        let last = rows - 1;
        let series =
            format!("WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < {last})");
        self.world.execute(&format!("INSERT INTO {into} {series} SELECT {values} FROM s"), []).await;
    }
}

/// Ids: teams from 1,000,000, people from 2,000,000, skills from 3,000,000, ratings from 10,000,000.
async fn organisation(world: &World, teams: u64) {
    let to = Generator { world };
    let (people, since) = (teams * PEOPLE_OF_A_TEAM, "'2024-01-01T00:00:00+00:00'");
    let ratings = people * RATINGS_OF_A_PERSON;
    to.fill(teams, "revision (aggregate, id, value)", "'TEAM', {u:1000000 + i}, 1").await;
    to.fill(people, "revision (aggregate, id, value)", "'PERSON', {u:2000000 + i}, 1").await;
    to.fill(SKILLS, "revision (aggregate, id, value)", "'SKILL', {u:3000000 + i}, 1").await;
    let team = "{u:1000000 + i}, 'Team ' || i, 'team ' || i, 'team-' || i, 'ACTIVE'";
    to.fill(teams, "team (id, name, name_key, slug, status)", team).await;
    let person = format!(
        "{{u:2000000 + i}}, 'Person ' || i, 'person ' || i, i || '@example.com', i || '@example.com', \
         '{DEMO_ISSUER}', 'person-' || i, 'ACTIVE', 'TEAM'"
    );
    let columns = "person (id, display_name, display_name_key, email, email_key, issuer, subject, status, discoverability)";
    to.fill(people, columns, &person).await;
    let stay = format!(
        "{{u:4000000 + i}}, {{u:1000000 + i / {PEOPLE_OF_A_TEAM}}}, {{u:2000000 + i}}, \
         CASE WHEN i % {PEOPLE_OF_A_TEAM} = 0 THEN 'LEAD' ELSE 'MEMBER' END, 100, {since}"
    );
    let columns = "team_membership (id, team_id, person_id, role, allocation_pct, valid_from)";
    to.fill(people, columns, &stay).await;
    let category = "{u:5000000 + i}, 'Category ' || i, 'category ' || i, 'category-' || i, i";
    to.fill(20, "skill_category (id, name, name_key, slug, position)", category).await;
    let skill = "{u:3000000 + i}, 'Skill ' || i, 'skill ' || i, 'skill-' || i, '', 'TECHNICAL', \
         {u:5000000 + i % 20}, 'ACTIVE', 180";
    let columns =
        "skill (id, name, name_key, slug, description, kind, category_id, status, review_interval_days)";
    to.fill(SKILLS, columns, skill).await;
    rated(&to, ratings).await;
    world.execute("ANALYZE", []).await;
}

async fn rated(to: &Generator<'_>, ratings: u64) {
    let (observed, n) = ("'2025-11-01T00:00:00+00:00'", RATINGS_OF_A_PERSON);
    let person = format!("{{u:2000000 + i / {n}}}");
    // Each person in 30 skills of their own, a team in some 80, all teams in all of them.
    let team = format!("i / {n} / {PEOPLE_OF_A_TEAM}");
    let skill =
        format!("{{u:3000000 + ({team} * 17 + i / {n} % {PEOPLE_OF_A_TEAM} * 2 + i % {n}) % {SKILLS}}}");
    let rating =
        format!("{{u:10000000 + i}}, {person}, {skill}, i % 6, 'IMPORT', '', {observed}, {observed}, '[]'");
    let columns = "skill_assessment (id, person_id, skill_id, level, source, party, observed_at, recorded_at, evidence)";
    to.fill(ratings, columns, &rating).await;
    let status = format!("{{u:20000000 + i}}, {{u:10000000 + i}}, 'VALIDATED', {observed}, 1");
    to.fill(ratings, "skill_assessment_status (id, assessment_id, status, at, seq)", &status).await;
    let yes = if to.world.backend() == Backend::Postgres { "true" } else { "1" };
    let current = format!(
        "{person}, {skill}, {{u:10000000 + i}}, {skill}, 'IMPORT', '', i % 6, {observed}, {observed}, {yes}"
    );
    let columns = "current_level (person_id, skill_id, assessment_id, recorded_skill_id, source, party, level, \
         observed_at, recorded_at, validated)";
    to.fill(ratings, columns, &current).await;
}

/// How often each large table was read whole so far, as PostgreSQL itself counts.
async fn scans(store: &Store) -> BTreeMap<String, i64> {
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
    let large = rows.iter().filter(|row| row.try_get::<i64>("", "rows").expect("a count") > SMALL);
    large
        .map(|row| (row.try_get("", "name").expect("a name"), row.try_get("", "seq_scan").expect("a count")))
        .collect()
}

on_both! {
    async fn a_matrix_of_25_people_takes_six_statements_and_reads_no_large_table_whole(world: World) {
        let teams = if world.backend() == Backend::Postgres { 200 } else { 20 };
        organisation(&world, teams).await;
        // One connection, so that its statistics are the whole story; and nothing remembered.
        let mut settings = DatabaseSettings::at(world.url());
        settings.max_connections = 1;
        let store = Store::connect(&settings).await.expect("a second store");
        let before = match world.backend() {
            Backend::Postgres => Some(scans(&store).await),
            Backend::Sqlite => None,
        };
        let world = world.served_from(store.clone(), Cache::Off);
        let client = world.with_token(world.token("person-0", &[], &[])).await;
        let count = store.statements();
        let data = client.query(MATRIX, json!({ "slug": "team-0" })).await;
        let statements = store.statements() - count;
        let matrix = &data["teamBySlug"]["skillMatrix"];
        let rows = matrix["rows"].as_array().expect("rows");
        assert_eq!(rows.len(), 25);
        let rated = rows.iter().flat_map(|row| row["levels"].as_array().expect("levels"));
        assert_eq!(rated.filter(|level| !level.is_null()).count(), 25 * 30);
        assert!(statements <= 6, "{statements} statements, authorisation included");
        if let Some(before) = before {
            let after = scans(&store).await;
            assert!(after.len() >= 5, "{after:?}");
            assert_eq!(after, before, "a table of over {SMALL} rows was read whole");
            // The ruler itself: a statement that does read a table whole is noticed.
            world.rows("SELECT id FROM person WHERE title = 'Nobody'", []).await;
            assert_ne!(scans(&store).await, before);
        }
    }
}
