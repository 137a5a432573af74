//! Services of one database that share a Redis, and a Redis that holds what nobody of them wrote.

use std::{sync::Arc, time::Duration};

use assay::{
    auth::Scope,
    cache::Cache,
    domain::assessments::effective::LevelView,
    store::TeamReach,
    views::matrix::{MatrixView, Question, team_skill_matrix},
};
use tokio::{task::JoinSet, time::sleep};

use super::team;
use crate::support::{RedisServer, World, redis_url};

/// The statements of reading a matrix, and of confirming one.
const READING: u64 = 4;
const CONFIRMING: u64 = 1;

async fn ask(world: &World, cache: &Cache, scope: &Scope) -> MatrixView {
    let question = Question {
        team_id: *scope.standing().leads.first().expect("a team"),
        as_of: None,
        skill_ids: None,
        measured_against: None,
        view: LevelView::Effective,
        reach: TeamReach::Direct,
        changed_since: None,
    };
    team_skill_matrix(world.store(), cache, scope, question).await.expect("a matrix")
}

/// Asks, and counts the statements that took.
async fn counted(world: &World, cache: &Cache, scope: &Scope) -> (MatrixView, u64) {
    let before = world.statements();
    let view = ask(world, cache, scope).await;
    (view, world.statements() - before)
}

/// Asks with memories that are new each time until Redis has the matrix: it gets there after the answer.
async fn found_in_redis(world: &World, url: &str, scope: &Scope) -> MatrixView {
    for _ in 0..500 {
        let (view, statements) = counted(world, &world.replica(url).await, scope).await;
        if statements == CONFIRMING {
            return view;
        }
        assert_eq!(statements, READING);
        sleep(Duration::from_millis(20)).await;
    }
    panic!("after 10 s the matrix is not in Redis");
}

on_both! {
    async fn what_one_replica_has_read_another_finds_and_neither_shows_it_after_a_write(world: World) {
        team(&world).await;
        let scope = world.scope(&world.token("lena-lead", &[], &[])).await;
        let url = redis_url();
        let (one, two) = (world.replica(&url).await, world.replica(&url).await);
        let read = ask(&world, &one, &scope).await;
        let found = found_in_redis(&world, &url, &scope).await;
        assert!(found.matrix == read.matrix && found.version == read.version);
        assert!(found.skills == read.skills && found.people == read.people);
        assert_eq!(counted(&world, &two, &scope).await.1, CONFIRMING, "from Redis");
        assert_eq!(counted(&world, &two, &scope).await.1, CONFIRMING, "from its own memory");

        world.execute("UPDATE person SET display_name = 'Mia Renamed' WHERE display_name = 'Mia Member'", []).await;
        world.execute("UPDATE revision SET value = value + 1 WHERE aggregate = 'PERSON'", []).await;
        for cache in [&one, &two] {
            let view = ask(&world, cache, &scope).await;
            assert!(view.people.values().any(|person| person.display_name == "Mia Renamed"));
        }
    }

    async fn another_database_finds_nothing_in_the_same_redis(world: World) {
        team(&world).await;
        let scope = world.scope(&world.token("lena-lead", &[], &[])).await;
        let url = redis_url();
        ask(&world, &world.replica(&url).await, &scope).await;
        found_in_redis(&world, &url, &scope).await;
        let secret = world.store().digest_key().await.unwrap().derive("another database");
        let other = Cache::shared(1 << 20, &url, Duration::from_secs(5), secret).unwrap();
        assert_eq!(counted(&world, &other, &scope).await.1, READING);
    }

    async fn whatever_lies_in_redis_is_no_matrix_unless_the_service_wrote_it(world: World) {
        team(&world).await;
        let scope = world.scope(&world.token("lena-lead", &[], &[])).await;
        let redis = RedisServer::start();
        let read = ask(&world, &world.replica(&redis.url()).await, &scope).await;
        found_in_redis(&world, &redis.url(), &scope).await;
        let names: Vec<String> = redis.run(&["KEYS", "assay:*:team_skill_matrix:1:*"]).await;
        assert_eq!(names.len(), 1, "{names:?}");
        let kept: i64 = redis.run(&["PTTL", &names[0]]).await;
        assert!((1..=3_600_000).contains(&kept), "{kept}");
        let spoilt: [&[&str]; 4] = [
            &["SET", &names[0], "rubbish"],
            &["SET", &names[0], ""],
            &["SETRANGE", &names[0], "60", "x"],
            &["APPEND", &names[0], "x"],
        ];
        for command in spoilt {
            redis.run::<redis::Value>(command).await;
            let view = ask(&world, &world.replica(&redis.url()).await, &scope).await;
            assert!(view.matrix == read.matrix, "{command:?}");
        }
        // Of another kind altogether: Redis itself refuses to read it as a value.
        redis.run::<()>(&["DEL", &names[0]]).await;
        redis.run::<i64>(&["LPUSH", &names[0], "x"]).await;
        let view = ask(&world, &world.replica(&redis.url()).await, &scope).await;
        assert!(view.matrix == read.matrix);
    }

    async fn of_fifty_who_ask_at_once_one_reads(world: World) {
        team(&world).await;
        let scope = world.scope(&world.token("lena-lead", &[], &[])).await;
        let world = Arc::new(world);
        let before = world.statements();
        let mut asked = JoinSet::new();
        for _ in 0..50 {
            let (world, scope) = (Arc::clone(&world), scope.clone());
            asked.spawn(async move { ask(&world, world.cache(), &scope).await.version });
        }
        let versions = asked.join_all().await;
        assert!(versions.iter().all(|version| *version == versions[0]));
        let statements = world.statements() - before;
        assert!(statements <= READING + 49 * CONFIRMING, "{statements}");
    }
}
