//! Finding teams: by id, slug, page, and the tree around them.

use std::collections::BTreeSet;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::TeamId,
        policy::reach::{self, Reach},
        teams::{Team, TeamStatus},
    },
    store::{
        Cursor, Page, PageRequest, Reader, StoreError,
        paging::{Keyset, SortKey},
        sql::Sql,
    },
};

/// Which teams a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TeamFilter {
    /// Name or slug contains this text, compared folded.
    pub text: Option<String>,
    /// In one of these states; any when empty.
    pub statuses: Vec<TeamStatus>,
    /// Directly below this team.
    pub parent_id: Option<TeamId>,
}

/// How a list of teams is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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

impl Reader {
    /// The teams among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
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
        narrow(&mut sql, filter);
        Keyset { column: "t.name_key", id: "t.id", descending: order.descending }.window(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Text(row.name_key.clone()), id: row.id };
        Page::of(self.all(sql).await?, page, place).try_map(team)
    }

    /// The select list and joins of a team at the scope's instant, up to an open `WHERE`.
    fn teams(&self, scope: &Scope) -> Sql {
        let mut sql = self.sql(
            "SELECT t.id, t.name, t.name_key, t.slug, t.status, p.parent_id, r.value AS revision FROM team t \
             JOIN revision r ON r.aggregate = 'TEAM' AND r.id = t.id \
             LEFT JOIN team_parent p ON p.team_id = t.id AND ",
        );
        sql.valid_at("p", scope.now()).push(" WHERE ");
        sql
    }
}

/// Leaves out what the viewer does not see.
fn within(sql: &mut Sql, scope: &Scope) {
    if let Reach::Only(ids) = reach::teams(scope.claims(), scope.standing()) {
        sql.push(" AND ").one_of("t.id", ids.into_iter().map(TeamId::uuid));
    }
}

fn narrow(sql: &mut Sql, filter: &TeamFilter) {
    if let Some(text) = &filter.text {
        let text = crate::domain::text::fold(text);
        sql.push(" AND (").contains("t.name_key", &text).push(" OR ").contains("t.slug", &text).push(")");
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("t.status", filter.statuses.iter().map(|status| status.as_str()));
    }
    if let Some(parent) = filter.parent_id {
        sql.push(" AND p.parent_id = ").bind(parent.uuid());
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
