//! What a version of a role profile is to hold, as a client sends it. A number that cannot be what it stands for
//! becomes one that the rules of the domain refuse at its field.

use async_graphql::{ID, InputObject};

use crate::{
    domain::{
        ids::{SkillId, SkillKind},
        levels::Level,
        profiles,
    },
    graphql::{
        ids::raw,
        profiles::choices::{
            FigurePrecision, FigureUnit, Importance, MarketTopic, QualificationKind, SalaryBasis,
            SalaryPeriod, SalaryStatistic,
        },
        scalars::{CurrencyCode, Date, Markdown},
    },
};

/// All that a version of a role profile holds. Lists have at most 200 elements and keep their order.
#[derive(Debug, InputObject)]
pub struct RoleProfileContentInput {
    /// What the role is, 1–20,000 characters.
    summary: Markdown,
    /// What the role answers for.
    responsibilities: Option<Vec<ResponsibilityInput>>,
    /// The levels of skills that the role needs, each skill once.
    requirements: Option<Vec<RoleSkillRequirementInput>>,
    /// Degrees, experience, certificates and preferences.
    qualifications: Option<Vec<QualificationInput>>,
    /// The ways of working that the role keeps.
    practices: Option<Vec<PracticeInput>>,
    /// The difficulties that the role meets.
    challenges: Option<Vec<ChallengeInput>>,
    /// What the market for the role is like.
    market_insights: Option<Vec<MarketInsightInput>>,
    /// What the role is paid. Left out, the figures of the version that this one replaces stay: of the draft, else of
    /// what is published. An empty list takes them away, which is FORBIDDEN to who may not read them. Within one
    /// source, region, currency, period, basis and date no statistic stands twice, a higher percentile pays more, the
    /// MEDIAN is percentile 50, and no MEAN, RANGE or percentile lies above the MAXIMUM.
    salary_benchmarks: Option<Vec<SalaryBenchmarkInput>>,
}

/// Something a role answers for.
#[derive(Debug, InputObject)]
pub struct ResponsibilityInput {
    /// The area, 1–200 characters.
    area: String,
    /// What is done there, 1–20,000 characters.
    statement: Markdown,
}

/// A level of a skill that a role needs.
#[derive(Debug, InputObject)]
pub struct RoleSkillRequirementInput {
    /// The skill.
    skill_id: ID,
    /// The level that is needed, 1–5.
    required_level: i32,
    /// How much it matters.
    importance: Importance,
    /// What it weighs, 1–100; when left out MUST 3, SHOULD 2, NICE 1.
    weight: Option<i32>,
}

/// A degree, experience, certificate or preference.
#[derive(Debug, InputObject)]
pub struct QualificationInput {
    /// What sort of qualification it is.
    kind: QualificationKind,
    /// What is asked for, 1–20,000 characters.
    statement: Markdown,
    /// The least number of years, 0–60.
    min_years: Option<i32>,
}

/// A way of working.
#[derive(Debug, InputObject)]
pub struct PracticeInput {
    /// The topic, 1–200 characters.
    topic: String,
    /// What is done, 1–20,000 characters.
    statement: Markdown,
    /// The skill it exercises.
    skill_id: Option<ID>,
}

/// A difficulty and how it is met.
#[derive(Debug, InputObject)]
pub struct ChallengeInput {
    /// A short name, 1–200 characters.
    title: String,
    /// What goes wrong, 1–20,000 characters.
    problem: Markdown,
    /// What helps, 1–20,000 characters.
    resolution: Markdown,
    /// The skills that help, each once: at most 50.
    skill_ids: Option<Vec<ID>>,
}

/// A statement about the market for a role.
#[derive(Debug, InputObject)]
pub struct MarketInsightInput {
    /// What it is about.
    topic: MarketTopic,
    /// What it says, 1–20,000 characters.
    statement: Markdown,
    /// The figure that it is about.
    figure: Option<MarketFigureInput>,
    /// Who says so, 1–200 characters.
    source: String,
    /// As of when.
    as_of: Date,
}

/// A figure of the market that is no pay.
#[derive(Debug, InputObject)]
pub struct MarketFigureInput {
    /// The value, with at most two decimals.
    value: f64,
    /// What it counts.
    unit: FigureUnit,
    /// How closely the source states it; EXACT when left out.
    precision: Option<FigurePrecision>,
    /// The first calendar year it is about; only together with `toYear`.
    from_year: Option<i32>,
    /// The last one; only together with `fromYear`.
    to_year: Option<i32>,
}

/// A figure for what a role is paid.
#[derive(Debug, InputObject)]
pub struct SalaryBenchmarkInput {
    /// Where: a country (US), a part of one (US-CA), a city before it (Santa Cruz, US-CA), or a wider region such as
    /// North America.
    region: String,
    /// The currency.
    currency: CurrencyCode,
    /// What it is paid for.
    period: SalaryPeriod,
    /// What it contains.
    basis: SalaryBasis,
    /// What it says of its sample.
    statistic: SalaryStatistic,
    /// 1–99, with PERCENTILE and only then.
    percentile: Option<i32>,
    /// The figure, or the lower end of a RANGE: a whole number of minor units (cents).
    low_minor: f64,
    /// The upper end of a RANGE; left out otherwise.
    high_minor: Option<f64>,
    /// Who says so, 1–200 characters.
    source: String,
    /// As of when.
    as_of: Date,
}

impl RoleProfileContentInput {
    /// Whether nothing is said of salaries, so that what there is stays.
    pub(super) const fn keeps_salaries(&self) -> bool {
        self.salary_benchmarks.is_none()
    }

    /// The summary and the content.
    pub(super) fn read(self) -> (String, profiles::RoleProfileContent) {
        fn each<T, U>(list: Option<Vec<T>>, read: fn(T) -> U) -> Vec<U> {
            list.unwrap_or_default().into_iter().map(read).collect()
        }
        let content = profiles::RoleProfileContent {
            responsibilities: each(self.responsibilities, ResponsibilityInput::read),
            requirements: each(self.requirements, RoleSkillRequirementInput::read),
            qualifications: each(self.qualifications, QualificationInput::read),
            practices: each(self.practices, PracticeInput::read),
            challenges: each(self.challenges, ChallengeInput::read),
            market_insights: each(self.market_insights, MarketInsightInput::read),
            salary_benchmarks: each(self.salary_benchmarks, SalaryBenchmarkInput::read),
        };
        (text(self.summary), content)
    }
}

fn skill(id: &ID) -> SkillId {
    SkillId::from_uuid(raw::<SkillKind>(id))
}

fn name(text: &str) -> String {
    text.trim().to_owned()
}

fn text(text: Markdown) -> String {
    text.0.trim_end().to_owned()
}

/// The whole number, or one that no rule admits.
#[expect(clippy::cast_possible_truncation, reason = "held to the range in which it is exact")]
fn whole(number: f64) -> i64 {
    if number.fract() == 0.0 && number.abs() < 1e15 { number as i64 } else { i64::MIN }
}

impl ResponsibilityInput {
    fn read(self) -> profiles::Responsibility {
        profiles::Responsibility { area: name(&self.area), statement: text(self.statement) }
    }
}

impl RoleSkillRequirementInput {
    fn read(self) -> profiles::RoleSkillRequirement {
        let importance: profiles::Importance = self.importance.into();
        profiles::RoleSkillRequirement {
            skill_id: skill(&self.skill_id),
            required_level: Level::new(self.required_level.into()).unwrap_or(Level::ALL[0]),
            importance,
            weight: self.weight.unwrap_or(importance.default_weight()),
        }
    }
}

impl QualificationInput {
    fn read(self) -> profiles::Qualification {
        let (kind, min_years) = (self.kind.into(), self.min_years);
        profiles::Qualification { kind, statement: text(self.statement), min_years }
    }
}

impl PracticeInput {
    fn read(self) -> profiles::Practice {
        profiles::Practice {
            topic: name(&self.topic),
            statement: text(self.statement),
            skill_id: self.skill_id.as_ref().map(skill),
        }
    }
}

impl ChallengeInput {
    fn read(self) -> profiles::Challenge {
        profiles::Challenge {
            title: name(&self.title),
            problem: text(self.problem),
            resolution: text(self.resolution),
            skill_ids: self.skill_ids.unwrap_or_default().iter().map(skill).collect(),
        }
    }
}

impl MarketInsightInput {
    fn read(self) -> profiles::MarketInsight {
        profiles::MarketInsight {
            topic: self.topic.into(),
            statement: text(self.statement),
            figure: self.figure.map(MarketFigureInput::read),
            source: name(&self.source),
            as_of: self.as_of.0,
        }
    }
}

impl MarketFigureInput {
    fn read(self) -> profiles::MarketFigure {
        let scaled = self.value * 100.0;
        let near = scaled.round();
        let exact = (scaled - near).abs() <= near.abs().max(1.0) * 1e-9;
        let years = match (self.from_year, self.to_year) {
            (None, None) => None,
            // Half a period is none: the rules refuse the year that is missing.
            (from, to) => Some((from.unwrap_or_default(), to.unwrap_or_default())),
        };
        profiles::MarketFigure {
            hundredths: if exact { whole(near) } else { i64::MIN },
            unit: self.unit.into(),
            precision: self.precision.unwrap_or(FigurePrecision::Exact).into(),
            years,
        }
    }
}

impl SalaryBenchmarkInput {
    fn read(self) -> profiles::SalaryBenchmark {
        profiles::SalaryBenchmark {
            region: name(&self.region),
            currency: self.currency.0,
            period: self.period.into(),
            basis: self.basis.into(),
            statistic: self.statistic.into(),
            percentile: self.percentile,
            low_minor: whole(self.low_minor),
            high_minor: whole(self.high_minor.unwrap_or(self.low_minor)),
            source: name(&self.source),
            as_of: self.as_of.0,
        }
    }
}
