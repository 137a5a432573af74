//! `assay import questions`: files as drafts, told file by file, twice is once.

use std::{fs, path::Path};

use assay::app::demo::load;

use super::{Desk, count, texts};
use crate::support::World;

const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo/questions");

/// The demo with its bank, and the address of one of its people.
async fn demo(world: &World) -> String {
    load(world.store(), crate::demo::of(world), world.now()).await.expect("loaded");
    active(world).await.swap_remove(0)
}

/// The addresses of those who are here.
async fn active(world: &World) -> Vec<String> {
    texts(world, "SELECT email FROM person WHERE status = 'ACTIVE' AND email IS NOT NULL ORDER BY email")
        .await
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
        let other = active(&world).await.swap_remove(1);
        let ran = desk.run(&["import", "questions", &folder, "--author", &other]);
        ran.says("2 rows: 2 unchanged");
        desk.file("changed.yaml", &changed);
        let ran = desk.dry_then_real_refused(&["import", "questions", &folder, "--author", &other]);
        ran.says("has a draft that somebody else is writing");
    }

    async fn two_names_of_one_skill_are_refused_and_what_says_the_same_today_is_left_alone(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        let merge = "UPDATE skill SET status = 'MERGED', \
                     merged_into = (SELECT id FROM skill WHERE slug = 'async-python') WHERE slug = 'debugging'";
        world.execute(merge, []).await;
        let all = count(&world, "question").await;
        desk.run(&["import", "questions", SHIPPED, "--author", &author]).says(&format!("{all} rows: {all} unchanged"));
        let both = "race-you-had-to-hunt-down";
        desk.file("changed.yaml", &shipped("async", both, |text| text.replace("language: en", "language: de")));
        desk.file("new.yaml", &shipped("async", both, |text| text.replace(both, "quite-new")));
        let folder = desk.path().to_str().unwrap().to_owned();
        let ran = desk.dry_then_real_refused(&["import", "questions", &folder, "--author", &author]);
        for file in ["changed.yaml", "new.yaml"] {
            ran.says(&format!("{file}:1: refused: "));
        }
        ran.says("skill: `async-python` is the same skill as `debugging` since a merge: name it once (line ");
        assert_eq!(count(&world, "question_version").await, all);
    }

    async fn what_an_entry_says_follows_its_file_unless_somebody_is_at_work_on_it(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        let moved = shipped("async", KEY, |text| text.replace("category: Async", "category: Waiting"));
        desk.file("moved.yaml", &moved);
        let folder = desk.path().to_str().unwrap().to_owned();
        let arguments = ["import", "questions", folder.as_str(), "--author", &author];
        desk.dry_then_real(&arguments).says("1 rows: 1 updated");
        let category = format!("SELECT category FROM question WHERE key = '{KEY}'");
        assert_eq!(texts(&world, &category).await, ["Waiting"]);
        assert_eq!(count(&world, "question_version WHERE number > 1").await, 0, "details are no version's");
        // A draft of one's own, and then its review, by somebody else.
        desk.file("moved.yaml", &moved.replace("difficulty: 1", "difficulty: 2"));
        desk.run(&arguments).says("1 rows: 1 updated");
        let other = active(&world).await.swap_remove(1);
        let again = moved.replace("difficulty: 1", "difficulty: 2").replace("category: Waiting", "category: Elsewhere");
        desk.file("moved.yaml", &again);
        let ran = desk.dry_then_real_refused(&["import", "questions", &folder, "--author", &other]);
        ran.says("has a draft that somebody else is writing");
        desk.run(&arguments).says("1 rows: 1 updated");
        world.execute("UPDATE question_version SET status = 'IN_REVIEW' WHERE number = 2", []).await;
        desk.run(&arguments).says("1 rows: 1 unchanged");
        desk.file("moved.yaml", &again.replace("category: Elsewhere", "category: Nowhere"));
        desk.dry_then_real_refused(&arguments).says("is in review: its reviewer decides first");
        assert_eq!(texts(&world, &category).await, ["Elsewhere"]);
    }

    async fn a_refused_file_leaves_no_trace_and_its_faults_are_told_in_our_words(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        let before = count(&world, "question_relation").await;
        // The shipped file ends with its relations.
        let relation = "  - {kind: VARIANT, question: mail-that-is-never-sent}\n  - {kind: ENEMY, question: no-such}\n";
        let related = |key: &str| shipped("async", KEY, |text| text.replace(KEY, key) + relation);
        let folder = desk.path().to_str().unwrap().to_owned();
        let other = active(&world).await.swap_remove(1);
        let changed = |difficulty: &str| shipped("async", KEY, |text| text.replace("difficulty: 1", difficulty));
        desk.file("refused.yaml", &changed("difficulty: 2"));
        desk.run(&["import", "questions", &folder, "--author", &other]).says("1 updated");
        desk.file("refused.yaml", &(changed("difficulty: 3") + relation));
        desk.file("good.yaml", &related("good"));
        desk.file("many.yaml", &related("many").replace("kind: SITUATIONAL", "kind: SITUATIVE").replace("level: 2, role: PRIMARY", "level: 7, role: PRIMARY")
            .replacen("    required: true\n", "", 1).replace("skill: giving-feedback, level", "skill: no-such, level"));
        desk.file("rubric.yaml", &related("rubric").replace("title: Helps the colleague", "title: ''").replace("      3: Explains", "      4: Explains"));
        desk.file("twice.yaml", &related("twice").replace("category: Async", "category: Async\ncategory: Async"));
        desk.file("two.yaml", &format!("{}---\nkey: other\n", related("two")));
        fs::write(desk.path().join("latin.yaml"), b"key: latin\ncategory: Caf\xe9\n").unwrap();
        let arguments = ["import", "questions", folder.as_str(), "--author", &author, "--on-error", "skip"];
        let ran = desk.dry_then_real(&arguments);
        assert_eq!(ran.code, 0, "{}{}", ran.answer, ran.told);
        ran.says("kind: `SITUATIVE` is none of BEHAVIORAL").says("level: 7 is more than 5 (line 11)").says("required: is missing");
        ran.says("there is no skill `no-such`").says("latin.yaml:2: refused: file: is not UTF-8 (line 2)");
        ran.says("title: must have 1 to 200 visible characters (line ").says("anchors: must describe scores 1, 3 and 5 (line ");
        ran.says("category: stands twice (line 3)").says("only single YAML document expected but multiple found");
        for library in ["DuplicateKeyPolicy", "from_str", "Options", "at line "] {
            assert!(!ran.answer.contains(library), "{library}: {}", ran.answer);
        }
        let line = related("good").lines().position(|line| line.contains("no-such")).unwrap() + 1;
        ran.says(&format!("good.yaml:{line}: good: relations: `no-such` is no other question: left out"));
        assert_eq!(count(&world, "question_relation").await, before + 2, "of the good file alone");
    }

    async fn somebody_who_left_answers_for_no_draft(world: World) {
        let (author, desk) = (demo(&world).await, Desk::of(&world));
        world.execute("UPDATE person SET status = 'INACTIVE' WHERE email = $1", [author.clone().into()]).await;
        let name = texts(&world, &format!("SELECT display_name FROM person WHERE email = '{author}'")).await.swap_remove(0);
        let ran = desk.run(&["import", "questions", SHIPPED, "--author", &author]);
        assert_eq!(ran.code, 1);
        assert!(ran.told.contains(&format!("{name} ({author}) is INACTIVE: an author is ACTIVE")), "{}", ran.told);
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
