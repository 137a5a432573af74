//! Finding the versions of role profiles and the people who hold a profile.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, PersonKind, RoleProfileId, RoleProfileKind, RoleProfileVersionId},
        people::PersonRoleProfile,
        policy::{Claim, reach},
        profiles::{RoleProfileVersion, RoleProfileVersionStatus},
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        people, profiles,
        rows::{PageOf, interval, known, uuids},
        sql::Sql,
    },
};

/// Which versions of a role profile a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct VersionFilter {
    /// In one of these states; any when empty.
    pub statuses: Vec<RoleProfileVersionStatus>,
}

/// How a list of versions is ordered: by number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct VersionOrder {
    /// Newest first.
    pub descending: bool,
}

/// Which role profiles a person's list holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct HeldProfileFilter {
    /// Those that hold at this instant; all, past and future ones too, when absent.
    pub at: Option<Timestamp>,
}

/// How a person's role profiles are ordered: by when they began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct HeldProfileOrder {
    /// Newest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    id: Uuid,
    role_profile_id: Uuid,
    number: i32,
    summary: String,
    status: String,
    published_at: Option<Timestamp>,
    retired_at: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct HeldRow {
    id: Uuid,
    person_id: Uuid,
    role_profile_id: Uuid,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
}

const COLUMNS: &str = "v.id, v.role_profile_id, v.number, v.summary, v.status, v.published_at, v.retired_at";

pub(super) const VERSIONS: &str = "SELECT v.id, v.role_profile_id, v.number, v.summary, v.status, v.published_at, \
     v.retired_at FROM role_profile_version v WHERE ";

impl Reader {
    /// The versions among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profile_versions_by_id(
        &self,
        scope: &Scope,
        ids: &[RoleProfileVersionId],
    ) -> Result<Vec<RoleProfileVersion>, StoreError> {
        let mut sql = self.sql(VERSIONS);
        sql.one_of("v.id", uuids(ids));
        seen(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(version).collect()
    }

    /// A page of each profile's versions, by number.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn versions_of_role_profiles(
        &self,
        scope: &Scope,
        profiles: &[RoleProfileId],
        filter: &VersionFilter,
        order: VersionOrder,
        page: &PageRequest,
    ) -> Result<PageOf<RoleProfileKind, RoleProfileVersion>, StoreError> {
        let keyset = Keyset { column: "v.number", id: "v.id", descending: order.descending };
        let mut sql = self.sql(&keyset.open_each(COLUMNS, "v.role_profile_id", page));
        sql.push(" FROM role_profile_version v WHERE ").one_of("v.role_profile_id", uuids(profiles));
        seen(&mut sql, scope);
        if !filter.statuses.is_empty() {
            sql.push(" AND ").one_of_text("v.status", filter.statuses.iter().map(|status| status.as_str()));
        }
        keyset.close_each(&mut sql, page);
        let place = |row: &Row| Cursor { key: SortKey::Number(row.number.into()), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &Row| row.role_profile_id, place);
        lists
            .into_iter()
            .map(|(id, list)| Ok((RoleProfileId::from_uuid(id), list.try_map(version)?)))
            .collect()
    }

    /// A page of each person's role profiles, as far as the viewer sees the person and the profile.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profiles_of_people(
        &self,
        scope: &Scope,
        people: &[PersonId],
        filter: &HeldProfileFilter,
        order: HeldProfileOrder,
        page: &PageRequest,
    ) -> Result<PageOf<PersonKind, PersonRoleProfile>, StoreError> {
        let keyset = Keyset { column: "h.valid_from", id: "h.id", descending: order.descending };
        let columns = "h.id, h.person_id, h.role_profile_id, h.valid_from, h.valid_to";
        let mut sql = self.sql(&keyset.open_each(columns, "h.person_id", page));
        sql.push(" FROM person_role_profile h JOIN person p ON p.id = h.person_id ");
        sql.push("JOIN role_profile f ON f.id = h.role_profile_id WHERE ");
        sql.one_of("h.person_id", uuids(people));
        people::within(&mut sql, scope);
        profiles::seen(&mut sql, scope);
        if let Some(at) = filter.at {
            sql.push(" AND ").valid_at("h", at);
        }
        keyset.close_each(&mut sql, page);
        let place = |row: &HeldRow| Cursor { key: SortKey::Time(row.valid_from), id: row.id };
        let lists = Page::each(self.all(sql).await?, page, |row: &HeldRow| row.person_id, place);
        lists
            .into_iter()
            .map(|(id, list)| {
                Ok((PersonId::from_uuid(id), list.try_map(|row| Ok::<_, StoreError>(held(&row)))?))
            })
            .collect()
    }
}

/// Leaves out the versions, aliased `v`, that the viewer does not see: all without the catalogue, and
/// for all but ADMIN the DRAFT and ARCHIVED ones.
pub(super) fn seen(sql: &mut Sql, scope: &Scope) {
    if !reach::catalogue(scope.claims(), scope.standing()) {
        sql.push(" AND 1 = 0");
    } else if !scope.claims().has(Claim::Admin) {
        sql.push(" AND v.status IN ('PUBLISHED', 'SUPERSEDED')");
    }
}

pub(super) fn version(row: Row) -> Result<RoleProfileVersion, StoreError> {
    Ok(RoleProfileVersion {
        id: RoleProfileVersionId::from_uuid(row.id),
        role_profile_id: RoleProfileId::from_uuid(row.role_profile_id),
        number: row.number,
        summary: row.summary,
        status: known("role_profile_version.status", &row.status, RoleProfileVersionStatus::parse)?,
        published_at: row.published_at,
        retired_at: row.retired_at,
    })
}

fn held(row: &HeldRow) -> PersonRoleProfile {
    PersonRoleProfile {
        person_id: PersonId::from_uuid(row.person_id),
        role_profile_id: RoleProfileId::from_uuid(row.role_profile_id),
        valid: interval(row.valid_from, row.valid_to),
    }
}
