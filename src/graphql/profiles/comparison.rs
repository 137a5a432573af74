//! What a role is paid, source beside source. Reached only with the permission to know.

use async_graphql::Object;

use crate::{
    domain::profiles::salaries,
    graphql::{
        profiles::{
            Money, SalaryBenchmark,
            choices::{SalaryBasis, SalaryPeriod},
        },
        scalars::CurrencyCode,
    },
};

/// A group of figures.
#[derive(Debug, Clone)]
pub struct SalaryComparison(pub salaries::SalaryComparison);

/// The figures of all sources that can be held against each other: of one region, currency, period and basis.
#[Object]
impl SalaryComparison {
    /// Where: ISO 3166-1 or -2, a city before it, or a wider region such as `North America`.
    async fn region(&self) -> &str {
        &self.0.region
    }

    /// The currency of every amount in the group.
    async fn currency(&self) -> CurrencyCode {
        CurrencyCode(self.0.currency.clone())
    }

    /// What they are paid for.
    async fn period(&self) -> SalaryPeriod {
        self.0.period.into()
    }

    /// What they contain.
    async fn basis(&self) -> SalaryBasis {
        self.0.basis.into()
    }

    /// How many figures there are, of all sources.
    async fn n(&self) -> i32 {
        count(self.0.n())
    }

    /// The lowest amount that any source states.
    async fn low(&self) -> Option<Money> {
        self.0.range().map(|range| Money::of(range.low, &self.0.currency))
    }

    /// The highest amount that any source states.
    async fn high(&self) -> Option<Money> {
        self.0.range().map(|range| Money::of(range.high, &self.0.currency))
    }

    /// Source by source, in the order of their names: at most 200. Their samples are not known, so nothing is
    /// averaged over them.
    async fn sources(&self) -> Vec<SalarySource> {
        let source = |source: &salaries::SourceFigures| SalarySource {
            figures: source.clone(),
            currency: self.0.currency.clone(),
        };
        self.0.sources.iter().map(source).collect()
    }
}

/// What one source says.
#[derive(Debug, Clone)]
pub struct SalarySource {
    figures: salaries::SourceFigures,
    currency: String,
}

/// What one source says within a comparison.
#[Object]
impl SalarySource {
    /// Who.
    async fn source(&self) -> &str {
        &self.figures.source
    }

    /// How many figures it states.
    async fn n(&self) -> i32 {
        count(self.figures.figures.len())
    }

    /// The lowest amount that it states.
    async fn low(&self) -> Option<Money> {
        self.figures.range().map(|range| Money::of(range.low, &self.currency))
    }

    /// The highest amount that it states.
    async fn high(&self) -> Option<Money> {
        self.figures.range().map(|range| Money::of(range.high, &self.currency))
    }

    /// Its figures, in the order written: at most 200.
    async fn figures(&self) -> Vec<SalaryBenchmark> {
        self.figures.figures.iter().cloned().map(SalaryBenchmark).collect()
    }
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
