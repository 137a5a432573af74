//! Finding goals: by id, those of plans, and those that propose an assessment.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        development::{
            DevelopmentGoal, GoalGap, GoalStatus, LastCheckIn,
            metric::{Metric, MetricKind, Quantity},
        },
        gaps::GapStatus,
        ids::{
            DevelopmentGoalId, DevelopmentPlanId, DevelopmentPlanKind, PersonId, RoleProfileVersionId,
            SkillId,
        },
        profiles::Importance,
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        development::{led_by, within},
        paging::Keyset,
        rows::{PageOf, known, level, uuids},
        sql::Sql,
    },
};

/// Which goals a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct GoalFilter {
    /// In one of these states; any when empty.
    pub statuses: Vec<GoalStatus>,
}

/// How a list of goals is ordered: as they stand in the plan.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct GoalOrder {
    /// Last first.
    pub descending: bool,
}

/// Which proposals a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct AssessmentProposalFilter {
    /// In one of these skills, or in one merged into it; any when absent.
    pub skill_ids: Option<Vec<SkillId>>,
}

/// How a list of proposals is ordered: by how long they have waited.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ProposalOrder {
    /// Newest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    plan_id: Uuid,
    position: i32,
    skill_id: Uuid,
    gap_version_id: Option<Uuid>,
    gap_importance: Option<String>,
    gap_required_level: Option<i32>,
    gap_actual_level: Option<i32>,
    gap_status: Option<String>,
    specific: String,
    metric_kind: Option<String>,
    metric_baseline: Option<i64>,
    metric_target: Option<i64>,
    metric_unit: Option<String>,
    achievable_because: String,
    relevance: String,
    starts_on: NaiveDate,
    due_on: Option<NaiveDate>,
    status: String,
    last_value: Option<i64>,
    last_at: Option<Timestamp>,
    last_seq: Option<i32>,
    assessed_since: bool,
}

#[derive(FromQueryResult)]
struct ProposalRow {
    person_id: Uuid,
    #[sea_orm(nested)]
    goal: Row,
}

const COLUMNS: &str = "g.id, g.plan_id, g.position, g.skill_id, g.gap_version_id, g.gap_importance, \
     g.gap_required_level, g.gap_actual_level, g.gap_status, g.specific, g.metric_kind, g.metric_baseline, \
     g.metric_target, g.metric_unit, g.achievable_because, g.relevance, g.starts_on, g.due_on, g.status, \
     c.value AS last_value, c.at AS last_at, c.seq AS last_seq, ";

/// A manager has assessed the person in the skill since the last check-in.
const ASSESSED_SINCE: &str = "(EXISTS (SELECT 1 FROM current_level l WHERE l.person_id = p.person_id \
     AND l.skill_id = COALESCE(s.merged_into, s.id) AND l.source = 'MANAGER' AND l.validated \
     AND l.recorded_at >= c.at))";

const TABLES: &str = " FROM development_goal g JOIN development_plan p ON p.id = g.plan_id \
     JOIN skill s ON s.id = g.skill_id LEFT JOIN goal_check_in c ON c.goal_id = g.id AND \
     c.seq = (SELECT MAX(x.seq) FROM goal_check_in x WHERE x.goal_id = g.id) WHERE ";

/// The target is reached: upwards or downwards, as [`Metric::progress_pct`] says.
const REACHED: &str = "g.status IN ('IN_PROGRESS', 'ACHIEVED') AND \
     ((g.metric_target > g.metric_baseline AND c.value >= g.metric_target) OR \
     (g.metric_target < g.metric_baseline AND c.value <= g.metric_target))";

fn columns() -> String {
    format!("{COLUMNS}{ASSESSED_SINCE} AS assessed_since")
}

impl Reader {
    /// The goals among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn development_goals_by_id(
        &self,
        scope: &Scope,
        ids: &[DevelopmentGoalId],
    ) -> Result<Vec<DevelopmentGoal>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(&columns()).push(TABLES).one_of("g.id", uuids(ids));
        within(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(goal).collect()
    }

    /// A page of each plan's goals, of the plans that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn goals_of_plans(
        &self,
        scope: &Scope,
        plans: &[DevelopmentPlanId],
        filter: &GoalFilter,
        order: GoalOrder,
        page: &PageRequest,
    ) -> Result<PageOf<DevelopmentPlanKind, DevelopmentGoal>, StoreError> {
        let keyset = Keyset { column: "g.position", id: "g.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(&columns(), "g.plan_id", page));
        sql.push(TABLES).one_of("g.plan_id", uuids(plans));
        within(&mut sql, scope);
        if !filter.statuses.is_empty() {
            sql.push(" AND ").one_of_text("g.status", filter.statuses.iter().map(|status| status.as_str()));
        }
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Number(row.position.into()), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.plan_id, place);
        let placed = lists.into_iter().map(|(id, list)| (DevelopmentPlanId::from_uuid(id), list));
        placed.map(|(id, list)| Ok((id, list.try_map(goal)?))).collect()
    }

    /// A page of the goals that propose an assessment of somebody whom the viewer leads, each with the
    /// person.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn assessment_proposals_page(
        &self,
        scope: &Scope,
        filter: &AssessmentProposalFilter,
        order: ProposalOrder,
        page: &PageRequest,
    ) -> Result<Page<(PersonId, DevelopmentGoal)>, StoreError> {
        let (own, led) = (scope.person_id(), scope.standing().leads.iter().copied());
        let mut sql = self.sql("SELECT p.person_id, ");
        sql.push(&columns()).push(TABLES).push(REACHED).push(" AND NOT ").push(ASSESSED_SINCE);
        sql.push(" AND p.person_id <> ").bind(own.map(PersonId::uuid)).push(" AND ");
        led_by(&mut sql, scope, led);
        if let Some(skills) = &filter.skill_ids {
            in_one_of(&mut sql, skills);
        }
        Keyset { column: "c.at", id: "g.id", descending: order.descending }.window(&mut sql, page);
        let place = |row: &ProposalRow| Cursor {
            key: SortKey::Time(row.goal.last_at.unwrap_or_else(|| scope.now())),
            id: row.goal.id,
        };
        let of = |row: ProposalRow| Ok((PersonId::from_uuid(row.person_id), goal(row.goal)?));
        Page::of(self.all(sql).await?, page, place).try_map(of)
    }
}

/// The skill, aliased `s`, is one of these, or was merged into one of these.
pub(super) fn in_one_of(sql: &mut Sql, skills: &[SkillId]) {
    sql.push(
        " AND COALESCE(s.merged_into, s.id) IN (SELECT COALESCE(y.merged_into, y.id) FROM skill y WHERE ",
    );
    sql.one_of("y.id", uuids(skills)).push(")");
}

fn goal(row: Row) -> Result<DevelopmentGoal, StoreError> {
    let (gap, metric, last) = (gap(&row)?, metric(&row)?, last(&row));
    Ok(DevelopmentGoal {
        id: DevelopmentGoalId::from_uuid(row.id),
        plan_id: DevelopmentPlanId::from_uuid(row.plan_id),
        position: row.position,
        skill_id: SkillId::from_uuid(row.skill_id),
        gap,
        specific: row.specific,
        metric,
        achievable_because: row.achievable_because,
        relevance: row.relevance,
        start_date: row.starts_on,
        due_date: row.due_on,
        status: known("development_goal.status", &row.status, GoalStatus::parse)?,
        last,
    })
}

fn gap(row: &Row) -> Result<Option<GoalGap>, StoreError> {
    let Some((required, status)) = row.gap_required_level.zip(row.gap_status.as_deref()) else {
        return Ok(None);
    };
    let requirement = row.gap_version_id.zip(row.gap_importance.as_deref()).map(|(version, text)| {
        let importance = known("development_goal.gap_importance", text, Importance::parse)?;
        Ok::<_, StoreError>((RoleProfileVersionId::from_uuid(version), importance))
    });
    Ok(Some(GoalGap {
        required: level("development_goal.gap_required_level", required)?,
        actual: row
            .gap_actual_level
            .map(|actual| level("development_goal.gap_actual_level", actual))
            .transpose()?,
        status: known("development_goal.gap_status", status, GapStatus::parse)?,
        requirement: requirement.transpose()?,
    }))
}

fn metric(row: &Row) -> Result<Option<Metric>, StoreError> {
    let (Some(kind), Some(baseline), Some(unit)) =
        (row.metric_kind.as_deref(), row.metric_baseline, row.metric_unit.clone())
    else {
        return Ok(None);
    };
    Ok(Some(Metric {
        kind: known("development_goal.metric_kind", kind, MetricKind::parse)?,
        baseline: Quantity::of_thousandths(baseline),
        target: row.metric_target.map(Quantity::of_thousandths),
        unit,
    }))
}

fn last(row: &Row) -> Option<LastCheckIn> {
    let value = Quantity::of_thousandths(row.last_value?);
    Some(LastCheckIn { value, at: row.last_at?, seq: row.last_seq?, assessed_since: row.assessed_since })
}
