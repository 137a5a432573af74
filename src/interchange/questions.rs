//! A question as a file, one question a file. Makes no ids and knows no versions.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use jsonschema::Validator;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    domain::{
        levels::Level,
        questions::{
            QuestionKind, QuestionRelationKind, SkillRole,
            content::{
                Anchor, Criterion, QuestionBody, QuestionContent, QuestionSkill, Rubric, SeniorityRange,
            },
            rules::{self, Broken, MOST_TAGS},
        },
        values,
    },
    interchange::{
        checks,
        form::{one_of, schema_of, told, validator},
        places::Placed,
        reading::{Located, Refused, Source, choice, level},
    },
};

/// A question with the content of one version.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    #[schemars(schema_with = "one_of::<QuestionKind>")]
    pub kind: QuestionKind,
    /// 1–5.
    #[schemars(range(min = 1, max = 5))]
    pub difficulty: Located<i32>,
    /// For roles of this seniority; anyone when absent.
    #[serde(default)]
    #[schemars(schema_with = "seniorities")]
    pub seniority_range: Option<Located<SeniorityRange>>,
    /// BCP 47.
    pub language: Located<String>,
    /// 1–180.
    #[schemars(range(min = 1, max = rules::MOST_MINUTES))]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionSkillRow {
    /// The skill's slug.
    pub skill: Located<String>,
    /// 1–5.
    #[serde(deserialize_with = "level")]
    #[schemars(with = "i32", range(min = 1, max = 5))]
    pub level: Level,
    /// How much of the question it is.
    #[serde(deserialize_with = "choice")]
    #[schemars(schema_with = "one_of::<SkillRole>")]
    pub role: SkillRole,
    /// 1–100.
    #[schemars(range(min = 1, max = 100))]
    pub weight: i32,
}

/// One thing that is scored.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
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
    #[schemars(range(min = 1, max = 100))]
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
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelationRow {
    /// What.
    #[serde(deserialize_with = "choice")]
    #[schemars(schema_with = "one_of::<QuestionRelationKind>")]
    pub kind: QuestionRelationKind,
    /// The other question's key.
    pub question: Located<String>,
}

impl QuestionRow {
    /// Reads and checks one question against the skills there are.
    ///
    /// # Errors
    /// [`Refused`] with every fault found: of form, and when there is none of it, of the rules. Relations
    /// are checked by [`read_all`].
    pub fn read(file: &str, text: &str, skills: &BTreeSet<&str>) -> Result<Self, Refused> {
        let mut source = Source::new(file, text);
        let row: Self = source.rows().map_err(|first| out_of_form(file, text, skills, first))?;
        checks::slugs(&mut source, [&row.key]);
        checks::slugs(&mut source, &row.tags);
        source.require(row.tags.len() <= MOST_TAGS, &row.key, || format!("has more than {MOST_TAGS} tags"));
        for shown in &row.skills {
            checks::known(&mut source, "skill", &shown.skill, skills);
        }
        let broken = row.broken();
        if !broken.is_empty() {
            let placed = Placed::read(file, text)?;
            broken.iter().for_each(|broken| source.add(placed.fault(&in_file(&broken.path), broken.rule)));
        }
        source.finish(row).map_err(Refused::by_line)
    }

    /// The rules it breaks, each with the path of what breaks it.
    fn broken(&self) -> Vec<Broken> {
        let content = self.content();
        let (licence, address) = (self.licence.as_deref(), self.source_url.as_deref());
        let of_entry = [
            ("category", values::name(&self.category).err()),
            ("licence", licence.and_then(|text| values::name(text).err())),
            ("sourceUrl", address.and_then(|text| values::web_address(text).err())),
        ];
        let of_entry = of_entry.into_iter().filter_map(|(field, rule)| Some((vec![field.to_owned()], rule?)));
        let of_entry = of_entry.map(|(path, rule)| Broken { path, rule });
        of_entry.chain(rules::shape(&content)).chain(rules::complete(&content)).collect()
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
}

/// Where in a file stands what the domain knows under `path`: a file has the rubric as the list of its
/// criteria, and the reason of their weights beside it.
fn in_file(path: &[String]) -> String {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let path = match path.as_slice() {
        ["rubric", "criteria", below @ ..] => [&["rubric"], below].concat(),
        ["rubric", below @ ..] => below.to_vec(),
        path => path.to_vec(),
    };
    path.iter().map(|step| format!("/{step}")).collect()
}

static FORM: LazyLock<Option<Validator>> = LazyLock::new(|| validator(&schema_of::<QuestionRow>("Question")));

fn seniorities(_: &mut SchemaGenerator) -> Schema {
    let seniority = json_schema!({ "type": "integer", "minimum": 1, "maximum": 9 });
    json_schema!({
        "type": ["object", "null"], "properties": { "from": seniority, "to": seniority },
        "required": ["from", "to"]
    })
}

/// Everything that keeps a file from being read as a question, and skills that there are not; `first` when
/// it is not even YAML.
fn out_of_form(file: &str, text: &str, skills: &BTreeSet<&str>, first: Refused) -> Refused {
    let (Ok(placed), Some(form)) = (Placed::read(file, text), FORM.as_ref()) else { return first };
    let mut faults = placed.repeated();
    faults.extend(form.iter_errors(&placed.value).flat_map(|error| told(&placed, &error)));
    let shown = placed.value.get("skills").and_then(Value::as_array);
    for (at, shown) in shown.into_iter().flatten().enumerate() {
        let slug = shown.get("skill").and_then(Value::as_str);
        if let Some(slug) = slug.filter(|slug| !skills.contains(slug)) {
            faults.push(placed.fault(&format!("/skills/{at}/skill"), format!("there is no skill `{slug}`")));
        }
    }
    if faults.is_empty() { first } else { Refused(faults).by_line() }
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
