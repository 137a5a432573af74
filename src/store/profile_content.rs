//! What versions of role profiles hold, list by list. Read for everyone and remembered by `views`, but for
//! what they pay: that asks for its permission each time, and is remembered nowhere.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::{
    auth::Scope,
    domain::{
        ids::{RoleProfileVersionId, SkillId},
        policy::reach,
        profiles::{
            Challenge, FigurePrecision, FigureUnit, Importance, MarketFigure, MarketInsight, MarketTopic,
            Practice, Qualification, QualificationKind, Responsibility, RoleProfileContent,
            RoleSkillRequirement, SalaryBasis, SalaryBenchmark, SalaryPeriod, SalaryStatistic,
        },
    },
    store::{
        Reader, Snapshot, StoreError, Tx,
        rows::{grouped, known, level, uuids},
        sql::Sql,
    },
};

pub(super) const BENCHMARK_COLUMNS: &str = "c.region, c.currency, c.period, c.basis, c.statistic, c.percentile, \
     c.low_minor, c.high_minor, c.source, c.as_of";

/// A list of each version.
type Content<T> = Result<HashMap<RoleProfileVersionId, Vec<T>>, StoreError>;

#[derive(FromQueryResult)]
struct ResponsibilityRow {
    version_id: Uuid,
    area: String,
    statement: String,
}

#[derive(FromQueryResult)]
struct RequirementRow {
    version_id: Uuid,
    skill_id: Uuid,
    required_level: i32,
    importance: String,
    weight: i32,
}

#[derive(FromQueryResult)]
struct QualificationRow {
    version_id: Uuid,
    kind: String,
    statement: String,
    min_years: Option<i32>,
}

#[derive(FromQueryResult)]
struct PracticeRow {
    version_id: Uuid,
    topic: String,
    statement: String,
    skill_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct ChallengeRow {
    version_id: Uuid,
    id: Uuid,
    title: String,
    problem: String,
    resolution: String,
    skill_id: Option<Uuid>,
}

#[derive(FromQueryResult)]
struct InsightRow {
    version_id: Uuid,
    topic: String,
    statement: String,
    figure_hundredths: Option<i64>,
    figure_unit: Option<String>,
    figure_precision: Option<String>,
    figure_from_year: Option<i32>,
    figure_to_year: Option<i32>,
    source: String,
    as_of: NaiveDate,
}

#[derive(FromQueryResult)]
pub(super) struct BenchmarkRow {
    version_id: Uuid,
    region: String,
    currency: String,
    period: String,
    basis: String,
    statistic: String,
    percentile: Option<i32>,
    pub(super) low_minor: i64,
    high_minor: i64,
    source: String,
    as_of: NaiveDate,
}

/// Reads for everyone: only `views` takes a [`Snapshot`].
impl Snapshot {
    /// What each of `versions` holds, but for what it pays.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profile_contents(
        &self,
        versions: &[RoleProfileVersionId],
    ) -> Result<HashMap<RoleProfileVersionId, RoleProfileContent>, StoreError> {
        self.unpaid_contents_of(versions).await
    }
}

/// What a use case changes or compares it reads whole; who may, `app` has asked before.
impl Tx {
    /// What each of `versions` holds, with what it pays.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn role_profile_contents(
        &self,
        versions: &[RoleProfileVersionId],
    ) -> Result<HashMap<RoleProfileVersionId, RoleProfileContent>, StoreError> {
        let mut contents = self.unpaid_contents_of(versions).await?;
        for (version, benchmarks) in self.benchmarks_of(versions).await? {
            contents.entry(version).or_default().salary_benchmarks = benchmarks;
        }
        Ok(contents)
    }
}

impl Reader {
    async fn unpaid_contents_of(
        &self,
        versions: &[RoleProfileVersionId],
    ) -> Result<HashMap<RoleProfileVersionId, RoleProfileContent>, StoreError> {
        let mut responsibilities = self.responsibilities_of(versions).await?;
        let mut requirements = self.requirements_of(versions).await?;
        let mut qualifications = self.qualifications_of(versions).await?;
        let mut practices = self.practices_of(versions).await?;
        let mut challenges = self.challenges_of(versions).await?;
        let mut market_insights = self.market_insights_of(versions).await?;
        let mut content = |version: &RoleProfileVersionId| RoleProfileContent {
            responsibilities: responsibilities.remove(version).unwrap_or_default(),
            requirements: requirements.remove(version).unwrap_or_default(),
            qualifications: qualifications.remove(version).unwrap_or_default(),
            practices: practices.remove(version).unwrap_or_default(),
            challenges: challenges.remove(version).unwrap_or_default(),
            market_insights: market_insights.remove(version).unwrap_or_default(),
            salary_benchmarks: Vec::new(),
        };
        Ok(versions.iter().map(|version| (*version, content(version))).collect())
    }

    /// What each version answers for, in the order written.
    async fn responsibilities_of(&self, versions: &[RoleProfileVersionId]) -> Content<Responsibility> {
        let sql = self.content("responsibility", "c.area, c.statement", versions);
        grouped(self.all::<ResponsibilityRow>(sql).await?.into_iter().map(|row| {
            let item = Responsibility { area: row.area, statement: row.statement };
            Ok((RoleProfileVersionId::from_uuid(row.version_id), item))
        }))
    }

    /// What each version requires, in the order written, by the skill each reads as today. Two that a
    /// merge brought together read as the stronger one.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn requirements_of(&self, versions: &[RoleProfileVersionId]) -> Content<RoleSkillRequirement> {
        let mut sql = self.sql(
            "SELECT c.role_profile_version_id AS version_id, COALESCE(s.merged_into, s.id) AS skill_id, \
             c.required_level, c.importance, c.weight FROM role_skill_requirement c \
             JOIN skill s ON s.id = c.skill_id WHERE ",
        );
        sql.one_of("c.role_profile_version_id", uuids(versions)).push(" ORDER BY c.position, c.id");
        let mut lists = grouped(self.all::<RequirementRow>(sql).await?.into_iter().map(requirement))?;
        lists.values_mut().for_each(keep_the_stronger);
        Ok(lists)
    }

    /// What each version asks for besides skills, in the order written.
    async fn qualifications_of(&self, versions: &[RoleProfileVersionId]) -> Content<Qualification> {
        let sql = self.content("qualification", "c.kind, c.statement, c.min_years", versions);
        grouped(self.all::<QualificationRow>(sql).await?.into_iter().map(|row| {
            let kind = known("qualification.kind", &row.kind, QualificationKind::parse)?;
            let item = Qualification { kind, statement: row.statement, min_years: row.min_years };
            Ok((RoleProfileVersionId::from_uuid(row.version_id), item))
        }))
    }

    /// The practices each version keeps, in the order written.
    async fn practices_of(&self, versions: &[RoleProfileVersionId]) -> Content<Practice> {
        let sql = self.content("practice", "c.topic, c.statement, c.skill_id", versions);
        grouped(self.all::<PracticeRow>(sql).await?.into_iter().map(|row| {
            let skill_id = row.skill_id.map(SkillId::from_uuid);
            let item = Practice { topic: row.topic, statement: row.statement, skill_id };
            Ok((RoleProfileVersionId::from_uuid(row.version_id), item))
        }))
    }

    /// The challenges each version meets, in the order written, each with its skills.
    async fn challenges_of(&self, versions: &[RoleProfileVersionId]) -> Content<Challenge> {
        let mut sql = self.sql(
            "SELECT c.role_profile_version_id AS version_id, c.id, c.title, c.problem, c.resolution, \
             k.skill_id FROM challenge c LEFT JOIN challenge_skill k ON k.challenge_id = c.id WHERE ",
        );
        sql.one_of("c.role_profile_version_id", uuids(versions));
        sql.push(" ORDER BY c.position, c.id, k.position, k.skill_id");
        let mut challenges: Vec<(Uuid, RoleProfileVersionId, Challenge)> = Vec::new();
        for row in self.all::<ChallengeRow>(sql).await? {
            let skill = row.skill_id.map(SkillId::from_uuid);
            match challenges.last_mut() {
                Some((id, _, last)) if *id == row.id => last.skill_ids.extend(skill),
                _ => challenges.push(challenge(row, skill)),
            }
        }
        grouped(challenges.into_iter().map(|(_, version, item)| Ok((version, item))))
    }

    /// What each version says of the market, in the order written.
    async fn market_insights_of(&self, versions: &[RoleProfileVersionId]) -> Content<MarketInsight> {
        let columns = "c.topic, c.statement, c.figure_hundredths, c.figure_unit, c.figure_precision, \
                       c.figure_from_year, c.figure_to_year, c.source, c.as_of";
        let sql = self.content("market_insight", columns, versions);
        grouped(self.all::<InsightRow>(sql).await?.into_iter().map(|row| {
            let topic = known("market_insight.topic", &row.topic, MarketTopic::parse)?;
            let figure = figure(&row)?;
            let (statement, source, as_of) = (row.statement, row.source, row.as_of);
            let item = MarketInsight { topic, statement, figure, source, as_of };
            Ok((RoleProfileVersionId::from_uuid(row.version_id), item))
        }))
    }

    /// What each version pays, in the order written; `None` without the permission to know.
    ///
    /// # Errors
    /// [`StoreError`].
    #[tracing::instrument(level = "debug", skip_all)]
    pub async fn salary_benchmarks_of(
        &self,
        scope: &Scope,
        versions: &[RoleProfileVersionId],
    ) -> Result<Option<HashMap<RoleProfileVersionId, Vec<SalaryBenchmark>>>, StoreError> {
        if !reach::salaries(scope.claims()) {
            return Ok(None);
        }
        self.benchmarks_of(versions).await.map(Some)
    }

    async fn benchmarks_of(&self, versions: &[RoleProfileVersionId]) -> Content<SalaryBenchmark> {
        let sql = self.content("salary_benchmark", BENCHMARK_COLUMNS, versions);
        grouped(self.all::<BenchmarkRow>(sql).await?.into_iter().map(benchmark))
    }

    fn content(&self, table: &str, columns: &str, versions: &[RoleProfileVersionId]) -> Sql {
        let mut sql = self
            .sql(&format!("SELECT c.role_profile_version_id AS version_id, {columns} FROM {table} c WHERE "));
        sql.one_of("c.role_profile_version_id", uuids(versions)).push(" ORDER BY c.position, c.id");
        sql
    }
}

fn requirement(row: RequirementRow) -> Result<(RoleProfileVersionId, RoleSkillRequirement), StoreError> {
    let item = RoleSkillRequirement {
        skill_id: SkillId::from_uuid(row.skill_id),
        required_level: level("role_skill_requirement.required_level", row.required_level)?,
        importance: known("role_skill_requirement.importance", &row.importance, Importance::parse)?,
        weight: row.weight,
    };
    Ok((RoleProfileVersionId::from_uuid(row.version_id), item))
}

/// Invariant 3: of requirements that a merge brought onto one skill, the stronger holds in each respect.
pub(super) fn keep_the_stronger(list: &mut Vec<RoleSkillRequirement>) {
    let mut kept: Vec<RoleSkillRequirement> = Vec::with_capacity(list.len());
    for item in list.drain(..) {
        match kept.iter_mut().find(|earlier| earlier.skill_id == item.skill_id) {
            Some(earlier) => *earlier = earlier.clone().or_stronger(&item),
            None => kept.push(item),
        }
    }
    *list = kept;
}

fn challenge(row: ChallengeRow, skill: Option<SkillId>) -> (Uuid, RoleProfileVersionId, Challenge) {
    let item = Challenge {
        title: row.title,
        problem: row.problem,
        resolution: row.resolution,
        skill_ids: skill.into_iter().collect(),
    };
    (row.id, RoleProfileVersionId::from_uuid(row.version_id), item)
}

fn figure(row: &InsightRow) -> Result<Option<MarketFigure>, StoreError> {
    let (Some(hundredths), Some(unit), Some(precision)) =
        (row.figure_hundredths, &row.figure_unit, &row.figure_precision)
    else {
        return Ok(None);
    };
    Ok(Some(MarketFigure {
        hundredths,
        unit: known("market_insight.figure_unit", unit, FigureUnit::parse)?,
        precision: known("market_insight.figure_precision", precision, FigurePrecision::parse)?,
        years: row.figure_from_year.zip(row.figure_to_year),
    }))
}

pub(super) fn benchmark(row: BenchmarkRow) -> Result<(RoleProfileVersionId, SalaryBenchmark), StoreError> {
    let item = SalaryBenchmark {
        region: row.region,
        currency: row.currency,
        period: known("salary_benchmark.period", &row.period, SalaryPeriod::parse)?,
        basis: known("salary_benchmark.basis", &row.basis, SalaryBasis::parse)?,
        statistic: known("salary_benchmark.statistic", &row.statistic, SalaryStatistic::parse)?,
        percentile: row.percentile,
        low_minor: row.low_minor,
        high_minor: row.high_minor,
        source: row.source,
        as_of: row.as_of,
    };
    Ok((RoleProfileVersionId::from_uuid(row.version_id), item))
}
