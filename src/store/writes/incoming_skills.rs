//! What an import of skills asks under the catalogue's lock, and what it writes in bulk. Reads nothing for a
//! client.

use std::collections::HashMap;

use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    domain::{
        ids::{SkillCategoryId, SkillId},
        skills::{
            ExternalMatch, ExternalScheme, Skill, SkillCategory, SkillLevelDescriptor, SkillRelation,
            SkillRelationKind,
        },
    },
    store::{
        StoreError, Tx,
        rows::{known, level, texts, uuids},
        writes::catalogue::row_of,
    },
};

/// A reference of one taxonomy that a skill holds, of whatever release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldReference {
    /// The row's id.
    pub id: Uuid,
    /// The skill's name there.
    pub uri: String,
    /// The release.
    pub version: String,
    /// How well the two agree.
    pub match_kind: ExternalMatch,
    /// The skill it was given to.
    pub skill_id: SkillId,
}

/// A skill found by its slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldSlug {
    /// The slug.
    pub slug: String,
    /// The skill.
    pub skill_id: SkillId,
}

#[derive(FromQueryResult)]
struct ReferenceRow {
    id: Uuid,
    uri: String,
    scheme_version: String,
    match_kind: String,
    skill_id: Uuid,
}

#[derive(FromQueryResult)]
struct SlugRow {
    slug: String,
    id: Uuid,
}

#[derive(FromQueryResult)]
struct CategoryRow {
    id: Uuid,
    name: String,
    slug: String,
    parent_id: Option<Uuid>,
    position: i32,
    revision: i64,
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
}

impl Tx {
    /// Every category.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_category(&self) -> Result<Vec<SkillCategory>, StoreError> {
        let sql = self.sql(
            "SELECT c.id, c.name, c.slug, c.parent_id, c.position, r.value AS revision FROM skill_category c \
             JOIN revision r ON r.aggregate = 'SKILL_CATEGORY' AND r.id = c.id",
        );
        let category = |row: CategoryRow| SkillCategory {
            id: SkillCategoryId::from_uuid(row.id),
            name: row.name,
            slug: row.slug,
            parent_id: row.parent_id.map(SkillCategoryId::from_uuid),
            position: row.position,
            revision: row.revision,
        };
        Ok(self.all::<CategoryRow>(sql).await?.into_iter().map(category).collect())
    }

    /// Who holds each of `uris` of a taxonomy, in any release.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn references_held(
        &self,
        scheme: ExternalScheme,
        uris: &[&str],
    ) -> Result<Vec<HeldReference>, StoreError> {
        let mut sql = self
            .sql("SELECT id, uri, scheme_version, match_kind, skill_id FROM external_ref WHERE scheme = ");
        sql.bind(scheme.as_str()).push(" AND ").one_of_text("uri", uris.iter().copied()).push(" ORDER BY id");
        let held = |row: ReferenceRow| {
            Ok(HeldReference {
                id: row.id,
                uri: row.uri,
                version: row.scheme_version,
                match_kind: known("external_ref.match_kind", &row.match_kind, ExternalMatch::parse)?,
                skill_id: SkillId::from_uuid(row.skill_id),
            })
        };
        self.all::<ReferenceRow>(sql).await?.into_iter().map(held).collect()
    }

    /// The skills with one of `slugs`, in whatever state.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn skills_with_slugs(&self, slugs: &[&str]) -> Result<Vec<HeldSlug>, StoreError> {
        let mut sql = self.sql("SELECT slug, id FROM skill WHERE ");
        sql.one_of_text("slug", slugs.iter().copied());
        let held = |row: SlugRow| HeldSlug { slug: row.slug, skill_id: SkillId::from_uuid(row.id) };
        Ok(self.all::<SlugRow>(sql).await?.into_iter().map(held).collect())
    }

    /// What the levels of `skills` look like.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn level_descriptors_held(
        &self,
        skills: &[SkillId],
    ) -> Result<HashMap<SkillId, Vec<SkillLevelDescriptor>>, StoreError> {
        let mut sql =
            self.sql("SELECT skill_id, level, behaviour, examples FROM skill_level_descriptor WHERE ");
        sql.one_of("skill_id", uuids(skills)).push(" ORDER BY skill_id, level");
        let mut held: HashMap<SkillId, Vec<SkillLevelDescriptor>> = HashMap::new();
        for row in self.all::<DescriptorRow>(sql).await? {
            let skill_id = SkillId::from_uuid(row.skill_id);
            held.entry(skill_id).or_default().push(SkillLevelDescriptor {
                skill_id,
                level: level("skill_level_descriptor.level", row.level)?,
                behaviour: row.behaviour,
                examples: texts("skill_level_descriptor.examples", &row.examples)?,
            });
        }
        Ok(held)
    }

    /// Every relation as recorded.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_relation(&self) -> Result<Vec<SkillRelation>, StoreError> {
        let relation = |row: RelationRow| {
            let kind = known("skill_relation.kind", &row.kind, SkillRelationKind::parse)?;
            let (from_id, to_id) = (SkillId::from_uuid(row.from_id), SkillId::from_uuid(row.to_id));
            Ok(SkillRelation { from_id, to_id, kind })
        };
        let sql = self.sql("SELECT from_id, to_id, kind FROM skill_relation");
        self.all::<RelationRow>(sql).await?.into_iter().map(relation).collect()
    }

    /// Stores the columns of many skills as given; their revisions are [`raise`](Self::raise)d.
    ///
    /// # Errors
    /// [`StoreError`]; `skill.slug` when a slug is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_skills(&self, skills: &[Skill]) -> Result<(), StoreError> {
        self.update(skills.iter().map(row_of)).await
    }

    /// Takes references away.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_external_refs(&self, ids: &[Uuid]) -> Result<(), StoreError> {
        if ids.is_empty() {
            return Ok(());
        }
        let mut sql = self.sql("DELETE FROM external_ref WHERE ");
        sql.one_of("id", ids.iter().copied());
        self.execute(sql).await.map(drop)
    }

    /// Takes away what all levels of `skills` look like.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn delete_level_descriptors(&self, skills: &[SkillId]) -> Result<(), StoreError> {
        if skills.is_empty() {
            return Ok(());
        }
        let mut sql = self.sql("DELETE FROM skill_level_descriptor WHERE ");
        sql.one_of("skill_id", uuids(skills));
        self.execute(sql).await.map(drop)
    }
}
