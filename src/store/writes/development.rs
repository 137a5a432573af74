//! Storing plans, goals, check-ins and learning resources. Which of them may be written is decided before.

use sea_orm::FromQueryResult;

use crate::{
    domain::{
        development::{DevelopmentGoal, DevelopmentPlan, GoalCheckIn, LearningResource, PlanStatus},
        ids::DevelopmentPlanId,
        revisions::{Aggregate, Root},
        text::fold,
    },
    store::{
        StoreError, Tx,
        entity::development::{development_goal, development_plan, goal_check_in, learning_resource},
    },
};

#[derive(FromQueryResult)]
struct Position {
    last: Option<i32>,
}

impl Tx {
    /// Stores new plans; their goals are [`insert_development_goals`](Self::insert_development_goals).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_development_plans(&self, plans: &[DevelopmentPlan]) -> Result<(), StoreError> {
        self.found(&plans.iter().map(|plan| Root::of(Aggregate::DevelopmentPlan, plan.id)).collect()).await?;
        let row = |plan: &DevelopmentPlan| development_plan::Model {
            id: plan.id.uuid(),
            person_id: plan.person_id.uuid(),
            target_role_profile_id: plan.target_role_profile_id.map(|id| id.uuid()),
            starts_on: plan.period.start,
            ends_on: plan.period.end,
            status: plan.status.as_str().to_owned(),
            created_at: plan.created_at,
            agreed_by_id: plan.agreed.map(|(by, _)| by.uuid()),
            agreed_at: plan.agreed.map(|(_, at)| at),
        };
        self.insert(plans.iter().map(row)).await
    }

    /// Stores the columns of a plan as given; its revision is [`raise`](Self::raise)d. The goals learn its
    /// status from the schema, which refuses it when they do not fit.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_development_plan(&self, plan: &DevelopmentPlan) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE development_plan SET target_role_profile_id = ");
        sql.bind(plan.target_role_profile_id.map(|id| id.uuid()));
        sql.push(", starts_on = ").bind(plan.period.start).push(", ends_on = ").bind(plan.period.end);
        sql.push(", status = ").bind(plan.status.as_str());
        sql.push(", agreed_by_id = ").bind(plan.agreed.map(|(by, _)| by.uuid()));
        sql.push(", agreed_at = ").bind(plan.agreed.map(|(_, at)| at));
        sql.push(" WHERE id = ").bind(plan.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Stores new goals, each with the status of its plan.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_development_goals(
        &self,
        goals: &[(PlanStatus, DevelopmentGoal)],
    ) -> Result<(), StoreError> {
        self.insert(goals.iter().map(|(plan, goal)| goal_row(*plan, goal))).await
    }

    /// Stores the columns of a goal as given, its plan and place left as they are.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_development_goal(&self, goal: &DevelopmentGoal) -> Result<(), StoreError> {
        let row = goal_row(PlanStatus::Draft, goal);
        let mut sql = self.sql("UPDATE development_goal SET gap_version_id = ");
        sql.bind(row.gap_version_id).push(", gap_importance = ").bind(row.gap_importance);
        sql.push(", gap_required_level = ").bind(row.gap_required_level);
        sql.push(", gap_actual_level = ").bind(row.gap_actual_level);
        sql.push(", gap_status = ").bind(row.gap_status).push(", specific = ").bind(row.specific);
        sql.push(", metric_kind = ").bind(row.metric_kind);
        sql.push(", metric_baseline = ").bind(row.metric_baseline);
        sql.push(", metric_target = ").bind(row.metric_target);
        sql.push(", metric_unit = ").bind(row.metric_unit);
        sql.push(", achievable_because = ").bind(row.achievable_because);
        sql.push(", relevance = ").bind(row.relevance).push(", starts_on = ").bind(row.starts_on);
        sql.push(", due_on = ").bind(row.due_on).push(", status = ").bind(row.status);
        sql.push(" WHERE id = ").bind(row.id);
        self.execute(sql).await.map(drop)
    }

    /// The place of a plan's next goal, from 0. Ask under the plan's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn next_goal_position(&self, plan: DevelopmentPlanId) -> Result<i32, StoreError> {
        let mut sql = self.sql("SELECT MAX(position) AS last FROM development_goal WHERE plan_id = ");
        sql.bind(plan.uuid());
        Ok(self.one::<Position>(sql).await?.and_then(|row| row.last).map_or(0, |last| last + 1))
    }

    /// Stores check-ins.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_goal_check_ins(&self, check_ins: &[GoalCheckIn]) -> Result<(), StoreError> {
        let row = |said: &GoalCheckIn| goal_check_in::Model {
            id: said.id.uuid(),
            goal_id: said.goal_id.uuid(),
            seq: said.seq,
            at: said.at,
            value: said.value.thousandths(),
            note: said.note.clone(),
            by_id: said.by.uuid(),
        };
        self.insert(check_ins.iter().map(row)).await
    }

    /// Stores new learning resources.
    ///
    /// # Errors
    /// [`StoreError`]; `learning_resource.skill_id` when the skill has one of this address.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_learning_resources(&self, resources: &[LearningResource]) -> Result<(), StoreError> {
        let row = |offered: &LearningResource| learning_resource::Model {
            id: offered.id.uuid(),
            skill_id: offered.skill_id.uuid(),
            level: offered.level.value().into(),
            title: offered.title.clone(),
            title_key: fold(&offered.title),
            url: offered.url.clone(),
            licence: offered.licence.clone(),
            language: offered.language.clone(),
            minutes: offered.minutes,
            status: offered.status.as_str().to_owned(),
        };
        self.insert(resources.iter().map(row)).await
    }

    /// Stores the columns of a learning resource as given, its skill left as it is.
    ///
    /// # Errors
    /// [`StoreError`]; `learning_resource.skill_id` when the skill has one of this address.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_learning_resource(&self, offered: &LearningResource) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE learning_resource SET level = ");
        sql.bind(i32::from(offered.level.value())).push(", title = ").bind(offered.title.as_str());
        sql.push(", title_key = ").bind(fold(&offered.title)).push(", url = ").bind(offered.url.as_str());
        sql.push(", licence = ").bind(offered.licence.as_str());
        sql.push(", language = ").bind(offered.language.as_deref());
        sql.push(", minutes = ").bind(offered.minutes);
        sql.push(", status = ").bind(offered.status.as_str());
        sql.push(" WHERE id = ").bind(offered.id.uuid());
        self.execute(sql).await.map(drop)
    }
}

fn goal_row(plan: PlanStatus, goal: &DevelopmentGoal) -> development_goal::Model {
    let (gap, metric) = (goal.gap, goal.metric.as_ref());
    let requirement = gap.and_then(|gap| gap.requirement);
    development_goal::Model {
        id: goal.id.uuid(),
        plan_id: goal.plan_id.uuid(),
        plan_status: plan.as_str().to_owned(),
        position: goal.position,
        skill_id: goal.skill_id.uuid(),
        gap_version_id: requirement.map(|(version, _)| version.uuid()),
        gap_importance: requirement.map(|(_, importance)| importance.as_str().to_owned()),
        gap_required_level: gap.map(|gap| gap.required.value().into()),
        gap_actual_level: gap.and_then(|gap| gap.actual).map(|level| level.value().into()),
        gap_status: gap.map(|gap| gap.status.as_str().to_owned()),
        specific: goal.specific.clone(),
        metric_kind: metric.map(|metric| metric.kind.as_str().to_owned()),
        metric_baseline: metric.map(|metric| metric.baseline.thousandths()),
        metric_target: metric.and_then(|metric| metric.target).map(|target| target.thousandths()),
        metric_unit: metric.map(|metric| metric.unit.clone()),
        achievable_because: goal.achievable_because.clone(),
        relevance: goal.relevance.clone(),
        starts_on: goal.start_date,
        due_on: goal.due_date,
        status: goal.status.as_str().to_owned(),
    }
}
