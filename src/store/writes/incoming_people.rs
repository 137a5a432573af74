//! What an import of people asks under its locks, and the rows it adds beside those of the organisation. Reads
//! nothing for a client.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, RoleProfileId, TeamId, TeamMembershipId},
        people::PersonRoleProfile,
        profiles::RoleProfileStatus,
        teams::{Team, TeamMembership, TeamRole, TeamStatus},
        text::fold,
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        entity::organisation::{person_external_id, team_external_id},
        rows::{interval, known, uuids},
        sql::Sql,
    },
};

#[derive(FromQueryResult)]
struct NamedRow {
    name: String,
    id: Uuid,
}

#[derive(FromQueryResult)]
struct SubjectRow {
    issuer: String,
    subject: String,
    id: Uuid,
}

#[derive(FromQueryResult)]
struct TeamRow {
    id: Uuid,
    name: String,
    slug: String,
    status: String,
    parent_id: Option<Uuid>,
    revision: i64,
    external_id: Option<String>,
}

#[derive(FromQueryResult)]
struct StayRow {
    id: Uuid,
    person_id: Uuid,
    team_id: Uuid,
    role: String,
    allocation_pct: i32,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct HeldRow {
    id: Uuid,
    person_id: Uuid,
    role_profile_id: Uuid,
    valid_from: Timestamp,
    valid_to: Option<Timestamp>,
}

#[derive(FromQueryResult)]
struct ProfileRow {
    key: String,
    id: Uuid,
    status: String,
}

impl Tx {
    /// The people with one of these external ids.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn people_with_external_ids(
        &self,
        ids: &[&str],
    ) -> Result<Vec<(String, PersonId)>, StoreError> {
        let mut sql = self.sql("SELECT external_id AS name, person_id AS id FROM person_external_id WHERE ");
        sql.one_of_text("external_id", ids.iter().copied());
        self.named_people(sql).await
    }

    /// The external ids of people, those that have one.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn external_ids_of_people(
        &self,
        people: &[PersonId],
    ) -> Result<Vec<(String, PersonId)>, StoreError> {
        let mut sql = self.sql("SELECT external_id AS name, person_id AS id FROM person_external_id WHERE ");
        sql.one_of("person_id", uuids(people));
        self.named_people(sql).await
    }

    /// The people with one of these addresses, which come back folded.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn people_with_emails(&self, emails: &[&str]) -> Result<Vec<(String, PersonId)>, StoreError> {
        let keys: Vec<String> = emails.iter().map(|email| fold(email)).collect();
        let mut sql = self.sql("SELECT email_key AS name, id FROM person WHERE status <> 'ERASED' AND ");
        sql.one_of_text("email_key", keys.iter().map(String::as_str));
        self.named_people(sql).await
    }

    /// Everybody active who has an external id, with it.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn active_people_with_external_ids(&self) -> Result<Vec<(String, PersonId)>, StoreError> {
        let sql = self.sql(
            "SELECT e.external_id AS name, p.id FROM person_external_id e JOIN person p ON p.id = e.person_id \
             WHERE p.status = 'ACTIVE' ORDER BY e.external_id",
        );
        self.named_people(sql).await
    }

    async fn named_people(&self, sql: Sql) -> Result<Vec<(String, PersonId)>, StoreError> {
        let rows = self.all::<NamedRow>(sql).await?.into_iter();
        Ok(rows.map(|row| (row.name, PersonId::from_uuid(row.id))).collect())
    }

    /// Who has a token with one of these subjects, of whichever issuer: (issuer, subject, who).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn people_with_subjects(
        &self,
        subjects: &[&str],
    ) -> Result<Vec<(String, String, PersonId)>, StoreError> {
        let mut sql = self.sql("SELECT issuer, subject, id FROM person WHERE issuer IS NOT NULL AND ");
        sql.one_of_text("subject", subjects.iter().copied());
        let rows = self.all::<SubjectRow>(sql).await?.into_iter();
        Ok(rows.map(|row| (row.issuer, row.subject, PersonId::from_uuid(row.id))).collect())
    }

    /// Every team with the one above it today, and its external id.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_team(&self) -> Result<Vec<(Team, Option<String>)>, StoreError> {
        let sql = self.sql(
            "SELECT t.id, t.name, t.slug, t.status, l.parent_id, r.value AS revision, e.external_id FROM team t \
             JOIN revision r ON r.aggregate = 'TEAM' AND r.id = t.id \
             LEFT JOIN team_parent l ON l.team_id = t.id AND l.valid_to IS NULL \
             LEFT JOIN team_external_id e ON e.team_id = t.id",
        );
        let team = |row: TeamRow| {
            let team = Team {
                id: TeamId::from_uuid(row.id),
                name: row.name,
                slug: row.slug,
                status: known("team.status", &row.status, TeamStatus::parse)?,
                parent_id: row.parent_id.map(TeamId::from_uuid),
                revision: row.revision,
            };
            Ok((team, row.external_id))
        };
        self.all::<TeamRow>(sql).await?.into_iter().map(team).collect()
    }

    /// Every stay of these people, past and future ones too.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn stays_of_people(&self, people: &[PersonId]) -> Result<Vec<TeamMembership>, StoreError> {
        let mut sql = self.sql(
            "SELECT id, person_id, team_id, role, allocation_pct, valid_from, valid_to FROM team_membership WHERE ",
        );
        sql.one_of("person_id", uuids(people)).push(" ORDER BY person_id, valid_from, id");
        let stay = |row: StayRow| {
            Ok(TeamMembership {
                id: TeamMembershipId::from_uuid(row.id),
                person_id: PersonId::from_uuid(row.person_id),
                team_id: TeamId::from_uuid(row.team_id),
                role: known("team_membership.role", &row.role, TeamRole::parse)?,
                allocation_pct: row.allocation_pct,
                valid: interval(row.valid_from, row.valid_to),
            })
        };
        self.all::<StayRow>(sql).await?.into_iter().map(stay).collect()
    }

    /// The role profiles that these people hold at `at` or will, each row with its id.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn holdings_of_people(
        &self,
        people: &[PersonId],
        at: Timestamp,
    ) -> Result<Vec<(Uuid, PersonRoleProfile)>, StoreError> {
        let mut sql = self.sql(
            "SELECT id, person_id, role_profile_id, valid_from, valid_to FROM person_role_profile WHERE ",
        );
        sql.one_of("person_id", uuids(people)).push(" AND (valid_to IS NULL OR valid_to > ").bind(at);
        sql.push(") ORDER BY person_id, valid_from, id");
        let held = |row: HeldRow| {
            let (person_id, role_profile_id) =
                (PersonId::from_uuid(row.person_id), RoleProfileId::from_uuid(row.role_profile_id));
            let valid = interval(row.valid_from, row.valid_to);
            (row.id, PersonRoleProfile { person_id, role_profile_id, valid })
        };
        Ok(self.all::<HeldRow>(sql).await?.into_iter().map(held).collect())
    }

    /// Every role profile by its key.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_role_profile_key(
        &self,
    ) -> Result<Vec<(String, RoleProfileId, RoleProfileStatus)>, StoreError> {
        let profile = |row: ProfileRow| {
            let status = known("role_profile.status", &row.status, RoleProfileStatus::parse)?;
            Ok((row.key, RoleProfileId::from_uuid(row.id), status))
        };
        let sql = self.sql("SELECT key, id, status FROM role_profile");
        self.all::<ProfileRow>(sql).await?.into_iter().map(profile).collect()
    }

    /// Stores the external ids of people who have none.
    ///
    /// # Errors
    /// [`StoreError`]; `person_external_id.external_id` when one is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_person_external_ids(&self, ids: &[(PersonId, String)]) -> Result<(), StoreError> {
        let row = |(person, external_id): &(PersonId, String)| person_external_id::Model {
            person_id: person.uuid(),
            external_id: external_id.clone(),
        };
        self.insert(ids.iter().map(row)).await
    }

    /// Stores the external ids of teams that have none.
    ///
    /// # Errors
    /// [`StoreError`]; `team_external_id.external_id` when one is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_team_external_ids(&self, ids: &[(TeamId, String)]) -> Result<(), StoreError> {
        let row = |(team, external_id): &(TeamId, String)| team_external_id::Model {
            team_id: team.uuid(),
            external_id: external_id.clone(),
        };
        self.insert(ids.iter().map(row)).await
    }
}
