//! Filters and orders of people and of the profiles they hold.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    auth::Scope,
    graphql::{choices::OrderDirection, ids::parse_all, people::choices::PersonStatus, scalars::DateTime},
    store,
};

/// Which people. Conditions add up; without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct PersonFilter {
    /// The name or email contains this text; case and width do not matter.
    text: Option<String>,
    /// In one of these states.
    statuses: Option<Vec<PersonStatus>>,
    /// In one of these teams now, of those that you see.
    pub(in crate::graphql) team_ids: Option<Vec<ID>>,
    /// In a team below one of `teamIds` too; false when left out.
    pub(in crate::graphql) include_subteams: Option<bool>,
}

impl PersonFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::PersonFilter {
        store::PersonFilter {
            text: self.text,
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
            team_ids: self.team_ids.map(|ids| parse_all(&ids)),
            ids: None,
        }
    }
}

/// What people can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum PersonOrderField {
    /// Name. Compared without case and width.
    DisplayName,
}

/// How people are ordered. The default is DISPLAY_NAME, ASC.
#[derive(Debug, InputObject)]
pub struct PersonOrder {
    /// By what.
    field: PersonOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl PersonOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::PersonOrder {
        let descending = order.is_some_and(|Self { field: PersonOrderField::DisplayName, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::PersonOrder { descending }
    }
}

/// Which role profiles of a person.
#[derive(Debug, Default, InputObject)]
pub struct PersonRoleProfileFilter {
    /// Those that hold at this instant; now when left out. Ignored with `history`.
    at: Option<DateTime>,
    /// Past and future ones too; false when left out.
    history: Option<bool>,
}

impl PersonRoleProfileFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(filter: Option<Self>, scope: &Scope) -> store::HeldProfileFilter {
        let Self { at, history } = filter.unwrap_or_default();
        let at = at.map_or(scope.now(), |at| at.0);
        store::HeldProfileFilter { at: (!history.unwrap_or(false)).then_some(at) }
    }
}

/// What the role profiles of a person can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum PersonRoleProfileOrderField {
    /// Start. When the person began to hold it.
    ValidFrom,
}

/// How the role profiles of a person are ordered. The default is VALID_FROM, ASC.
#[derive(Debug, InputObject)]
pub struct PersonRoleProfileOrder {
    /// By what.
    field: PersonRoleProfileOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl PersonRoleProfileOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::HeldProfileOrder {
        let descending = order.is_some_and(|Self { field, direction }| {
            let PersonRoleProfileOrderField::ValidFrom = field;
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::HeldProfileOrder { descending }
    }
}
