//! One requirement of a gap report, with what stands behind its answer.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{gaps, ids::SkillAssessmentId, levels::Level},
    graphql::{
        assessments::{EffectiveSkill, SkillAssessment},
        context::{Reading, find},
        details::HistoryOf,
        gaps::{RequirementExemption, choices::GapStatus},
        profiles::choices::Importance,
        skills::Skill,
    },
    views::gaps::{GapItem, GapView},
};

/// An item of a report, by its place.
#[derive(Debug, Clone)]
pub struct SkillGap {
    /// The report.
    pub view: Arc<GapView>,
    /// The place.
    pub index: usize,
}

impl SkillGap {
    fn item(&self) -> Option<&GapItem> {
        self.view.items.get(self.index)
    }

    fn gap(&self) -> Result<&gaps::SkillGap> {
        self.item().map(|item| &item.gap).ok_or_else(|| "an item that is not in its report".into())
    }
}

fn number(level: Level) -> i32 {
    level.value().into()
}

/// One requirement against one person.
#[Object]
impl SkillGap {
    /// The skill: of one that was merged, the one it reads as today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.item()?.gap.skill_id).await.transpose()
    }

    /// The level that is required, 1–5.
    async fn required(&self) -> Result<i32> {
        Ok(number(self.gap()?.required))
    }

    /// The effective level, 0–5; null when nothing counts, which is not level 0.
    async fn actual(&self) -> Option<i32> {
        self.item()?.gap.actual.map(number)
    }

    /// Actual minus required; null when nothing counts.
    async fn delta(&self) -> Option<i32> {
        self.item()?.gap.delta
    }

    /// How it stands: the first that holds of EXEMPT, EXPIRED, UNKNOWN, UNVERIFIED, MET, MISSING, PARTIAL.
    async fn status(&self) -> Result<GapStatus> {
        Ok(self.gap()?.status.into())
    }

    /// How much the requirement matters.
    async fn importance(&self) -> Result<Importance> {
        Ok(self.gap()?.importance.into())
    }

    /// What it weighs, 1–100.
    async fn weight(&self) -> Result<i32> {
        Ok(self.gap()?.weight)
    }

    /// The share of it that is fulfilled, 0 to 1, a surplus counted as whole; null when it is exempt or no
    /// level is known.
    async fn fulfilled(&self) -> Option<f64> {
        self.item()?.gap.fulfilled()
    }

    /// The exemption that holds, with its reason and its day; null when there is none.
    async fn exemption(&self, ctx: &Context<'_>) -> Option<Result<RequirementExemption>> {
        RequirementExemption::find(ctx, self.item()?.exemption?).await.transpose()
    }

    /// The level it was measured by, as it was at `asOf`, and how that was chosen.
    async fn effective(&self, ctx: &Context<'_>) -> Option<Result<EffectiveSkill>> {
        let item = self.item()?;
        let skill = Skill::canonical(ctx, item.gap.skill_id).await.transpose()?;
        Some(skill.map(|skill| EffectiveSkill::told(skill.0, item.effective, item.reasons.clone())))
    }

    /// The assessments that level rests on: at most 50. Of each source the one that speaks for it, of peers
    /// one each, the newest first.
    async fn evidence(&self, ctx: &Context<'_>) -> Result<Vec<SkillAssessment>> {
        let ids = self.item().map(|item| item.evidence.as_slice()).unwrap_or_default();
        let ids: Vec<SkillAssessmentId> = ids.iter().copied().take(50).collect();
        let mut found = ctx.loader()?.load_many(ids.iter().copied()).await?;
        Ok(ids.iter().filter_map(|id| found.remove(id)).map(SkillAssessment).collect())
    }

    /// The latest assessments of the skill that were observed by `asOf`, whatever became of them, the newest
    /// first: at most 20. `Person.assessments` has all.
    async fn history(&self, ctx: &Context<'_>) -> Result<Vec<SkillAssessment>> {
        let Some(item) = self.item() else { return Ok(Vec::new()) };
        let (person, skill) = (self.view.question.person_id, item.gap.skill_id);
        let asked = HistoryOf { person, skill, until: self.view.at };
        let history = find(ctx, asked).await?.unwrap_or_default();
        Ok(history.iter().cloned().map(SkillAssessment).collect())
    }
}
