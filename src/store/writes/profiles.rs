//! Storing role profiles and their versions. Content is stored while its version is a draft; from
//! publication on the database refuses to change it.

use uuid::Uuid;

use crate::{
    domain::{
        ids::RoleProfileVersionId,
        profiles::{
            CareerPath, Challenge, RoleProfile, RoleProfileContent, RoleProfileVersion,
            RoleProfileVersionStatus,
        },
        revisions::{Aggregate, Root},
        text::fold,
        time::Timestamp,
    },
    store::{
        StoreError, Tx,
        entity::{
            profile_content::{
                challenge, challenge_skill, market_insight, practice, qualification, responsibility,
                role_skill_requirement, salary_benchmark,
            },
            profiles::{career_path, role_profile, role_profile_version},
        },
    },
};

/// Numbers rows and gives them ids.
fn placed<T, R>(items: &[T], fresh: &mut dyn FnMut() -> Uuid, row: impl Fn(Uuid, i32, &T) -> R) -> Vec<R> {
    (0..).zip(items).map(|(position, item)| row(fresh(), position, item)).collect()
}

impl Tx {
    /// Stores new role profiles.
    ///
    /// # Errors
    /// [`StoreError`]; `role_profile.key` when a key is taken.
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_role_profiles(&self, profiles: &[RoleProfile]) -> Result<(), StoreError> {
        self.found(&profiles.iter().map(|profile| Root::of(Aggregate::RoleProfile, profile.id)).collect())
            .await?;
        let row = |profile: &RoleProfile| role_profile::Model {
            id: profile.id.uuid(),
            key: profile.key.clone(),
            title: profile.title.clone(),
            title_key: fold(&profile.title),
            family: profile.family.clone(),
            track: profile.track.as_str().to_owned(),
            seniority: profile.seniority,
            status: profile.status.as_str().to_owned(),
        };
        self.insert(profiles.iter().map(row)).await
    }

    /// Stores a version as a draft, with its content; `fresh` gives ids to the rows of the content.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_role_profile_version(
        &self,
        version: &RoleProfileVersion,
        content: &RoleProfileContent,
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        let row = role_profile_version::Model {
            id: version.id.uuid(),
            role_profile_id: version.role_profile_id.uuid(),
            number: version.number,
            summary: version.summary.clone(),
            status: RoleProfileVersionStatus::Draft.as_str().to_owned(),
            published_at: None,
            retired_at: None,
        };
        self.insert([row]).await?;
        self.insert_role_profile_content(version.id, content, fresh).await
    }

    /// Stores what a draft holds, of which nothing is there yet.
    pub(super) async fn insert_role_profile_content(
        &self,
        draft: RoleProfileVersionId,
        content: &RoleProfileContent,
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        self.insert_duties(draft.uuid(), content, fresh).await?;
        self.insert_challenges(draft.uuid(), &content.challenges, fresh).await?;
        self.insert_market(draft.uuid(), content, fresh).await
    }

    async fn insert_duties(
        &self,
        version: Uuid,
        content: &RoleProfileContent,
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        let rows = placed(&content.responsibilities, fresh, |id, position, item| responsibility::Model {
            id,
            role_profile_version_id: version,
            position,
            area: item.area.clone(),
            statement: item.statement.clone(),
        });
        self.insert(rows).await?;
        let rows = placed(&content.requirements, fresh, |id, position, item| role_skill_requirement::Model {
            id,
            role_profile_version_id: version,
            position,
            skill_id: item.skill_id.uuid(),
            required_level: item.required_level.value().into(),
            importance: item.importance.as_str().to_owned(),
            weight: item.weight,
        });
        self.insert(rows).await?;
        let rows = placed(&content.qualifications, fresh, |id, position, item| qualification::Model {
            id,
            role_profile_version_id: version,
            position,
            kind: item.kind.as_str().to_owned(),
            statement: item.statement.clone(),
            min_years: item.min_years,
        });
        self.insert(rows).await?;
        let rows = placed(&content.practices, fresh, |id, position, item| practice::Model {
            id,
            role_profile_version_id: version,
            position,
            topic: item.topic.clone(),
            statement: item.statement.clone(),
            skill_id: item.skill_id.map(|id| id.uuid()),
        });
        self.insert(rows).await
    }

    async fn insert_challenges(
        &self,
        version: Uuid,
        challenges: &[Challenge],
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        let rows = placed(challenges, fresh, |id, position, item| challenge::Model {
            id,
            role_profile_version_id: version,
            position,
            title: item.title.clone(),
            problem: item.problem.clone(),
            resolution: item.resolution.clone(),
        });
        let helps = rows.iter().zip(challenges).flat_map(|(row, item)| {
            (0..).zip(&item.skill_ids).map(|(position, skill)| challenge_skill::Model {
                challenge_id: row.id,
                skill_id: skill.uuid(),
                position,
            })
        });
        let helps: Vec<_> = helps.collect();
        self.insert(rows).await?;
        self.insert(helps).await
    }

    async fn insert_market(
        &self,
        version: Uuid,
        content: &RoleProfileContent,
        fresh: &mut (dyn FnMut() -> Uuid + Send),
    ) -> Result<(), StoreError> {
        let rows = placed(&content.market_insights, fresh, |id, position, item| market_insight::Model {
            id,
            role_profile_version_id: version,
            position,
            topic: item.topic.as_str().to_owned(),
            statement: item.statement.clone(),
            figure_hundredths: item.figure.map(|figure| figure.hundredths),
            figure_unit: item.figure.map(|figure| figure.unit.as_str().to_owned()),
            figure_precision: item.figure.map(|figure| figure.precision.as_str().to_owned()),
            figure_from_year: item.figure.and_then(|figure| figure.years).map(|(from, _)| from),
            figure_to_year: item.figure.and_then(|figure| figure.years).map(|(_, to)| to),
            source: item.source.clone(),
            as_of: item.as_of,
        });
        self.insert(rows).await?;
        let rows = placed(&content.salary_benchmarks, fresh, |id, position, item| salary_benchmark::Model {
            id,
            role_profile_version_id: version,
            position,
            region: item.region.clone(),
            currency: item.currency.clone(),
            period: item.period.as_str().to_owned(),
            basis: item.basis.as_str().to_owned(),
            statistic: item.statistic.as_str().to_owned(),
            percentile: item.percentile,
            low_minor: item.low_minor,
            high_minor: item.high_minor,
            source: item.source.clone(),
            as_of: item.as_of,
        });
        self.insert(rows).await
    }

    /// Publishes a draft; the version published before it is SUPERSEDED at the same instant. That is `at`, or
    /// when the one before was published: whoever waited for the lock, or has a slow clock, comes later.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn publish_role_profile_version(
        &self,
        version: RoleProfileVersionId,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut sql = self.sql("UPDATE role_profile_version SET status = 'SUPERSEDED', retired_at = ");
        sql.bind_later(at, "published_at");
        sql.push(" WHERE status = 'PUBLISHED' AND role_profile_id = (SELECT v.role_profile_id FROM ");
        sql.push("role_profile_version v WHERE v.id = ").bind(version.uuid()).push(")");
        self.execute(sql).await?;
        let mut sql = self.sql("UPDATE role_profile_version SET status = 'PUBLISHED', published_at = ");
        sql.push("COALESCE((SELECT max(v.retired_at) FROM role_profile_version v WHERE v.retired_at > ");
        sql.bind(at).push(" AND v.role_profile_id = role_profile_version.role_profile_id), ").bind(at);
        sql.push(") WHERE id = ").bind(version.uuid());
        self.execute(sql).await.map(drop)
    }

    /// Stores ways from role to role, in the order shown.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn insert_career_paths(&self, paths: &[CareerPath]) -> Result<(), StoreError> {
        let row = |(position, path): (i32, &CareerPath)| career_path::Model {
            from_id: path.from_id.uuid(),
            to_id: path.to_id.uuid(),
            kind: path.kind.as_str().to_owned(),
            criteria: path.criteria.clone(),
            position,
        };
        self.insert((0..).zip(paths).map(row)).await
    }
}
