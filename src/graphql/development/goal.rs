//! A goal as an object of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::{
    domain::{development, ids::DevelopmentGoalId, levels::Level},
    graphql::{
        connection::{Connection, listed},
        context::found_by_id,
        development::{
            DevelopmentPlan, GoalCheckIn, LearningResource, ProposedAssessment,
            choices::{DevelopmentGoalStatus, GoalMetricKind},
            inputs::{GoalCheckInFilter, GoalCheckInOrder, LearningResourceFilter, LearningResourceOrder},
            permissions::DevelopmentGoalPermissions,
        },
        gaps::choices::GapStatus,
        ids::global,
        nested::{Asked, list_of},
        paging::{KeyKind, PageArguments},
        profiles::{RoleProfileVersion, choices::Importance},
        scalars::Date,
        skills::Skill,
    },
};

/// A goal the viewer sees.
#[derive(Debug, Clone)]
pub struct DevelopmentGoal(pub Arc<development::DevelopmentGoal>);

found_by_id! { DevelopmentGoal(DevelopmentGoalId); }
listed! { DevelopmentGoal: "development goals"; }

/// By what a goal is told to be reached. Numbers have at most three decimals.
#[derive(Debug, Clone, SimpleObject)]
pub struct GoalMetric {
    /// What kind of number.
    kind: GoalMetricKind,
    /// Where it begins.
    baseline: f64,
    /// Where it ends, above or below the baseline; null while a draft does not know it.
    target: Option<f64>,
    /// Of what.
    unit: String,
}

/// The gap that a goal closes, as it stood when the goal was set.
#[derive(Debug, Clone)]
pub struct GoalGap(development::GoalGap);

/// The gap that a goal closes, as it stood when the goal was set.
#[Object]
impl GoalGap {
    /// The level that is wanted, 1–5.
    async fn required_level(&self) -> i32 {
        self.0.required.value().into()
    }

    /// The effective level then, 0–5; null when nothing counted.
    async fn actual_level(&self) -> Option<i32> {
        self.0.actual.map(|level| level.value().into())
    }

    /// How that stood.
    async fn status(&self) -> GapStatus {
        self.0.status.into()
    }

    /// How much it matters to the role; null when the level is wanted for its own sake.
    async fn importance(&self) -> Option<Importance> {
        self.0.requirement.map(|(_, importance)| importance.into())
    }

    /// The version of the role that requires it; null when the level is wanted for its own sake, and when
    /// you may not see it.
    async fn role_profile_version(&self, ctx: &Context<'_>) -> Option<Result<RoleProfileVersion>> {
        RoleProfileVersion::find(ctx, self.0.requirement?.0).await.transpose()
    }
}

/// A SMART goal: specific, measurable, achievable, relevant, time-bound. A draft may still lack metric,
/// target, due date or gap; its plan is not agreed to before each is there.
#[Object]
impl DevelopmentGoal {
    /// The id of the goal.
    pub async fn id(&self) -> ID {
        global(self.0.id)
    }

    /// The plan it belongs to.
    async fn plan(&self, ctx: &Context<'_>) -> Option<Result<DevelopmentPlan>> {
        DevelopmentPlan::find(ctx, self.0.plan_id).await.transpose()
    }

    /// The skill: of one that was merged, the one it reads as today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.0.skill_id).await.transpose()
    }

    /// The gap it closes; null while a draft does not say.
    async fn gap(&self) -> Option<GoalGap> {
        self.0.gap.map(GoalGap)
    }

    /// What will be different.
    async fn specific(&self) -> &str {
        &self.0.specific
    }

    /// By what that is told; null while a draft does not say.
    async fn metric(&self) -> Option<GoalMetric> {
        self.0.metric.as_ref().map(|metric| GoalMetric {
            kind: metric.kind.into(),
            baseline: metric.baseline.as_f64(),
            target: metric.target.map(|target| target.as_f64()),
            unit: metric.unit.clone(),
        })
    }

    /// Why this can be done.
    async fn achievable_because(&self) -> &str {
        &self.0.achievable_because
    }

    /// What it is good for.
    async fn relevance(&self) -> &str {
        &self.0.relevance
    }

    /// When work on it begins.
    async fn start_date(&self) -> Date {
        Date(self.0.start_date)
    }

    /// By which day, that day included, it is done; null while a draft does not say.
    async fn due_date(&self) -> Option<Date> {
        self.0.due_date.map(Date)
    }

    /// Where the goal stands.
    async fn status(&self) -> DevelopmentGoalStatus {
        self.0.status.into()
    }

    /// The share of the way from baseline to target that the last check-in has come, 0–100, rounded down.
    /// Derived, never set.
    async fn progress_pct(&self) -> i32 {
        self.0.progress_pct().into()
    }

    /// What was measured on the way.
    async fn check_ins(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<GoalCheckInFilter>,
        order_by: Option<GoalCheckInOrder>,
    ) -> Result<Connection<GoalCheckIn>> {
        let page = PageArguments { first, after, last, before }.request(KeyKind::Number)?;
        let filter = filter.unwrap_or_default().read();
        let asked = Asked { filter, order: GoalCheckInOrder::read(order_by), page };
        Ok(Connection::of(list_of(ctx, self.0.id, asked).await?, GoalCheckIn))
    }

    /// What to learn from: what is offered for the skill at the level the goal begins at, and one above,
    /// unless the filter names levels.
    async fn learning_resources(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<LearningResourceFilter>,
        order_by: Option<LearningResourceOrder>,
    ) -> Result<Connection<LearningResource>> {
        let (order, kind) = LearningResourceOrder::read(order_by);
        let page = PageArguments { first, after, last, before }.request(kind)?;
        let Some(skill) = Skill::canonical(ctx, self.0.skill_id).await? else {
            return Ok(Connection::empty());
        };
        let mut filter = filter.unwrap_or_default().read()?;
        if filter.min_level.is_none() && filter.max_level.is_none() {
            let from = self.0.baseline_level();
            filter.min_level = Some(from);
            filter.max_level = Some(Level::try_from(from.value() + 1).unwrap_or(from));
        }
        let list = list_of(ctx, skill.0.id, Asked { filter, order, page }).await?;
        Ok(Connection::of(list, LearningResource))
    }

    /// The assessment that reaching the target suggests, until somebody who leads the person records one
    /// in the skill. Null before. Nothing comes of it by itself.
    async fn proposed_assessment(&self, ctx: &Context<'_>) -> Option<Result<ProposedAssessment>> {
        ProposedAssessment::of(ctx, &self.0).await.transpose()
    }

    /// What you may do with the goal now.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<DevelopmentGoalPermissions> {
        self.permissions(ctx).await
    }
}
