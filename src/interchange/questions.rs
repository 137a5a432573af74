//! A question as a file, one question a file. Makes no ids and knows no versions.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::{
    domain::{
        levels::Level,
        questions::{
            QuestionKind, QuestionRelationKind, SkillRole,
            content::{
                Anchor, Criterion, QuestionBody, QuestionContent, QuestionSkill, Rubric, SeniorityRange,
            },
            rules::{self, Broken},
        },
        values,
    },
    interchange::{
        checks,
        reading::{Located, Refused, Source, choice, level},
    },
};

/// The most tags of a question.
const MOST_TAGS: usize = 10;

/// A question with the content of one version.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionRow {
    /// Its stable name.
    pub key: Located<String>,
    /// The area it belongs to.
    pub category: Located<String>,
    /// Slugs.
    #[serde(default)]
    pub tags: Vec<Located<String>>,
    /// What sort.
    #[serde(deserialize_with = "choice")]
    pub kind: QuestionKind,
    /// 1–5.
    pub difficulty: Located<i32>,
    /// For roles of this seniority; anyone when absent.
    pub seniority_range: Option<Located<SeniorityRange>>,
    /// BCP 47.
    pub language: Located<String>,
    /// 1–180.
    pub expected_minutes: Located<i32>,
    /// The title of the challenge of a role profile that it came of.
    pub challenge: Option<Located<String>>,
    /// What it is about.
    pub skills: Vec<QuestionSkillRow>,
    /// Markdown.
    pub stem: Located<String>,
    /// Markdown.
    pub context: Option<Located<String>>,
    /// What to ask next.
    #[serde(default)]
    pub follow_ups: Vec<Located<String>>,
    /// What a good answer shows.
    #[serde(default)]
    pub expected_signals: Vec<Located<String>>,
    /// What speaks against.
    #[serde(default)]
    pub red_flags: Vec<Located<String>>,
    /// Markdown.
    pub sample_answer: Option<Located<String>>,
    /// What is scored.
    pub rubric: Vec<CriterionRow>,
    /// Why the weights of the criteria differ; exactly when they do.
    pub weight_rationale: Option<Located<String>>,
    /// What it is to other questions.
    #[serde(default)]
    pub relations: Vec<RelationRow>,
    /// Under which licence it may be used.
    pub licence: Option<String>,
    /// Where it comes from.
    pub source_url: Option<String>,
}

/// A skill that a question shows.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionSkillRow {
    /// The skill's slug.
    pub skill: Located<String>,
    /// 1–5.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// How much of the question it is.
    #[serde(deserialize_with = "choice")]
    pub role: SkillRole,
    /// 1–100.
    pub weight: i32,
}

/// One thing that is scored.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CriterionRow {
    /// A slug, unique in the rubric.
    pub key: Located<String>,
    /// A short name.
    pub title: String,
    /// What is asked of the answer.
    pub prompt: String,
    /// The slug of one of the question's skills.
    pub skill: String,
    /// 1–100; the same for all when left out.
    #[serde(default = "one")]
    pub weight: i32,
    /// Whether a scorecard has to answer it.
    pub required: bool,
    /// What each score looks like.
    pub anchors: BTreeMap<i32, String>,
}

const fn one() -> i32 {
    1
}

/// What a question is to another.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelationRow {
    /// What.
    #[serde(deserialize_with = "choice")]
    pub kind: QuestionRelationKind,
    /// The other question's key.
    pub question: Located<String>,
}

impl QuestionRow {
    /// Reads and checks one question against the skills there are.
    ///
    /// # Errors
    /// [`Refused`] with every fault found. Relations are checked by [`read_all`].
    pub fn read(file: &str, text: &str, skills: &BTreeSet<&str>) -> Result<Self, Refused> {
        let mut source = Source::new(file, text);
        let row: Self = source.rows()?;
        checks::slugs(&mut source, [&row.key]);
        checks::name_length(&mut source, &row.category);
        checks::slugs(&mut source, &row.tags);
        source.require(row.tags.len() <= MOST_TAGS, &row.key, || format!("has more than {MOST_TAGS} tags"));
        let address = row.source_url.as_deref().map_or(Ok(String::new()), values::web_address);
        if let Err(rule) = address {
            source.note(&row.key, format!("sourceUrl {rule}"));
        }
        for shown in &row.skills {
            checks::known(&mut source, "skill", &shown.skill, skills);
        }
        let content = row.content();
        for broken in rules::shape(&content).into_iter().chain(rules::complete(&content)) {
            row.note(&mut source, &broken);
        }
        source.finish(row)
    }

    /// The content, its skills named by slugs.
    #[must_use]
    pub fn content(&self) -> QuestionContent<String> {
        let lines = |rows: &[Located<String>]| rows.iter().map(|row| row.value.clone()).collect();
        let text = |row: &Option<Located<String>>| row.as_ref().map(|row| row.value.clone());
        QuestionContent {
            body: QuestionBody {
                kind: self.kind,
                difficulty: self.difficulty.value,
                seniority_range: self.seniority_range.as_ref().map(|range| range.value),
                language: self.language.value.clone(),
                expected_minutes: self.expected_minutes.value,
                stem: self.stem.value.clone(),
                context: text(&self.context),
                follow_ups: lines(&self.follow_ups),
                expected_signals: lines(&self.expected_signals),
                red_flags: lines(&self.red_flags),
                sample_answer: text(&self.sample_answer),
            },
            skills: self.skills.iter().map(QuestionSkillRow::shown).collect(),
            rubric: Rubric {
                criteria: self.rubric.iter().map(CriterionRow::criterion).collect(),
                weight_rationale: text(&self.weight_rationale),
            },
        }
        .tidied()
    }

    /// Notes a broken rule at the line of its field, or of the row it stands in.
    fn note(&self, source: &mut Source<'_>, broken: &Broken) {
        let part = |at: usize| broken.path.get(at).map(String::as_str).unwrap_or_default();
        let nth = |at: usize| part(at).parse::<usize>().ok();
        let line = |rows: &'_ [Located<String>]| nth(1).and_then(|at| rows.get(at).cloned());
        let named = match part(0) {
            "difficulty" => return source.note(&self.difficulty, broken.rule),
            "expectedMinutes" => return source.note(&self.expected_minutes, broken.rule),
            "seniorityRange" => self.seniority_range.as_ref().map(|range| range.at(String::new())),
            "language" => Some(self.language.clone()),
            "stem" => Some(self.stem.clone()),
            "context" => self.context.clone(),
            "sampleAnswer" => self.sample_answer.clone(),
            "followUps" => line(&self.follow_ups),
            "expectedSignals" => line(&self.expected_signals),
            "redFlags" => line(&self.red_flags),
            "skills" => nth(1).and_then(|at| self.skills.get(at)).map(|row| row.skill.clone()),
            "rubric" if part(1) == "criteria" => {
                nth(2).and_then(|at| self.rubric.get(at)).map(|row| row.key.clone())
            }
            _ => self.weight_rationale.clone(),
        };
        source
            .note(named.as_ref().unwrap_or(&self.key), format!("{} {}", broken.path.join("."), broken.rule));
    }
}

impl QuestionSkillRow {
    fn shown(&self) -> QuestionSkill<String> {
        QuestionSkill {
            skill: self.skill.value.clone(),
            level: self.level,
            role: self.role,
            weight: self.weight,
        }
    }
}

impl CriterionRow {
    fn criterion(&self) -> Criterion<String> {
        let anchor =
            |(score, behaviour): (&i32, &String)| Anchor { score: *score, behaviour: behaviour.clone() };
        Criterion {
            key: self.key.value.clone(),
            title: self.title.clone(),
            prompt: self.prompt.clone(),
            skill: self.skill.clone(),
            weight: self.weight,
            required: self.required,
            anchors: self.anchors.iter().map(anchor).collect(),
        }
    }
}

/// Reads a bank, `(file, text)` each, and checks what its questions are to each other.
///
/// # Errors
/// [`Refused`] with every fault of every file.
pub fn read_all(files: &[(&str, &str)], skills: &BTreeSet<&str>) -> Result<Vec<QuestionRow>, Refused> {
    let mut faults = Vec::new();
    let mut questions = Vec::new();
    for (file, text) in files {
        match QuestionRow::read(file, text, skills) {
            Ok(row) => questions.push((Source::new(file, text), row)),
            Err(refused) => faults.extend(refused.0),
        }
    }
    if faults.is_empty() {
        let (sources, rows): (Vec<_>, Vec<_>) = questions.into_iter().unzip();
        faults = together(sources, &rows);
        if faults.is_empty() {
            return Ok(rows);
        }
    }
    Err(Refused(faults))
}

/// Keys are unique, and relations lead to another question of the bank.
fn together(sources: Vec<Source<'_>>, rows: &[QuestionRow]) -> Vec<super::Fault> {
    let keys: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut faults = Vec::new();
    for (mut source, row) in sources.into_iter().zip(rows) {
        let new = seen.insert(row.key.as_str());
        source.require(new, &row.key, || format!("`{}` was used in another file", row.key.value));
        for relation in &row.relations {
            checks::known(&mut source, "question", &relation.question, &keys);
            let other = relation.question.as_str() != row.key.as_str();
            source.require(other, &relation.question, || "is the question itself".to_owned());
        }
        faults.extend(source.finish(()).err().into_iter().flat_map(|refused| refused.0));
    }
    faults
}
