//! Filters and orders of teams and memberships.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    auth::Scope,
    graphql::{
        choices::OrderDirection,
        ids::parse,
        paging::KeyKind,
        scalars::DateTime,
        teams::choices::{TeamRole, TeamStatus},
    },
    store,
};

/// Which teams. Conditions add up; without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct TeamFilter {
    /// The name or slug contains this text; case and width do not matter.
    text: Option<String>,
    /// In one of these states.
    statuses: Option<Vec<TeamStatus>>,
    /// Directly below this team.
    parent_id: Option<ID>,
}

impl TeamFilter {
    /// The store's filter; `None` when it names a team that cannot be.
    pub(in crate::graphql) fn read(self) -> Option<store::TeamFilter> {
        let parent_id = match self.parent_id {
            Some(id) => Some(parse(&id)?),
            None => None,
        };
        let statuses = self.statuses.unwrap_or_default().into_iter().map(Into::into).collect();
        Some(store::TeamFilter { text: self.text, statuses, parent_id, ..store::TeamFilter::default() })
    }
}

/// What teams can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum TeamOrderField {
    /// Name. Compared without case and width.
    Name,
}

/// How teams are ordered. The default is NAME, ASC.
#[derive(Debug, InputObject)]
pub struct TeamOrder {
    /// By what.
    field: TeamOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl TeamOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::TeamOrder {
        let descending = order.is_some_and(|Self { field: TeamOrderField::Name, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::TeamOrder { descending }
    }
}

/// Which memberships. Conditions add up.
#[derive(Debug, Default, InputObject)]
pub struct TeamMembershipFilter {
    /// Those that hold at this instant; now when left out. Ignored with `history`.
    at: Option<DateTime>,
    /// Past and future ones too; false when left out.
    history: Option<bool>,
    /// In one of these roles.
    roles: Option<Vec<TeamRole>>,
}

impl TeamMembershipFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(filter: Option<Self>, scope: &Scope) -> store::MembershipFilter {
        let Self { at, history, roles } = filter.unwrap_or_default();
        let at = at.map_or(scope.now(), |at| at.0);
        let at = (!history.unwrap_or(false)).then_some(at);
        store::MembershipFilter { at, roles: roles.unwrap_or_default().into_iter().map(Into::into).collect() }
    }
}

/// What memberships can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::MembershipOrderField")]
pub enum TeamMembershipOrderField {
    /// Name. Of the person in a team's list, of the team in a person's.
    Name,
    /// Start. When the membership began.
    ValidFrom,
}

/// How memberships are ordered. The default is NAME, ASC.
#[derive(Debug, InputObject)]
pub struct TeamMembershipOrder {
    /// By what.
    field: TeamMembershipOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl TeamMembershipOrder {
    /// The store's order, and what it is keyed by.
    pub(in crate::graphql) fn read(order: Option<Self>) -> (store::MembershipOrder, KeyKind) {
        let Some(order) = order else { return (store::MembershipOrder::default(), KeyKind::Text) };
        let kind = match order.field {
            TeamMembershipOrderField::Name => KeyKind::Text,
            TeamMembershipOrderField::ValidFrom => KeyKind::Time,
        };
        let descending = order.direction.is_some_and(OrderDirection::is_descending);
        (store::MembershipOrder { field: order.field.into(), descending }, kind)
    }
}
