//! What gap reports are asked about and made from: the versions that held at an instant, and the members
//! of a team whom they are about. Nothing here tells what anybody can do.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, RoleProfileId, RoleProfileVersionId, SkillId, TeamId},
        people::Person,
        skills::Skill,
        text::fold,
        time::Timestamp,
    },
    store::{
        Cursor, Page, PageRequest, Reader, Snapshot, SortKey, StoreError, TeamReach,
        paging::Keyset,
        people::{self, PERSON_COLUMNS, PERSON_TABLES, PersonRow, open_book},
        profile_versions, profiles,
        rows::uuids,
        skills::SkillRow,
        sql::Sql,
    },
};

/// A version of a role profile, by the profile's id and key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldVersion {
    /// The profile.
    pub role_profile_id: RoleProfileId,
    /// The profile's key.
    pub key: String,
    /// The version.
    pub version_id: RoleProfileVersionId,
}

/// Which members of which team a list of gaps is about.
#[derive(Debug, Clone)]
pub struct GapRoster {
    /// The team.
    pub team_id: TeamId,
    /// Whose members.
    pub reach: TeamReach,
    /// Who was there, and what they held, at this instant.
    pub at: Timestamp,
    /// Measured against this version, which the viewer sees; else against what each of them held.
    pub version: Option<(RoleProfileId, RoleProfileVersionId)>,
    /// These alone.
    pub people: Option<Vec<PersonId>>,
    /// Whose name or email contains this text, compared folded.
    pub text: Option<String>,
}

/// A member and what they are measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GapSubject {
    /// Who.
    pub person_id: PersonId,
    /// The profile.
    pub role_profile_id: RoleProfileId,
    /// Its version.
    pub version_id: RoleProfileVersionId,
}

#[derive(FromQueryResult)]
struct VersionRow {
    role_profile_id: Uuid,
    key: String,
    version_id: Uuid,
}

#[derive(FromQueryResult)]
struct SubjectRow {
    place_id: Uuid,
    name_key: String,
    person_id: Uuid,
    role_profile_id: Uuid,
    version_id: Uuid,
}

impl Reader {
    /// The versions that held at `at` of the profiles named by id or key, as far as the viewer sees both.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn versions_held(
        &self,
        scope: &Scope,
        ids: &[RoleProfileId],
        keys: &[&str],
        at: Timestamp,
    ) -> Result<Vec<HeldVersion>, StoreError> {
        let mut sql = self.sql(
            "SELECT f.id AS role_profile_id, f.key, v.id AS version_id FROM role_profile f \
             JOIN role_profile_version v ON v.role_profile_id = f.id WHERE (",
        );
        sql.one_of("f.id", uuids(ids)).push(" OR ").one_of_text("f.key", keys.iter().copied()).push(")");
        published(&mut sql, at);
        profiles::seen(&mut sql, scope);
        profile_versions::seen(&mut sql, scope);
        Ok(self.all::<VersionRow>(sql).await?.into_iter().map(held_version).collect())
    }

    /// A page of the members whose assessments are open to the viewer, by name; of a member who held
    /// several profiles a row for each. Takes a team that the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn gap_subjects(
        &self,
        scope: &Scope,
        roster: &GapRoster,
        descending: bool,
        page: &PageRequest,
    ) -> Result<Page<GapSubject>, StoreError> {
        let mut sql = self.sql("");
        roster.reach.tree(&mut sql, roster.team_id, roster.at);
        let place = if let Some((profile, version)) = roster.version {
            sql.push("SELECT p.id AS place_id, p.display_name_key AS name_key, p.id AS person_id, CAST(");
            sql.bind(profile.uuid()).push(self.as_uuid()).push(" AS role_profile_id, CAST(");
            sql.bind(version.uuid()).push(self.as_uuid()).push(" AS version_id FROM person p WHERE 1 = 1");
            "p.id"
        } else {
            sql.push(
                "SELECT h.id AS place_id, p.display_name_key AS name_key, p.id AS person_id, \
                 v.role_profile_id, v.id AS version_id FROM person p \
                 JOIN person_role_profile h ON h.person_id = p.id \
                 JOIN role_profile f ON f.id = h.role_profile_id \
                 JOIN role_profile_version v ON v.role_profile_id = h.role_profile_id WHERE ",
            );
            sql.valid_at("h", roster.at);
            published(&mut sql, roster.at);
            profiles::seen(&mut sql, scope);
            profile_versions::seen(&mut sql, scope);
            "h.id"
        };
        members(&mut sql, scope, roster);
        Keyset { column: "p.display_name_key", id: place, descending }.window(&mut sql, page);
        let place = |row: &SubjectRow| Cursor { key: SortKey::Text(row.name_key.clone()), id: row.place_id };
        Ok(Page::of(self.all(sql).await?, page, place).map(subject))
    }

    /// The active members of a roster whose assessments are open to the viewer, in no order. Takes a team that
    /// the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn open_members(&self, scope: &Scope, roster: &GapRoster) -> Result<Vec<Person>, StoreError> {
        let mut sql = self.sql("");
        roster.reach.tree(&mut sql, roster.team_id, roster.at);
        sql.push(&format!("SELECT {PERSON_COLUMNS} FROM {PERSON_TABLES} WHERE p.status = 'ACTIVE'"));
        members(&mut sql, scope, roster);
        self.all::<PersonRow>(sql).await?.into_iter().map(PersonRow::person).collect()
    }

    /// The end of a cast of a parameter that may have no type of its own.
    fn as_uuid(&self) -> &'static str {
        if self.backend() == sea_orm::DbBackend::Postgres { " AS uuid)" } else { " AS blob)" }
    }
}

/// Reads for everyone: only `views` takes a [`Snapshot`].
impl Snapshot {
    /// The skills among `ids`, as they stand, in no order.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_of_everyone(&self, ids: &[SkillId]) -> Result<Vec<Skill>, StoreError> {
        let mut sql = self.skills();
        sql.one_of("s.id", uuids(ids));
        self.all::<SkillRow>(sql).await?.into_iter().map(SkillRow::skill).collect()
    }
}

/// The version `v` was the published one at `at`.
fn published(sql: &mut Sql, at: Timestamp) {
    sql.push(" AND v.published_at <= ").bind(at);
    sql.push(" AND (v.retired_at IS NULL OR v.retired_at > ").bind(at).push(")");
}

fn members(sql: &mut Sql, scope: &Scope, roster: &GapRoster) {
    sql.push(
        " AND EXISTS (SELECT 1 FROM team_membership n JOIN tree ON tree.team_id = n.team_id \
         WHERE n.person_id = p.id AND ",
    );
    sql.valid_at("n", roster.at).push(")");
    people::within(sql, scope);
    open_book(sql, scope);
    if let Some(people) = &roster.people {
        sql.push(" AND ").one_of("p.id", uuids(people));
    }
    if let Some(text) = &roster.text {
        let text = fold(text);
        sql.push(" AND (").contains("p.display_name_key", &text);
        sql.push(" OR ").contains("p.email_key", &text).push(")");
    }
}

fn held_version(row: VersionRow) -> HeldVersion {
    HeldVersion {
        role_profile_id: RoleProfileId::from_uuid(row.role_profile_id),
        key: row.key,
        version_id: RoleProfileVersionId::from_uuid(row.version_id),
    }
}

fn subject(row: SubjectRow) -> GapSubject {
    GapSubject {
        person_id: PersonId::from_uuid(row.person_id),
        role_profile_id: RoleProfileId::from_uuid(row.role_profile_id),
        version_id: RoleProfileVersionId::from_uuid(row.version_id),
    }
}
