//! Finding exemptions from requirements, as far as the viewer sees them.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        gaps::exemptions::RequirementExemption,
        ids::{PersonId, PersonKind, RequirementExemptionId, SkillId, TeamId},
        policy::reach::{self, ExemptionReach},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        people_lists::in_a_team,
        rows::{PageOf, grouped, uuids},
        sql::Sql,
    },
};

/// Which exemptions a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ExemptionFilter {
    /// Those that hold at this instant; all, past ones too, when absent.
    pub at: Option<Timestamp>,
    /// From one of these skills, or from one merged into it; any when absent.
    pub skill_ids: Option<Vec<SkillId>>,
}

/// How a list of exemptions is ordered: by when they began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct ExemptionOrder {
    /// Newest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    skill_id: Uuid,
    reason: String,
    granted_by_id: Option<Uuid>,
    valid_from: Timestamp,
    valid_until: Timestamp,
    ended_at: Option<Timestamp>,
    ended_by_id: Option<Uuid>,
}

const COLUMNS: &str = "e.id, e.person_id, e.skill_id, e.reason, e.granted_by_id, e.valid_from, e.valid_until, \
     e.ended_at, e.ended_by_id";

impl Reader {
    /// The exemptions among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn exemptions_by_id(
        &self,
        scope: &Scope,
        ids: &[RequirementExemptionId],
    ) -> Result<Vec<RequirementExemption>, StoreError> {
        let mut sql = self.sql(&format!("SELECT {COLUMNS} FROM requirement_exemption e WHERE "));
        sql.one_of("e.id", uuids(ids));
        within(&mut sql, scope);
        Ok(self.all::<Row>(sql).await?.into_iter().map(exemption).collect())
    }

    /// A page of each person's exemptions that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn exemptions_of_people(
        &self,
        scope: &Scope,
        people: &[PersonId],
        filter: &ExemptionFilter,
        order: ExemptionOrder,
        page: &PageRequest,
    ) -> Result<PageOf<PersonKind, RequirementExemption>, StoreError> {
        let keyset = Keyset { column: "e.valid_from", id: "e.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "e.person_id", page));
        sql.push(" FROM requirement_exemption e WHERE ").one_of("e.person_id", uuids(people));
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Time(row.valid_from), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.person_id, place);
        Ok(lists.into_iter().map(|(id, list)| (PersonId::from_uuid(id), list.map(exemption))).collect())
    }
}

impl Reader {
    /// Every exemption of `people`, past ones too, by the skill it reads as today, oldest first. Takes
    /// people whom the caller has found within its Scope, or reads for everyone.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn exemptions_held(
        &self,
        people: &[PersonId],
    ) -> Result<HashMap<PersonId, Vec<RequirementExemption>>, StoreError> {
        let mut sql = self.sql(
            "SELECT e.id, e.person_id, COALESCE(s.merged_into, s.id) AS skill_id, e.reason, e.granted_by_id, \
             e.valid_from, e.valid_until, e.ended_at, e.ended_by_id FROM requirement_exemption e \
             JOIN skill s ON s.id = e.skill_id WHERE ",
        );
        sql.one_of("e.person_id", uuids(people)).push(" ORDER BY e.valid_from, e.id");
        let held = self.all::<Row>(sql).await?.into_iter().map(exemption);
        grouped(held.map(|held| Ok((held.person_id, held))))
    }
}

/// Leaves out the exemptions, aliased `e`, that the viewer does not see. Nobody leads who left.
fn within(sql: &mut Sql, scope: &Scope) {
    let ExemptionReach::Near { own, led } = reach::exemptions(scope.claims(), scope.standing()) else {
        return;
    };
    sql.push(" AND (e.person_id = ").bind(own.map(PersonId::uuid));
    if !led.is_empty() {
        sql.push(
            " OR (EXISTS (SELECT 1 FROM person q WHERE q.id = e.person_id AND q.status = 'ACTIVE') AND ",
        );
        in_a_team(sql, scope, "e.person_id", led.into_iter().map(TeamId::uuid));
        sql.push(")");
    }
    sql.push(")");
}

fn narrow(sql: &mut Sql, filter: &ExemptionFilter) {
    if let Some(at) = filter.at {
        sql.push(" AND e.valid_from <= ").bind(at).push(" AND e.valid_until > ").bind(at);
        sql.push(" AND (e.ended_at IS NULL OR e.ended_at > ").bind(at).push(")");
    }
    if let Some(skills) = &filter.skill_ids {
        sql.push(
            " AND EXISTS (SELECT 1 FROM skill s JOIN skill x ON COALESCE(x.merged_into, x.id) = \
             COALESCE(s.merged_into, s.id) WHERE s.id = e.skill_id AND ",
        );
        sql.one_of("x.id", uuids(skills)).push(")");
    }
}

fn exemption(row: Row) -> RequirementExemption {
    RequirementExemption {
        id: RequirementExemptionId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        skill_id: SkillId::from_uuid(row.skill_id),
        reason: row.reason,
        granted_by: row.granted_by_id.map(PersonId::from_uuid),
        from: row.valid_from,
        until: row.valid_until,
        ended_at: row.ended_at,
        ended_by: row.ended_by_id.map(PersonId::from_uuid),
    }
}
