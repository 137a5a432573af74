//! Finding plans: by id, and those of people and of teams.

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        development::{DevelopmentPlan, GoalTally, PlanStatus, period::Period},
        ids::{DevelopmentPlanId, PersonId, PersonKind, RoleProfileId, TeamId, TeamKind},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        development::within,
        paging::Keyset,
        rows::{PageOf, known, uuids},
        sql::Sql,
    },
};

/// Which plans a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct PlanFilter {
    /// In one of these states; any when empty.
    pub statuses: Vec<PlanStatus>,
}

/// How a list of plans is ordered: by when they were first written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlanOrder {
    /// Newest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    target_role_profile_id: Option<Uuid>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    status: String,
    created_at: Timestamp,
    agreed_by_id: Option<Uuid>,
    agreed_at: Option<Timestamp>,
    revision: i64,
    goals: i64,
    incomplete_goals: i64,
    open_goals: i64,
}

#[derive(FromQueryResult)]
struct TeamRow {
    team_id: Uuid,
    #[sea_orm(nested)]
    plan: Row,
}

const COLUMNS: &str = "p.id, p.person_id, p.target_role_profile_id, p.starts_on, p.ends_on, p.status, \
     p.created_at, p.agreed_by_id, p.agreed_at, r.value AS revision, \
     (SELECT COUNT(*) FROM development_goal g WHERE g.plan_id = p.id AND g.status <> 'DROPPED') AS goals, \
     (SELECT COUNT(*) FROM development_goal g WHERE g.plan_id = p.id AND g.status <> 'DROPPED' AND \
     (g.metric_target IS NULL OR g.due_on IS NULL OR g.gap_required_level IS NULL)) AS incomplete_goals, \
     (SELECT COUNT(*) FROM development_goal g WHERE g.plan_id = p.id AND \
     g.status IN ('NOT_STARTED', 'IN_PROGRESS')) AS open_goals";

const TABLES: &str = " FROM development_plan p \
     JOIN revision r ON r.aggregate = 'DEVELOPMENT_PLAN' AND r.id = p.id ";

impl Reader {
    /// The plans among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn development_plans_by_id(
        &self,
        scope: &Scope,
        ids: &[DevelopmentPlanId],
    ) -> Result<Vec<DevelopmentPlan>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).push("WHERE ").one_of("p.id", uuids(ids));
        within(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(plan).collect()
    }

    /// A page of each person's plans that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn development_plans_of_people(
        &self,
        scope: &Scope,
        people: &[PersonId],
        filter: &PlanFilter,
        order: PlanOrder,
        page: &PageRequest,
    ) -> Result<PageOf<PersonKind, DevelopmentPlan>, StoreError> {
        let keyset = Keyset { column: "p.created_at", id: "p.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "p.person_id", page));
        sql.push(TABLES).push("WHERE ").one_of("p.person_id", uuids(people));
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Time(row.created_at), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.person_id, place);
        lists.into_iter().map(|(id, list)| Ok((PersonId::from_uuid(id), list.try_map(plan)?))).collect()
    }

    /// A page of the plans that the viewer sees of the people who are in each team now.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn development_plans_of_teams(
        &self,
        scope: &Scope,
        teams: &[TeamId],
        filter: &PlanFilter,
        order: PlanOrder,
        page: &PageRequest,
    ) -> Result<PageOf<TeamKind, DevelopmentPlan>, StoreError> {
        let keyset = Keyset { column: "p.created_at", id: "p.id", descending: order.descending };
        let columns = format!("m.team_id, {COLUMNS}");
        let mut sql = self.sql(&keyset.open_each(&columns, "m.team_id", page));
        sql.push(TABLES).push("JOIN team_membership m ON m.person_id = p.person_id AND ");
        sql.valid_at("m", scope.now()).push(" WHERE ").one_of("m.team_id", uuids(teams));
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let place = |row: &TeamRow| Cursor { key: SortKey::Time(row.plan.created_at), id: row.plan.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &TeamRow| row.team_id, place);
        let placed = lists.into_iter().map(|(id, list)| (TeamId::from_uuid(id), list));
        placed.map(|(id, list)| Ok((id, list.try_map(|row| plan(row.plan))?))).collect()
    }
}

fn narrow(sql: &mut Sql, filter: &PlanFilter) {
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("p.status", filter.statuses.iter().map(|status| status.as_str()));
    }
}

fn plan(row: Row) -> Result<DevelopmentPlan, StoreError> {
    Ok(DevelopmentPlan {
        id: DevelopmentPlanId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        target_role_profile_id: row.target_role_profile_id.map(RoleProfileId::from_uuid),
        period: Period { start: row.starts_on, end: row.ends_on },
        status: known("development_plan.status", &row.status, PlanStatus::parse)?,
        created_at: row.created_at,
        agreed: row.agreed_by_id.map(PersonId::from_uuid).zip(row.agreed_at),
        goals: GoalTally { all: row.goals, incomplete: row.incomplete_goals, open: row.open_goals },
        revision: row.revision,
    })
}
