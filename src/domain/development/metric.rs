//! What a goal is measured by: exact numbers, and how far a value lies between where one began and where
//! one wants to be. Upwards or downwards: fewer incidents is progress too.

use crate::domain::{choices::choices, levels::Level, values::Rule};

choices! {
    /// What kind of number a goal is measured in.
    MetricKind {
        /// A proficiency level, 0–5.
        Level = "LEVEL",
        /// Whole things, such as reviews done.
        Count = "COUNT",
        /// A share of a hundred.
        Percent = "PERCENT",
        /// Any other quantity, in a unit of its own.
        Number = "NUMBER",
    }
}

/// A number with at most three decimals, kept exactly: both databases store and compare it alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// The greatest, and with the other sign the least.
    pub const MOST: Self = Self(1_000_000_000_000);

    /// Of so many thousandths, as stored.
    #[must_use]
    pub const fn of_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(number: i32) -> Self {
        Self(number as i64 * 1_000)
    }

    /// How many thousandths.
    #[must_use]
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// As a client writes it.
    ///
    /// # Errors
    /// The rule it breaks.
    pub fn of(number: f64) -> Result<Self, Rule> {
        const RULE: Rule = "must lie between -1000000000 and 1000000000";
        if !number.is_finite() || number.abs() > Self::MOST.as_f64() {
            return Err(RULE);
        }
        let thousandths = (number * 1_000.0).round();
        if (thousandths / 1_000.0 - number).abs() > f64::EPSILON * number.abs().max(1.0) {
            return Err("must have at most three decimals");
        }
        // In range: it was held against the greatest above.
        #[expect(clippy::cast_possible_truncation, reason = "whole, and at most 10^12")]
        Ok(Self(thousandths as i64))
    }

    /// As a client reads it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 10^12, which a double holds exactly")]
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    const fn is_whole(self) -> bool {
        self.0 % 1_000 == 0
    }

    /// The level it is, if it is one.
    fn level(self) -> Option<Level> {
        Some(self).filter(|number| number.is_whole()).and_then(|number| Level::new(number.0 / 1_000).ok())
    }
}

impl MetricKind {
    /// The unit that the kind brings with it; the others need one of their own.
    #[must_use]
    pub const fn own_unit(self) -> Option<&'static str> {
        match self {
            Self::Level => Some("level"),
            Self::Percent => Some("%"),
            Self::Count | Self::Number => None,
        }
    }

    /// Holds a value against what the kind admits.
    ///
    /// # Errors
    /// The rule it breaks.
    pub fn admits(self, value: Quantity) -> Result<Quantity, Rule> {
        let (admitted, rule) = match self {
            Self::Level => (value.level().is_some(), "must be a level, 0 to 5"),
            Self::Count => (value.is_whole() && value >= Quantity::ZERO, "must be a whole number, 0 or more"),
            Self::Percent => {
                ((Quantity::ZERO..=Quantity::whole(100)).contains(&value), "must be a percentage, 0 to 100")
            }
            Self::Number => (true, ""),
        };
        if admitted { Ok(value) } else { Err(rule) }
    }
}

/// By what a goal is told to be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metric {
    /// What kind of number.
    pub kind: MetricKind,
    /// Where it begins.
    pub baseline: Quantity,
    /// Where it ends; above or below the baseline. A draft may not know it yet.
    pub target: Option<Quantity>,
    /// Of what; 1–40 characters.
    pub unit: String,
}

impl Metric {
    /// From one level to another.
    #[must_use]
    pub fn levels(baseline: Level, target: Level) -> Self {
        let number = |level: Level| Quantity::whole(level.value().into());
        let kind = MetricKind::Level;
        let unit = kind.own_unit().unwrap_or_default().to_owned();
        Self { kind, baseline: number(baseline), target: Some(number(target)), unit }
    }

    /// The share of the way from baseline to target that `value` has come, in whole percent rounded down:
    /// 100 only when the target is reached, never below 0 nor above 100.
    #[must_use]
    pub fn progress_pct(&self, value: Quantity) -> u8 {
        let Some(target) = self.target else { return 0 };
        let whole = i128::from(target.0) - i128::from(self.baseline.0);
        let part = i128::from(value.0) - i128::from(self.baseline.0);
        if whole == 0 {
            return 0;
        }
        // Both turned upwards, so that rounding down is away from the target.
        let (whole, part) = (whole.abs(), part * whole.signum());
        u8::try_from((part.max(0) * 100 / whole).min(100)).unwrap_or(100)
    }

    /// The level aimed at, of a goal measured in levels.
    #[must_use]
    pub fn target_level(&self) -> Option<Level> {
        self.target.filter(|_| self.kind == MetricKind::Level).and_then(Quantity::level)
    }

    /// The level begun at, of a goal measured in levels.
    #[must_use]
    pub fn baseline_level(&self) -> Option<Level> {
        Some(self.baseline).filter(|_| self.kind == MetricKind::Level).and_then(Quantity::level)
    }
}
