//! What hangs on a question: its skills, rubric, reviews, leaks and relations, as objects of the graph.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{
    domain::{
        ids::QuestionId,
        questions::{self, content, difference},
    },
    graphql::{
        people::Person,
        questions::{
            Question,
            choices::{QuestionRelationKind, QuestionSkillRole, ReviewVerdict},
        },
        scalars::{DateTime, Markdown},
        skills::Skill,
    },
};

/// Seniorities, both ends included.
#[derive(Debug, Clone, Copy, SimpleObject)]
pub struct SeniorityRange {
    /// 1 (entry) to 9.
    from: i32,
    /// Not below `from`, at most 9.
    to: i32,
}

impl From<content::SeniorityRange> for SeniorityRange {
    fn from(range: content::SeniorityRange) -> Self {
        Self { from: range.from, to: range.to }
    }
}

/// A skill that a question shows.
#[derive(Debug, Clone)]
pub struct QuestionSkill(pub content::QuestionSkill);

/// A skill that a question shows, and at which level.
#[Object]
impl QuestionSkill {
    /// The skill, as it reads today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill).await.transpose()
    }

    /// 1–5: what a score of 3 stands for.
    async fn level(&self) -> i32 {
        self.0.level.value().into()
    }

    /// How much of the question it is.
    async fn role(&self) -> QuestionSkillRole {
        self.0.role.into()
    }

    /// Its share among the skills of the question: 1–100, or the sum of what a merge of skills brought together.
    async fn weight(&self) -> i32 {
        self.0.weight
    }
}

/// How answers are scored.
#[derive(Debug, Clone)]
pub struct Rubric {
    /// What is scored.
    pub criteria: Vec<content::Criterion>,
    /// Why the weights differ.
    pub weight_rationale: Option<String>,
}

/// How answers to a question are scored.
#[Object]
impl Rubric {
    /// What is scored, in the order asked: at most 10.
    async fn criteria(&self) -> Vec<RubricCriterion> {
        self.criteria.iter().cloned().map(RubricCriterion).collect()
    }

    /// Why the weights of the criteria differ; null when they are equal.
    async fn weight_rationale(&self) -> Option<&str> {
        self.weight_rationale.as_deref()
    }
}

/// One thing that is scored.
#[derive(Debug, Clone)]
pub struct RubricCriterion(pub content::Criterion);

/// One thing that is scored, 1–5, with what the scores look like.
#[Object]
impl RubricCriterion {
    /// Its name in scorecards; unique in the rubric.
    async fn key(&self) -> &str {
        &self.0.key
    }

    /// A short name.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What to ask of the answer.
    async fn prompt(&self) -> &str {
        &self.0.prompt
    }

    /// The skill it tells of, as it reads today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill).await.transpose()
    }

    /// 1–100: its share in the score.
    async fn weight(&self) -> i32 {
        self.0.weight
    }

    /// Whether a scorecard has to answer it.
    async fn required(&self) -> bool {
        self.0.required
    }

    /// What scores look like, lowest first: at most 5; 1, 3 and 5, and possibly 2 and 4.
    async fn anchors(&self) -> Vec<RubricAnchor> {
        let anchor = |anchor: &content::Anchor| RubricAnchor {
            score: anchor.score,
            behaviour: anchor.behaviour.clone(),
        };
        self.0.anchors.iter().map(anchor).collect()
    }
}

/// What a score looks like.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricAnchor {
    /// 1–5.
    score: i32,
    /// What the person does or says.
    behaviour: String,
}

/// A verdict on a version.
#[derive(Debug, Clone)]
pub struct QuestionReview(pub questions::QuestionReview);

/// A verdict on a version.
#[Object]
impl QuestionReview {
    /// Who said so; null when you may not see them.
    async fn reviewer(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.reviewer_id).await.transpose()
    }

    /// What was said.
    async fn verdict(&self) -> ReviewVerdict {
        self.0.verdict.into()
    }

    /// Why.
    async fn comments(&self) -> Markdown {
        Markdown(self.0.comments.clone())
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// Word of a leak.
#[derive(Debug, Clone)]
pub struct LeakReport(pub questions::LeakReport);

/// Word that a version is known outside.
#[Object]
impl LeakReport {
    /// Who said so; null when you may not see them.
    async fn reporter(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.reporter_id?).await.transpose()
    }

    /// Where it was seen.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

/// A relation, seen from one of its ends.
#[derive(Debug, Clone)]
pub struct QuestionRelation {
    /// The end it is seen from.
    pub seen_from: QuestionId,
    /// The relation.
    pub relation: questions::QuestionRelation,
    /// The entry at its other end.
    pub other: Question,
}

/// What the question is to another one.
#[Object]
impl QuestionRelation {
    /// What it is.
    async fn kind(&self) -> QuestionRelationKind {
        self.relation.kind.into()
    }

    /// Whether the question is the one and not the other: of FOLLOW_UP, that the other goes on where it
    /// ends. The other kinds hold both ways.
    async fn outgoing(&self) -> bool {
        self.relation.kind.is_symmetric() || self.relation.from_id == self.seen_from
    }

    /// The other question.
    async fn question(&self) -> &Question {
        &self.other
    }
}

/// A place where two versions differ.
#[derive(Debug, Clone)]
pub struct QuestionChange(pub difference::Change);

/// A place where a version says something else than the one before it. Entries that stay in their list and stand
/// in another order or number are told once more, as the whole list: lines one below the other; skills by their
/// ids and criteria by their keys, with a comma between.
#[Object]
impl QuestionChange {
    /// The path of what `QuestionContentInput` writes, criteria by key: `["criteria", "cause", "anchors", "3"]`.
    async fn field(&self) -> &[String] {
        &self.0.field
    }

    /// The skill it is about, as it reads today; null when it is about none.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill?).await.transpose()
    }

    /// What it said; null for what was added.
    async fn before(&self) -> Option<&str> {
        self.0.before.as_deref()
    }

    /// What it says; null for what was taken away.
    async fn after(&self) -> Option<&str> {
        self.0.after.as_deref()
    }
}
