//! Filters and orders of sets of questions.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    graphql::{
        choices::OrderDirection,
        ids::parse_all,
        paging::KeyKind,
        question_sets::choices::{QuestionSetPurpose, QuestionSetStatus},
    },
    store,
};

/// Which sets of questions. Conditions add up; without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct QuestionSetFilter {
    /// The name contains this text; case and width do not matter.
    text: Option<String>,
    /// For one of these role profiles, in any version; an empty list finds nothing.
    role_profile_ids: Option<Vec<ID>>,
    /// A question of it shows one of these skills, a merged one read as what it is today; an empty list finds
    /// nothing.
    skill_ids: Option<Vec<ID>>,
    /// For one of these purposes; any when empty.
    purposes: Option<Vec<QuestionSetPurpose>>,
    /// In one of these states; any when empty.
    statuses: Option<Vec<QuestionSetStatus>>,
    /// Only what you put together; false when left out.
    mine: Option<bool>,
}

impl QuestionSetFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::QuestionSetFilter {
        store::QuestionSetFilter {
            text: self.text,
            role_profile_ids: self.role_profile_ids.map(|ids| parse_all(&ids)),
            skill_ids: self.skill_ids.map(|ids| parse_all(&ids)),
            purposes: self.purposes.unwrap_or_default().into_iter().map(Into::into).collect(),
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
            mine: self.mine.unwrap_or(false),
        }
    }
}

/// What sets of questions can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::QuestionSetOrderField")]
pub enum QuestionSetOrderField {
    /// Name. Compared without case and width.
    Name,
    /// Age. When it was begun.
    CreatedAt,
}

/// How sets of questions are ordered. The default is NAME, ASC.
#[derive(Debug, InputObject)]
pub struct QuestionSetOrder {
    /// By what.
    field: QuestionSetOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl QuestionSetOrder {
    /// The store's order, and what it is keyed by.
    pub(in crate::graphql) fn read(order: Option<Self>) -> (store::QuestionSetOrder, KeyKind) {
        let Some(order) = order else { return (store::QuestionSetOrder::default(), KeyKind::Text) };
        let kind = match order.field {
            QuestionSetOrderField::Name => KeyKind::Text,
            QuestionSetOrderField::CreatedAt => KeyKind::Time,
        };
        let descending = order.direction.is_some_and(OrderDirection::is_descending);
        (store::QuestionSetOrder { field: order.field.into(), descending }, kind)
    }
}
