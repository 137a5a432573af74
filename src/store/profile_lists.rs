//! All role profiles, paths and skill names at once, for use cases that compare or change many. Read on the write's
//! own transaction; who may, `app` has asked before.

use sea_orm::{DbBackend, FromQueryResult};
use uuid::Uuid;

use crate::{
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId, SkillId},
        profiles::{CareerPath, RoleProfile, RoleProfileVersion},
        skills::SkillStatus,
    },
    store::{
        StoreError, Tx,
        profile_versions::{VERSIONS, version},
        profiles::{PROFILES, career_path, profile},
        rows::known,
    },
};

/// A skill as files name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillSlug {
    /// Which.
    pub id: SkillId,
    /// Its slug.
    pub slug: String,
    /// Where it stands.
    pub status: SkillStatus,
    /// What a merged one reads as.
    pub merged_into: Option<SkillId>,
}

#[derive(FromQueryResult)]
struct SlugRow {
    id: Uuid,
    slug: String,
    status: String,
    merged_into: Option<Uuid>,
}

impl Tx {
    /// Keeps every role profile that there is from changing, until the transaction ends: for rules about all
    /// of them, such as that they lead in no circle.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn lock_role_profiles(&self) -> Result<(), StoreError> {
        // On SQLite nobody else writes meanwhile.
        if self.backend() == DbBackend::Postgres {
            let lock = "SELECT 1 FROM revision WHERE aggregate = 'ROLE_PROFILE' ORDER BY id FOR UPDATE";
            self.rows(self.sql(lock)).await?;
        }
        Ok(())
    }

    /// Every role profile, by key.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_role_profile(&self) -> Result<Vec<RoleProfile>, StoreError> {
        let mut sql = self.sql(PROFILES);
        sql.push("1 = 1 ORDER BY f.key");
        self.all(sql).await?.into_iter().map(profile).collect()
    }

    /// Every version that is published or being written.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_open_version(&self) -> Result<Vec<RoleProfileVersion>, StoreError> {
        let mut sql = self.sql(VERSIONS);
        sql.push("v.status IN ('DRAFT', 'PUBLISHED') ORDER BY v.role_profile_id, v.number");
        self.all(sql).await?.into_iter().map(version).collect()
    }

    /// The version of a role profile that is being written.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn draft_of(&self, profile: RoleProfileId) -> Result<Option<RoleProfileVersionId>, StoreError> {
        let mut sql = self.sql(VERSIONS);
        sql.push("v.status = 'DRAFT' AND v.role_profile_id = ").bind(profile.uuid());
        Ok(self.one(sql).await?.map(version).transpose()?.map(|draft| draft.id))
    }

    /// The number of the newest version of a role profile; 0 when it has none.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn newest_version_number(&self, profile: RoleProfileId) -> Result<i32, StoreError> {
        let mut sql = self.sql(VERSIONS);
        sql.push("v.role_profile_id = ").bind(profile.uuid()).push(" ORDER BY v.number DESC LIMIT 1");
        Ok(self.one(sql).await?.map(version).transpose()?.map_or(0, |newest| newest.number))
    }

    /// The number of the newest version of each role profile that has one.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn newest_version_numbers(&self) -> Result<Vec<(RoleProfileId, i32)>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            id: Uuid,
            number: i32,
        }
        let sql = self.sql(
            "SELECT role_profile_id AS id, MAX(number) AS number FROM role_profile_version \
             GROUP BY role_profile_id",
        );
        let rows = self.all::<Row>(sql).await?.into_iter();
        Ok(rows.map(|row| (RoleProfileId::from_uuid(row.id), row.number)).collect())
    }

    /// Every way between role profiles, in the order written.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_career_path(&self) -> Result<Vec<CareerPath>, StoreError> {
        let sql = self.sql(
            "SELECT c.from_id, c.to_id, c.kind, c.criteria FROM career_path c \
             ORDER BY c.from_id, c.position, c.to_id, c.kind",
        );
        self.all(sql).await?.into_iter().map(career_path).collect()
    }

    /// Every skill by its slug.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn every_skill_slug(&self) -> Result<Vec<SkillSlug>, StoreError> {
        let rows = self.all::<SlugRow>(self.sql("SELECT id, slug, status, merged_into FROM skill")).await?;
        let read = |row: SlugRow| {
            Ok(SkillSlug {
                id: SkillId::from_uuid(row.id),
                slug: row.slug,
                status: known("skill.status", &row.status, SkillStatus::parse)?,
                merged_into: row.merged_into.map(SkillId::from_uuid),
            })
        };
        rows.into_iter().map(read).collect()
    }
}
