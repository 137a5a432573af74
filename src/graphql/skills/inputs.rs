//! Filters and orders of skills and categories.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    graphql::{
        choices::OrderDirection,
        ids::parse_all,
        paging::KeyKind,
        skills::choices::{SkillKind, SkillStatus},
    },
    store,
};

/// Which skills. Conditions add up; without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct SkillFilter {
    /// The name or an alias contains this text; case and width do not matter.
    text: Option<String>,
    /// In one of these categories, or in one below.
    category_ids: Option<Vec<ID>>,
    /// Of one of these kinds.
    kinds: Option<Vec<SkillKind>>,
    /// In one of these states.
    statuses: Option<Vec<SkillStatus>>,
}

impl SkillFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::SkillFilter {
        store::SkillFilter {
            text: self.text,
            category_ids: self.category_ids.map(|ids| parse_all(&ids)),
            kinds: self.kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
        }
    }
}

/// What skills can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SkillOrderField {
    /// Name. Compared without case and width.
    Name,
}

/// How skills are ordered. The default is NAME, ASC.
#[derive(Debug, InputObject)]
pub struct SkillOrder {
    /// By what.
    field: SkillOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl SkillOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::SkillOrder {
        let descending = order.is_some_and(|Self { field: SkillOrderField::Name, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::SkillOrder { descending }
    }
}

/// Which categories. Conditions add up.
#[derive(Debug, Default, InputObject)]
pub struct SkillCategoryFilter {
    /// The name contains this text; case and width do not matter.
    text: Option<String>,
    /// Only those at the top of the tree; false when left out.
    top_level: Option<bool>,
}

impl SkillCategoryFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::CategoryFilter {
        store::CategoryFilter { text: self.text, top: self.top_level.unwrap_or(false) }
    }
}

/// What categories can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::CategoryOrderField")]
pub enum SkillCategoryOrderField {
    /// Position. As arranged among siblings.
    Position,
    /// Name. Compared without case and width.
    Name,
}

/// How categories are ordered. The default is POSITION, ASC.
#[derive(Debug, InputObject)]
pub struct SkillCategoryOrder {
    /// By what.
    field: SkillCategoryOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl SkillCategoryOrder {
    /// The store's order, and what it is keyed by.
    pub(in crate::graphql) fn read(order: Option<Self>) -> (store::CategoryOrder, KeyKind) {
        let Some(order) = order else { return (store::CategoryOrder::default(), KeyKind::Number) };
        let kind = match order.field {
            SkillCategoryOrderField::Position => KeyKind::Number,
            SkillCategoryOrderField::Name => KeyKind::Text,
        };
        let descending = order.direction.is_some_and(OrderDirection::is_descending);
        (store::CategoryOrder { field: order.field.into(), descending }, kind)
    }
}
