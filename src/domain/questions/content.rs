//! What a version of a question holds. Shapes only: the rules are in `rules`.

use serde::{Deserialize, Serialize};

use crate::domain::{
    ids::SkillId,
    levels::Level,
    questions::{QuestionKind, SkillRole},
};

/// Scores are 1 to 5.
pub const SCORES: std::ops::RangeInclusive<i32> = 1..=5;

/// What is asked and how it is scored. `S` names a skill: by its id, or in a file by its slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionContent<S = SkillId> {
    /// What is asked.
    pub body: QuestionBody,
    /// What it is about, the most important first.
    pub skills: Vec<QuestionSkill<S>>,
    /// How answers are scored, in the order asked.
    pub rubric: Rubric<S>,
}

/// What is asked: everything that stands in one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionBody {
    /// What sort.
    pub kind: QuestionKind,
    /// 1 (easy) to 5.
    pub difficulty: i32,
    /// For roles of this seniority; anyone when absent.
    pub seniority_range: Option<SeniorityRange>,
    /// The language it is asked in, BCP 47: `en`, `de-CH`.
    pub language: String,
    /// How long it takes, with its follow-ups.
    pub expected_minutes: i32,
    /// What the interviewer says or shows, Markdown.
    pub stem: String,
    /// What the interviewer should know before, Markdown.
    pub context: Option<String>,
    /// What to ask next.
    pub follow_ups: Vec<String>,
    /// What a good answer shows.
    pub expected_signals: Vec<String>,
    /// What speaks against.
    pub red_flags: Vec<String>,
    /// An answer that would score high, Markdown.
    pub sample_answer: Option<String>,
}

/// Seniorities, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeniorityRange {
    /// 1 (entry) to 9.
    pub from: i32,
    /// Not below `from`.
    pub to: i32,
}

/// A skill that a question shows, at a level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionSkill<S = SkillId> {
    /// Which.
    pub skill: S,
    /// 1–5: what a score of 3 stands for.
    pub level: Level,
    /// How much of the question it is.
    pub role: SkillRole,
    /// 1–100.
    pub weight: i32,
}

/// One entry a skill, at the place of its first: of two that a merge brought together the weights add up, and the
/// stronger level and role stand.
#[must_use]
pub fn brought_together(skills: Vec<QuestionSkill>) -> Vec<QuestionSkill> {
    let mut kept: Vec<QuestionSkill> = Vec::with_capacity(skills.len());
    for shown in skills {
        match kept.iter_mut().find(|kept| kept.skill == shown.skill) {
            Some(same) => {
                same.level = same.level.max(shown.level);
                same.weight += shown.weight;
                if shown.role == SkillRole::Primary {
                    same.role = SkillRole::Primary;
                }
            }
            None => kept.push(shown),
        }
    }
    kept
}

/// How an answer is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rubric<S = SkillId> {
    /// What is looked at, in order.
    pub criteria: Vec<Criterion<S>>,
    /// Why the weights differ; needed exactly when they do (invariant 16).
    pub weight_rationale: Option<String>,
}

/// One thing that is scored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion<S = SkillId> {
    /// A slug, unique in the rubric.
    pub key: String,
    /// A short name.
    pub title: String,
    /// What the interviewer asks of the answer.
    pub prompt: String,
    /// One of the question's skills.
    pub skill: S,
    /// 1–100, equal unless the rubric says why not.
    pub weight: i32,
    /// Whether a scorecard has to answer it.
    pub required: bool,
    /// What each score looks like, lowest first: 1, 3 and 5, and possibly 2 and 4.
    pub anchors: Vec<Anchor>,
}

/// What a score looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// 1–5.
    pub score: i32,
    /// What the person does or says. At 3: what the question's stated level does.
    pub behaviour: String,
}

impl<S> QuestionContent<S> {
    /// The same content as it is kept: no white space around what is one line, and nothing instead of blanks.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        let body = &mut self.body;
        for text in [&mut body.context, &mut body.sample_answer, &mut self.rubric.weight_rationale] {
            *text = text.take().filter(|text| !text.trim().is_empty());
        }
        let lists = [&mut body.follow_ups, &mut body.expected_signals, &mut body.red_flags];
        let criteria = self.rubric.criteria.iter_mut().flat_map(|criterion| {
            let behaviours = criterion.anchors.iter_mut().map(|anchor| &mut anchor.behaviour);
            [&mut criterion.title, &mut criterion.prompt].into_iter().chain(behaviours)
        });
        for line in lists.into_iter().flatten().chain(criteria) {
            *line = line.trim().to_owned();
        }
        self
    }

    /// The same content, its skills named otherwise.
    #[must_use]
    pub fn map_skills<T>(self, name: impl Fn(S) -> T) -> QuestionContent<T> {
        let shown = |shown: QuestionSkill<S>| {
            let QuestionSkill { skill, level, role, weight } = shown;
            QuestionSkill { skill: name(skill), level, role, weight }
        };
        let criterion = |criterion: Criterion<S>| {
            let Criterion { key, title, prompt, skill, weight, required, anchors } = criterion;
            Criterion { key, title, prompt, skill: name(skill), weight, required, anchors }
        };
        let Rubric { criteria, weight_rationale } = self.rubric;
        QuestionContent {
            body: self.body,
            skills: self.skills.into_iter().map(shown).collect(),
            rubric: Rubric { criteria: criteria.into_iter().map(criterion).collect(), weight_rationale },
        }
    }
}
