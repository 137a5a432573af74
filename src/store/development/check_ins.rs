//! Finding check-ins: by id, and those of goals.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        development::{GoalCheckIn, metric::Quantity},
        ids::{DevelopmentGoalId, DevelopmentGoalKind, GoalCheckInId, PersonId},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        development::within,
        paging::Keyset,
        rows::{PageOf, uuids},
    },
};

/// Which check-ins a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct CheckInFilter {
    /// Said at this instant or later.
    pub from: Option<Timestamp>,
    /// Said before this instant.
    pub to: Option<Timestamp>,
}

/// How a list of check-ins is ordered: as they were said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CheckInOrder {
    /// Newest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    goal_id: Uuid,
    seq: i32,
    at: Timestamp,
    value: i64,
    note: Option<String>,
    by_id: Uuid,
}

const COLUMNS: &str = "c.id, c.goal_id, c.seq, c.at, c.value, c.note, c.by_id";

const TABLES: &str = " FROM goal_check_in c JOIN development_goal g ON g.id = c.goal_id \
     JOIN development_plan p ON p.id = g.plan_id WHERE ";

impl Reader {
    /// The check-ins among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn goal_check_ins_by_id(
        &self,
        scope: &Scope,
        ids: &[GoalCheckInId],
    ) -> Result<Vec<GoalCheckIn>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).one_of("c.id", uuids(ids));
        within(&mut sql, scope);
        Ok(self.all::<Row>(sql).await?.into_iter().map(check_in).collect())
    }

    /// A page of each goal's check-ins, of the goals that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn check_ins_of_goals(
        &self,
        scope: &Scope,
        goals: &[DevelopmentGoalId],
        filter: &CheckInFilter,
        order: CheckInOrder,
        page: &PageRequest,
    ) -> Result<PageOf<DevelopmentGoalKind, GoalCheckIn>, StoreError> {
        let keyset = Keyset { column: "c.seq", id: "c.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "c.goal_id", page));
        sql.push(TABLES).one_of("c.goal_id", uuids(goals));
        within(&mut sql, scope);
        if let Some(from) = filter.from {
            sql.push(" AND c.at >= ").bind(from);
        }
        if let Some(to) = filter.to {
            sql.push(" AND c.at < ").bind(to);
        }
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Number(row.seq.into()), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.goal_id, place);
        Ok(lists
            .into_iter()
            .map(|(id, list)| (DevelopmentGoalId::from_uuid(id), list.map(check_in)))
            .collect())
    }
}

fn check_in(row: Row) -> GoalCheckIn {
    GoalCheckIn {
        id: GoalCheckInId::from_uuid(row.id),
        goal_id: DevelopmentGoalId::from_uuid(row.goal_id),
        seq: row.seq,
        at: row.at,
        value: Quantity::of_thousandths(row.value),
        note: row.note,
        by: PersonId::from_uuid(row.by_id),
    }
}
