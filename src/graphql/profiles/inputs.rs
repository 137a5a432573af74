//! Filters and orders of role profiles and their versions, and how one is named.

use async_graphql::{Enum, ID, InputObject, OneofObject};

use crate::{
    app::NamedRole,
    domain::ids::{RoleProfileKind, RoleProfileVersionKind},
    graphql::{
        choices::OrderDirection,
        ids::raw,
        paging::KeyKind,
        profiles::choices::{CareerTrack, RoleProfileStatus, RoleProfileVersionStatus},
    },
    store,
};

/// Names a role profile, exactly one way. By `id` or `key` the version holds that is published, or was at the
/// `asOf` it is asked with.
#[derive(Debug, Clone, OneofObject)]
pub enum RoleProfileInput {
    /// The id of the role profile.
    Id(ID),
    /// The key of the role profile, such as `senior-python-developer`.
    Key(String),
    /// The id of one version of it.
    VersionId(ID),
}

impl RoleProfileInput {
    /// As use cases name it.
    pub(in crate::graphql) fn named(self) -> NamedRole {
        match self {
            Self::Id(id) => NamedRole::Id(raw::<RoleProfileKind>(&id)),
            Self::Key(key) => NamedRole::Key(key),
            Self::VersionId(id) => NamedRole::VersionId(raw::<RoleProfileVersionKind>(&id)),
        }
    }
}

/// Which role profiles. Conditions add up; without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct RoleProfileFilter {
    /// The title or key contains this text; case and width do not matter.
    text: Option<String>,
    /// Of this family, exactly as written.
    family: Option<String>,
    /// On one of these tracks.
    tracks: Option<Vec<CareerTrack>>,
    /// In one of these states.
    statuses: Option<Vec<RoleProfileStatus>>,
}

impl RoleProfileFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::RoleProfileFilter {
        store::RoleProfileFilter {
            text: self.text,
            family: self.family,
            tracks: self.tracks.unwrap_or_default().into_iter().map(Into::into).collect(),
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
        }
    }
}

/// What role profiles can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::RoleProfileOrderField")]
pub enum RoleProfileOrderField {
    /// Title. Compared without case and width.
    Title,
    /// Seniority. From entry upwards.
    Seniority,
}

/// How role profiles are ordered. The default is TITLE, ASC.
#[derive(Debug, InputObject)]
pub struct RoleProfileOrder {
    /// By what.
    field: RoleProfileOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl RoleProfileOrder {
    /// The store's order, and what it is keyed by.
    pub(in crate::graphql) fn read(order: Option<Self>) -> (store::RoleProfileOrder, KeyKind) {
        let Some(order) = order else { return (store::RoleProfileOrder::default(), KeyKind::Text) };
        let kind = match order.field {
            RoleProfileOrderField::Title => KeyKind::Text,
            RoleProfileOrderField::Seniority => KeyKind::Number,
        };
        let descending = order.direction.is_some_and(OrderDirection::is_descending);
        (store::RoleProfileOrder { field: order.field.into(), descending }, kind)
    }
}

/// Which versions of a role profile.
#[derive(Debug, Default, InputObject)]
pub struct RoleProfileVersionFilter {
    /// In one of these states.
    statuses: Option<Vec<RoleProfileVersionStatus>>,
}

impl RoleProfileVersionFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::VersionFilter {
        let statuses = self.statuses.unwrap_or_default().into_iter().map(Into::into).collect();
        store::VersionFilter { statuses }
    }
}

/// What versions can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum RoleProfileVersionOrderField {
    /// Number. 1, 2, 3 and so on.
    Number,
}

/// How versions are ordered. The default is NUMBER, DESC: the newest first.
#[derive(Debug, InputObject)]
pub struct RoleProfileVersionOrder {
    /// By what.
    field: RoleProfileVersionOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl RoleProfileVersionOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::VersionOrder {
        let descending =
            order.is_none_or(|Self { field: RoleProfileVersionOrderField::Number, direction }| {
                direction.is_some_and(OrderDirection::is_descending)
            });
        store::VersionOrder { descending }
    }
}
