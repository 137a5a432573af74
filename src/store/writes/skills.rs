//! Changing a skill and what belongs to it. Its history is elsewhere and does not change with it.

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::SkillId,
        skills::{Skill, SkillRelation, SkillRelationKind},
        text::fold,
    },
    store::{StoreError, Tx, entity::catalogue::skill_name, rows::known, skills::within},
};

/// A relation of a skill: as recorded, and where it leads today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedRelation {
    /// As it stands in the table.
    pub recorded: SkillRelation,
    /// What the far end reads as.
    pub leads_to: SkillId,
}

#[derive(FromQueryResult)]
struct RelationRow {
    from_id: Uuid,
    to_id: Uuid,
    kind: String,
    leads_to: Uuid,
}

#[derive(FromQueryResult)]
struct AliasRow {
    alias: String,
}

#[derive(FromQueryResult)]
struct EdgeRow {
    from_id: Uuid,
    to_id: Uuid,
    kind: String,
}

impl Tx {
    /// Stores the columns of a skill as given. Its revision is [`raise`](Self::raise)d, and a redirect
    /// is [`redirect_skills`](Self::redirect_skills)'s to set.
    ///
    /// # Errors
    /// [`StoreError`]; `skill.slug` when a slug is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_skill(&self, skill: &Skill) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE skill SET name = ");
        sql.bind(skill.name.as_str()).push(", name_key = ").bind(fold(&skill.name));
        sql.push(", slug = ").bind(skill.slug.as_str());
        sql.push(", description = ").bind(skill.description.as_str());
        sql.push(", kind = ").bind(skill.kind.as_str());
        sql.push(", category_id = ").bind(skill.category_id.uuid());
        sql.push(", owner_id = ").bind(skill.owner_id.map(|id| id.uuid()));
        sql.push(", status = ").bind(skill.status.as_str());
        sql.push(", review_interval_days = ").bind(skill.review_interval_days);
        sql.push(", expires_after_days = ").bind(skill.expires_after_days);
        sql.push(" WHERE id = ").bind(skill.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Makes exactly `names` the skill's alone, compared folded.
    ///
    /// # Errors
    /// [`StoreError`]; `skill_name.name_key` when one is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn replace_skill_names(&self, skill: SkillId, names: &[&str]) -> Result<(), StoreError> {
        self.clear("skill_name", skill).await?;
        let row = |name: &&str| skill_name::Model { name_key: fold(name), skill_id: skill.uuid() };
        self.insert(names.iter().map(row)).await
    }

    /// The aliases given to the skill itself, without those that came with merged skills.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn recorded_aliases(&self, skill: SkillId) -> Result<Vec<String>, StoreError> {
        let mut sql = self.sql("SELECT alias FROM skill_alias WHERE skill_id = ");
        sql.bind(skill.uuid()).push(" ORDER BY alias_key");
        Ok(self.all::<AliasRow>(sql).await?.into_iter().map(|row| row.alias).collect())
    }

    /// Takes away the skill's aliases; the names stay its own until they are
    /// [replaced](Self::replace_skill_names).
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn clear_skill_aliases(&self, skill: SkillId) -> Result<(), StoreError> {
        self.clear("skill_alias", skill).await
    }

    /// Takes away what the skill's levels look like.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn clear_skill_level_descriptors(&self, skill: SkillId) -> Result<(), StoreError> {
        self.clear("skill_level_descriptor", skill).await
    }

    /// Takes away the skill's references into public taxonomies.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn clear_external_refs(&self, skill: SkillId) -> Result<(), StoreError> {
        self.clear("external_ref", skill).await
    }

    async fn clear(&self, table: &str, skill: SkillId) -> Result<(), StoreError> {
        let mut sql = self.sql(&format!("DELETE FROM {table} WHERE skill_id = "));
        sql.bind(skill.uuid());
        self.execute(sql).await.map(drop)
    }

    /// The relations recorded of the skill itself that lead to one the viewer sees.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn recorded_relations(
        &self,
        scope: &Scope,
        skill: SkillId,
    ) -> Result<Vec<RecordedRelation>, StoreError> {
        let mut sql = self.sql(
            "SELECT l.from_id, l.to_id, l.kind, s.id AS leads_to FROM skill_relation l \
             JOIN skill t ON t.id = l.to_id JOIN skill s ON s.id = COALESCE(t.merged_into, t.id) \
             WHERE l.from_id = ",
        );
        sql.bind(skill.uuid());
        within(&mut sql, scope);
        let rows = self.all::<RelationRow>(sql).await?.into_iter();
        rows.map(|row| {
            let recorded = relation(row.from_id, row.to_id, &row.kind)?;
            Ok(RecordedRelation { recorded, leads_to: SkillId::from_uuid(row.leads_to) })
        })
        .collect()
    }

    /// Takes relations away.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_skill_relations(&self, relations: &[SkillRelation]) -> Result<(), StoreError> {
        for kind in SkillRelationKind::ALL {
            let gone: Vec<_> = relations.iter().filter(|relation| relation.kind == *kind).collect();
            let Some(first) = gone.first() else { continue };
            let mut sql = self.sql("DELETE FROM skill_relation WHERE from_id = ");
            sql.bind(first.from_id.uuid()).push(" AND kind = ").bind(kind.as_str()).push(" AND ");
            sql.one_of("to_id", gone.iter().map(|relation| relation.to_id.uuid()));
            self.execute(sql).await?;
        }
        Ok(())
    }

    /// Every relation of these kinds, both ends read as the skills they stand for today; one that a merge
    /// has folded onto itself is left out. Ask under the catalogue's lock.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn relations_among_all(
        &self,
        kinds: &[SkillRelationKind],
    ) -> Result<Vec<SkillRelation>, StoreError> {
        let mut sql = self.sql(
            "SELECT COALESCE(f.merged_into, f.id) AS from_id, COALESCE(t.merged_into, t.id) AS to_id, l.kind \
             FROM skill_relation l JOIN skill f ON f.id = l.from_id JOIN skill t ON t.id = l.to_id \
             WHERE COALESCE(f.merged_into, f.id) <> COALESCE(t.merged_into, t.id) AND ",
        );
        sql.one_of_text("l.kind", kinds.iter().map(|kind| kind.as_str()));
        let rows = self.all::<EdgeRow>(sql).await?.into_iter();
        rows.map(|row| relation(row.from_id, row.to_id, &row.kind)).collect()
    }
}

fn relation(from: Uuid, to: Uuid, kind: &str) -> Result<SkillRelation, StoreError> {
    let kind = known("skill_relation.kind", kind, SkillRelationKind::parse)?;
    Ok(SkillRelation { from_id: SkillId::from_uuid(from), to_id: SkillId::from_uuid(to), kind })
}
