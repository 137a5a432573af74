//! A role profile as a file, one profile a file. Makes no ids and knows no versions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    domain::{
        levels::Level,
        profiles::{
            CareerPathKind, CareerTrack, FigurePrecision, FigureUnit, Importance, MarketTopic,
            QualificationKind, SalaryBasis, SalaryPeriod, SalaryStatistic,
        },
    },
    interchange::{
        checks,
        reading::{Located, Refused, Source, choice, level},
    },
};

/// A role profile with the content of one version.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProfileRow {
    /// Its stable name.
    pub key: Located<String>,
    /// What people call it.
    pub title: Located<String>,
    /// The family of roles it belongs to.
    pub family: String,
    /// The kind of career.
    #[serde(deserialize_with = "choice")]
    pub track: CareerTrack,
    /// 1 (entry) to 9.
    pub seniority: Located<i32>,
    /// What the role is, Markdown.
    pub summary: String,
    /// What it answers for, by area.
    #[serde(default)]
    pub responsibilities: Vec<ResponsibilitiesRow>,
    /// The skills it needs.
    #[serde(default)]
    pub requirements: Vec<RequirementRow>,
    /// Degrees, experience, certificates and preferences.
    #[serde(default)]
    pub qualifications: Vec<QualificationRow>,
    /// Ways of working.
    #[serde(default)]
    pub practices: Vec<PracticeRow>,
    /// Difficulties and what helps.
    #[serde(default)]
    pub challenges: Vec<ChallengeRow>,
    /// What the market for it looks like.
    #[serde(default)]
    pub market_insights: Vec<MarketInsightRow>,
    /// What it is paid.
    #[serde(default)]
    pub salary_benchmarks: Vec<SalaryBenchmarkRow>,
    /// Where it leads.
    #[serde(default)]
    pub career_paths: Vec<CareerPathRow>,
}

/// What a role answers for in one area.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ResponsibilitiesRow {
    /// The area.
    pub area: String,
    /// What is done there.
    pub statements: Vec<String>,
}

/// A level of a skill that the role needs.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RequirementRow {
    /// The skill's slug.
    pub skill: Located<String>,
    /// 1–5.
    #[serde(deserialize_with = "level")]
    pub level: Level,
    /// How much it matters.
    #[serde(deserialize_with = "choice")]
    pub importance: Importance,
    /// 1–100; by default what the importance stands for.
    pub weight: Option<Located<i32>>,
}

impl RequirementRow {
    /// The stated weight, or the default of the importance: MUST 3, SHOULD 2, NICE 1.
    #[must_use]
    pub fn weight(&self) -> i32 {
        let default = match self.importance {
            Importance::Must => 3,
            Importance::Should => 2,
            Importance::Nice => 1,
        };
        self.weight.as_ref().map_or(default, |stated| stated.value)
    }
}

/// A degree, experience, certificate or preference.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QualificationRow {
    /// What sort.
    #[serde(deserialize_with = "choice")]
    pub kind: QualificationKind,
    /// What is asked for.
    pub statement: String,
    /// Years, where the statement names them.
    pub min_years: Option<Located<i32>>,
}

/// A way of working.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PracticeRow {
    /// The topic.
    pub topic: String,
    /// What is done.
    pub statement: String,
    /// The slug of the skill it exercises.
    pub skill: Option<Located<String>>,
}

/// A difficulty and what helps.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChallengeRow {
    /// A short name.
    pub title: String,
    /// What goes wrong.
    pub problem: String,
    /// What helps.
    pub resolution: String,
    /// The slugs of the skills that help.
    #[serde(default)]
    pub skills: Vec<Located<String>>,
}

/// A statement about the market.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarketInsightRow {
    /// What it is about.
    #[serde(deserialize_with = "choice")]
    pub topic: MarketTopic,
    /// What it says.
    pub statement: String,
    /// The figure it is about, where it is about one.
    pub figure: Option<MarketFigureRow>,
    /// Who says so.
    pub source: Located<String>,
    /// As of when.
    pub as_of: NaiveDate,
}

/// A figure of the market that is no pay.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarketFigureRow {
    /// Its value, with at most two decimals.
    pub value: Located<f64>,
    /// What it counts.
    #[serde(deserialize_with = "choice")]
    pub unit: FigureUnit,
    /// How closely the source states it.
    #[serde(deserialize_with = "choice")]
    pub precision: FigurePrecision,
    /// The first calendar year it is about.
    pub from_year: Option<Located<i32>>,
    /// The last one.
    pub to_year: Option<Located<i32>>,
}

impl MarketFigureRow {
    /// The value in hundredths; `None` when it is not exact in them.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "held to a range in which every hundredth is exact")]
    pub fn hundredths(&self) -> Option<i64> {
        let scaled = self.value.value * 100.0;
        let near = scaled.round();
        (near.abs() < 1e14 && (scaled - near).abs() < 1e-6 * near.abs().max(1.0)).then_some(near as i64)
    }
}

/// A figure for what the role is paid.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SalaryBenchmarkRow {
    /// ISO 3166-1 or -2, a city before it, or a stated wider region.
    pub region: String,
    /// ISO 4217.
    pub currency: Located<String>,
    /// What it is paid for.
    #[serde(deserialize_with = "choice")]
    pub period: SalaryPeriod,
    /// What it contains.
    #[serde(deserialize_with = "choice")]
    pub basis: SalaryBasis,
    /// What it says of its sample.
    #[serde(deserialize_with = "choice")]
    pub statistic: SalaryStatistic,
    /// 1–99, exactly for PERCENTILE.
    pub percentile: Option<Located<i32>>,
    /// The figure, or the lower end of a RANGE, in minor units.
    pub low_minor: Located<i64>,
    /// The upper end of a RANGE; otherwise the figure again.
    pub high_minor: Located<i64>,
    /// Who says so.
    pub source: Located<String>,
    /// As of when.
    pub as_of: NaiveDate,
}

/// A way to another role.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CareerPathRow {
    /// The other profile's key.
    pub to: Located<String>,
    /// How.
    #[serde(deserialize_with = "choice")]
    pub kind: CareerPathKind,
    /// What has to be shown first.
    pub criteria: String,
}

impl ProfileRow {
    /// Reads and checks one profile against the skills there are.
    ///
    /// # Errors
    /// [`Refused`] with every fault found. References to other profiles are checked by [`read_all`].
    pub fn read(file: &str, text: &str, skills: &BTreeSet<&str>) -> Result<Self, Refused> {
        let mut source = Source::new(file, text);
        let profile: Self = source.rows()?;
        checks::slugs(&mut source, [&profile.key]);
        checks::name_length(&mut source, &profile.title);
        source.require((1..=9).contains(&profile.seniority.value), &profile.seniority, || {
            format!("{} is not between 1 and 9", profile.seniority.value)
        });
        profile.check_requirements(&mut source, skills);
        profile.check_references(&mut source, skills);
        for salary in &profile.salary_benchmarks {
            check_salary(&mut source, salary);
        }
        profile.check_percentile_order(&mut source);
        source.finish(profile)
    }

    fn check_requirements(&self, source: &mut Source<'_>, skills: &BTreeSet<&str>) {
        let mut seen = BTreeSet::new();
        for row in &self.requirements {
            checks::known(source, "skill", &row.skill, skills);
            source.require(seen.insert(row.skill.as_str()), &row.skill, || {
                format!("`{}` is required twice", row.skill.value)
            });
            source.require(row.level.value() >= 1, &row.skill, || {
                format!("`{}` is required at level 0; leave it out instead", row.skill.value)
            });
            if let Some(weight) = &row.weight {
                source.require((1..=100).contains(&weight.value), weight, || {
                    format!("{} is not between 1 and 100", weight.value)
                });
            }
        }
    }

    fn check_references(&self, source: &mut Source<'_>, skills: &BTreeSet<&str>) {
        let practised = self.practices.iter().filter_map(|practice| practice.skill.as_ref());
        let helping = self.challenges.iter().flat_map(|challenge| &challenge.skills);
        for skill in practised.chain(helping) {
            checks::known(source, "skill", skill, skills);
        }
        for years in self.qualifications.iter().filter_map(|wanted| wanted.min_years.as_ref()) {
            source.require((0..=60).contains(&years.value), years, || {
                format!("{} is not a number of years", years.value)
            });
        }
        for insight in &self.market_insights {
            checks::name_length(source, &insight.source);
            if let Some(figure) = &insight.figure {
                check_figure(source, figure);
            }
        }
    }

    /// Within one source and series a higher percentile pays more.
    fn check_percentile_order(&self, source: &mut Source<'_>) {
        let mut series: BTreeMap<_, Vec<(i32, &Located<i64>)>> = BTreeMap::new();
        for row in &self.salary_benchmarks {
            if let Some(percentile) = &row.percentile {
                let key =
                    (&row.source.value, &row.region, &row.currency.value, row.period, row.basis, row.as_of);
                series.entry(key).or_default().push((percentile.value, &row.low_minor));
            }
        }
        for mut figures in series.into_values() {
            figures.sort_by_key(|(percentile, _)| *percentile);
            for pair in figures.windows(2) {
                let [(low, below), (high, above)] = pair else { continue };
                source.require(low < high && below.value < above.value, above, || {
                    format!("percentile {high} has to lie above percentile {low} of the same source")
                });
            }
        }
    }
}

fn check_figure(source: &mut Source<'_>, figure: &MarketFigureRow) {
    source.require(figure.hundredths().is_some(), &figure.value, || {
        "has to be a number with at most two decimals".to_owned()
    });
    match (&figure.from_year, &figure.to_year) {
        (Some(from), Some(to)) => source.require(from.value <= to.value, to, || {
            format!("{} lies before fromYear {}", to.value, from.value)
        }),
        (None, None) => {}
        _ => source.note(&figure.value, "fromYear and toYear stand together or not at all"),
    }
    for year in figure.from_year.iter().chain(&figure.to_year) {
        source.require((1900..=2200).contains(&year.value), year, || format!("{} is not a year", year.value));
    }
}

fn check_salary(source: &mut Source<'_>, row: &SalaryBenchmarkRow) {
    let code = &row.currency;
    source.require(code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()), code, || {
        format!("`{}` is not a currency code of ISO 4217", code.value)
    });
    checks::name_length(source, &row.source);
    match &row.percentile {
        Some(percentile) => {
            let fits = row.statistic == SalaryStatistic::Percentile && (1..=99).contains(&percentile.value);
            source.require(fits, percentile, || "has to be 1 to 99, and only with PERCENTILE".to_owned());
        }
        None => source.require(row.statistic != SalaryStatistic::Percentile, &row.source, || {
            "PERCENTILE needs a percentile".to_owned()
        }),
    }
    let (low, high) = (row.low_minor.value, row.high_minor.value);
    let ordered = if row.statistic == SalaryStatistic::Range { low < high } else { low == high };
    source.require(low > 0 && ordered, &row.high_minor, || {
        "amounts are above 0; highMinor lies above lowMinor for RANGE and equals it otherwise".to_owned()
    });
}

/// Reads a set of profiles, `(file, text)` each, and checks how they lead to each other.
///
/// # Errors
/// [`Refused`] with every fault of every file.
pub fn read_all(files: &[(&str, &str)], skills: &BTreeSet<&str>) -> Result<Vec<ProfileRow>, Refused> {
    let mut faults = Vec::new();
    let mut profiles = Vec::new();
    for (file, text) in files {
        match ProfileRow::read(file, text, skills) {
            Ok(profile) => profiles.push((Source::new(file, text), profile)),
            Err(refused) => faults.extend(refused.0),
        }
    }
    if !faults.is_empty() {
        return Err(Refused(faults));
    }
    let (mut sources, rows): (Vec<_>, Vec<_>) = profiles.into_iter().unzip();
    check_together(&mut sources, &rows);
    for source in sources {
        if let Err(refused) = source.finish(()) {
            faults.extend(refused.0);
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(Refused(faults)) }
}

/// Keys are unique, paths lead to profiles there are, and only LATERAL ones may form a circle.
fn check_together(sources: &mut [Source<'_>], rows: &[ProfileRow]) {
    let keys: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let mut seen = BTreeSet::new();
    let mut edges = Vec::new();
    for (source, row) in sources.iter_mut().zip(rows) {
        let new = seen.insert(row.key.as_str());
        source.require(new, &row.key, || format!("`{}` was used in another file", row.key.value));
        for path in &row.career_paths {
            checks::known(source, "role profile", &path.to, &keys);
            if path.kind != CareerPathKind::Lateral {
                edges.push((row.key.as_str(), &path.to));
            }
        }
    }
    if let Some(last) = sources.last_mut() {
        checks::acyclic(last, &edges);
    }
}
