//! Whatever a file holds: the dry run tells of every row what the real run tells, and no row is lost.

use std::sync::{Arc, Mutex};

use assay::{
    app::imports::{OnError, Options, PeopleImport, Summary, import_people},
    auth::{Job, Viewer},
    interchange::{people::Roster, sheet::Mapping},
};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{Desk, count};
use crate::support::World;

/// Files that are tried on each database; each is run twice.
const FILES: usize = 12;

fn row() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["e1", "e2", "e3", "e4", "", "e5"]);
    let email = prop::sample::select(vec!["a@tea.test", "b@tea.test", "c@tea.test", "broken", ""]);
    let status = prop::sample::select(vec!["ACTIVE", "ACTIVE", "LEFT", "", "MAYBE"]);
    let team = prop::sample::select(vec!["Works", "Works > Kitchen", "\"Odd, \"\"team\"\"\n\"", "", " > "]);
    let role = prop::sample::select(vec!["LEAD", "MEMBER", "", "BOSS"]);
    let day = || prop::sample::select(vec!["2025-01-01", "2025-06-01", "2026-01-01", "", "never"]);
    let cells = (id, email, status, team, role, day(), day(), 0..4_usize);
    cells.prop_map(|(id, email, status, team, role, from, to, short)| {
        let name = if email.is_empty() { "" } else { "Some Body" };
        let row = format!("{id},{name},{email},{status},{team},{role},{from},{to}");
        if short == 0 { format!("{row},more\n") } else { format!("{row}\n") }
    })
}

async fn import(world: &World, desk: &Desk<'_>, dry_run: bool) -> (Summary, Vec<String>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let hears = Arc::clone(&told);
    let options = Options {
        dry_run,
        on_error: OnError::Skip,
        viewer: Viewer::system(Job::Import),
        now: world.now(),
        watch: Box::new(|_| {}),
        tell: Box::new(move |row| hears.lock().unwrap().push(format!("{row:?}"))),
    };
    let roster = Roster::open(&desk.path().join("people.csv"), Mapping::default()).unwrap();
    let import = PeopleImport { roster, full: true, most_leavers_pct: Some(100) };
    let summary = import_people(world.store(), options, import).await.unwrap();
    let told = told.lock().unwrap().clone();
    (summary, told)
}

on_both! {
    async fn a_dry_run_tells_what_the_real_run_tells_and_no_row_is_lost(world: World) {
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let desk = Desk::of(&world);
        for _ in 0..FILES {
            let rows = prop::collection::vec(row(), 1..25).new_tree(&mut runner).unwrap().current();
            let text = format!("externalId,displayName,email,status,team,role,validFrom,validTo\n{}", rows.concat());
            desk.file("people.csv", &text);
            let before = count(&world, "audit_event").await;
            let (dry, told_dry) = import(&world, &desk, true).await;
            assert_eq!(count(&world, "audit_event").await, before, "a dry run leaves nothing behind");
            let (real, told) = import(&world, &desk, false).await;
            assert_eq!(told_dry, told, "{text}");
            assert_eq!((dry.rows, &dry.outcomes, &dry.besides), (real.rows, &real.outcomes, &real.besides));
            assert_eq!(real.rows, rows.len() as u64, "{text}");
            assert_eq!(real.outcomes.values().sum::<u64>(), real.rows);
            assert!(!dry.written && real.written);
            // A line for each row, whether or not it was believed.
            let lines = told.iter().filter(|line| line.contains("line: Some")).count();
            assert_eq!(lines, rows.len());
        }
    }
}
