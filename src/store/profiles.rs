//! Finding role profiles: by id, by key, by page, the paths between them and who holds them.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId},
        policy::{Claim, reach},
        profiles::{CareerPath, CareerPathKind, CareerTrack, RoleProfile, RoleProfileStatus},
        text::fold,
    },
    store::{
        Cursor, Page, PageRequest, Reader, SortKey, StoreError,
        paging::Keyset,
        rows::{grouped, known, uuids},
        sql::Sql,
    },
};

/// Which role profiles a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RoleProfileFilter {
    /// Title or key contains this text, compared folded.
    pub text: Option<String>,
    /// Of this family, exactly.
    pub family: Option<String>,
    /// On one of these tracks; any when empty.
    pub tracks: Vec<CareerTrack>,
    /// In one of these states; any when empty.
    pub statuses: Vec<RoleProfileStatus>,
}

/// What role profiles are ordered by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum RoleProfileOrderField {
    /// Their title.
    #[default]
    Title,
    /// Their seniority.
    Seniority,
}

/// How a list of role profiles is ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RoleProfileOrder {
    /// By what.
    pub field: RoleProfileOrderField,
    /// Greatest first.
    pub descending: bool,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    id: Uuid,
    key: String,
    title: String,
    title_key: String,
    family: String,
    track: String,
    seniority: i32,
    status: String,
    published_version_id: Option<Uuid>,
    revision: i64,
}

#[derive(FromQueryResult)]
pub(super) struct PathRow {
    from_id: Uuid,
    to_id: Uuid,
    kind: String,
    criteria: String,
}

pub(super) const PROFILES: &str = "SELECT f.id, f.key, f.title, f.title_key, f.family, f.track, f.seniority, f.status, \
     v.id AS published_version_id, r.value AS revision FROM role_profile f \
     JOIN revision r ON r.aggregate = 'ROLE_PROFILE' AND r.id = f.id \
     LEFT JOIN role_profile_version v ON v.role_profile_id = f.id AND v.status = 'PUBLISHED' WHERE ";

impl Reader {
    /// The role profiles among `ids` that the viewer sees, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profiles_by_id(
        &self,
        scope: &Scope,
        ids: &[RoleProfileId],
    ) -> Result<Vec<RoleProfile>, StoreError> {
        let mut sql = self.sql(PROFILES);
        sql.one_of("f.id", uuids(ids));
        seen(&mut sql, scope);
        self.all::<Row>(sql).await?.into_iter().map(profile).collect()
    }

    /// The role profile with this key, if the viewer sees it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profile_by_key(
        &self,
        scope: &Scope,
        key: &str,
    ) -> Result<Option<RoleProfile>, StoreError> {
        let mut sql = self.sql(PROFILES);
        sql.push("f.key = ").bind(key);
        seen(&mut sql, scope);
        self.one::<Row>(sql).await?.map(profile).transpose()
    }

    /// A page of the role profiles the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profiles_page(
        &self,
        scope: &Scope,
        filter: &RoleProfileFilter,
        order: RoleProfileOrder,
        page: &PageRequest,
    ) -> Result<Page<RoleProfile>, StoreError> {
        let mut sql = self.sql(PROFILES);
        sql.push("1 = 1");
        seen(&mut sql, scope);
        narrow(&mut sql, filter);
        let column = match order.field {
            RoleProfileOrderField::Title => "f.title_key",
            RoleProfileOrderField::Seniority => "f.seniority",
        };
        Keyset { column, id: "f.id", descending: order.descending }.window(&mut sql, page);
        let place = |row: &Row| Cursor { key: key(row, order.field), id: row.id };
        Page::of(self.all(sql).await?, page, place).try_map(profile)
    }

    /// The ways that lead on from each role profile to one the viewer sees, in the order written.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn career_paths_from(
        &self,
        scope: &Scope,
        ids: &[RoleProfileId],
    ) -> Result<HashMap<RoleProfileId, Vec<CareerPath>>, StoreError> {
        let mut sql = self.sql("SELECT c.from_id, c.to_id, c.kind, c.criteria FROM career_path c ");
        sql.push("JOIN role_profile f ON f.id = c.to_id WHERE ").one_of("c.from_id", uuids(ids));
        seen(&mut sql, scope);
        sql.push(" ORDER BY c.position, f.title_key, f.id");
        grouped(self.all::<PathRow>(sql).await?.into_iter().map(|row| {
            let path = career_path(row)?;
            Ok((path.from_id, path))
        }))
    }

    /// The ways by which each role profile is reached from one the viewer sees, by that one's title.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn career_paths_to(
        &self,
        scope: &Scope,
        ids: &[RoleProfileId],
    ) -> Result<HashMap<RoleProfileId, Vec<CareerPath>>, StoreError> {
        let mut sql = self.sql("SELECT c.from_id, c.to_id, c.kind, c.criteria FROM career_path c ");
        sql.push("JOIN role_profile f ON f.id = c.from_id WHERE ").one_of("c.to_id", uuids(ids));
        seen(&mut sql, scope);
        sql.push(" ORDER BY f.title_key, f.id, c.position");
        grouped(self.all::<PathRow>(sql).await?.into_iter().map(|row| {
            let path = career_path(row)?;
            Ok((path.to_id, path))
        }))
    }
}

/// Leaves out the profiles, aliased `f`, that the viewer does not see: all without the catalogue, and
/// for all but ADMIN those that were never published.
pub(super) fn seen(sql: &mut Sql, scope: &Scope) {
    if !reach::catalogue(scope.claims(), scope.standing()) {
        sql.push(" AND 1 = 0");
    } else if !scope.claims().has(Claim::Admin) {
        sql.push(" AND EXISTS (SELECT 1 FROM role_profile_version o WHERE o.role_profile_id = f.id ");
        sql.push("AND o.status IN ('PUBLISHED', 'SUPERSEDED'))");
    }
}

fn narrow(sql: &mut Sql, filter: &RoleProfileFilter) {
    if let Some(text) = &filter.text {
        let text = fold(text);
        sql.push(" AND (").contains("f.title_key", &text).push(" OR ").contains("f.key", &text).push(")");
    }
    if let Some(family) = &filter.family {
        sql.push(" AND f.family = ").bind(family.as_str());
    }
    if !filter.tracks.is_empty() {
        sql.push(" AND ").one_of_text("f.track", filter.tracks.iter().map(|track| track.as_str()));
    }
    if !filter.statuses.is_empty() {
        sql.push(" AND ").one_of_text("f.status", filter.statuses.iter().map(|status| status.as_str()));
    }
}

fn key(row: &Row, field: RoleProfileOrderField) -> SortKey {
    match field {
        RoleProfileOrderField::Title => SortKey::Text(row.title_key.clone()),
        RoleProfileOrderField::Seniority => SortKey::Number(row.seniority.into()),
    }
}

pub(super) fn profile(row: Row) -> Result<RoleProfile, StoreError> {
    Ok(RoleProfile {
        id: RoleProfileId::from_uuid(row.id),
        key: row.key,
        title: row.title,
        family: row.family,
        track: known("role_profile.track", &row.track, CareerTrack::parse)?,
        seniority: row.seniority,
        status: known("role_profile.status", &row.status, RoleProfileStatus::parse)?,
        published_version_id: row.published_version_id.map(RoleProfileVersionId::from_uuid),
        revision: row.revision,
    })
}

pub(super) fn career_path(row: PathRow) -> Result<CareerPath, StoreError> {
    Ok(CareerPath {
        from_id: RoleProfileId::from_uuid(row.from_id),
        to_id: RoleProfileId::from_uuid(row.to_id),
        kind: known("career_path.kind", &row.kind, CareerPathKind::parse)?,
        criteria: row.criteria,
    })
}
