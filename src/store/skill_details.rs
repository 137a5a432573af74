//! What belongs to a skill: aliases, level descriptors, relations and references. Read for many skills
//! at once and for everyone; shown only with skills that were found under a scope.
//!
//! A merge moves names, relations and references by being read: those of the skills that were merged
//! into one count as its own, and those of a merged skill are none until the merge is undone.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{PersonId, SkillId},
        policy::facts::SkillFacts,
        skills::{
            ExternalMatch, ExternalRef, ExternalScheme, SkillAlias, SkillLevelDescriptor, SkillRelation,
            SkillRelationKind, SkillStatus,
        },
    },
    store::{
        Reader, Snapshot, StoreError,
        rows::{grouped, known, level, texts, uuids},
        sql::Sql,
    },
};

#[derive(FromQueryResult)]
struct AliasRow {
    skill_id: Uuid,
    alias: String,
}

#[derive(FromQueryResult)]
struct DescriptorRow {
    skill_id: Uuid,
    level: i32,
    behaviour: String,
    examples: String,
}

#[derive(FromQueryResult)]
struct RelationRow {
    from_id: Uuid,
    to_id: Uuid,
    kind: String,
    to_status: String,
    to_owner: Option<Uuid>,
    to_proposer: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct RefRow {
    skill_id: Uuid,
    scheme: String,
    uri: String,
    scheme_version: String,
    match_kind: String,
}

impl Reader {
    /// The aliases of each skill, by name; the names of skills merged into it are among them.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn aliases_of(
        &self,
        skills: &[SkillId],
    ) -> Result<HashMap<SkillId, Vec<SkillAlias>>, StoreError> {
        let mut sql = self.parts_of(skills);
        sql.push(
            "SELECT part.skill_id, a.alias, a.alias_key, a.id FROM part JOIN skill_alias a ON a.skill_id = part.id \
             UNION ALL SELECT skill_id, name, name_key, id FROM part WHERE merged ORDER BY 3, 4",
        );
        grouped(self.all::<AliasRow>(sql).await?.into_iter().map(|row| {
            let skill_id = SkillId::from_uuid(row.skill_id);
            Ok((skill_id, SkillAlias { skill_id, alias: row.alias }))
        }))
    }

    /// The level descriptors of each skill, lowest level first.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn level_descriptors_of(
        &self,
        skills: &[SkillId],
    ) -> Result<HashMap<SkillId, Vec<SkillLevelDescriptor>>, StoreError> {
        let mut sql = self
            .sql("SELECT d.skill_id, d.level, d.behaviour, d.examples FROM skill_level_descriptor d WHERE ");
        sql.one_of("d.skill_id", uuids(skills)).push(" ORDER BY d.level");
        grouped(self.all::<DescriptorRow>(sql).await?.into_iter().map(|row| {
            let skill_id = SkillId::from_uuid(row.skill_id);
            let descriptor = SkillLevelDescriptor {
                skill_id,
                level: level("skill_level_descriptor.level", row.level)?,
                behaviour: row.behaviour,
                examples: texts("skill_level_descriptor.examples", &row.examples)?,
            };
            Ok((skill_id, descriptor))
        }))
    }

    /// Begins a statement with `part`: each of `skills` that is not merged, and what was merged into it.
    fn parts_of(&self, skills: &[SkillId]) -> Sql {
        let mut sql = self.sql(
            "WITH part AS (SELECT id, COALESCE(merged_into, id) AS skill_id, name, name_key, \
             merged_into IS NOT NULL AS merged FROM skill WHERE (merged_into IS NULL AND ",
        );
        sql.one_of("id", uuids(skills)).push(") OR ").one_of("merged_into", uuids(skills)).push(") ");
        sql
    }
}

/// Reads for everyone: only `views` takes a [`Snapshot`].
impl Snapshot {
    /// The relations that leave each skill for another one, by kind and name, each with what decides who
    /// sees the other one.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn relations_of(
        &self,
        skills: &[SkillId],
    ) -> Result<HashMap<SkillId, Vec<(SkillRelation, SkillFacts)>>, StoreError> {
        let mut sql = self.parts_of(skills);
        sql.push(
            "SELECT DISTINCT part.skill_id AS from_id, s.id AS to_id, l.kind, s.name_key, s.status AS to_status, \
             s.owner_id AS to_owner, s.proposed_by AS to_proposer FROM part \
             JOIN skill_relation l ON l.from_id = part.id JOIN skill t ON t.id = l.to_id \
             JOIN skill s ON s.id = COALESCE(t.merged_into, t.id) WHERE s.id <> part.skill_id \
             ORDER BY l.kind, s.name_key, s.id",
        );
        grouped(self.all::<RelationRow>(sql).await?.into_iter().map(relation))
    }

    /// The references of each skill, by scheme.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn external_refs_of(
        &self,
        skills: &[SkillId],
    ) -> Result<HashMap<SkillId, Vec<ExternalRef>>, StoreError> {
        let mut sql = self.parts_of(skills);
        sql.push(
            "SELECT part.skill_id, e.scheme, e.uri, e.scheme_version, e.match_kind FROM part \
             JOIN external_ref e ON e.skill_id = part.id ORDER BY e.scheme, e.uri, e.scheme_version",
        );
        grouped(self.all::<RefRow>(sql).await?.into_iter().map(|row| {
            let skill_id = SkillId::from_uuid(row.skill_id);
            let reference = ExternalRef {
                skill_id,
                scheme: known("external_ref.scheme", &row.scheme, ExternalScheme::parse)?,
                uri: row.uri,
                scheme_version: row.scheme_version,
                match_kind: known("external_ref.match_kind", &row.match_kind, ExternalMatch::parse)?,
            };
            Ok((skill_id, reference))
        }))
    }
}

fn relation(row: RelationRow) -> Result<(SkillId, (SkillRelation, SkillFacts)), StoreError> {
    let (from_id, to_id) = (SkillId::from_uuid(row.from_id), SkillId::from_uuid(row.to_id));
    let kind = known("skill_relation.kind", &row.kind, SkillRelationKind::parse)?;
    let facts = SkillFacts {
        id: to_id,
        status: known("skill.status", &row.to_status, SkillStatus::parse)?,
        owner_id: row.to_owner.map(PersonId::from_uuid),
        proposed_by: row.to_proposer.map(PersonId::from_uuid),
    };
    Ok((from_id, (SkillRelation { from_id, to_id, kind }, facts)))
}
