//! What the content of a question has to keep, whether it comes from a file or from a client.
//!
//! Collects every broken rule with the path of its field; decides nothing about who writes it. A draft
//! may be half-written: it keeps [`shape`]. What is submitted keeps [`complete`] too.

use std::collections::BTreeSet;

use crate::domain::{
    questions::{
        SkillRole,
        content::{Criterion, QuestionContent, SCORES},
        words,
    },
    values::{self, Rule},
};

/// The longest stem, context or sample answer, in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// The longest follow-up, signal, prompt or behaviour.
pub const LONGEST_LINE: usize = 1_000;
/// The most follow-ups, signals or red flags; and skills.
pub const MOST_LINES: usize = 20;
/// The most tags of an entry.
pub const MOST_TAGS: usize = 10;
/// The most criteria of a rubric.
pub const MOST_CRITERIA: usize = 10;
/// The longest a question may take, in minutes.
pub const MOST_MINUTES: i32 = 180;

/// A broken rule and where: `["rubric", "criteria", "0", "anchors"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The path of the field, indices as numbers.
    pub path: Vec<String>,
    /// The rule, as a sentence that follows the field's name.
    pub rule: Rule,
}

#[derive(Default)]
struct Faults(Vec<Broken>);

impl Faults {
    fn hold(&mut self, holds: bool, path: &[&str], rule: Rule) {
        if !holds {
            self.0.push(Broken { path: path.iter().map(|&part| part.to_owned()).collect(), rule });
        }
    }

    fn keep<T>(&mut self, path: &[&str], checked: Result<T, Rule>) {
        if let Err(rule) = checked {
            self.hold(false, path, rule);
        }
    }
}

/// What even a draft keeps: ranges, lengths, nothing twice.
#[must_use]
pub fn shape<S: Ord>(content: &QuestionContent<S>) -> Vec<Broken> {
    let mut faults = Faults::default();
    faults.hold(SCORES.contains(&content.body.difficulty), &["difficulty"], "must be 1 to 5");
    let minutes = (1..=MOST_MINUTES).contains(&content.body.expected_minutes);
    faults.hold(minutes, &["expectedMinutes"], "must be 1 to 180");
    faults.hold(
        is_language(&content.body.language),
        &["language"],
        "must be a language tag, such as en or de-CH",
    );
    let range = content
        .body
        .seniority_range
        .is_none_or(|range| 1 <= range.from && range.from <= range.to && range.to <= 9);
    faults.hold(range, &["seniorityRange"], "must go from 1 or above to 9 or below, upwards");
    let texts = [("stem", Some(&content.body.stem)), ("context", content.body.context.as_ref())];
    for (field, text) in texts.into_iter().chain([("sampleAnswer", content.body.sample_answer.as_ref())]) {
        faults.keep(&[field], text.map_or(Ok(String::new()), |text| values::prose(text, LONGEST_TEXT)));
    }
    for (field, lines) in lists(content) {
        faults.hold(lines.len() <= MOST_LINES, &[field], "must have at most 20 entries");
        for (at, line) in lines.iter().enumerate() {
            faults.keep(&[field, &at.to_string()], line_of(line));
        }
    }
    skills(&mut faults, content);
    rubric(&mut faults, content);
    faults.0
}

/// What is submitted is whole: a stem, a PRIMARY skill, a follow-up, and a rubric with its anchors.
#[must_use]
pub fn complete<S: Ord>(content: &QuestionContent<S>) -> Vec<Broken> {
    let mut faults = Faults::default();
    faults.hold(!content.body.stem.trim().is_empty(), &["stem"], "must not be empty");
    let primary = content.skills.iter().any(|skill| skill.role == SkillRole::Primary);
    faults.hold(primary, &["skills"], "must name a PRIMARY skill");
    for (field, lines) in lists(content).into_iter().filter(|(field, _)| *field != "redFlags") {
        faults.hold(!lines.is_empty(), &[field], "must have an entry");
    }
    let criteria = &content.rubric.criteria;
    faults.hold(!criteria.is_empty(), &["rubric", "criteria"], "must have a criterion");
    let demanded = criteria.is_empty() || criteria.iter().any(|criterion| criterion.required);
    faults.hold(demanded, &["rubric", "criteria"], "must have a required criterion");
    for (at, criterion) in criteria.iter().enumerate() {
        let scores: BTreeSet<i32> = criterion.anchors.iter().map(|anchor| anchor.score).collect();
        let anchored = [1, 3, 5].iter().all(|score| scores.contains(score));
        let path = ["rubric", "criteria", &at.to_string(), "anchors"];
        faults.hold(anchored, &path, "must describe scores 1, 3 and 5");
    }
    faults.0
}

fn lists<S>(content: &QuestionContent<S>) -> [(&'static str, &[String]); 3] {
    [
        ("followUps", &content.body.follow_ups),
        ("expectedSignals", &content.body.expected_signals),
        ("redFlags", &content.body.red_flags),
    ]
}

fn line_of(text: &str) -> Result<String, Rule> {
    if text.trim().is_empty() { Err("must not be empty") } else { values::prose(text, LONGEST_LINE) }
}

/// A primary subtag of two or three letters, then subtags of letters and digits (BCP 47, in outline).
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_lowercase())
        && tag.len() <= 35
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn skills<S: Ord>(faults: &mut Faults, content: &QuestionContent<S>) {
    faults.hold(content.skills.len() <= MOST_LINES, &["skills"], "must have at most 20 entries");
    let mut seen = BTreeSet::new();
    for (at, skill) in content.skills.iter().enumerate() {
        let at = at.to_string();
        faults.hold(seen.insert(&skill.skill), &["skills", &at, "skill"], "was named before");
        faults.hold(skill.level.value() >= 1, &["skills", &at, "level"], "must be 1 to 5");
        faults.hold((1..=100).contains(&skill.weight), &["skills", &at, "weight"], "must be 1 to 100");
    }
}

fn rubric<S: Ord>(faults: &mut Faults, content: &QuestionContent<S>) {
    let criteria = &content.rubric.criteria;
    faults.hold(criteria.len() <= MOST_CRITERIA, &["rubric", "criteria"], "must have at most 10 entries");
    let known: BTreeSet<&S> = content.skills.iter().map(|skill| &skill.skill).collect();
    let mut keys = BTreeSet::new();
    for (at, criterion) in criteria.iter().enumerate() {
        let at = at.to_string();
        let mut hold = |holds, field, rule| faults.hold(holds, &["rubric", "criteria", &at, field], rule);
        hold(keys.insert(&criterion.key), "key", "was used before in this rubric");
        hold(
            values::slug(&criterion.key).is_ok(),
            "key",
            "must be 1 to 64 lower-case letters, digits and single inner hyphens",
        );
        hold(values::name(&criterion.title).is_ok(), "title", "must have 1 to 200 visible characters");
        hold(line_of(&criterion.prompt).is_ok(), "prompt", "must have 1 to 1,000 characters");
        hold(known.contains(&criterion.skill), "skill", "must be one of the question's skills");
        hold((1..=100).contains(&criterion.weight), "weight", "must be 1 to 100");
        anchors(faults, &at, criterion);
    }
    let equal = criteria.windows(2).all(|pair| matches!(pair, [one, next] if one.weight == next.weight));
    let reason = content.rubric.weight_rationale.as_deref().unwrap_or_default();
    faults.keep(&["rubric", "weightRationale"], values::prose(reason, LONGEST_LINE));
    let explained = equal == reason.trim().is_empty();
    let rule = "must say why the weights differ, and be left out when they do not";
    faults.hold(explained, &["rubric", "weightRationale"], rule);
}

/// What a text says, whatever its case and punctuation; the text itself where it has no word.
fn said(text: &str) -> String {
    let words = words::in_order(text);
    if words.is_empty() { text.trim().to_owned() } else { words.join(" ") }
}

fn anchors<S>(faults: &mut Faults, at: &str, criterion: &Criterion<S>) {
    let mut hold = |holds, rule| faults.hold(holds, &["rubric", "criteria", at, "anchors"], rule);
    let scores: Vec<i32> = criterion.anchors.iter().map(|anchor| anchor.score).collect();
    hold(scores.iter().all(|score| SCORES.contains(score)), "must be for scores 1 to 5");
    hold(scores.is_sorted_by(|one, next| one < next), "must go upwards, each score once");
    let told: BTreeSet<String> = criterion.anchors.iter().map(|anchor| said(&anchor.behaviour)).collect();
    hold(told.len() == scores.len(), "must each describe another behaviour");
    hold(
        criterion.anchors.iter().all(|anchor| line_of(&anchor.behaviour).is_ok()),
        "must have 1 to 1,000 characters each",
    );
}
