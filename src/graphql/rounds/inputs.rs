//! Filters and orders of assessment rounds and of their people.

use async_graphql::{Enum, InputObject};

use crate::{
    graphql::{choices::OrderDirection, rounds::choices::AssessmentRoundStatus},
    store,
};

/// Which assessment rounds.
#[derive(Debug, Default, InputObject)]
pub struct AssessmentRoundFilter {
    /// In one of these states.
    statuses: Option<Vec<AssessmentRoundStatus>>,
}

impl AssessmentRoundFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::RoundFilter {
        let statuses = self.statuses.unwrap_or_default().into_iter().map(Into::into).collect();
        store::RoundFilter { statuses }
    }
}

/// What assessment rounds can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AssessmentRoundOrderField {
    /// Due. By when it shall be done.
    DueAt,
}

/// How assessment rounds are ordered. The default is DUE_AT, DESC: the latest first.
#[derive(Debug, InputObject)]
pub struct AssessmentRoundOrder {
    /// By what.
    field: AssessmentRoundOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl AssessmentRoundOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::RoundOrder {
        let descending = order.is_none_or(|Self { field: AssessmentRoundOrderField::DueAt, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::RoundOrder { descending }
    }
}

/// Which people of a round.
#[derive(Debug, Default, InputObject)]
pub struct AssessmentRoundPersonFilter {
    /// Those of whom something is missing, or else those of whom nothing is; everyone when left out.
    pub(in crate::graphql) incomplete: Option<bool>,
}

/// What the people of a round can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AssessmentRoundPersonOrderField {
    /// Person. By display name.
    Person,
    /// Missing. By how many assessments are missing.
    Missing,
}

/// How the people of a round are ordered. The default is PERSON, ASC.
#[derive(Debug, InputObject)]
pub struct AssessmentRoundPersonOrder {
    /// By what.
    pub(in crate::graphql) field: AssessmentRoundPersonOrderField,
    /// Which way; ASC when left out.
    pub(in crate::graphql) direction: Option<OrderDirection>,
}
