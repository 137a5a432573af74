//! The rules of questions, their words and their likeness, and F9. Reads no file.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    QuestionKind, SkillRole,
    content::{
        Anchor, Criterion, QuestionBody, QuestionContent, QuestionSkill, Rubric, SeniorityRange,
        brought_together,
    },
    rules::{Broken, complete, shape},
    sets::coverage::{Item, SetCoverageStatus, coverage},
    similarity::{Fingerprint, content_hash},
    words,
};
use crate::domain::{
    ids::SkillId,
    levels::Level,
    profiles::{Importance, RoleSkillRequirement},
};

fn anchors() -> Vec<Anchor> {
    let told = [(1, "names nothing"), (3, "names the lost update"), (5, "names it and weighs two remedies")];
    told.map(|(score, behaviour)| Anchor { score, behaviour: behaviour.to_owned() }).to_vec()
}

fn criterion(key: &str) -> Criterion<&'static str> {
    Criterion {
        key: key.to_owned(),
        title: "Finds the cause".to_owned(),
        prompt: "Is the cause named?".to_owned(),
        skill: "sql",
        weight: 1,
        required: true,
        anchors: anchors(),
    }
}

fn question() -> QuestionContent<&'static str> {
    QuestionContent {
        body: QuestionBody {
            kind: QuestionKind::Knowledge,
            difficulty: 3,
            seniority_range: Some(SeniorityRange { from: 3, to: 6 }),
            language: "en".to_owned(),
            expected_minutes: 10,
            stem: "Two requests change one row. What can go wrong?".to_owned(),
            context: None,
            follow_ups: vec!["How would a test show it?".to_owned()],
            expected_signals: vec!["Names the lost update".to_owned()],
            red_flags: Vec::new(),
            sample_answer: None,
        },
        skills: vec![QuestionSkill {
            skill: "sql",
            level: Level::new(4).unwrap(),
            role: SkillRole::Primary,
            weight: 1,
        }],
        rubric: Rubric { criteria: vec![criterion("cause"), criterion("remedy")], weight_rationale: None },
    }
}

/// Breaks a whole question and fails unless exactly this field is complained of.
#[track_caller]
fn refused(at: &str, break_it: impl FnOnce(&mut QuestionContent<&'static str>)) {
    let mut broken = question();
    break_it(&mut broken);
    let said: BTreeSet<String> = shape(&broken)
        .into_iter()
        .chain(complete(&broken))
        .map(|broken: Broken| broken.path.join("."))
        .collect();
    assert_eq!(said, BTreeSet::from([at.to_owned()]));
}

#[test]
fn a_whole_question_keeps_every_rule() {
    assert_eq!(shape(&question()), []);
    assert_eq!(complete(&question()), []);
}

#[test]
fn every_broken_rule_names_its_field() {
    refused("difficulty", |q| q.body.difficulty = 6);
    refused("expectedMinutes", |q| q.body.expected_minutes = 0);
    refused("language", |q| q.body.language = "English".to_owned());
    refused("seniorityRange", |q| q.body.seniority_range = Some(SeniorityRange { from: 6, to: 3 }));
    refused("stem", |q| q.body.stem = " ".to_owned());
    refused("followUps", |q| q.body.follow_ups.clear());
    refused("expectedSignals", |q| q.body.expected_signals.clear());
    refused("redFlags.0", |q| q.body.red_flags.push(String::new()));
    refused("skills", |q| q.skills[0].role = SkillRole::Secondary);
    refused("skills.0.level", |q| q.skills[0].level = Level::new(0).unwrap());
    refused("skills.0.weight", |q| q.skills[0].weight = 0);
    refused("skills.1.skill", |q| q.skills.push(q.skills[0].clone()));
    refused("rubric.criteria", |q| q.rubric.criteria.clear());
    refused("rubric.criteria.1.key", |q| q.rubric.criteria[1].key = "cause".to_owned());
    refused("rubric.criteria.0.skill", |q| q.rubric.criteria[0].skill = "python");
    refused("rubric.criteria.0.anchors", |q| drop(q.rubric.criteria[0].anchors.remove(1)));
    refused("rubric.criteria.0.anchors", |q| q.rubric.criteria[0].anchors.swap(0, 1));
    refused("rubric.criteria.0.anchors", |q| {
        q.rubric.criteria[0].anchors[1].behaviour = "names nothing".to_owned();
    });
    // Another case or punctuation is no other behaviour.
    refused("rubric.criteria.0.anchors", |q| {
        q.rubric.criteria[0].anchors[1].behaviour = "Names, nothing!".to_owned();
    });
}

#[test]
fn unequal_weights_need_a_reason_and_equal_ones_take_none() {
    refused("rubric.weightRationale", |q| q.rubric.criteria[0].weight = 2);
    refused("rubric.weightRationale", |q| q.rubric.weight_rationale = Some("Because.".to_owned()));
    let mut reasoned = question();
    reasoned.rubric.criteria[0].weight = 2;
    reasoned.rubric.weight_rationale = Some("The cause comes first.".to_owned());
    assert_eq!(shape(&reasoned), []);
}

#[test]
fn a_half_written_draft_keeps_its_shape_and_is_not_whole() {
    let mut draft = question();
    draft.body.stem.clear();
    draft.skills.clear();
    draft.rubric.criteria.clear();
    assert_eq!(shape(&draft), []);
    assert_eq!(complete(&draft).len(), 3);
}

#[test]
fn words_are_folded_and_languages_keep_their_signs() {
    let words = words::of("Ｃ++ and C#, Straße; snake_case  e-mail");
    assert!(words::finds(&words::searched("c++ STRASSE snake mail"), &words));
    assert!(words::finds(&words::searched("stras"), &words));
    assert!(!words::finds(&words::searched("c+++"), &words));
    assert!(!words::finds(&words::searched("ase"), &words));
    assert!(words::searched(" -- ").is_empty());
}

#[test]
fn a_question_in_other_punctuation_is_a_copy_and_one_in_a_few_other_words_is_near() {
    let stem =
        "Two requests read a row, change it and write it back. What can go wrong, and how is it prevented?";
    let copy =
        "two requests read a row; change it and write it back — what can go wrong and how is it prevented";
    let near =
        "Two requests read a row, change it and write it back. What can go wrong, and how do you prevent it?";
    let other = "How does an index on two columns serve a query on the second one alone?";
    assert_eq!(content_hash(stem), content_hash(copy));
    assert_ne!(content_hash(stem), content_hash(near));
    let alike = |one, two| Fingerprint::of(one).resemblance(&Fingerprint::of(two));
    assert!(alike(stem, near) > 0.6, "{}", alike(stem, near));
    assert!(alike(stem, other) < 0.05, "{}", alike(stem, other));
}

fn skill(number: u128) -> SkillId {
    SkillId::from_uuid(Uuid::from_u128(number))
}

fn shows(number: u128, level: i64, role: SkillRole, weight: i32) -> QuestionSkill {
    QuestionSkill { skill: skill(number), level: Level::new(level).unwrap(), role, weight }
}

fn requires(number: u128, level: i64, weight: i32) -> RoleSkillRequirement {
    RoleSkillRequirement {
        skill_id: skill(number),
        required_level: Level::new(level).unwrap(),
        importance: Importance::Must,
        weight,
    }
}

/// Porter's example: half, three and two tenths of the time, against four, four and two of the weight.
#[test]
fn alignment_is_porters() {
    let skills =
        [(1, 5), (2, 3), (3, 2)].map(|(number, weight)| shows(number, 3, SkillRole::Primary, weight));
    let items = [Item { minutes: 60, difficulty: 3, skills: &skills }];
    let covered = coverage(&items, &[requires(1, 3, 4), requires(2, 3, 4), requires(3, 3, 2)]);
    assert!((covered.alignment.unwrap() - 0.9).abs() < 1e-9);
    assert_eq!(covered.total_minutes, 60);
    assert!((covered.requirements[0].minutes - 30.0).abs() < 1e-9);
    assert!((covered.requirements[0].target_minutes - 24.0).abs() < 1e-9);
}

#[test]
fn a_requirement_is_covered_thin_or_not_at_all() {
    let skills = [
        shows(1, 4, SkillRole::Primary, 1),
        shows(2, 3, SkillRole::Primary, 1),
        shows(3, 5, SkillRole::Secondary, 1),
        shows(4, 2, SkillRole::Primary, 1),
        shows(6, 1, SkillRole::Secondary, 1),
    ];
    let items = [Item { minutes: 10, difficulty: 3, skills: &skills }];
    let wanted = [1, 2, 3, 4, 5, 6].map(|number| requires(number, 4, 1));
    let said: Vec<_> = coverage(&items, &wanted).requirements.iter().map(|row| row.status).collect();
    use SetCoverageStatus as S;
    assert_eq!(
        said,
        [S::Covered, S::Thin, S::Thin, S::None, S::None, S::Thin],
        "only SECONDARY is THIN at any level"
    );
    assert_eq!(coverage(&items, &[]).alignment, None);
}

#[test]
fn time_for_nothing_that_is_required_aligns_by_nothing_and_not_nearly() {
    let skills = [(1, 5), (2, 3), (3, 7), (4, 11)]
        .map(|(number, weight)| shows(number, 3, SkillRole::Primary, weight));
    for items in 1..8 {
        let items: Vec<_> =
            (1..=items).map(|minutes| Item { minutes, difficulty: 3, skills: &skills }).collect();
        assert_eq!(coverage(&items, &[requires(9, 3, 1)]).alignment, Some(0.0));
    }
}

#[test]
fn skills_that_a_merge_brought_together_are_one_the_stronger_with_the_time_of_both() {
    let shown = vec![
        shows(1, 1, SkillRole::Secondary, 1),
        shows(2, 2, SkillRole::Secondary, 1),
        shows(1, 5, SkillRole::Primary, 8),
    ];
    let one = brought_together(shown);
    assert_eq!(one, [shows(1, 5, SkillRole::Primary, 9), shows(2, 2, SkillRole::Secondary, 1)]);
}

proptest! {
    #[test]
    fn a_search_for_beginnings_of_words_of_a_text_finds_it(text in "[ -~äöüßİ漢Ａ]{0,60}", cut in 1_usize..5) {
        let words = words::of(&text);
        let starts: Vec<String> = words.iter().map(|word| word.chars().take(cut).collect()).collect();
        prop_assert!(words::finds(&starts, &words));
    }

    #[test]
    fn words_are_of_an_alphabet_that_no_tokenizer_cuts(text in "\\PC{0,60}") {
        let tame = |word: &String| word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        prop_assert!(words::of(&text).iter().all(tame), "{:?}", words::of(&text));
    }

    #[test]
    fn likeness_is_symmetric_and_whole_only_of_itself(one in "[a-d]( [a-d]){0,20}", two in "[a-d]( [a-d]){0,20}") {
        let (a, b) = (Fingerprint::of(&one), Fingerprint::of(&two));
        prop_assert!((a.resemblance(&b) - b.resemblance(&a)).abs() < f64::EPSILON);
        prop_assert!((a.resemblance(&a) - 1.0).abs() < f64::EPSILON);
        prop_assert_eq!((a.resemblance(&b) - 1.0).abs() < f64::EPSILON, a == b);
    }

    #[test]
    fn alignment_lies_between_nothing_and_all(
        time in prop::collection::vec(1_i32..60, 1..6), weight in prop::collection::vec(1_i32..10, 1..6)
    ) {
        let skills: Vec<[QuestionSkill; 1]> =
            (1..).zip(&time).map(|(number, _)| [shows(number, 3, SkillRole::Primary, 1)]).collect();
        let items: Vec<Item<'_>> =
            skills.iter().zip(&time).map(|(skills, minutes)| Item { minutes: *minutes, difficulty: 3, skills }).collect();
        let wanted: Vec<_> = (1..).zip(&weight).map(|(number, weight)| requires(number, 3, *weight)).collect();
        let alignment = coverage(&items, &wanted).alignment.unwrap();
        prop_assert!((-1e-9..=1.0 + 1e-9).contains(&alignment));
    }
}
