//! The question bank of the access world: an entry in every state a version can have, one of them pinned by
//! a published set; and what the list of questions holds, as each viewer.

use std::collections::BTreeSet;

use assay::domain::{
    ids::{QuestionKind, QuestionVersionKind},
    text::fold,
};
use sea_orm::Value;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{Stage, objects::Objects, question_sets, viewers::Viewer};

/// A version: its status, and who wrote it; nobody for what was imported.
type Edition = (&'static str, Option<&'static str>);

/// An entry, and the versions it has.
const ENTRIES: [(&str, &[Edition]); 5] = [
    ("asked", &[("RETIRED", None), ("APPROVED", Some("lena")), ("DRAFT", Some("mia"))]),
    ("leaked", &[("COMPROMISED", Some("lena"))]),
    ("pinned", &[("COMPROMISED", None)]),
    ("proposed", &[("DRAFT", Some("sam"))]),
    ("judged", &[("IN_REVIEW", Some("paul"))]),
];

/// Who wrote the version of an entry that was written last, while it is not approved.
pub fn proposer_of(name: &str) -> Option<&'static str> {
    let entry = name.strip_prefix("question/").expect("an entry");
    let (_, versions) = ENTRIES.iter().find(|(known, _)| *known == entry).expect("a known entry");
    let (status, author) = versions.last().expect("a version");
    if ["DRAFT", "IN_REVIEW"].contains(status) { *author } else { None }
}

/// Who wrote the version called so.
pub fn author_of(name: &str) -> Option<&'static str> {
    let (entry, number) =
        name.strip_prefix("edition/").and_then(|rest| rest.split_once(' ')).expect("an edition");
    let (_, versions) = ENTRIES.iter().find(|(known, _)| *known == entry).expect("a known entry");
    versions[number.parse::<usize>().expect("a number") - 1].1
}

pub async fn lay(objects: &mut Objects<'_>) {
    for (name, versions) in ENTRIES {
        entry(objects, name, versions).await;
    }
    question_sets::lay(objects).await;
    for (from, kind, to) in
        [("asked", "ENEMY", "leaked"), ("asked", "VARIANT", "pinned"), ("asked", "FOLLOW_UP", "proposed")]
    {
        let end = |name: &str| Value::from(objects.uuid(&format!("question/{name}")));
        let row = [("from_id", end(from)), ("to_id", end(to)), ("kind", kind.into())];
        objects.world.insert("question_relation", row).await;
    }
}

async fn entry(objects: &mut Objects<'_>, name: &str, versions: &[Edition]) {
    let (world, id) = (objects.world, objects.world.id::<QuestionKind>());
    let editions: Vec<_> = versions.iter().map(|_| world.id::<QuestionVersionKind>()).collect();
    let of =
        |status: &str| versions.iter().position(|(known, _)| *known == status).map(|at| editions[at].uuid());
    let handle = format!("about-{name}");
    let row = [
        ("id", id.uuid().into()),
        ("key", handle.clone().into()),
        ("category", handle.clone().into()),
        ("category_key", fold(&handle).into()),
        ("owner_id", objects.uuid("person/olga").into()),
        ("licence", "CC-BY-4.0".into()),
        ("source_url", "https://example.org/questions".into()),
        ("created_at", objects.day(-90).into()),
        ("latest_version_id", editions.last().expect("a version").uuid().into()),
        ("approved_version_id", of("APPROVED").into()),
        ("asked_count", 2.into()),
        ("last_used_at", objects.day(-9).into()),
    ];
    world.insert("question", row).await;
    objects.root("QUESTION", id.uuid()).await;
    let tag = [("question_id", id.uuid().into()), ("tag", handle.clone().into())];
    world.insert("question_tag", tag).await;
    objects.keep("Question", &format!("question/{name}"), id, &handle);
    for ((number, edition), (status, author)) in (1..).zip(editions).zip(versions) {
        let version = objects.keep("QuestionVersion", &format!("edition/{name} {number}"), edition, "");
        draft(objects, (id.uuid(), version, number), &handle, *author).await;
        advance(objects, version, status, name == "pinned").await;
    }
}

async fn draft(
    objects: &Objects<'_>,
    (question, version, number): (Uuid, Uuid, i32),
    handle: &str,
    author: Option<&str>,
) {
    let row = [
        ("id", version.into()),
        ("question_id", question.into()),
        ("number", number.into()),
        ("status", "DRAFT".into()),
        ("author_id", author.map(|name| objects.uuid(&format!("person/{name}"))).into()),
        ("change_note", "Clearer.".into()),
        ("kind", "KNOWLEDGE".into()),
        ("difficulty", number.into()),
        ("seniority_from", 2.into()),
        ("seniority_to", 5.into()),
        ("language", handle.into()),
        ("expected_minutes", 10.into()),
        ("stem", format!("What of {handle}?").into()),
        ("context", "Some.".into()),
        ("follow_ups", "[\"And then?\"]".into()),
        ("expected_signals", "[\"Says it.\"]".into()),
        ("red_flags", "[\"Guesses.\"]".into()),
        ("sample_answer", format!("This, {number}.").into()),
        ("weight_rationale", "The first matters more.".into()),
        ("content_hash", "0".repeat(64).into()),
        ("words", handle.replace('-', " ").into()),
        ("created_at", objects.day(-80).into()),
    ];
    objects.world.insert("question_version", row).await;
    if let Some(name) = author {
        let row = [
            ("question_version_id", version.into()),
            ("person_id", objects.uuid(&format!("person/{name}")).into()),
            ("at", objects.day(-80).into()),
        ];
        objects.world.insert("question_version_writer", row).await;
    }
    for (position, skill) in (0..).zip(["rust", "sql"]) {
        let row = [
            ("question_version_id", version.into()),
            ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
            ("position", position.into()),
            ("level", 3.into()),
            ("role", if position == 0 { "PRIMARY" } else { "SECONDARY" }.into()),
            ("weight", 2.into()),
        ];
        objects.world.insert("question_version_skill", row).await;
        criterion(objects, version, position, skill).await;
    }
}

async fn criterion(objects: &Objects<'_>, version: Uuid, position: i32, skill: &str) {
    let id = objects.row();
    let row = [
        ("id", id.clone()),
        ("question_version_id", version.into()),
        ("position", position.into()),
        ("key", skill.into()),
        ("title", "Sees it".into()),
        ("prompt", "Is it seen?".into()),
        ("skill_id", objects.uuid(&format!("skill/{skill}")).into()),
        ("weight", (position + 1).into()),
        ("required", true.into()),
    ];
    objects.world.insert("rubric_criterion", row).await;
    for (score, behaviour) in [(1, "Guesses"), (3, "Names it"), (5, "Weighs it")] {
        let row = [("criterion_id", id.clone()), ("score", score.into()), ("behaviour", behaviour.into())];
        objects.world.insert("rubric_anchor", row).await;
    }
}

/// Moves a draft to where it stands, with what was said of it on the way.
async fn advance(objects: &mut Objects<'_>, version: Uuid, status: &str, pinned: bool) {
    let world = objects.world;
    let to = async |status: &str, at: &str| {
        let set = format!("UPDATE question_version SET status = '{status}'{at} WHERE id = $1");
        let day = (!at.is_empty()).then(|| Value::from(world.day(-40)));
        world.execute(&set, std::iter::once(version.into()).chain(day)).await;
    };
    if status == "DRAFT" {
        return;
    }
    to("IN_REVIEW", "").await;
    let review = [
        ("id", objects.row()),
        ("question_version_id", version.into()),
        ("reviewer_id", objects.uuid("person/olga").into()),
        ("verdict", if status == "IN_REVIEW" { "REQUEST_CHANGES" } else { "APPROVE" }.into()),
        ("comments", "So.".into()),
        ("at", objects.day(-41).into()),
    ];
    world.insert("question_review", review).await;
    if status == "IN_REVIEW" {
        return;
    }
    to("APPROVED", ", approved_at = $2").await;
    if pinned {
        question_sets::publish(objects, version).await;
    }
    if status == "COMPROMISED" {
        let report = [
            ("id", objects.row()),
            ("question_version_id", version.into()),
            ("reporter_id", objects.uuid("person/stan").into()),
            ("source", "A forum.".into()),
            ("at", objects.day(-3).into()),
        ];
        world.insert("leak_report", report).await;
    }
    if status != "APPROVED" {
        to(status, ", retired_at = $2").await;
    }
}

fn keys(list: &Json) -> BTreeSet<&str> {
    list["nodes"].as_array().expect("nodes").iter().map(|node| node["key"].as_str().expect("a key")).collect()
}

on_both! {
    async fn the_bank_is_listed_to_editors_what_may_be_asked_to_interviewers_and_nothing_to_others(world: World) {
        let stage = Stage::set(&world).await;
        let node = "{ nodes { key current { status } } }";
        let document = format!(
            "{{ all: questions(first: 50) {node} mine: questions(first: 50, filter: {{ mine: true }}) {node} \
             down: questions(last: 50, orderBy: {{ field: ASKED_COUNT, direction: DESC }}) {node} \
             drafts: questions(filter: {{ statuses: [DRAFT, IN_REVIEW, RETIRED, COMPROMISED] }}) {node} }}"
        );
        let all = ["about-asked", "about-judged", "about-leaked", "about-pinned", "about-proposed"];
        for viewer in Viewer::all() {
            let told = stage.ask(&viewer, &document, json!(null)).await;
            let interviews = ["INTERVIEWER", "questions:read"].iter().any(|grant| viewer.grants.contains(grant));
            let (listed, drafts): (&[&str], &[&str]) = if viewer.edits_questions() {
                (&all, &all)
            } else if interviews {
                (&["about-asked"], &[])
            } else {
                (&[], &[])
            };
            assert_eq!(keys(&told["all"]), listed.iter().copied().collect(), "{viewer}");
            assert_eq!(keys(&told["down"]), keys(&told["all"]), "{viewer}");
            // What editors are shown is the version written last, and of these none is approved.
            assert_eq!(keys(&told["drafts"]), drafts.iter().copied().collect(), "{viewer}");
            let mine: BTreeSet<&str> = match viewer.person {
                _ if listed.is_empty() => BTreeSet::new(),
                "mia" => BTreeSet::from(["about-asked"]),
                "lena" => BTreeSet::from(["about-leaked"]),
                "sam" => BTreeSet::from(["about-proposed"]),
                "paul" => BTreeSet::from(["about-judged"]),
                _ => BTreeSet::new(),
            };
            assert_eq!(keys(&told["mine"]), mine, "{viewer}");
        }
    }
}
