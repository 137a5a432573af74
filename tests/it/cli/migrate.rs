//! `assay migrate` run by several processes at once: one works, the others wait for it.

use std::time::Duration;

use assay::{config::DatabaseSettings, store::Store};
use sea_orm::ConnectionTrait;

use super::{assay, ended};
use crate::support::{Backend, World};

/// Whoever migrates the world's database holds this until it is dropped.
enum Migrating {
    File { _lock: std::fs::File },
    Connection(Store),
}

impl Migrating {
    async fn begin(world: &World) -> Self {
        if world.backend() == Backend::Sqlite {
            let file = world.url().trim_start_matches("sqlite://").split('?').next().unwrap().to_owned();
            let lock = std::fs::File::create(file + "-migrate").unwrap();
            lock.lock().unwrap();
            return Self::File { _lock: lock };
        }
        let mut settings = DatabaseSettings::at(world.url());
        settings.max_connections = 1;
        let store = Store::connect(&settings).await.unwrap();
        store
            .for_migration()
            .execute_unprepared("SELECT pg_advisory_lock(x'6173736179'::bigint)")
            .await
            .unwrap();
        Self::Connection(store)
    }

    async fn end(self) {
        if let Self::Connection(store) = self {
            store.for_migration().clone().close().await.unwrap();
        }
    }
}

on_both! {
    async fn two_processes_that_migrate_at_once_apply_each_change_once(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let migrate = |verb: &[&str]| {
            let variables = [("DATABASE_URL", world.url()), ("RUST_LOG", "warn")];
            assay(directory.path(), &variables, &[&["migrate"], verb].concat())
        };
        let names = |answer: &str, word: &str| answer.lines().filter(|line| line.starts_with(word)).count();

        let (code, status, told) = ended(migrate(&["status"]));
        assert_eq!(code, 0, "{told}");
        let all = names(&status, "applied");
        assert!(all > 0 && names(&status, "pending") == 0, "{status}");
        let (code, answer, told) = ended(migrate(&["down", "--steps", &all.to_string(), "--yes"]));
        assert_eq!((code, names(&answer, "taken back")), (0, all), "{told}");

        let (one, other) = (migrate(&["up"]), migrate(&["up"]));
        let (one, other) = (ended(one), ended(other));
        assert_eq!((one.0, other.0), (0, 0), "{}{}", one.2, other.2);
        assert_eq!(names(&one.1, "applied") + names(&other.1, "applied"), all);
        assert!(world.store().schema_is_current().await.unwrap());
    }

    async fn several_changes_are_taken_back_only_by_who_means_it_and_never_more_than_there_are(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let down = |arguments: &[&str]| {
            let variables = [("DATABASE_URL", world.url())];
            ended(assay(directory.path(), &variables, &[&["migrate", "down"], arguments].concat()))
        };
        let (code, _, told) = down(&["--steps", "2"]);
        assert!(code == 2 && told.contains("say --yes if that is meant"), "{told}");
        let (code, _, told) = down(&["--steps", "2000", "--yes"]);
        assert!(code == 2 && told.contains("--steps 2000: the database has"), "{told}");
        assert!(world.store().schema_is_current().await.unwrap(), "nothing was taken back");
    }

    async fn migrating_again_says_nothing_but_that_there_is_nothing_to_do(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let down = assay(directory.path(), &[("DATABASE_URL", world.url())], &["migrate", "down"]);
        assert_eq!(ended(down).0, 0);
        let up = || ended(assay(directory.path(), &[("DATABASE_URL", world.url())], &["migrate", "up"]));
        let (code, _, told) = up();
        assert!(code == 0 && !told.contains("already exists"), "{told}");
        let (code, answer, told) = up();
        assert_eq!((code, answer.as_str()), (0, "nothing applied: there is nothing to do\n"));
        assert!(!told.contains("already exists"), "{told}");
    }

    async fn a_migration_waits_for_the_one_that_runs(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let other = Migrating::begin(&world).await;
        let variables = [("DATABASE_URL", world.url())];
        let mut waiting = assay(directory.path(), &variables, &["migrate", "up"]);
        // Long enough for one that does not wait to be done.
        tokio::time::sleep(Duration::from_secs(1)).await;
        assert!(waiting.try_wait().unwrap().is_none(), "it did not wait");
        other.end().await;
        let (code, _, told) = ended(waiting);
        assert_eq!(code, 0, "{told}");
        assert_eq!(told.matches("another process migrates this database: waiting for it").count(), 1, "{told}");
    }

    async fn a_newer_database_is_told_and_left_as_it_is(world: World) {
        let directory = tempfile::tempdir().unwrap();
        let newer = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)";
        world.store().for_migration().execute_unprepared(newer).await.unwrap();
        let migrate = |verb: &[&str]| {
            let variables = [("DATABASE_URL", world.url()), ("RUST_LOG", "warn")];
            ended(assay(directory.path(), &variables, &[&["migrate"], verb].concat()))
        };
        for verb in ["status", "up"] {
            let (code, answer, told) = migrate(&[verb]);
            assert_eq!(code, 0, "{told}");
            assert!(answer.contains("newer than this build, which does not know m9999_later"), "{answer}");
        }
        assert!(migrate(&["status"]).1.contains("newer    m9999_later\n"));
        let (code, answer, told) = migrate(&["down"]);
        assert!(code == 1 && answer.is_empty() && told.contains("(m9999_later)"), "{told}");
        assert!(world.store().schema_is_current().await.unwrap(), "nothing was taken back");

        let older = "DELETE FROM seaql_migrations WHERE version = (SELECT max(version) FROM seaql_migrations \
                     WHERE version <> 'm9999_later')";
        world.store().for_migration().execute_unprepared(older).await.unwrap();
        let (code, _, told) = migrate(&["up"]);
        assert!(code == 1 && told.contains("(m9999_later)") && told.contains("use the build that made"), "{told}");
    }
}
