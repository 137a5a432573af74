//! Role profiles changed at random and applied: what comes out is what went in, and twice is once.

use std::sync::Arc;

use assay::{
    app::{
        Command,
        demo::load,
        profiles::files::{self, Apply, Done, File},
    },
    auth::{Job, Viewer},
    domain::{levels::Level, profiles::Importance},
    interchange::profiles::ProfileRow,
};

use crate::{demo, support::World};

const ROUNDS: usize = 6;
const EDITS: usize = 5;

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// One change that a person could make and that breaks no rule.
fn edit(rows: &mut [ProfileRow], dice: &mut Dice) {
    let at = dice.roll(rows.len());
    let row = &mut rows[at];
    match dice.roll(8) {
        0 => row.title = format!("Title {}", dice.roll(1_000)),
        1 => row.summary = format!("Line {}\n\n- \"a: b\" # {}", dice.roll(9), dice.roll(9)),
        2 => row.requirements[0].level = Level::ALL[1 + dice.roll(5)],
        3 => row.requirements[0].importance = Importance::ALL[dice.roll(3)],
        4 => row.requirements.rotate_left(1),
        5 => drop(row.practices.pop()),
        6 => row.challenges.reverse(),
        _ => row.career_paths.iter_mut().for_each(|path| path.criteria = format!("Shows {}.", dice.roll(99))),
    }
}

fn written(rows: &[ProfileRow]) -> Vec<File> {
    rows.iter().map(|row| (format!("{}.yaml", row.key), row.to_yaml().expect("a text"))).collect()
}

async fn command(world: &World) -> Command {
    let scope = world.store().scope(Viewer::system(Job::Profiles), world.now()).await.expect("a scope");
    Command { scope: Arc::new(scope), request_id: "random".to_owned(), idempotency_key: None }
}

async fn apply(world: &World, files: Vec<File>) -> Vec<Done> {
    let done = files::apply(world.store(), command(world).await, files, Apply::default(), Box::new(|_| {}));
    done.await.expect("applied").into_iter().map(|applied| applied.done).collect()
}

on_both! {
    async fn whatever_is_applied_is_exported_and_applying_it_again_does_nothing(world: World) {
        load(world.store(), demo::of(&world), world.now()).await.expect("loaded");
        let mut rows = files::export(world.store(), command(&world).await).await.expect("exported");
        let mut dice = Dice(7);
        for round in 0..ROUNDS {
            for _ in 0..EDITS {
                edit(&mut rows, &mut dice);
            }
            let files = written(&rows);
            apply(&world, files.clone()).await;
            let versions = world.rows("SELECT 1 FROM role_profile_version", []).await.len();
            let exported = files::export(world.store(), command(&world).await).await.expect("exported");
            assert_eq!(written(&exported), files, "round {round}");
            let again = apply(&world, files).await;
            assert!(again.iter().all(|done| *done == Done::Unchanged), "round {round}: {again:?}");
            assert_eq!(world.rows("SELECT 1 FROM role_profile_version", []).await.len(), versions);
            // Read again, as the next person to edit would.
            rows = exported;
        }
    }
}
