//! The shipped question bank is whole: every file keeps the rules, no two ask the same, and areas, kinds,
//! difficulties and challenges are all there. Reads `demo/`, never a database.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use crate::{
    domain::questions::{
        QuestionKind,
        similarity::{Fingerprint, NEAR},
    },
    interchange::{
        Refused,
        demo::demo,
        questions::{QuestionRow, read_all},
    },
};

/// The areas of the reference profile.
const AREAS: usize = 12;
/// The profile whose challenges seed situational questions.
const REFERENCE: &str = "senior-python-developer";

/// The files of the bank, by area and name.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/questions");
    let listed = |folder: &Path| {
        let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let files = listed(&folder).into_iter().flat_map(|area| listed(&area));
    files
        .map(|path| {
            let name = path.strip_prefix(&folder).unwrap().display().to_string();
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn read(files: &[(String, String)]) -> Result<Vec<QuestionRow>, Refused> {
    let catalogue = demo().unwrap().catalogue;
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    read_all(&files, &catalogue.skill_slugs())
}

/// The bank, each question with its area.
fn bank() -> Vec<(String, QuestionRow)> {
    let files = files();
    let rows = read(&files).unwrap_or_else(|refused| panic!("{refused}"));
    files.iter().map(|(name, _)| name.split('/').next().unwrap().to_owned()).zip(rows).collect()
}

#[test]
fn every_question_keeps_every_rule_and_is_named_as_its_file() {
    let (files, bank) = (files(), bank());
    assert!(bank.len() >= 150, "{} questions", bank.len());
    for ((name, _), (_, row)) in files.iter().zip(&bank) {
        assert!(name.ends_with(&format!("/{}.yaml", row.key.value)), "{name}: {}", row.key.value);
    }
}

#[test]
fn no_two_questions_ask_nearly_the_same() {
    let bank = bank();
    let prints: Vec<_> = bank.iter().map(|(_, row)| Fingerprint::of(&row.stem)).collect();
    for (at, (_, one)) in bank.iter().enumerate() {
        for (other, (_, two)) in bank.iter().enumerate().skip(at + 1) {
            let alike = prints[at].resemblance(&prints[other]);
            assert!(alike < NEAR, "{} and {}: {alike}", one.key.value, two.key.value);
        }
    }
}

#[test]
fn anchors_describe_behaviour_and_no_two_are_the_same() {
    let mut seen = BTreeMap::new();
    for (_, row) in bank() {
        assert!(!row.follow_ups.is_empty() && row.sample_answer.is_some(), "{}", row.key.value);
        for criterion in &row.rubric {
            for (score, behaviour) in &criterion.anchors {
                let place = format!("{}.{} {score}", row.key.value, criterion.key.value);
                assert!(
                    behaviour.chars().count() >= 25,
                    "{place} is too short to be a behaviour: {behaviour}"
                );
                let other = seen.insert(behaviour.to_lowercase(), place.clone());
                assert_eq!(other, None, "{place} says the same");
            }
        }
    }
}

#[test]
fn each_challenge_of_the_reference_seeds_two_situational_questions() {
    let profiles = demo().unwrap().profiles;
    let reference = profiles.iter().find(|row| row.key.as_str() == REFERENCE).unwrap();
    let mut seeded: BTreeMap<&str, usize> =
        reference.challenges.iter().map(|challenge| (challenge.title.as_str(), 0)).collect();
    let bank = bank();
    for (_, row) in &bank {
        let Some(challenge) = &row.challenge else { continue };
        assert_eq!(row.kind, QuestionKind::Situational, "{}", row.key.value);
        *seeded.get_mut(challenge.as_str()).unwrap_or_else(|| panic!("no challenge {}", challenge.value)) +=
            1;
    }
    assert_eq!(seeded.len(), 8);
    assert!(seeded.values().all(|questions| *questions >= 2), "{seeded:?}");
}

/// Counts by area, kind and difficulty; a digit is the questions of a difficulty, 1 to 5 from the left.
#[test]
fn every_area_has_every_difficulty_and_the_bank_every_kind_at_every_difficulty() {
    let bank = bank();
    let mut table: BTreeMap<&str, BTreeMap<QuestionKind, [u8; 5]>> = BTreeMap::new();
    let mut cells = BTreeSet::new();
    for (area, row) in &bank {
        let difficulty = usize::try_from(row.difficulty.value).unwrap() - 1;
        table.entry(area).or_default().entry(row.kind).or_default()[difficulty] += 1;
        cells.insert((row.kind, difficulty));
    }
    assert_eq!((table.len(), cells.len()), (AREAS, 5 * QuestionKind::ALL.len()));
    let mut printed = String::new();
    for (area, kinds) in &table {
        assert!(kinds.len() >= 4, "{area} has {} kinds", kinds.len());
        let missing = (0..5).find(|at| kinds.values().all(|counts| counts[*at] == 0));
        assert_eq!(missing, None, "{area} lacks a difficulty");
        let _ = write!(printed, "{area:30}");
        for kind in QuestionKind::ALL {
            let counts = kinds.get(kind).copied().unwrap_or_default();
            let digits: String = counts.iter().map(u8::to_string).collect();
            let _ = write!(printed, " {} {digits}", kind.as_str());
        }
        let _ = writeln!(printed, " = {}", kinds.values().flatten().map(|n| u32::from(*n)).sum::<u32>());
    }
    insta::assert_snapshot!(printed);
}

/// Changes one file of the bank and fails unless exactly this is complained of.
#[track_caller]
fn refused(change: (&str, &str), said: &str) {
    let mut files = files();
    let (name, text) = &mut files[0];
    assert!(text.contains(change.0), "{text}");
    *text = text.replacen(change.0, change.1, 1);
    let (name, told) = (name.clone(), read(&files).unwrap_err().to_string());
    let told: Vec<&str> = told.lines().collect();
    assert!(told.len() == 1 && told[0].starts_with(&name) && told[0].contains(said), "{told:#?}");
}

#[test]
fn a_broken_question_is_refused_with_its_line_and_field() {
    refused(("difficulty: ", "difficulty: 7 # "), ":5: difficulty: must be 1 to 5");
    refused(("language: en", "language: English"), ":7: language: must be a language tag");
    refused(("role: PRIMARY", "role: MAIN"), "`MAIN` is none of PRIMARY, SECONDARY");
    refused(("\n      3: ", "\n      4: "), "anchors: must describe scores 1, 3 and 5");
    refused(("language: en", "language: en\nlangage: de"), ":8: langage: is not a field here");
}

#[test]
fn all_that_is_wrong_with_a_form_is_told_at_a_time() {
    let (name, text) = files().swap_remove(0);
    let text = text.replacen("stem: |", "stamm: |", 1).replacen("difficulty: ", "difficulty: 7 # ", 1);
    let told = read(&[(name.clone(), text)]).unwrap_err();
    let told: Vec<_> = told.0.iter().map(|fault| (fault.field.as_str(), fault.rule.as_str())).collect();
    let expected =
        [("stem", "is missing"), ("difficulty", "7 is more than 5"), ("stamm", "is not a field here")];
    assert_eq!(told, expected, "{name}");
}
