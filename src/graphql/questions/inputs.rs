//! Filters and orders of questions and their versions.

use async_graphql::{Enum, ID, InputObject, Result};

use crate::{
    domain::{
        levels::Level,
        questions::{content::SCORES, rules::MOST_TAGS},
    },
    graphql::{
        choices::OrderDirection,
        errors::bad_user_input,
        ids::parse_all,
        paging::KeyKind,
        questions::choices::{QuestionKind, QuestionVersionStatus},
        scalars::DateTime,
    },
    store,
};

/// Which questions. Conditions add up, and hold of the version that `Question.current` shows in the list;
/// without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct QuestionFilter {
    /// Each word of this text begins a word of the question. Words are letters, digits, `+` and `#`; case
    /// and width do not matter. At most 16 words are looked for.
    text: Option<String>,
    /// Shows one of these skills, a merged one read as what it is today; an empty list finds nothing. In the
    /// lists of values below an empty one is any.
    skill_ids: Option<Vec<ID>>,
    /// Shows one of them, or of any, at this level or above: 1–5.
    min_level: Option<i32>,
    /// Shows one of them, or of any, at this level or below: 1–5.
    max_level: Option<i32>,
    /// Of one of these kinds.
    kinds: Option<Vec<QuestionKind>>,
    /// Of one of these difficulties: 1–5.
    difficulties: Option<Vec<i32>>,
    /// In one of these states. APPROVED alone finds, and shows, the approved version also of a question whose
    /// next version is being written.
    statuses: Option<Vec<QuestionVersionStatus>>,
    /// In one of these languages, as written.
    languages: Option<Vec<String>>,
    /// With all of these tags: at most 10.
    tags: Option<Vec<String>>,
    /// Of this category; case and width do not matter.
    category: Option<String>,
    /// Takes at least so many minutes.
    min_minutes: Option<i32>,
    /// Takes at most so many minutes.
    max_minutes: Option<i32>,
    /// Not asked since then, or never.
    not_used_since: Option<DateTime>,
    /// Only what you wrote to, drafts included; false when left out.
    mine: Option<bool>,
}

impl QuestionFilter {
    /// The store's filter.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` for a level or a difficulty that no question has, and for more tags than one has.
    pub(in crate::graphql) fn read(self) -> Result<store::QuestionFilter> {
        let level = |name: &str, level: Option<i32>| {
            let read = |level: i32| {
                let level = Level::new(level.into()).ok().filter(|level| level.value() >= 1);
                level.ok_or_else(|| bad_user_input(format!("`filter.{name}` must be 1 to 5.")))
            };
            level.map(read).transpose()
        };
        let difficulties = self.difficulties.unwrap_or_default();
        if difficulties.iter().any(|difficulty| !SCORES.contains(difficulty)) {
            return Err(bad_user_input("`filter.difficulties` must be 1 to 5."));
        }
        let tags = self.tags.unwrap_or_default();
        if tags.len() > MOST_TAGS {
            return Err(bad_user_input(format!("`filter.tags` holds at most {MOST_TAGS} tags.")));
        }
        Ok(store::QuestionFilter {
            tags,
            min_level: level("minLevel", self.min_level)?,
            max_level: level("maxLevel", self.max_level)?,
            text: self.text,
            skill_ids: self.skill_ids.map(|ids| parse_all(&ids)),
            kinds: self.kinds.unwrap_or_default().into_iter().map(Into::into).collect(),
            difficulties,
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
            languages: self.languages.unwrap_or_default(),
            category: self.category,
            min_minutes: self.min_minutes,
            max_minutes: self.max_minutes,
            not_used_since: self.not_used_since.map(|at| at.0),
            mine: self.mine.unwrap_or(false),
        })
    }
}

/// What questions can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::QuestionOrderField")]
pub enum QuestionOrderField {
    /// Key. The stable name.
    Key,
    /// Age. When it was entered.
    CreatedAt,
    /// Usage. How often it was asked.
    AskedCount,
}

/// How questions are ordered. The default is KEY, ASC.
#[derive(Debug, InputObject)]
pub struct QuestionOrder {
    /// By what.
    field: QuestionOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl QuestionOrder {
    /// The store's order, and what it is keyed by.
    pub(in crate::graphql) fn read(order: Option<Self>) -> (store::QuestionOrder, KeyKind) {
        let Some(order) = order else { return (store::QuestionOrder::default(), KeyKind::Text) };
        let kind = match order.field {
            QuestionOrderField::Key => KeyKind::Text,
            QuestionOrderField::CreatedAt => KeyKind::Time,
            QuestionOrderField::AskedCount => KeyKind::Number,
        };
        let descending = order.direction.is_some_and(OrderDirection::is_descending);
        (store::QuestionOrder { field: order.field.into(), descending }, kind)
    }
}

/// Which versions of a question. Without conditions, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct QuestionVersionFilter {
    /// In one of these states.
    statuses: Option<Vec<QuestionVersionStatus>>,
}

impl QuestionVersionFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::QuestionVersionFilter {
        let statuses = self.statuses.unwrap_or_default().into_iter().map(Into::into).collect();
        store::QuestionVersionFilter { statuses }
    }
}

/// What versions of a question can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum QuestionVersionOrderField {
    /// Number. The order they were begun in.
    Number,
}

/// How versions of a question are ordered. The default is NUMBER, DESC.
#[derive(Debug, InputObject)]
pub struct QuestionVersionOrder {
    /// By what.
    field: QuestionVersionOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl QuestionVersionOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::QuestionVersionOrder {
        let descending = order.is_none_or(|Self { field: QuestionVersionOrderField::Number, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::QuestionVersionOrder { descending }
    }
}
