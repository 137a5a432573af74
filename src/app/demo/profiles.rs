//! The role profiles' rows as entities, each with one published version. Adds ids, nothing else.

use crate::{
    app::demo::{ids::id_of, instants::days_ago, skills::skill_id},
    domain::{
        ids::RoleProfileVersionId,
        profiles::{
            CareerPath, Challenge, MarketFigure, MarketInsight, Practice, Qualification, Responsibility,
            RoleProfile, RoleProfileStatus, RoleProfileVersion, RoleProfileVersionStatus,
            RoleSkillRequirement, SalaryBenchmark,
        },
        time::Timestamp,
    },
    interchange::{
        Located,
        demo::Demo,
        profiles::{
            CareerPathRow, ChallengeRow, MarketFigureRow, MarketInsightRow, PracticeRow, ProfileRow,
            QualificationRow, RequirementRow, ResponsibilitiesRow, SalaryBenchmarkRow,
        },
    },
    store::RoleProfileContent,
};

/// The profiles were published this long before the demo was loaded, before anyone was rated.
const PUBLISHED_DAYS_AGO: i64 = 1600;

/// A profile and its first version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedProfile {
    /// The profile.
    pub profile: RoleProfile,
    /// Its version, PUBLISHED.
    pub version: RoleProfileVersion,
    /// What the version holds.
    pub content: RoleProfileContent,
    /// Where the profile leads.
    pub paths: Vec<CareerPath>,
}

pub(super) fn published(demo: &Demo, now: Timestamp) -> Vec<PublishedProfile> {
    demo.profiles.iter().map(|row| publish(row, now)).collect()
}

fn publish(row: &ProfileRow, now: Timestamp) -> PublishedProfile {
    let version_id: RoleProfileVersionId = id_of(&format!("{} 1", row.key.value));
    let profile = RoleProfile {
        id: id_of(&row.key),
        key: row.key.value.clone(),
        title: row.title.value.clone(),
        family: row.family.clone(),
        track: row.track,
        seniority: row.seniority.value,
        status: RoleProfileStatus::Active,
        published_version_id: Some(version_id),
        revision: 1,
    };
    let version = RoleProfileVersion {
        id: version_id,
        role_profile_id: profile.id,
        number: 1,
        summary: row.summary.clone(),
        status: RoleProfileVersionStatus::Published,
        published_at: Some(days_ago(now, PUBLISHED_DAYS_AGO)),
        retired_at: None,
    };
    let path = |path: &CareerPathRow| CareerPath {
        from_id: profile.id,
        to_id: id_of(&path.to),
        kind: path.kind,
        criteria: path.criteria.clone(),
    };
    let paths = row.career_paths.iter().map(path).collect();
    PublishedProfile { version, content: content(row), paths, profile }
}

fn content(row: &ProfileRow) -> RoleProfileContent {
    RoleProfileContent {
        responsibilities: responsibilities(row),
        requirements: requirements(row),
        qualifications: qualifications(row),
        practices: practices(row),
        challenges: challenges(row),
        market_insights: market_insights(row),
        salary_benchmarks: row.salary_benchmarks.iter().map(salary).collect(),
    }
}

fn responsibilities(row: &ProfileRow) -> Vec<Responsibility> {
    let of_area = |area: &ResponsibilitiesRow| {
        let name = area.area.clone();
        let statements = area.statements.clone();
        statements.into_iter().map(move |statement| Responsibility { area: name.clone(), statement })
    };
    row.responsibilities.iter().flat_map(of_area).collect()
}

fn requirements(row: &ProfileRow) -> Vec<RoleSkillRequirement> {
    let requirement = |row: &RequirementRow| RoleSkillRequirement {
        skill_id: skill_id(&row.skill),
        required_level: row.level,
        importance: row.importance,
        weight: row.weight(),
    };
    row.requirements.iter().map(requirement).collect()
}

fn qualifications(row: &ProfileRow) -> Vec<Qualification> {
    let qualification = |row: &QualificationRow| Qualification {
        kind: row.kind,
        statement: row.statement.clone(),
        min_years: row.min_years.as_ref().map(|years| years.value),
    };
    row.qualifications.iter().map(qualification).collect()
}

fn practices(row: &ProfileRow) -> Vec<Practice> {
    let practice = |row: &PracticeRow| Practice {
        topic: row.topic.clone(),
        statement: row.statement.clone(),
        skill_id: row.skill.as_ref().map(|slug| skill_id(slug)),
    };
    row.practices.iter().map(practice).collect()
}

fn challenges(row: &ProfileRow) -> Vec<Challenge> {
    let challenge = |row: &ChallengeRow| Challenge {
        title: row.title.clone(),
        problem: row.problem.clone(),
        resolution: row.resolution.clone(),
        skill_ids: row.skills.iter().map(|slug| skill_id(slug)).collect(),
    };
    row.challenges.iter().map(challenge).collect()
}

fn market_insights(row: &ProfileRow) -> Vec<MarketInsight> {
    let insight = |row: &MarketInsightRow| MarketInsight {
        topic: row.topic,
        statement: row.statement.clone(),
        figure: row.figure.as_ref().and_then(figure),
        source: row.source.value.clone(),
        as_of: row.as_of,
    };
    row.market_insights.iter().map(insight).collect()
}

fn figure(row: &MarketFigureRow) -> Option<MarketFigure> {
    let year = |year: &Option<Located<i32>>| year.as_ref().map(|year| year.value);
    Some(MarketFigure {
        hundredths: row.hundredths()?,
        unit: row.unit,
        precision: row.precision,
        years: year(&row.from_year).zip(year(&row.to_year)),
    })
}

fn salary(row: &SalaryBenchmarkRow) -> SalaryBenchmark {
    SalaryBenchmark {
        region: row.region.clone(),
        currency: row.currency.value.clone(),
        period: row.period,
        basis: row.basis,
        statistic: row.statistic,
        percentile: row.percentile.as_ref().map(|at| at.value),
        low_minor: row.low_minor.value,
        high_minor: row.high_minor.value,
        source: row.source.value.clone(),
        as_of: row.as_of,
    }
}
