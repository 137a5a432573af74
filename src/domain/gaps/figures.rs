//! The numbers of a gap report, each defined by what every item adds to it, so that whoever is shown a
//! number can be shown how it comes about. What an item stands for is decided before.

use crate::domain::{
    choices::choices,
    gaps::{GapStatus, SkillGap},
    profiles::Importance,
};

choices! {
    /// A number of a gap report.
    GapFigure {
        /// How many MUST items are met.
        MustMet = "MUST_MET",
        /// How many MUST items there are that are not exempt.
        MustTotal = "MUST_TOTAL",
        /// What is fulfilled of the items whose level is known, in percent.
        WeightedFulfilment = "WEIGHTED_FULFILMENT",
        /// The same over all items that are not exempt, the unknown taken as nothing, in percent.
        Lower = "LOWER",
        /// The same, the unknown taken as all of it, in percent.
        Upper = "UPPER",
        /// The weight of the known items in all that are not exempt, 0 to 1.
        KnownShare = "KNOWN_SHARE",
    }
}

/// A number and how it comes about: `factor × Σ numerators`, divided by `Σ denominators` where there are
/// any. A term an item, in the order of the items.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureTerms {
    /// Which number.
    pub figure: GapFigure,
    /// 100 for percentages, else 1.
    pub factor: f64,
    /// What each item adds above the line.
    pub numerators: Vec<f64>,
    /// What each item adds below the line; `None` for a count.
    pub denominators: Option<Vec<f64>>,
    /// The number; `None` when there is nothing below the line.
    pub value: Option<f64>,
}

impl GapFigure {
    /// The number, for these items.
    #[must_use]
    pub fn value(self, items: &[SkillGap]) -> Option<f64> {
        let (mut above, mut below) = (0.0, 0.0);
        for (numerator, denominator) in items.iter().map(|item| self.term(item)) {
            above += numerator;
            below += denominator;
        }
        if self.is_count() {
            return Some(above);
        }
        (below > 0.0).then(|| self.factor() * above / below)
    }

    /// The number with its terms.
    #[must_use]
    pub fn explain(self, items: &[SkillGap]) -> FigureTerms {
        let (numerators, denominators) = items.iter().map(|item| self.term(item)).unzip();
        FigureTerms {
            figure: self,
            factor: self.factor(),
            numerators,
            denominators: (!self.is_count()).then_some(denominators),
            value: self.value(items),
        }
    }

    const fn is_count(self) -> bool {
        matches!(self, Self::MustMet | Self::MustTotal)
    }

    const fn factor(self) -> f64 {
        match self {
            Self::WeightedFulfilment | Self::Lower | Self::Upper => 100.0,
            Self::MustMet | Self::MustTotal | Self::KnownShare => 1.0,
        }
    }

    /// What one item adds above and below the line. An exempt one adds nothing to anything.
    fn term(self, item: &SkillGap) -> (f64, f64) {
        if item.status == GapStatus::Exempt {
            return (0.0, 0.0);
        }
        let weight = f64::from(item.weight);
        let fulfilled = item.fulfilled();
        let known = if fulfilled.is_some() { weight } else { 0.0 };
        let must = item.importance == Importance::Must;
        match self {
            Self::MustMet => (f64::from(u8::from(must && item.status == GapStatus::Met)), 0.0),
            Self::MustTotal => (f64::from(u8::from(must)), 0.0),
            Self::WeightedFulfilment => (known * fulfilled.unwrap_or(0.0), known),
            Self::Lower => (weight * fulfilled.unwrap_or(0.0), weight),
            Self::Upper => (weight * fulfilled.unwrap_or(1.0), weight),
            Self::KnownShare => (known, weight),
        }
    }
}
