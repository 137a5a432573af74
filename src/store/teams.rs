//! Finding teams: by id, slug, page, and the tree around them.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, TeamId, TeamKind},
        policy::reach::{self, Reach},
        teams::{Team, TeamStatus},
    },
    store::{
        Cursor, Page, PageRequest, Reader, StoreError,
        paging::{Keyset, SortKey},
        rows::{PageOf, uuids},
        sql::Sql,
    },
};

/// Which teams a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct TeamFilter {
    /// Name or slug contains this text, compared folded.
    pub text: Option<String>,
    /// In one of these states; any when empty.
    pub statuses: Vec<TeamStatus>,
    /// Directly below this team.
    pub parent_id: Option<TeamId>,
    /// One of these.
    pub ids: Option<BTreeSet<TeamId>>,
    /// With this person as a LEAD of the team itself now.
    pub led_by: Option<PersonId>,
}

/// How a list of teams is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct TeamOrder {
    /// Last name first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    name: String,
    name_key: String,
    slug: String,
    status: String,
    parent_id: Option<Uuid>,
    revision: i64,
}

const COLUMNS: &str = "t.id, t.name, t.name_key, t.slug, t.status, p.parent_id, r.value AS revision";

const TABLES: &str = " FROM team t JOIN revision r ON r.aggregate = 'TEAM' AND r.id = t.id \
     LEFT JOIN team_parent p ON p.team_id = t.id AND ";

impl Reader {
    /// The teams among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn teams_by_id(&self, scope: &Scope, ids: &[TeamId]) -> Result<Vec<Team>, StoreError> {
        let reach = reach::teams(scope.claims(), scope.standing());
        let seen: BTreeSet<TeamId> = ids.iter().copied().filter(|id| reach.contains(id)).collect();
        if seen.is_empty() {
            return Ok(Vec::new());
        }
        let mut sql = self.teams(scope);
        sql.one_of("t.id", seen.into_iter().map(TeamId::uuid));
        self.all::<Row>(sql).await?.into_iter().map(team).collect()
    }

    /// The team with this slug, if the viewer sees it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn team_by_slug(&self, scope: &Scope, slug: &str) -> Result<Option<Team>, StoreError> {
        let mut sql = self.teams(scope);
        sql.push("t.slug = ").bind(slug);
        within(&mut sql, scope);
        self.one::<Row>(sql).await?.map(team).transpose()
    }

    /// A page of the teams the viewer sees, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn teams_page(
        &self,
        scope: &Scope,
        filter: &TeamFilter,
        order: TeamOrder,
        page: &PageRequest,
    ) -> Result<Page<Team>, StoreError> {
        let mut sql = self.teams(scope);
        sql.push("1 = 1");
        within(&mut sql, scope);
        narrow(&mut sql, scope, filter);
        Keyset { column: "t.name_key", id: "t.id", descending: order.descending }.window(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Text(row.name_key.clone()), id: row.id };
        Page::of(self.all(sql).await?, page, place).try_map(team)
    }

    /// A page of the teams directly below each of `parents`, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn teams_below(
        &self,
        scope: &Scope,
        parents: &[TeamId],
        filter: &TeamFilter,
        order: TeamOrder,
        page: &PageRequest,
    ) -> Result<PageOf<TeamKind, Team>, StoreError> {
        let keyset = Keyset { column: "t.name_key", id: "t.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "p.parent_id", page));
        sql.push(TABLES).valid_at("p", scope.now());
        sql.push(" WHERE ").one_of("p.parent_id", uuids(parents));
        within(&mut sql, scope);
        narrow(&mut sql, scope, filter);
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Text(row.name_key.clone()), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.parent_id, place);
        let placed = lists.into_iter().filter_map(|(id, list)| Some((TeamId::from_uuid(id?), list)));
        placed.map(|(id, list)| Ok((id, list.try_map(team)?))).collect()
    }

    /// The select list and joins of a team at the scope's instant, up to an open `WHERE`.
    fn teams(&self, scope: &Scope) -> Sql {
        let mut sql = self.sql("SELECT ");
        sql.push(COLUMNS).push(TABLES).valid_at("p", scope.now()).push(" WHERE ");
        sql
    }
}

/// Leaves out what the viewer does not see.
fn within(sql: &mut Sql, scope: &Scope) {
    if let Reach::Only(ids) = reach::teams(scope.claims(), scope.standing()) {
        sql.push(" AND ").one_of("t.id", ids.into_iter().map(TeamId::uuid));
    }
}

fn narrow(sql: &mut Sql, scope: &Scope, filter: &TeamFilter) {
    if let Some(text) = &filter.text {
        let text = crate::domain::text::fold(text);
        sql.push(" AND (").contains("t.name_key", &text).push(" OR ").contains("t.slug", &text).push(")");
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("t.status", filter.statuses.iter().map(|status| status.as_str()));
    }
    if let Some(parent) = filter.parent_id {
        // That a team one sees is below one that one does not see is not to be found out by asking.
        let seen = reach::teams(scope.claims(), scope.standing()).contains(&parent);
        sql.push(" AND p.parent_id = ").bind(seen.then_some(parent.uuid()));
    }
    if let Some(lead) = filter.led_by {
        sql.push(" AND EXISTS (SELECT 1 FROM team_membership m WHERE m.team_id = t.id AND m.role = 'LEAD' ");
        sql.push("AND m.person_id = ").bind(lead.uuid()).push(" AND ").valid_at("m", scope.now()).push(")");
    }
    if let Some(ids) = &filter.ids {
        sql.push(" AND ").one_of("t.id", ids.iter().map(|id| id.uuid()));
    }
}

fn team(row: Row) -> Result<Team, StoreError> {
    Ok(Team {
        id: TeamId::from_uuid(row.id),
        name: row.name,
        slug: row.slug,
        status: TeamStatus::parse(&row.status)
            .ok_or_else(|| StoreError::Corrupt(format!("team.status {}", row.status)))?,
        parent_id: row.parent_id.map(TeamId::from_uuid),
        revision: row.revision,
    })
}
