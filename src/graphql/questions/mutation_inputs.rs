//! What a client sends to change the question bank, and its way into the use cases' inputs.

use async_graphql::{ID, InputObject};
use uuid::Uuid;

use crate::{
    app::questions as app,
    domain::{
        ids::{PersonKind, QuestionKind as QuestionIdKind, SkillKind},
        levels::Level,
        questions::content::{Anchor, Criterion, QuestionBody, QuestionSkill, Rubric, SeniorityRange},
    },
    graphql::{
        ids::raw,
        questions::{
            NearDuplicate,
            choices::{QuestionKind, QuestionRelationKind, QuestionSkillRole, ReviewVerdict},
        },
        scalars::Markdown,
    },
};

/// What stands of a question itself, whatever its versions hold.
#[derive(Debug, InputObject)]
pub struct QuestionDetailsInput {
    /// The area it belongs to, 1–200 characters.
    category: String,
    /// Words it shall be found by, at most 10: lower-case letters, digits and single inner hyphens.
    tags: Option<Vec<String>>,
    /// Who answers for it.
    owner_id: Option<ID>,
    /// Under which licence it may be used, 1–200 characters; left out for the organisation's own.
    licence: Option<String>,
    /// Where it comes from: an address of http or https, at most 2,000 characters.
    source_url: Option<String>,
}

impl QuestionDetailsInput {
    fn read(self) -> app::QuestionDetails {
        app::QuestionDetails {
            category: self.category,
            tags: self.tags.unwrap_or_default(),
            owner_id: self.owner_id.map(|id| raw::<PersonKind>(&id)),
            licence: self.licence,
            source_url: self.source_url,
        }
    }
}

/// What is asked and how it is scored. A draft may be half-written; what is submitted is whole.
#[derive(Debug, InputObject)]
pub struct QuestionContentInput {
    /// What sort of question it is.
    kind: QuestionKind,
    /// 1 (easy) to 5.
    difficulty: i32,
    /// For roles of this seniority; for anyone when left out.
    seniority_range: Option<SeniorityRangeInput>,
    /// The language it is asked in, a tag of BCP 47; `en` when left out.
    language: Option<String>,
    /// How long it takes with its follow-ups, in minutes: 1–180.
    expected_minutes: i32,
    /// What the interviewer says or shows, at most 10,000 characters; needed to submit.
    stem: Markdown,
    /// What the interviewer should know before, at most 10,000 characters.
    context: Option<Markdown>,
    /// What to ask next, at most 20 of 1–1,000 characters; one is needed to submit.
    follow_ups: Option<Vec<String>>,
    /// What a good answer shows, at most 20 of 1–1,000 characters; one is needed to submit.
    expected_signals: Option<Vec<String>>,
    /// What speaks against, at most 20 of 1–1,000 characters.
    red_flags: Option<Vec<String>>,
    /// An answer that would score high, at most 10,000 characters.
    sample_answer: Option<Markdown>,
    /// What it is about, the most important first, at most 20; a PRIMARY one is needed to submit.
    skills: Vec<QuestionSkillInput>,
    /// What is scored, at most 10; one that is required is needed to submit.
    criteria: Vec<RubricCriterionInput>,
    /// Why the weights of the criteria differ, at most 1,000 characters: exactly when they do.
    weight_rationale: Option<String>,
}

/// Seniorities, both ends included.
#[derive(Debug, InputObject)]
pub struct SeniorityRangeInput {
    /// 1 (entry) to 9.
    from: i32,
    /// Not below `from`, at most 9.
    to: i32,
}

/// A skill that a question shows.
#[derive(Debug, InputObject)]
pub struct QuestionSkillInput {
    /// The skill.
    skill_id: ID,
    /// 1–5: what a score of 3 stands for.
    level: i32,
    /// How much of the question it is.
    role: QuestionSkillRole,
    /// 1–100; 1 when left out.
    weight: Option<i32>,
}

/// One thing that is scored.
#[derive(Debug, InputObject)]
pub struct RubricCriterionInput {
    /// Unique in the rubric: lower-case letters, digits and single inner hyphens.
    key: String,
    /// A short name, 1–200 characters.
    title: String,
    /// What to ask of the answer, 1–1,000 characters.
    prompt: String,
    /// One of the question's skills.
    skill_id: ID,
    /// 1–100; 1 when left out. Weights that differ need `weightRationale`.
    weight: Option<i32>,
    /// Whether a scorecard has to answer it; true when left out.
    required: Option<bool>,
    /// What scores look like, lowest first, each another behaviour whatever its case and punctuation; 1, 3 and 5
    /// are needed to submit.
    anchors: Vec<RubricAnchorInput>,
}

/// What a score looks like.
#[derive(Debug, InputObject)]
pub struct RubricAnchorInput {
    /// 1–5.
    score: i32,
    /// What the person does or says, 1–1,000 characters.
    behaviour: String,
}

impl QuestionContentInput {
    fn read(self) -> app::WrittenContent {
        let range = |range: SeniorityRangeInput| SeniorityRange { from: range.from, to: range.to };
        let body = QuestionBody {
            kind: self.kind.into(),
            difficulty: self.difficulty,
            seniority_range: self.seniority_range.map(range),
            language: self.language.unwrap_or_else(|| "en".to_owned()),
            expected_minutes: self.expected_minutes,
            stem: self.stem.0,
            context: self.context.map(|text| text.0),
            follow_ups: self.follow_ups.unwrap_or_default(),
            expected_signals: self.expected_signals.unwrap_or_default(),
            red_flags: self.red_flags.unwrap_or_default(),
            sample_answer: self.sample_answer.map(|text| text.0),
        };
        let skills = self.skills.into_iter().map(QuestionSkillInput::read).collect();
        let criteria = self.criteria.into_iter().map(RubricCriterionInput::read).collect();
        let rubric = Rubric { criteria, weight_rationale: self.weight_rationale };
        app::WrittenContent { body, skills, rubric }
    }
}

impl QuestionSkillInput {
    fn read(self) -> QuestionSkill<Uuid> {
        QuestionSkill {
            skill: raw::<SkillKind>(&self.skill_id),
            // What is off the scale is refused with the other faults, by the rule that refuses 0 as well.
            level: Level::new(self.level.into()).unwrap_or(Level::ALL[0]),
            role: self.role.into(),
            weight: self.weight.unwrap_or(1),
        }
    }
}

impl RubricCriterionInput {
    fn read(self) -> Criterion<Uuid> {
        let anchor = |anchor: RubricAnchorInput| Anchor { score: anchor.score, behaviour: anchor.behaviour };
        Criterion {
            key: self.key,
            title: self.title,
            prompt: self.prompt,
            skill: raw::<SkillKind>(&self.skill_id),
            weight: self.weight.unwrap_or(1),
            required: self.required.unwrap_or(true),
            anchors: self.anchors.into_iter().map(anchor).collect(),
        }
    }
}

/// A question to enter, with its first draft.
#[derive(Debug, InputObject)]
pub struct CreateQuestionInput {
    /// The stable name, unique in the bank: 1–64 lower-case letters, digits and single inner hyphens. Made
    /// from the first words of the stem when left out, with a number where that is taken.
    key: Option<String>,
    /// What stands of the question itself.
    details: QuestionDetailsInput,
    /// The first draft.
    content: QuestionContentInput,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
}

impl CreateQuestionInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::CreateQuestion {
        app::CreateQuestion { key: self.key, details: self.details.read(), content: self.content.read() }
    }
}

/// What the draft of a question becomes.
#[derive(Debug, InputObject)]
pub struct SaveQuestionDraftInput {
    /// The question.
    question_id: ID,
    /// What stands of the question itself from now on; as it stands when left out. Once a version was approved,
    /// those who edit the bank say it alone.
    details: Option<QuestionDetailsInput>,
    /// The whole content from now on. Left out, `details` are needed, and no version is begun or touched.
    content: Option<QuestionContentInput>,
    /// What is new in it, at most 2,000 characters; left out, what the draft says already.
    change_note: Option<String>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the question that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl SaveQuestionDraftInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::SaveQuestionDraft {
        app::SaveQuestionDraft {
            question_id: raw::<QuestionIdKind>(&self.question_id),
            details: self.details.map(QuestionDetailsInput::read),
            content: self.content.map(QuestionContentInput::read),
            change_note: self.change_note,
            expected_revision: self.expected_revision,
        }
    }
}

/// A draft to submit.
#[derive(Debug, InputObject)]
pub struct SubmitQuestionInput {
    /// The question.
    question_id: ID,
    /// Submit it although other questions resemble it; false when left out. Relate it to them instead
    /// where it is a variant of theirs.
    despite_siblings: Option<bool>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the question that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl SubmitQuestionInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self, NearDuplicate(threshold): NearDuplicate) -> app::SubmitQuestion {
        app::SubmitQuestion {
            question_id: raw::<QuestionIdKind>(&self.question_id),
            likeness: app::Likeness { threshold, despite_siblings: self.despite_siblings.unwrap_or(false) },
            expected_revision: self.expected_revision,
        }
    }
}

/// A verdict on the version in review.
#[derive(Debug, InputObject)]
pub struct ReviewQuestionInput {
    /// The question.
    question_id: ID,
    /// What you say.
    verdict: ReviewVerdict,
    /// Why, at most 10,000 characters; needed to request changes.
    comments: Option<Markdown>,
    /// Approve it although other questions resemble it; false when left out.
    despite_siblings: Option<bool>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the question that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ReviewQuestionInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self, NearDuplicate(threshold): NearDuplicate) -> app::ReviewQuestion {
        app::ReviewQuestion {
            question_id: raw::<QuestionIdKind>(&self.question_id),
            verdict: self.verdict.into(),
            likeness: app::Likeness { threshold, despite_siblings: self.despite_siblings.unwrap_or(false) },
            comments: self.comments.map(|text| text.0).unwrap_or_default(),
            expected_revision: self.expected_revision,
        }
    }
}

/// A question to take out of use.
#[derive(Debug, InputObject)]
pub struct RetireQuestionInput {
    /// The question.
    question_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the question that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl RetireQuestionInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::RetireQuestion {
        let question_id = raw::<QuestionIdKind>(&self.question_id);
        app::RetireQuestion { question_id, expected_revision: self.expected_revision }
    }
}

/// Word of a leak.
#[derive(Debug, InputObject)]
pub struct ReportLeakInput {
    /// The question, of which a version is approved.
    question_id: ID,
    /// Where it was seen, 1–2,000 characters.
    source: String,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: String,
    /// The revision of the question that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl ReportLeakInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::ReportLeak {
        let question_id = raw::<QuestionIdKind>(&self.question_id);
        app::ReportLeak { question_id, source: self.source, expected_revision: self.expected_revision }
    }
}

/// Two questions, and what they are to each other.
#[derive(Debug, InputObject)]
pub struct RelateQuestionsInput {
    /// The one.
    question_id: ID,
    /// The other.
    other_id: ID,
    /// What they are; of FOLLOW_UP, that the other goes on where the one ends. A question has at most 100 relations.
    kind: QuestionRelationKind,
    /// Whether they are so from now on, or no longer; true when left out.
    related: Option<bool>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    pub(in crate::graphql) idempotency_key: Option<String>,
    /// The revision of the one that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

impl RelateQuestionsInput {
    /// The use case's input.
    pub(in crate::graphql) fn read(self) -> app::RelateQuestions {
        app::RelateQuestions {
            question_id: raw::<QuestionIdKind>(&self.question_id),
            other_id: raw::<QuestionIdKind>(&self.other_id),
            kind: self.kind.into(),
            related: self.related.unwrap_or(true),
            expected_revision: self.expected_revision,
        }
    }
}
