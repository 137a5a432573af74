//! Which salary figures, and in which order.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    graphql::{
        choices::OrderDirection,
        ids::parse_all,
        profiles::choices::{SalaryBasis, SalaryPeriod, SalaryStatistic},
        scalars::CurrencyCode,
    },
    store,
};

/// Which salary figures. Conditions add up; without any, all there are.
#[derive(Debug, Default, InputObject)]
pub struct SalaryBenchmarkFilter {
    /// Of one of these role profiles.
    role_profile_ids: Option<Vec<ID>>,
    /// Of one of these regions, as they are written.
    regions: Option<Vec<String>>,
    /// In this currency.
    currency: Option<CurrencyCode>,
    /// Paid for this.
    period: Option<SalaryPeriod>,
    /// Containing this.
    basis: Option<SalaryBasis>,
    /// One of these statistics.
    statistics: Option<Vec<SalaryStatistic>>,
    /// Of one of these sources, as they are written.
    sources: Option<Vec<String>>,
}

impl SalaryBenchmarkFilter {
    /// The store's filter.
    pub(super) fn read(self) -> store::SalaryFilter {
        store::SalaryFilter {
            role_profiles: self.role_profile_ids.map(|ids| parse_all(&ids)),
            regions: self.regions.unwrap_or_default(),
            currency: self.currency.map(|code| code.0),
            period: self.period.map(Into::into),
            basis: self.basis.map(Into::into),
            statistics: self.statistics.unwrap_or_default().into_iter().map(Into::into).collect(),
            sources: self.sources.unwrap_or_default(),
        }
    }
}

/// What salary figures can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SalaryBenchmarkOrderField {
    /// Amount. The figure, or the lower end of a RANGE. Filter by currency and period to compare like with like.
    Amount,
}

/// How salary figures are ordered. The default is AMOUNT, ASC.
#[derive(Debug, InputObject)]
pub struct SalaryBenchmarkOrder {
    /// By what.
    field: SalaryBenchmarkOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl SalaryBenchmarkOrder {
    /// The store's order.
    pub(super) fn read(order: Option<Self>) -> store::SalaryOrder {
        let descending = order.is_some_and(|Self { field: SalaryBenchmarkOrderField::Amount, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::SalaryOrder { descending }
    }
}
