//! Salary figures side by side. Only what is alike is compared: one region, currency, period and basis; and nothing
//! is averaged over sources, whose samples nobody knows.

use std::collections::BTreeMap;

use crate::domain::profiles::{SalaryBasis, SalaryBenchmark, SalaryPeriod};

/// The figures of all sources that can be held against each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SalaryComparison {
    /// Where.
    pub region: String,
    /// In which currency.
    pub currency: String,
    /// Paid for what.
    pub period: SalaryPeriod,
    /// Containing what.
    pub basis: SalaryBasis,
    /// By source, in the order of their names.
    pub sources: Vec<SourceFigures>,
}

/// What one source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFigures {
    /// Who.
    pub source: String,
    /// Its figures, in the order stated; at least one.
    pub figures: Vec<SalaryBenchmark>,
}

/// From the lowest to the highest amount that is stated, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The lowest.
    pub low: i64,
    /// The highest.
    pub high: i64,
}

fn range<'a>(figures: impl Iterator<Item = &'a SalaryBenchmark>) -> Option<Range> {
    figures
        .map(|figure| Range { low: figure.low_minor, high: figure.high_minor })
        .reduce(|a, b| Range { low: a.low.min(b.low), high: a.high.max(b.high) })
}

impl SalaryComparison {
    /// How many figures there are.
    #[must_use]
    pub fn n(&self) -> usize {
        self.sources.iter().map(|source| source.figures.len()).sum()
    }

    /// What the sources span together.
    #[must_use]
    pub fn range(&self) -> Option<Range> {
        range(self.sources.iter().flat_map(|source| &source.figures))
    }
}

impl SourceFigures {
    /// What the source spans.
    #[must_use]
    pub fn range(&self) -> Option<Range> {
        range(self.figures.iter())
    }
}

/// The figures of one version, apart by everything that would make them incomparable; only those of `region` when
/// it is named.
#[must_use]
pub fn compare(figures: &[SalaryBenchmark], region: Option<&str>) -> Vec<SalaryComparison> {
    let mut groups: BTreeMap<_, BTreeMap<&str, Vec<SalaryBenchmark>>> = BTreeMap::new();
    for figure in figures.iter().filter(|figure| region.is_none_or(|region| figure.region == region)) {
        let alike = (&*figure.region, &*figure.currency, figure.period, figure.basis);
        groups.entry(alike).or_default().entry(&figure.source).or_default().push(figure.clone());
    }
    let group = |((region, currency, period, basis), sources): ((&str, &str, _, _), BTreeMap<&str, _>)| {
        let source = |(source, figures): (&str, _)| SourceFigures { source: source.to_owned(), figures };
        SalaryComparison {
            region: region.to_owned(),
            currency: currency.to_owned(),
            period,
            basis,
            sources: sources.into_iter().map(source).collect(),
        }
    };
    groups.into_iter().map(group).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::profiles::SalaryStatistic;

    fn figure(region: &str, source: &str, period: SalaryPeriod, low: i64, high: i64) -> SalaryBenchmark {
        SalaryBenchmark {
            region: region.to_owned(),
            currency: "USD".to_owned(),
            period,
            basis: SalaryBasis::Base,
            statistic: if low == high { SalaryStatistic::Mean } else { SalaryStatistic::Range },
            percentile: None,
            low_minor: low,
            high_minor: high,
            source: source.to_owned(),
            as_of: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap(),
        }
    }

    #[test]
    fn only_what_is_alike_is_side_by_side() {
        let (year, hour) = (SalaryPeriod::Year, SalaryPeriod::Hour);
        let mut euro = figure("US", "A", year, 5, 5);
        euro.currency = "EUR".to_owned();
        let mut total = figure("US", "A", year, 6, 6);
        total.basis = SalaryBasis::Total;
        let figures = [
            figure("US", "B", year, 100, 200),
            figure("US", "A", year, 150, 150),
            figure("US", "A", hour, 1, 2),
            figure("DE", "A", year, 90, 90),
            euro,
            total,
            figure("US", "A", year, 120, 130),
        ];
        let all = compare(&figures, None);
        assert_eq!(all.iter().map(SalaryComparison::n).collect::<Vec<_>>(), [1, 1, 3, 1, 1]);
        let us = all.iter().find(|group| group.n() == 3).unwrap();
        assert_eq!((&*us.region, &*us.currency, us.period), ("US", "USD", year));
        assert_eq!(us.range(), Some(Range { low: 100, high: 200 }));
        let said: Vec<_> =
            us.sources.iter().map(|source| (&*source.source, source.range().unwrap())).collect();
        assert_eq!(said, [("A", Range { low: 120, high: 150 }), ("B", Range { low: 100, high: 200 })]);
        assert_eq!(compare(&figures, Some("DE")).len(), 1);
        assert!(compare(&figures, Some("FR")).is_empty() && compare(&[], None).is_empty());
    }
}
