//! What the policy needs to know of teams and people, for the guards of mutations and for `viewerCan`.
//! Not cut to anybody's reach: who asks has found the thing within their scope.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{PersonId, RoleProfileId, SkillId, TeamId},
        people::{Discoverability, PersonStatus},
        policy::facts::{PersonFacts, RoleProfileFacts, TeamFacts},
        profiles::RoleProfileStatus,
        teams::TeamStatus,
    },
    store::{Reader, StoreError, rows::known},
};

#[derive(FromQueryResult)]
struct TeamRow {
    id: Uuid,
    status: String,
    occupied: bool,
}

#[derive(FromQueryResult)]
struct RoleProfileRow {
    id: Uuid,
    status: String,
    drafted: bool,
}

#[derive(FromQueryResult)]
struct PersonRow {
    id: Uuid,
    status: String,
    discoverability: String,
    team_id: Option<Uuid>,
    vouched_skill_id: Option<Uuid>,
}

impl Reader {
    /// The facts of the role profiles among `ids` that exist.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profile_facts(
        &self,
        _: &Scope,
        ids: &[RoleProfileId],
    ) -> Result<BTreeMap<RoleProfileId, RoleProfileFacts>, StoreError> {
        let mut sql = self.sql(
            "SELECT f.id, f.status, EXISTS (SELECT 1 FROM role_profile_version v \
             WHERE v.role_profile_id = f.id AND v.status = 'DRAFT') AS drafted FROM role_profile f WHERE ",
        );
        sql.one_of("f.id", ids.iter().map(|id| id.uuid()));
        let facts = self.all::<RoleProfileRow>(sql).await?.into_iter().map(|row| {
            let status = known("role_profile.status", &row.status, RoleProfileStatus::parse)?;
            Ok((RoleProfileId::from_uuid(row.id), RoleProfileFacts { status, drafted: row.drafted }))
        });
        facts.collect()
    }

    /// The facts of the teams among `ids` that exist.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn team_facts(
        &self,
        scope: &Scope,
        ids: &[TeamId],
    ) -> Result<BTreeMap<TeamId, TeamFacts>, StoreError> {
        // Stays and places that begin later count too: whoever waited for the team's lock asks at an
        // instant before that of the write it waited for.
        let mut sql = self.sql("SELECT t.id, t.status, (EXISTS (SELECT 1 FROM team_membership m ");
        sql.push("JOIN person p ON p.id = m.person_id WHERE p.status = 'ACTIVE' AND m.team_id = t.id ");
        sql.push("AND (m.valid_to IS NULL OR m.valid_to > ").bind(scope.now());
        sql.push(")) OR EXISTS (SELECT 1 FROM team_parent p JOIN team c ON c.id = p.team_id WHERE ");
        sql.push("p.parent_id = t.id AND c.status = 'ACTIVE' AND p.valid_to IS NULL)) AS occupied ");
        sql.push("FROM team t WHERE ").one_of("t.id", ids.iter().map(|id| id.uuid()));
        let facts = self.all::<TeamRow>(sql).await?.into_iter().map(|row| {
            let id = TeamId::from_uuid(row.id);
            let status = TeamStatus::parse(&row.status)
                .ok_or_else(|| StoreError::Corrupt(format!("team.status {}", row.status)))?;
            Ok((id, TeamFacts { id, status, occupied: row.occupied }))
        });
        facts.collect()
    }

    /// The facts of the people among `ids` that exist.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn person_facts(
        &self,
        scope: &Scope,
        ids: &[PersonId],
    ) -> Result<BTreeMap<PersonId, PersonFacts>, StoreError> {
        let mut sql =
            self.sql("SELECT p.id, p.status, p.discoverability, m.team_id, NULL AS vouched_skill_id ");
        sql.push("FROM person p LEFT JOIN team_membership m ON m.person_id = p.id AND ");
        sql.valid_at("m", scope.now()).push(" WHERE ").one_of("p.id", ids.iter().map(|id| id.uuid()));
        sql.push(
            " UNION SELECT p.id, p.status, p.discoverability, NULL, COALESCE(k.merged_into, k.id) \
             FROM person p JOIN skill_assessment a ON a.person_id = p.id AND a.source IN ('PEER', 'CERTIFICATE') \
             JOIN skill k ON k.id = a.skill_id WHERE ",
        );
        sql.one_of("p.id", ids.iter().map(|id| id.uuid()));
        let mut facts: BTreeMap<PersonId, PersonFacts> = BTreeMap::new();
        for row in self.all::<PersonRow>(sql).await? {
            let (team, skill) = (row.team_id, row.vouched_skill_id);
            let id = PersonId::from_uuid(row.id);
            let entry = match facts.entry(id) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => entry.insert(person_facts(id, &row)?),
            };
            entry.teams.extend(team.map(TeamId::from_uuid));
            entry.vouched_in.extend(skill.map(SkillId::from_uuid));
        }
        Ok(facts)
    }
}

fn person_facts(id: PersonId, row: &PersonRow) -> Result<PersonFacts, StoreError> {
    Ok(PersonFacts {
        id,
        status: PersonStatus::parse(&row.status)
            .ok_or_else(|| StoreError::Corrupt(format!("person.status {}", row.status)))?,
        discoverability: Discoverability::parse(&row.discoverability)
            .ok_or_else(|| StoreError::Corrupt(format!("person.discoverability {}", row.discoverability)))?,
        teams: BTreeSet::new(),
        vouched_in: BTreeSet::new(),
    })
}
