//! What a role profile must be, whoever wrote it: a file or a request. Finds every broken rule with its place,
//! in the words a client is told. Knows no line of a file, and not whether what is named exists.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    ops::RangeInclusive,
};

use chrono::NaiveDate;
use iso_currency::Currency;

use crate::domain::{
    ids::RoleProfileId,
    profiles::{
        CareerPath, CareerPathKind, MarketFigure, RoleProfile, RoleProfileContent, SalaryBasis,
        SalaryBenchmark, SalaryPeriod, SalaryStatistic,
        regions::{WIDER, is_region},
    },
    trees::would_close_circle,
    values,
};

/// From entry upwards.
pub const SENIORITIES: RangeInclusive<i32> = 1..=9;
/// The levels that can be required: 0 would require nothing.
pub const LEVELS: RangeInclusive<i32> = 1..=5;
/// What a requirement can weigh.
pub const WEIGHTS: RangeInclusive<i32> = 1..=100;
/// Years that a qualification can ask for.
pub const YEARS: RangeInclusive<i32> = 0..=60;
/// Percentiles inside a sample.
pub const PERCENTILES: RangeInclusive<i32> = 1..=99;
/// Calendar years that a figure can be about.
pub const CALENDAR: RangeInclusive<i32> = 1900..=2200;
/// The most an amount of money can be, in minor units: beyond it a JSON number is not exact.
pub const MOST_MINOR: i64 = 1 << 53;
/// The most items of one list.
pub const MOST_ITEMS: usize = 200;
/// The most ways that lead on from one role.
pub const MOST_PATHS: usize = 100;
/// The most skills that help with one challenge.
pub const MOST_HELPING: usize = 50;
/// The longest name, and the longest name of a source.
pub const LONGEST_NAME: usize = 200;
/// The longest region.
pub const LONGEST_REGION: usize = 100;
/// The longest statement.
pub const LONGEST_PROSE: usize = 20_000;

/// A step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Into a field, as the API calls it.
    Field(&'static str),
    /// Into a list.
    At(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(name) => f.write_str(name),
            Self::At(index) => index.fmt(f),
        }
    }
}

/// A broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// Where: `requirements`, `3`, `weight`.
    pub at: Vec<Step>,
    /// What the value must be, to be read after the field's name.
    pub rule: String,
}

/// The broken rules so far, and the part that is looked at.
#[derive(Default)]
struct Found {
    breaches: Vec<Breach>,
    within: Vec<Step>,
}

impl Found {
    fn hold(&mut self, field: &'static str, holds: bool, rule: impl FnOnce() -> String) {
        if !holds {
            let at = self.within.iter().copied().chain([Step::Field(field)]).collect();
            self.breaches.push(Breach { at, rule: rule() });
        }
    }

    fn name(&mut self, field: &'static str, text: &str) {
        match values::name(text) {
            Ok(name) => self.hold(field, name == text, || "must not begin or end with a space".to_owned()),
            Err(rule) => self.hold(field, false, || rule.to_owned()),
        }
    }

    fn prose(&mut self, field: &'static str, text: &str) {
        match values::prose(text, LONGEST_PROSE) {
            Ok(_) => self.hold(field, !text.trim().is_empty(), || "must not be empty".to_owned()),
            Err(rule) => self.hold(field, false, || rule.to_owned()),
        }
    }

    fn between(&mut self, field: &'static str, value: i32, range: &RangeInclusive<i32>) {
        self.hold(field, range.contains(&value), || {
            format!("must be between {} and {}", range.start(), range.end())
        });
    }

    /// Looks at each item of a list, and at its length.
    fn each<T>(&mut self, list: &'static str, items: &[T], most: usize, mut look: impl FnMut(&mut Self, &T)) {
        self.hold(list, items.len() <= most, || format!("must have at most {most} elements"));
        for (index, item) in items.iter().enumerate().take(most) {
            self.inside(&[Step::Field(list), Step::At(index)], |found| look(found, item));
        }
    }

    fn inside(&mut self, steps: &[Step], look: impl FnOnce(&mut Self)) {
        self.within.extend(steps);
        look(self);
        self.within.truncate(self.within.len() - steps.len());
    }
}

/// The broken rules of the profile itself.
#[must_use]
pub fn of_profile(profile: &RoleProfile) -> Vec<Breach> {
    let mut found = Found::default();
    if let Err(rule) = values::slug(&profile.key) {
        found.hold("key", false, || rule.to_owned());
    }
    found.name("title", &profile.title);
    found.name("family", &profile.family);
    found.between("seniority", profile.seniority, &SENIORITIES);
    found.breaches
}

/// The broken rules of what a version holds.
#[must_use]
pub fn of_content(summary: &str, content: &RoleProfileContent) -> Vec<Breach> {
    let mut found = Found::default();
    found.prose("summary", summary);
    found.each("responsibilities", &content.responsibilities, MOST_ITEMS, |found, item| {
        found.name("area", &item.area);
        found.prose("statement", &item.statement);
    });
    look_at_requirements(&mut found, content);
    found.each("qualifications", &content.qualifications, MOST_ITEMS, |found, item| {
        found.prose("statement", &item.statement);
        if let Some(years) = item.min_years {
            found.between("minYears", years, &YEARS);
        }
    });
    found.each("practices", &content.practices, MOST_ITEMS, |found, item| {
        found.name("topic", &item.topic);
        found.prose("statement", &item.statement);
    });
    look_at_challenges(&mut found, content);
    look_at_market(&mut found, content);
    found.breaches
}

fn look_at_requirements(found: &mut Found, content: &RoleProfileContent) {
    let mut seen = BTreeSet::new();
    found.each("requirements", &content.requirements, MOST_ITEMS, |found, item| {
        found.hold("skillId", seen.insert(item.skill_id), || "must not be required twice".to_owned());
        found.between("requiredLevel", item.required_level.value().into(), &LEVELS);
        found.between("weight", item.weight, &WEIGHTS);
    });
}

fn look_at_challenges(found: &mut Found, content: &RoleProfileContent) {
    found.each("challenges", &content.challenges, MOST_ITEMS, |found, item| {
        found.name("title", &item.title);
        found.prose("problem", &item.problem);
        found.prose("resolution", &item.resolution);
        let mut seen = BTreeSet::new();
        found.hold("skillIds", item.skill_ids.len() <= MOST_HELPING, || {
            format!("must have at most {MOST_HELPING} elements")
        });
        found.hold("skillIds", item.skill_ids.iter().all(|skill| seen.insert(*skill)), || {
            "must not name a skill twice".to_owned()
        });
    });
}

fn look_at_market(found: &mut Found, content: &RoleProfileContent) {
    found.each("marketInsights", &content.market_insights, MOST_ITEMS, |found, item| {
        found.prose("statement", &item.statement);
        found.name("source", &item.source);
        if let Some(figure) = &item.figure {
            found.inside(&[Step::Field("figure")], |found| look_at_figure(found, figure));
        }
    });
    found.each("salaryBenchmarks", &content.salary_benchmarks, MOST_ITEMS, look_at_salary);
    look_at_series(found, &content.salary_benchmarks);
}

fn look_at_figure(found: &mut Found, figure: &MarketFigure) {
    if let Some((from, to)) = figure.years {
        found.between("fromYear", from, &CALENDAR);
        found.between("toYear", to, &CALENDAR);
        found.hold("toYear", from <= to, || "must not lie before fromYear".to_owned());
    }
    found.hold("value", figure.hundredths.unsigned_abs() <= MOST_MINOR.unsigned_abs(), || {
        "must be a number with at most two decimals".to_owned()
    });
}

fn look_at_salary(found: &mut Found, item: &SalaryBenchmark) {
    found.name("region", &item.region);
    found.hold("region", item.region.chars().count() <= LONGEST_REGION, || {
        format!("must have at most {LONGEST_REGION} characters")
    });
    found.hold("region", is_region(&item.region), || {
        format!("must be a country (US), a part of one (US-CA), a city before it (Santa Cruz, US-CA), or one of {}", WIDER.join(", "))
    });
    found.hold("currency", Currency::from_code(&item.currency).is_some(), || {
        "must be a currency code of ISO 4217, such as EUR".to_owned()
    });
    let ranked = item.statistic == SalaryStatistic::Percentile;
    found.hold("percentile", item.percentile.is_some() == ranked, || {
        "must be given with PERCENTILE, and only then".to_owned()
    });
    if let Some(percentile) = item.percentile {
        found.between("percentile", percentile, &PERCENTILES);
    }
    found.hold("lowMinor", (1..=MOST_MINOR).contains(&item.low_minor), || {
        "must be a whole number above 0".to_owned()
    });
    if item.statistic == SalaryStatistic::Range {
        found.hold("highMinor", item.low_minor < item.high_minor, || {
            "must lie above lowMinor for RANGE".to_owned()
        });
    } else {
        found.hold("highMinor", item.low_minor == item.high_minor, || {
            "must equal lowMinor unless statistic is RANGE".to_owned()
        });
    }
    found.name("source", &item.source);
}

/// What figures must have in common to be compared: a source, and no mixing of place, currency, period,
/// basis or date.
type Series<'a> = (&'a str, &'a str, &'a str, SalaryPeriod, SalaryBasis, NaiveDate);

/// Within one series no figure is stated twice, a higher percentile pays more, the median is percentile 50, and
/// nothing lies above the maximum.
fn look_at_series(found: &mut Found, benchmarks: &[SalaryBenchmark]) {
    let mut series: BTreeMap<Series<'_>, Vec<(usize, &SalaryBenchmark)>> = BTreeMap::new();
    for (index, item) in benchmarks.iter().enumerate().take(MOST_ITEMS) {
        let of = (&*item.source, &*item.region, &*item.currency, item.period, item.basis, item.as_of);
        series.entry(of).or_default().push((index, item));
    }
    for figures in series.values() {
        let mut seen = BTreeSet::new();
        for (index, item) in figures {
            let new = seen.insert((item.statistic, item.percentile));
            found.inside(&[Step::Field("salaryBenchmarks"), Step::At(*index)], |found| {
                found.hold("statistic", new, || {
                    format!("must not be stated twice by the same source: {}", item.statistic.as_str())
                });
            });
        }
        let mut ranked: Vec<_> =
            figures.iter().filter_map(|(index, item)| Some((rank(item)?, *index, *item))).collect();
        ranked.sort_by_key(|(rank, index, _)| (*rank, *index));
        for pair in ranked.windows(2) {
            let [(below, _, low), (above, index, high)] = pair else { continue };
            found.inside(&[Step::Field("salaryBenchmarks"), Step::At(*index)], |found| {
                if below < above {
                    found.hold("lowMinor", low.low_minor < high.low_minor, || {
                        format!("must lie above {} of the same source at {}", called(low), called(high))
                    });
                } else if low.statistic != high.statistic {
                    found.hold("lowMinor", low.low_minor == high.low_minor, || {
                        format!("must equal {} of the same source at {}", called(low), called(high))
                    });
                }
            });
        }
        look_at_maximum(found, figures);
    }
}

fn look_at_maximum(found: &mut Found, figures: &[(usize, &SalaryBenchmark)]) {
    let of_the_sample = |item: &SalaryBenchmark| {
        rank(item).is_some() || matches!(item.statistic, SalaryStatistic::Mean | SalaryStatistic::Range)
    };
    let others = figures.iter().filter(|(_, item)| of_the_sample(item));
    let Some((_, most)) = others.max_by_key(|(_, item)| item.high_minor) else { return };
    for (index, item) in figures.iter().filter(|(_, item)| item.statistic == SalaryStatistic::Maximum) {
        found.inside(&[Step::Field("salaryBenchmarks"), Step::At(*index)], |found| {
            found.hold("lowMinor", item.low_minor >= most.high_minor, || {
                format!("must not lie below {} of the same source", called(most))
            });
        });
    }
}

/// Where in the sample a figure stands, of those that say so.
fn rank(item: &SalaryBenchmark) -> Option<i32> {
    match item.statistic {
        SalaryStatistic::Median => Some(50),
        _ => item.percentile,
    }
}

fn called(item: &SalaryBenchmark) -> String {
    match item.percentile {
        Some(percentile) => format!("percentile {percentile}"),
        None => item.statistic.as_str().to_owned(),
    }
}

/// The broken rules of where a role leads, circles aside.
#[must_use]
pub fn of_paths(from: RoleProfileId, paths: &[CareerPath]) -> Vec<Breach> {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    found.each("careerPaths", paths, MOST_PATHS, |found, path| {
        found.hold("toId", path.to_id != from, || "must be another role".to_owned());
        found.hold("kind", seen.insert((path.to_id, path.kind)), || "must not be stated twice".to_owned());
        found.prose("criteria", &path.criteria);
    });
    found.breaches
}

/// The first of the paths from `from` that closes a circle among `all`, where only LATERAL may.
#[must_use]
pub fn circle(from: RoleProfileId, all: &[CareerPath]) -> Option<&CareerPath> {
    let upwards = || all.iter().filter(|path| path.kind != CareerPathKind::Lateral);
    let after =
        |role: RoleProfileId| upwards().filter(move |path| path.from_id == role).map(|path| path.to_id);
    upwards().filter(|path| path.from_id == from).find(|path| would_close_circle(after, from, path.to_id))
}
