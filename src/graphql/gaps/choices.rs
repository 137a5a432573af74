//! The closed sets of values around gaps. The first sentence of each value is its label.

use async_graphql::Enum;

use crate::domain::gaps;

/// How one requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "gaps::GapStatus")]
pub enum GapStatus {
    /// Met. At the required level or above, and a third party vouches for it.
    Met,
    /// Partly met. Below the required level.
    Partial,
    /// Missing. Rated, at level 0.
    Missing,
    /// Expired. Every rating there was no longer counts.
    Expired,
    /// Unknown. Nothing says how well.
    Unknown,
    /// Not verified. At the required level by the person's own word or an import alone.
    Unverified,
    /// Exempt. Excused for a stated reason, until a stated day.
    Exempt,
}

/// A number of a gap report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "gaps::figures::GapFigure")]
pub enum GapFigure {
    /// MUST met. How many MUST items are met.
    MustMet,
    /// MUST in all. How many MUST items there are that are not exempt.
    MustTotal,
    /// Weighted fulfilment. Of the items whose level is known, in percent.
    WeightedFulfilment,
    /// Lower bound. The same of all items that are not exempt, the unknown taken as nothing.
    Lower,
    /// Upper bound. The same, the unknown taken as fulfilled.
    Upper,
    /// Known share. The weight of the known items in all that are not exempt, 0 to 1.
    KnownShare,
}
