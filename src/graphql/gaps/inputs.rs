//! Filters and orders of exemptions.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    auth::Scope,
    graphql::{choices::OrderDirection, ids::parse_all, scalars::DateTime},
    store,
};

/// Which exemptions of a person. Conditions add up.
#[derive(Debug, Default, InputObject)]
pub struct RequirementExemptionFilter {
    /// Those that hold at this instant; now when left out. Ignored with `history`.
    at: Option<DateTime>,
    /// Those that are over too; false when left out.
    history: Option<bool>,
    /// From one of these skills, or from one that was merged into it.
    skill_ids: Option<Vec<ID>>,
}

impl RequirementExemptionFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(filter: Option<Self>, scope: &Scope) -> store::ExemptionFilter {
        let Self { at, history, skill_ids } = filter.unwrap_or_default();
        let at = at.map_or(scope.now(), |at| at.0);
        store::ExemptionFilter {
            at: (!history.unwrap_or(false)).then_some(at),
            skill_ids: skill_ids.map(|ids| parse_all(&ids)),
        }
    }
}

/// What exemptions can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum RequirementExemptionOrderField {
    /// Start. When it began to hold.
    ValidFrom,
}

/// How exemptions are ordered. The default is VALID_FROM, DESC: the newest first.
#[derive(Debug, InputObject)]
pub struct RequirementExemptionOrder {
    /// By what.
    field: RequirementExemptionOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl RequirementExemptionOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::ExemptionOrder {
        let descending =
            order.is_none_or(|Self { field: RequirementExemptionOrderField::ValidFrom, direction }| {
                direction.is_some_and(OrderDirection::is_descending)
            });
        store::ExemptionOrder { descending }
    }
}
