//! A version of a question as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::{try_join, try_join_all, try_join3};

use crate::{
    domain::{
        ids::{PersonId, QuestionVersionId},
        questions::{
            self,
            content::{self, QuestionContent},
            difference,
        },
    },
    graphql::{
        connection::listed,
        context::{Reading, find, found_by_id},
        details::{
            BeforeQuestionVersion, CriteriaOf, LeaksOf, ReviewsOf, SkillsOfQuestion, WeightRationaleOf,
            WritersOf,
        },
        ids::global,
        people::Person,
        questions::{
            LeakReport, Question, QuestionChange, QuestionReview, QuestionSkill, Rubric, SeniorityRange,
            choices::{QuestionKind, QuestionVersionStatus},
        },
        scalars::{DateTime, Markdown},
    },
};

/// The most places in which two versions differ.
const MOST_CHANGES: usize = 400;
/// The most reviews or reports of one version.
const MOST: usize = 100;

/// A version the viewer sees.
#[derive(Debug, Clone)]
pub struct QuestionVersion(pub Arc<questions::QuestionVersion>);

found_by_id! { QuestionVersion(QuestionVersionId); }
listed! { QuestionVersion: "versions of a question"; }

impl QuestionVersion {
    async fn before(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let before = find(ctx, BeforeQuestionVersion(self.0.id)).await?;
        Ok(before.and_then(|found| found.first().cloned()).map(|version| Self(Arc::new(version))))
    }

    /// All it holds.
    async fn content(&self, ctx: &Context<'_>) -> Result<QuestionContent> {
        let skills = find(ctx, SkillsOfQuestion(self.0.id));
        let criteria = find(ctx, CriteriaOf(self.0.id));
        let rationale = find(ctx, WeightRationaleOf(self.0.id));
        let (skills, criteria, weight_rationale) = try_join3(skills, criteria, rationale).await?;
        let (skills, criteria) = (skills.unwrap_or_default(), criteria.unwrap_or_default());
        let rubric = content::Rubric { criteria: criteria.to_vec(), weight_rationale };
        Ok(QuestionContent { body: self.0.body.clone(), skills: skills.to_vec(), rubric })
    }

    /// All who wrote to it, the first first. Its author did, even where a server that knows no writers stored it.
    async fn written_by(&self, ctx: &Context<'_>) -> Result<Vec<PersonId>> {
        let known = find(ctx, WritersOf(self.0.id)).await?;
        let mut writers: Vec<PersonId> = known.iter().flat_map(|known| known.iter().copied()).collect();
        writers.extend(self.0.author_id.filter(|author| !writers.contains(author)));
        Ok(writers)
    }

    /// Whether the viewer reads what others say of it.
    async fn is_on_desk_of(&self, ctx: &Context<'_>) -> Result<bool> {
        // Those who edit the bank read it of every version: there is nothing to look up for them.
        if ctx.reads()?.actor().sees_verdicts_on(&[]) {
            return Ok(true);
        }
        let writers = self.written_by(ctx).await?;
        Ok(ctx.reads()?.actor().sees_verdicts_on(&writers))
    }
}

/// One edition of a question. It never changes once it is approved.
#[Object]
impl QuestionVersion {
    /// The id of the version.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The question it is an edition of.
    async fn question(&self, ctx: &Context<'_>) -> Option<Result<Question>> {
        Question::find(ctx, self.0.question_id).await.transpose()
    }

    /// 1, 2, 3 and so on.
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// Where the version stands in its life.
    async fn status(&self) -> QuestionVersionStatus {
        self.0.status.into()
    }

    /// Who wrote to it last; null for what was loaded with the bank, and when you may not see them. All who did
    /// are `writers`.
    async fn author(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.0.author_id?).await.transpose()
    }

    /// Those who wrote to it and whom you may see, the first first: at most 100. None of them may approve it.
    async fn writers(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        let writers = self.written_by(ctx).await?;
        let seen =
            try_join_all(writers.into_iter().take(MOST).map(|writer| Person::find(ctx, writer))).await?;
        Ok(seen.into_iter().flatten().collect())
    }

    /// What is new in it.
    async fn change_note(&self) -> &str {
        &self.0.change_note
    }

    /// What sort of question it is.
    async fn kind(&self) -> QuestionKind {
        self.0.body.kind.into()
    }

    /// 1 (easy) to 5.
    async fn difficulty(&self) -> i32 {
        self.0.body.difficulty
    }

    /// For roles of this seniority; null: for anyone.
    async fn seniority_range(&self) -> Option<SeniorityRange> {
        self.0.body.seniority_range.map(Into::into)
    }

    /// The language it is asked in, a tag of BCP 47 such as `en` or `de-CH`.
    async fn language(&self) -> &str {
        &self.0.body.language
    }

    /// How long it takes with its follow-ups, in minutes: 1–180.
    async fn expected_minutes(&self) -> i32 {
        self.0.body.expected_minutes
    }

    /// What the interviewer says or shows.
    async fn stem(&self) -> Markdown {
        Markdown(self.0.body.stem.clone())
    }

    /// What the interviewer should know before.
    async fn context(&self) -> Option<Markdown> {
        self.0.body.context.clone().map(Markdown)
    }

    /// What to ask next: at most 20.
    async fn follow_ups(&self) -> &[String] {
        &self.0.body.follow_ups
    }

    /// What a good answer shows: at most 20.
    async fn expected_signals(&self) -> &[String] {
        &self.0.body.expected_signals
    }

    /// What speaks against: at most 20.
    async fn red_flags(&self) -> &[String] {
        &self.0.body.red_flags
    }

    /// An answer that would score high.
    async fn sample_answer(&self) -> Option<Markdown> {
        self.0.body.sample_answer.clone().map(Markdown)
    }

    /// What it is about, the most important first: at most 20.
    async fn skills(&self, ctx: &Context<'_>) -> Result<Vec<QuestionSkill>> {
        let skills = find(ctx, SkillsOfQuestion(self.0.id)).await?.unwrap_or_default();
        Ok(skills.iter().cloned().map(QuestionSkill).collect())
    }

    /// How answers are scored.
    async fn rubric(&self, ctx: &Context<'_>) -> Result<Rubric> {
        let criteria = find(ctx, CriteriaOf(self.0.id)).await?.unwrap_or_default();
        let unequal =
            criteria.windows(2).any(|pair| matches!(pair, [one, next] if one.weight != next.weight));
        let weight_rationale = if unequal { find(ctx, WeightRationaleOf(self.0.id)).await? } else { None };
        Ok(Rubric { criteria: criteria.to_vec(), weight_rationale })
    }

    /// What reviewers said of it, the first verdict first: at most 100. To those who edit the bank, and to
    /// those who wrote to it; empty for others.
    async fn reviews(&self, ctx: &Context<'_>) -> Result<Vec<QuestionReview>> {
        if !self.is_on_desk_of(ctx).await? {
            return Ok(Vec::new());
        }
        let reviews = find(ctx, ReviewsOf(self.0.id)).await?.unwrap_or_default();
        Ok(reviews.iter().take(MOST).cloned().map(QuestionReview).collect())
    }

    /// Where it was seen outside, the first report first: at most 100. To those who edit the bank, and to
    /// those who wrote to it; empty for others.
    async fn leak_reports(&self, ctx: &Context<'_>) -> Result<Vec<LeakReport>> {
        if !self.is_on_desk_of(ctx).await? {
            return Ok(Vec::new());
        }
        let reports = find(ctx, LeaksOf(self.0.id)).await?.unwrap_or_default();
        Ok(reports.iter().take(MOST).cloned().map(LeakReport).collect())
    }

    /// The version before it; null for the first one, and when you may not see it.
    async fn previous(&self, ctx: &Context<'_>) -> Option<Result<QuestionVersion>> {
        self.before(ctx).await.transpose()
    }

    /// What it says otherwise than the version before it, in the order of `QuestionContentInput`: at most 400
    /// places. Another order of what stays is a change too. Empty where `previous` is null.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<QuestionChange>> {
        let Some(before) = self.before(ctx).await? else { return Ok(Vec::new()) };
        let (before, after) = try_join(before.content(ctx), self.content(ctx)).await?;
        let changes = difference::changes(&before, &after);
        Ok(changes.into_iter().take(MOST_CHANGES).map(QuestionChange).collect())
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// When it was approved; null before.
    async fn approved_at(&self) -> Option<DateTime> {
        self.0.approved_at.map(DateTime)
    }

    /// When it went out of use, by a leak or otherwise; null while it may be asked.
    async fn retired_at(&self) -> Option<DateTime> {
        self.0.retired_at.map(DateTime)
    }
}
