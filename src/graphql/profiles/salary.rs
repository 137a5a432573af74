//! What a role is paid. Reached only with the permission to know.

use async_graphql::{Context, Object, Result, SimpleObject};

use crate::{
    domain::profiles,
    graphql::{
        connection::listed,
        profiles::{
            RoleProfile,
            choices::{SalaryBasis, SalaryPeriod, SalaryStatistic},
        },
        scalars::{CurrencyCode, Date},
    },
    store,
};

/// An amount of money.
#[derive(Debug, Clone, SimpleObject)]
pub struct Money {
    /// The amount in minor units of the currency (cents), a whole number. A Float because GraphQL's Int
    /// ends at 2,147,483,647, which some currencies pass; exact up to 2^53.
    amount_minor: f64,
    /// The currency.
    currency: CurrencyCode,
}

impl Money {
    /// An amount of a currency.
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53, far beyond any pay")]
    pub(super) fn of(minor: i64, currency: &str) -> Self {
        Self { amount_minor: minor as f64, currency: CurrencyCode(currency.to_owned()) }
    }
}

/// A salary figure and whose it is.
#[derive(Debug, Clone)]
pub struct StatedSalary(pub store::StatedSalary);

listed! { StatedSalary: "salary figures"; }

/// A figure for what a role is paid, and the role.
#[Object]
impl StatedSalary {
    /// The role profile it is stated of.
    async fn role_profile(&self, ctx: &Context<'_>) -> Option<Result<RoleProfile>> {
        RoleProfile::find(ctx, self.0.role_profile_id).await.transpose()
    }

    /// The figure.
    async fn benchmark(&self) -> SalaryBenchmark {
        SalaryBenchmark(self.0.benchmark.clone())
    }
}

/// A salary benchmark of a version.
#[derive(Debug, Clone)]
pub struct SalaryBenchmark(pub profiles::SalaryBenchmark);

impl SalaryBenchmark {
    fn money(&self, minor: i64) -> Money {
        Money::of(minor, &self.0.currency)
    }
}

/// A figure for what a role is paid, with its source.
#[Object]
impl SalaryBenchmark {
    /// Where: ISO 3166-1 or -2, a city before it, or a wider region such as `North America`.
    async fn region(&self) -> &str {
        &self.0.region
    }

    /// What it is paid for.
    async fn period(&self) -> SalaryPeriod {
        self.0.period.into()
    }

    /// What it contains.
    async fn basis(&self) -> SalaryBasis {
        self.0.basis.into()
    }

    /// What it says of its sample.
    async fn statistic(&self) -> SalaryStatistic {
        self.0.statistic.into()
    }

    /// 1–99; null unless `statistic` is PERCENTILE.
    async fn percentile(&self) -> Option<i32> {
        self.0.percentile
    }

    /// The figure, or the lower end of a RANGE.
    async fn low(&self) -> Money {
        self.money(self.0.low_minor)
    }

    /// The upper end of a RANGE; otherwise the same as `low`.
    async fn high(&self) -> Money {
        self.money(self.0.high_minor)
    }

    /// Who says so.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// As of when.
    async fn as_of(&self) -> Date {
        Date(self.0.as_of)
    }
}
