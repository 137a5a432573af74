//! What a file of a role profile holds. The comments here are the descriptions of its JSON Schema.

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

use crate::{
    domain::{
        levels::Level,
        profiles::{
            CareerPathKind, CareerTrack, FigurePrecision, FigureUnit, Importance, MarketTopic,
            QualificationKind, SalaryBasis, SalaryPeriod, SalaryStatistic, rules,
        },
    },
    interchange::form::one_of,
};

/// The most a figure of the market can be: beyond it its hundredths are not exact.
const MOST_FIGURE: i64 = rules::MOST_MINOR / 100;

/// A role profile: what the role answers for, what it requires, what it pays and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileRow {
    /// The stable name, such as `senior-python-developer`; other profiles lead to it by this name.
    #[schemars(regex(pattern = "^[a-z0-9]+(-[a-z0-9]+)*$"), length(max = 64))]
    pub key: String,
    /// What people call the role.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub title: String,
    /// The family of roles it belongs to, such as `Software engineering`.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub family: String,
    /// The kind of career it belongs to.
    #[schemars(schema_with = "one_of::<CareerTrack>")]
    pub track: CareerTrack,
    /// From entry upwards; only for order inside a family.
    #[schemars(range(min = *rules::SENIORITIES.start(), max = *rules::SENIORITIES.end()))]
    pub seniority: i32,
    /// What the role is, in Markdown.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub summary: String,
    /// What it answers for, by area.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsibilities: Vec<ResponsibilitiesRow>,
    /// The levels of skills it needs.
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "on_lines")]
    #[schemars(length(max = rules::MOST_ITEMS))]
    pub requirements: Vec<RequirementRow>,
    /// Degrees, experience, certificates and preferences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = rules::MOST_ITEMS))]
    pub qualifications: Vec<QualificationRow>,
    /// Ways of working.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = rules::MOST_ITEMS))]
    pub practices: Vec<PracticeRow>,
    /// Difficulties and what helps.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = rules::MOST_ITEMS))]
    pub challenges: Vec<ChallengeRow>,
    /// What the market for it looks like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = rules::MOST_ITEMS))]
    pub market_insights: Vec<MarketInsightRow>,
    /// What it is paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = rules::MOST_ITEMS))]
    pub salary_benchmarks: Vec<SalaryBenchmarkRow>,
    /// Where it leads. Only LATERAL ways may form a circle.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = rules::MOST_PATHS))]
    pub career_paths: Vec<CareerPathRow>,
}

/// What a role answers for in one area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Responsibilities")]
pub struct ResponsibilitiesRow {
    /// The area, such as `Leadership and mentorship`.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub area: String,
    /// What is done there.
    #[schemars(length(min = 1, max = rules::MOST_ITEMS), inner(length(min = 1, max = rules::LONGEST_PROSE)))]
    pub statements: Vec<String>,
}

/// A level of a skill that the role needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Requirement")]
pub struct RequirementRow {
    /// The slug of the skill, once a profile.
    pub skill: String,
    /// The level that is needed.
    #[schemars(with = "i32", range(min = *rules::LEVELS.start(), max = *rules::LEVELS.end()))]
    pub level: Level,
    /// How much it matters.
    #[schemars(schema_with = "one_of::<Importance>")]
    pub importance: Importance,
    /// What it weighs in the weighted fulfilment. By default MUST 3, SHOULD 2, NICE 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *rules::WEIGHTS.start(), max = *rules::WEIGHTS.end()))]
    pub weight: Option<i32>,
}

impl RequirementRow {
    /// The stated weight, or the default of the importance.
    #[must_use]
    pub fn weight(&self) -> i32 {
        self.weight.unwrap_or(self.importance.default_weight())
    }
}

/// A degree, experience, certificate or preference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Qualification")]
pub struct QualificationRow {
    /// What sort.
    #[schemars(schema_with = "one_of::<QualificationKind>")]
    pub kind: QualificationKind,
    /// What is asked for.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub statement: String,
    /// The least number of years, where the statement names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *rules::YEARS.start(), max = *rules::YEARS.end()))]
    pub min_years: Option<i32>,
}

/// A way of working.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Practice")]
pub struct PracticeRow {
    /// The topic, such as `Testing and security`.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub topic: String,
    /// What is done.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub statement: String,
    /// The slug of the skill it exercises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
}

/// A difficulty and what helps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "Challenge")]
pub struct ChallengeRow {
    /// A short name.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub title: String,
    /// What goes wrong.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub problem: String,
    /// What helps.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub resolution: String,
    /// The slugs of the skills that help.
    #[serde(default, skip_serializing_if = "Vec::is_empty", serialize_with = "on_one_line")]
    #[schemars(length(max = rules::MOST_HELPING))]
    pub skills: Vec<String>,
}

/// A statement about the market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MarketInsight")]
pub struct MarketInsightRow {
    /// What it is about.
    #[schemars(schema_with = "one_of::<MarketTopic>")]
    pub topic: MarketTopic,
    /// What it says.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub statement: String,
    /// The figure that it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "MarketFigureRow")]
    pub figure: Option<MarketFigureRow>,
    /// Who says so.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub source: String,
    /// As of when.
    #[schemars(schema_with = "day")]
    pub as_of: NaiveDate,
}

/// A figure of the market that is no pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "MarketFigure", extend("dependentRequired" = { "fromYear": ["toYear"], "toYear": ["fromYear"] }))]
pub struct MarketFigureRow {
    /// The value, with at most two decimals.
    #[schemars(with = "f64", range(min = -MOST_FIGURE, max = MOST_FIGURE), extend("multipleOf" = 0.01))]
    pub value: Hundredths,
    /// What it counts.
    #[schemars(schema_with = "one_of::<FigureUnit>")]
    pub unit: FigureUnit,
    /// How closely the source states it.
    #[schemars(schema_with = "one_of::<FigurePrecision>")]
    pub precision: FigurePrecision,
    /// The first calendar year it is about, where the source names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *rules::CALENDAR.start(), max = *rules::CALENDAR.end()))]
    pub from_year: Option<i32>,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *rules::CALENDAR.start(), max = *rules::CALENDAR.end()))]
    pub to_year: Option<i32>,
}

/// A number with at most two decimals, kept exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hundredths(pub i64);

/// A figure for what the role is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "SalaryBenchmark")]
pub struct SalaryBenchmarkRow {
    /// Where: ISO 3166-1 or -2, a city before it, or a wider region such as `North America`.
    #[schemars(length(min = 1, max = rules::LONGEST_REGION))]
    pub region: String,
    /// The currency by ISO 4217, such as EUR.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    pub currency: String,
    /// What it is paid for.
    #[schemars(schema_with = "one_of::<SalaryPeriod>")]
    pub period: SalaryPeriod,
    /// What it contains.
    #[schemars(schema_with = "one_of::<SalaryBasis>")]
    pub basis: SalaryBasis,
    /// What it says of its sample.
    #[schemars(schema_with = "one_of::<SalaryStatistic>")]
    pub statistic: SalaryStatistic,
    /// With PERCENTILE, and only then: which one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = *rules::PERCENTILES.start(), max = *rules::PERCENTILES.end()))]
    pub percentile: Option<i32>,
    /// The figure, or the lower end of a RANGE, in minor units of the currency (cents).
    #[schemars(range(min = 1, max = rules::MOST_MINOR))]
    pub low_minor: i64,
    /// The upper end of a RANGE; otherwise the figure again.
    #[schemars(range(min = 1, max = rules::MOST_MINOR))]
    pub high_minor: i64,
    /// Who says so.
    #[schemars(length(min = 1, max = rules::LONGEST_NAME))]
    pub source: String,
    /// As of when.
    #[schemars(schema_with = "day")]
    pub as_of: NaiveDate,
}

/// A way to another role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "CareerPath")]
pub struct CareerPathRow {
    /// The key of the other profile.
    pub to: String,
    /// How.
    #[schemars(schema_with = "one_of::<CareerPathKind>")]
    pub kind: CareerPathKind,
    /// What has to be shown first.
    #[schemars(length(min = 1, max = rules::LONGEST_PROSE))]
    pub criteria: String,
}

fn day(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "string", "format": "date" })
}

fn on_one_line<S: Serializer>(slugs: &[String], serializer: S) -> Result<S::Ok, S::Error> {
    serde_saphyr::FlowSeq(slugs).serialize(serializer)
}

fn on_lines<S: Serializer>(rows: &[RequirementRow], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(rows.iter().map(serde_saphyr::FlowMap))
}

impl Serialize for Hundredths {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 {
            serializer.serialize_i64(self.0 / 100)
        } else {
            serializer.serialize_f64(self.0 as f64 / 100.0)
        }
    }
}

impl<'de> Deserialize<'de> for Hundredths {
    #[expect(clippy::cast_possible_truncation, reason = "held to the range in which it is exact")]
    #[expect(clippy::cast_precision_loss, reason = "a bound")]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let scaled = (f64::deserialize(deserializer)? * 100.0).round();
        if scaled.abs() > rules::MOST_MINOR as f64 {
            return Err(D::Error::custom("is too large"));
        }
        Ok(Self(scaled as i64))
    }
}
