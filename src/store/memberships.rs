//! Finding memberships: the people of a team and the teams of a person. A membership is seen by
//! whoever sees both its team and its person.

use std::collections::BTreeMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, PersonKind, TeamId, TeamKind, TeamMembershipId},
        policy::reach::{self, Reach},
        teams::{TeamMembership, TeamRole},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        people,
        rows::{PageOf, interval, known, uuids},
        sql::Sql,
    },
};

/// Which memberships a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct MembershipFilter {
    /// Those that hold at this instant; all, past and future ones too, when absent.
    pub at: Option<Timestamp>,
    /// In one of these roles; any when empty.
    pub roles: Vec<TeamRole>,
}

/// What memberships are ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum MembershipOrderField {
    /// The name of the other side: of the person in a team's list, of the team in a person's.
    #[default]
    Name,
    /// When they began.
    ValidFrom,
}

/// How a list of memberships is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct MembershipOrder {
    /// By what.
    pub field: MembershipOrderField,
    /// Greatest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    team_id: Uuid,
    person_id: Uuid,
    role: String,
    allocation_pct: i32,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
    name_key: String,
}

impl Reader {
    /// The memberships among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn memberships_by_id(
        &self,
        scope: &Scope,
        ids: &[TeamMembershipId],
    ) -> Result<Vec<TeamMembership>, StoreError> {
        let mut sql = self.sql("SELECT ");
        sql.push(columns("p.display_name_key").as_str()).push(TABLES).one_of("m.id", uuids(ids));
        within(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(membership).collect()
    }

    /// A page of each team's memberships.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn members_of_teams(
        &self,
        scope: &Scope,
        teams: &[TeamId],
        filter: &MembershipFilter,
        order: MembershipOrder,
        page: &PageRequest,
    ) -> Result<PageOf<TeamKind, TeamMembership>, StoreError> {
        let side = Side { parent: "m.team_id", name_key: "p.display_name_key" };
        let lists = self.memberships(scope, &side, uuids(teams), filter, order, page, |row| row.team_id);
        lists
            .await?
            .into_iter()
            .map(|(id, list)| Ok((TeamId::from_uuid(id), list.try_map(membership)?)))
            .collect()
    }

    /// A page of each person's memberships.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn memberships_of_people(
        &self,
        scope: &Scope,
        people: &[PersonId],
        filter: &MembershipFilter,
        order: MembershipOrder,
        page: &PageRequest,
    ) -> Result<PageOf<PersonKind, TeamMembership>, StoreError> {
        let side = Side { parent: "m.person_id", name_key: "t.name_key" };
        let lists = self.memberships(scope, &side, uuids(people), filter, order, page, |row| row.person_id);
        lists
            .await?
            .into_iter()
            .map(|(id, list)| Ok((PersonId::from_uuid(id), list.try_map(membership)?)))
            .collect()
    }

    async fn memberships(
        &self,
        scope: &Scope,
        side: &Side,
        parents: impl Iterator<Item = Uuid>,
        filter: &MembershipFilter,
        order: MembershipOrder,
        page: &PageRequest,
        parent: impl Fn(&Row) -> Uuid,
    ) -> Result<BTreeMap<Uuid, Page<Row>>, StoreError> {
        let column = match order.field {
            MembershipOrderField::Name => side.name_key,
            MembershipOrderField::ValidFrom => "m.valid_from",
        };
        let keyset = Keyset { column, id: "m.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(&columns(side.name_key), side.parent, page));
        sql.push(TABLES).one_of(side.parent, parents);
        within(&mut sql, scope);
        narrow(&mut sql, filter);
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: key(row, order.field), id: row.id };
        Ok(Page::each(self.all(sql).await?, page, parent, place))
    }
}

/// From which side memberships are listed.
struct Side {
    parent: &'static str,
    name_key: &'static str,
}

fn columns(name_key: &str) -> String {
    format!(
        "m.id, m.team_id, m.person_id, m.role, m.allocation_pct, m.valid_from, m.valid_to, \
         {name_key} AS name_key"
    )
}

const TABLES: &str =
    " FROM team_membership m JOIN team t ON t.id = m.team_id JOIN person p ON p.id = m.person_id WHERE ";

fn within(sql: &mut Sql, scope: &Scope) {
    if let Reach::Only(ids) = reach::teams(scope.claims(), scope.standing()) {
        sql.push(" AND ").one_of("m.team_id", ids.into_iter().map(TeamId::uuid));
    }
    people::within(sql, scope);
}

fn narrow(sql: &mut Sql, filter: &MembershipFilter) {
    if let Some(at) = filter.at {
        sql.push(" AND ").valid_at("m", at);
    }
    if !filter.roles.is_empty() {
        sql.push(" AND ").one_of_text("m.role", filter.roles.iter().map(|role| role.as_str()));
    }
}

fn key(row: &Row, field: MembershipOrderField) -> SortKey {
    match field {
        MembershipOrderField::Name => SortKey::Text(row.name_key.clone()),
        MembershipOrderField::ValidFrom => SortKey::Time(row.valid_from),
    }
}

fn membership(row: Row) -> Result<TeamMembership, StoreError> {
    Ok(TeamMembership {
        id: TeamMembershipId::from_uuid(row.id),
        person_id: PersonId::from_uuid(row.person_id),
        team_id: TeamId::from_uuid(row.team_id),
        role: known("team_membership.role", &row.role, TeamRole::parse)?,
        allocation_pct: row.allocation_pct,
        valid: interval(row.valid_from, row.valid_to),
    })
}
