//! Lists of people, as far as the viewer sees them.

use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, TeamId},
        people::{Person, PersonStatus},
        policy::reach,
        text::fold,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        people::{PersonRow, within},
        rows::uuids,
        sql::Sql,
    },
};

/// Which people a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// Name or email contains this text, compared folded.
    pub text: Option<String>,
    /// In one of these states; any when empty.
    pub statuses: Vec<PersonStatus>,
    /// In one of these teams now. The viewer must see a team for it to find anyone.
    pub team_ids: Option<Vec<TeamId>>,
    /// One of these.
    pub ids: Option<Vec<PersonId>>,
}

/// How a list of people is ordered: by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PersonOrder {
    /// Last name first.
    pub descending: bool,
}

impl Reader {
    /// A page of the people the viewer sees, by name.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn people_page(
        &self,
        scope: &Scope,
        filter: &PersonFilter,
        order: PersonOrder,
        page: &PageRequest,
    ) -> Result<Page<Person>, StoreError> {
        let mut sql = self.people();
        sql.push("1 = 1");
        within(&mut sql, scope);
        narrow(&mut sql, scope, filter);
        let keyset = Keyset { column: "p.display_name_key", id: "p.id", descending: order.descending };
        keyset.window(&mut sql, page);
        let place =
            |row: &PersonRow| Cursor { key: SortKey::Text(row.display_name_key.clone()), id: row.person_id };
        Page::of(self.all(sql).await?, page, place).try_map(PersonRow::person)
    }
}

/// `person` is in one of `teams` now.
pub(super) fn in_a_team(sql: &mut Sql, scope: &Scope, person: &str, teams: impl IntoIterator<Item = Uuid>) {
    sql.push(&format!("EXISTS (SELECT 1 FROM team_membership m WHERE m.person_id = {person} AND "));
    sql.one_of("m.team_id", teams).push(" AND ").valid_at("m", scope.now()).push(")");
}

fn narrow(sql: &mut Sql, scope: &Scope, filter: &PersonFilter) {
    if let Some(text) = &filter.text {
        let text = fold(text);
        sql.push(" AND (").contains("p.display_name_key", &text);
        sql.push(" OR ").contains("p.email_key", &text).push(")");
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("p.status", filter.statuses.iter().map(|status| status.as_str()));
    }
    if let Some(teams) = &filter.team_ids {
        let reach = reach::teams(scope.claims(), scope.standing());
        sql.push(" AND ");
        in_a_team(sql, scope, "p.id", teams.iter().filter(|id| reach.contains(id)).map(|id| id.uuid()));
    }
    if let Some(ids) = &filter.ids {
        sql.push(" AND ").one_of("p.id", uuids(ids));
    }
}
