//! `assay import questions`: files as drafts, told file by file, twice is once.

use std::{fs, path::Path};

use assay::app::demo::load;

use super::{Desk, count, texts};
use crate::support::World;

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo/questions");

/// The demo with its bank, and the address of one of its people.
async fn demo(world: &World) -> String {
    load(world.store(), crate::demo::of(world), world.now()).await.expect("loaded");
    texts(world, "SELECT email FROM person WHERE status = 'ACTIVE' AND email IS NOT NULL ORDER BY email")
        .await
        .swap_remove(0)
}

/// A shipped file, with something changed.
fn shipped(area: &str, key: &str, change: impl FnOnce(String) -> String) -> String {
    let path = Path::new(SHIPPED).join(area).join(format!("{key}.yaml"));
    change(fs::read_to_string(path).expect("a shipped question"))
}

const KEY: &str = "async-in-front-of-requests";

on_both! {
    async fn the_shipped_bank_says_what_the_demo_holds(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        let ran = desk.dry_then_real(&["import", "questions", SHIPPED, "--author", &author]);
        let all = count(&world, "question").await;
        assert_eq!(ran.code, 0, "{}", ran.told);
        ran.says(&format!("{all} rows: {all} unchanged"));
        assert_eq!(count(&world, "question_version").await, all);
    }

    async fn what_is_new_or_changed_becomes_a_draft_of_the_named_person_once(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        let changed = shipped("async", KEY, |text| text.replace("difficulty: 1", "difficulty: 2"));
        desk.file("changed.yaml", &changed);
        let new = shipped("async", KEY, |text| text.replace(KEY, "quite-new") + "licence: CC-BY-4.0\n");
        desk.file("new.yaml", &new);
        let folder = desk.path().to_str().unwrap().to_owned();
        let arguments = ["import", "questions", &folder, "--author", &author];
        let ran = desk.dry_then_real(&arguments);
        assert_eq!(ran.code, 0, "{}{}", ran.answer, ran.told);
        ran.says("imported\n2 rows: 1 created, 1 updated");
        let drafts = "SELECT q.key || ' ' || v.number || ' ' || p.email FROM question_version v \
                      JOIN question q ON q.latest_version_id = v.id JOIN person p ON p.id = v.author_id \
                      WHERE v.status = 'DRAFT' ORDER BY q.key";
        let expected = [format!("{KEY} 2 {author}"), format!("quite-new 1 {author}")];
        assert_eq!(texts(&world, drafts).await, expected);
        assert_eq!(texts(&world, "SELECT licence FROM question WHERE key = 'quite-new'").await, ["CC-BY-4.0"]);
        assert_eq!(count(&world, "question WHERE approved_version_id IS NULL").await, 1, "no file approves");
        desk.run(&arguments).says("2 rows: 2 unchanged");
        // A draft of one's own is written on; somebody else's is left alone.
        desk.file("changed.yaml", &changed.replace("difficulty: 2", "difficulty: 3"));
        desk.run(&arguments).says("2 rows: 1 updated, 1 unchanged");
        assert_eq!(texts(&world, drafts).await, expected);
        let other = texts(&world, "SELECT email FROM person WHERE status = 'ACTIVE' AND email IS NOT NULL ORDER BY email")
            .await
            .swap_remove(1);
        let ran = desk.run(&["import", "questions", &folder, "--author", &other]);
        ran.says("2 rows: 2 unchanged");
        desk.file("changed.yaml", &changed);
        let ran = desk.dry_then_real_refused(&["import", "questions", &folder, "--author", &other]);
        ran.says("has a draft that somebody else is writing");
    }

    async fn every_fault_is_told_with_file_and_line_and_nothing_is_written(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        desk.file("bad.yaml", &shipped("async", KEY, |text| {
            let text = text.replace(KEY, "bad").replace("difficulty: 1", "difficulty: 9");
            text.replace("skill: async-python", "skill: no-such") + "sourceUrl: javascript:alert(1)\n"
        }));
        desk.file("good.yaml", &shipped("async", KEY, |text| text.replace(KEY, "good")));
        desk.file("same.yaml", &shipped("async", KEY, |text| text.replace(KEY, "good")));
        let folder = desk.path().to_str().unwrap().to_owned();
        let before = count(&world, "question").await;
        let ran = desk.dry_then_real_refused(&["import", "questions", &folder, "--author", &author]);
        ran.says("bad.yaml:").says("difficulty: ").says("(line 5)").says("no-such");
        ran.says("same.yaml:1: refused: ").says("was used in another file");
        assert_eq!(count(&world, "question").await, before);
        let skipping = ["import", "questions", &folder, "--author", &author, "--on-error", "skip"];
        desk.run(&skipping).says("imported\n3 rows: 1 created, 2 refused");
        assert_eq!(count(&world, "question").await, before + 1);
        let nobody = desk.run(&["import", "questions", &folder, "--author", "nobody@example.com"]);
        assert!(nobody.told.contains("nobody here has the address nobody@example.com"), "{}", nobody.told);
        let empty = tempfile::tempdir().unwrap();
        let usage = desk.run(&["import", "questions", empty.path().to_str().unwrap(), "--author", &author]);
        assert_eq!(usage.code, 2, "{}", usage.told);
    }
}
