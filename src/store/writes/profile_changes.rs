//! Changing a role profile that is there: what it is called, where it leads, its draft, its end. A version that
//! was published is never changed here; the database would refuse it.

use uuid::Uuid;

use crate::{
    domain::{
        ids::{RoleProfileId, RoleProfileVersionId},
        profiles::{CareerPath, RoleProfile, RoleProfileContent},
        text::fold,
        time::Timestamp,
    },
    store::{StoreError, Tx},
};

/// The tables of a draft's content, the one that leans on another before it.
const CONTENT: [&str; 7] = [
    "responsibility",
    "role_skill_requirement",
    "qualification",
    "practice",
    "challenge",
    "market_insight",
    "salary_benchmark",
];

impl Tx {
    /// Stores the columns of a role profile as given. Its key stays.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn update_role_profile(&self, profile: &RoleProfile) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE role_profile SET title = ");
        sql.bind(profile.title.as_str()).push(", title_key = ").bind(fold(&profile.title));
        sql.push(", family = ").bind(profile.family.as_str());
        sql.push(", track = ").bind(profile.track.as_str());
        sql.push(", seniority = ").bind(profile.seniority);
        sql.push(", status = ").bind(profile.status.as_str());
        sql.push(" WHERE id = ").bind(profile.id.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Makes `paths` all the ways that lead on from a role profile.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn replace_career_paths(
        &self,
        from: RoleProfileId,
        paths: &[CareerPath],
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("DELETE FROM career_path WHERE from_id = ");
        sql.bind(from.uuid());
        self.execute(sql).await?;
        self.insert_career_paths(paths).await
    }

    /// Replaces what a draft says; `fresh` gives ids to the rows of its content.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn rewrite_draft(
        &self,
        draft: RoleProfileVersionId,
        summary: &str,
        content: &RoleProfileContent,
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE role_profile_version SET summary = ");
        sql.bind(summary).push(" WHERE id = ").bind(draft.uuid());
        self.execute(sql).await?;
        let mut sql =
            self.sql("DELETE FROM challenge_skill WHERE challenge_id IN (SELECT id FROM challenge ");
        sql.push("WHERE role_profile_version_id = ").bind(draft.uuid()).push(")");
        self.execute(sql).await?;
        for table in CONTENT {
            let mut sql = self.sql(&format!("DELETE FROM {table} WHERE role_profile_version_id = "));
            sql.bind(draft.uuid());
            self.execute(sql).await?;
        }
        self.insert_role_profile_content(draft, content, fresh).await
    }

    /// Withdraws what is published of a role profile.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn withdraw_published_version(
        &self,
        profile: RoleProfileId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE role_profile_version SET status = 'ARCHIVED', retired_at = ");
        sql.bind_later(at, "published_at");
        sql.push(" WHERE status = 'PUBLISHED' AND role_profile_id = ").bind(profile.uuid());
        self.execute(sql).await.map(drop)
    }
}
