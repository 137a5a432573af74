//! Role profiles: what a role answers for, what it requires, what it pays and where it leads.

pub mod difference;
pub mod regions;
pub mod rules;
pub mod salaries;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{
    choices::choices,
    ids::{RoleProfileId, RoleProfileVersionId, SkillId},
    levels::Level,
    revisions::Revision,
    time::Timestamp,
};

choices! {
    /// The kind of career a role belongs to.
    CareerTrack {
        /// Works on the craft.
        Technical = "TECHNICAL",
        /// Works through others.
        Managerial = "MANAGERIAL",
        /// Works on their own account.
        Independent = "INDEPENDENT",
    }
    /// Where a role profile stands in its life.
    RoleProfileStatus {
        /// Has, or will have, a version people can hold.
        Active = "ACTIVE",
        /// No longer given to anyone.
        Archived = "ARCHIVED",
    }
    /// DRAFT → PUBLISHED → SUPERSEDED or ARCHIVED. A published version never changes.
    RoleProfileVersionStatus {
        /// Being written.
        Draft = "DRAFT",
        /// What holds now; at most one a profile.
        Published = "PUBLISHED",
        /// Replaced by a later version.
        Superseded = "SUPERSEDED",
        /// Withdrawn.
        Archived = "ARCHIVED",
    }
    /// How much a requirement matters.
    Importance {
        /// Without it the person is not ready.
        Must = "MUST",
        /// Expected.
        Should = "SHOULD",
        /// Welcome.
        Nice = "NICE",
    }
    /// What sort of qualification.
    QualificationKind {
        /// A degree or course of study.
        Education = "EDUCATION",
        /// Time in work.
        Experience = "EXPERIENCE",
        /// A certificate.
        Certification = "CERTIFICATION",
        /// Preferred, not needed.
        Preference = "PREFERENCE",
    }
    /// What a market insight is about.
    MarketTopic {
        /// How sought after the role is.
        Demand = "DEMAND",
        /// How scarce the people are.
        Shortage = "SHORTAGE",
        /// Where the role is found.
        Industry = "INDUSTRY",
        /// Where things are going.
        Trend = "TREND",
        /// What moves the pay.
        Factor = "FACTOR",
    }
    /// What the figure of a market insight counts.
    FigureUnit {
        /// Parts of a hundred.
        Percent = "PERCENT",
        /// Things or people.
        Count = "COUNT",
    }
    /// How closely a source states a figure.
    FigurePrecision {
        /// As it stands.
        Exact = "EXACT",
        /// Roughly: `about`, `nearly`, `some`.
        About = "ABOUT",
        /// An upper bound: `up to`.
        AtMost = "AT_MOST",
        /// A lower bound: `more than`, `5+`.
        AtLeast = "AT_LEAST",
    }
    /// What a salary figure is paid for.
    SalaryPeriod {
        /// A year.
        Year = "YEAR",
        /// An hour.
        Hour = "HOUR",
    }
    /// What a salary figure contains.
    SalaryBasis {
        /// Base pay.
        Base = "BASE",
        /// Base pay and everything else.
        Total = "TOTAL",
    }
    /// What a salary figure says of its sample.
    SalaryStatistic {
        /// The arithmetic mean.
        Mean = "MEAN",
        /// The middle value.
        Median = "MEDIAN",
        /// The value a stated share lies below.
        Percentile = "PERCENTILE",
        /// From the lowest to the highest quoted.
        Range = "RANGE",
        /// The most that is paid: `up to`.
        Maximum = "MAXIMUM",
        /// What a source estimates, without saying how.
        Estimate = "ESTIMATE",
    }
    /// How one role leads to another.
    CareerPathKind {
        /// Upwards on the same track.
        Promotion = "PROMOTION",
        /// Sideways.
        Lateral = "LATERAL",
        /// Onto another track.
        TrackChange = "TRACK_CHANGE",
    }
}

impl Importance {
    /// What a requirement weighs where nothing else is said.
    #[must_use]
    pub const fn default_weight(self) -> i32 {
        match self {
            Self::Must => 3,
            Self::Should => 2,
            Self::Nice => 1,
        }
    }
}

/// A role people can hold; its content is in immutable versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleProfile {
    /// Its id.
    pub id: RoleProfileId,
    /// The stable name, a slug: `senior-python-developer`.
    pub key: String,
    /// What people call it.
    pub title: String,
    /// The family of roles it belongs to, e.g. `Software engineering`.
    pub family: String,
    /// The kind of career.
    pub track: CareerTrack,
    /// 1 (entry) to 9; only for order inside a family.
    pub seniority: i32,
    /// Where it stands in its life.
    pub status: RoleProfileStatus,
    /// The version that holds now.
    pub published_version_id: Option<RoleProfileVersionId>,
    /// Raised by every write to the profile or a version of it.
    pub revision: Revision,
}

/// One edition of a role profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleProfileVersion {
    /// Its id.
    pub id: RoleProfileVersionId,
    /// The profile it is an edition of.
    pub role_profile_id: RoleProfileId,
    /// 1, 2, 3 …
    pub number: i32,
    /// What the role is, Markdown.
    pub summary: String,
    /// Where it stands in its life.
    pub status: RoleProfileVersionStatus,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When a later version took its place, or it was withdrawn.
    pub retired_at: Option<Timestamp>,
}

/// Everything a version holds, each list in the order it is shown. Never read back from anything but its own
/// tables: it holds what the role pays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RoleProfileContent {
    /// What the role answers for.
    pub responsibilities: Vec<Responsibility>,
    /// The skills it needs.
    pub requirements: Vec<RoleSkillRequirement>,
    /// Degrees, experience, certificates, preferences.
    pub qualifications: Vec<Qualification>,
    /// Ways of working.
    pub practices: Vec<Practice>,
    /// Difficulties and how they are met.
    pub challenges: Vec<Challenge>,
    /// The market.
    pub market_insights: Vec<MarketInsight>,
    /// The pay.
    pub salary_benchmarks: Vec<SalaryBenchmark>,
}

/// Something the role answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// The area, e.g. `Leadership and mentorship`.
    pub area: String,
    /// What is done there.
    pub statement: String,
}

/// A level of a skill that the role needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSkillRequirement {
    /// The skill.
    pub skill_id: SkillId,
    /// 1–5.
    pub required_level: Level,
    /// How much it matters.
    pub importance: Importance,
    /// 1–100; by default MUST 3, SHOULD 2, NICE 1.
    pub weight: i32,
}

impl RoleSkillRequirement {
    /// What two requirements of one skill come to, where a merge brought them together: in each respect the
    /// stronger, so that neither a level nor a MUST is lost.
    #[must_use]
    pub fn or_stronger(self, other: &Self) -> Self {
        Self {
            required_level: self.required_level.max(other.required_level),
            // MUST is declared first.
            importance: self.importance.min(other.importance),
            weight: self.weight.max(other.weight),
            ..self
        }
    }
}

/// A degree, experience, certificate or preference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qualification {
    /// What sort.
    pub kind: QualificationKind,
    /// What is asked for.
    pub statement: String,
    /// Years, where the statement names them.
    pub min_years: Option<i32>,
}

/// A way of working the role keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// The topic, e.g. `Testing and security`.
    pub topic: String,
    /// What is done.
    pub statement: String,
    /// The skill it exercises.
    pub skill_id: Option<SkillId>,
}

/// A difficulty the role meets, and how it is met.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// A short name.
    pub title: String,
    /// What goes wrong.
    pub problem: String,
    /// What helps.
    pub resolution: String,
    /// The skills that help.
    pub skill_ids: Vec<SkillId>,
}

/// A statement about the market for the role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketInsight {
    /// What it is about.
    pub topic: MarketTopic,
    /// What it says.
    pub statement: String,
    /// The figure that the statement is about, where it is about one.
    pub figure: Option<MarketFigure>,
    /// Who says so.
    pub source: String,
    /// As of when.
    pub as_of: NaiveDate,
}

/// A figure of the market that is no pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketFigure {
    /// Its value in hundredths of the unit, so that it is exact.
    pub hundredths: i64,
    /// What it counts.
    pub unit: FigureUnit,
    /// How closely the source states it.
    pub precision: FigurePrecision,
    /// The first and the last calendar year it is about, where the source names them.
    pub years: Option<(i32, i32)>,
}

/// A figure for what the role is paid. Readable only with the permission for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalaryBenchmark {
    /// ISO 3166-1 or -2, or a stated wider region such as `North America`.
    pub region: String,
    /// ISO 4217.
    pub currency: String,
    /// What it is paid for.
    pub period: SalaryPeriod,
    /// What it contains.
    pub basis: SalaryBasis,
    /// What it says of its sample.
    pub statistic: SalaryStatistic,
    /// 1–99, exactly when `statistic` is PERCENTILE.
    pub percentile: Option<i32>,
    /// The figure, or the lower end of a RANGE, in minor units.
    pub low_minor: i64,
    /// The upper end; equal to `low_minor` unless `statistic` is RANGE.
    pub high_minor: i64,
    /// Who says so.
    pub source: String,
    /// As of when.
    pub as_of: NaiveDate,
}

/// A way from this role to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CareerPath {
    /// From here …
    pub from_id: RoleProfileId,
    /// … to there.
    pub to_id: RoleProfileId,
    /// How. Paths may form a circle only by LATERAL.
    pub kind: CareerPathKind,
    /// What has to be shown first.
    pub criteria: String,
}
