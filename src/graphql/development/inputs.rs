//! Filters and orders of plans, goals, check-ins, proposals and learning resources.

use async_graphql::{Enum, ID, InputObject, Result};

use crate::{
    domain::{development, levels::Level},
    graphql::{
        choices::OrderDirection,
        development::choices::{DevelopmentGoalStatus, DevelopmentPlanStatus, LearningResourceStatus},
        errors::bad_user_input,
        ids::parse_all,
        paging::KeyKind,
        scalars::DateTime,
    },
    store,
};

/// Which development plans. Without conditions, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct DevelopmentPlanFilter {
    /// In one of these states.
    statuses: Option<Vec<DevelopmentPlanStatus>>,
}

impl DevelopmentPlanFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::PlanFilter {
        store::PlanFilter {
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
        }
    }
}

/// What development plans can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum DevelopmentPlanOrderField {
    /// Created. When it was first written.
    CreatedAt,
}

/// How development plans are ordered. The default is CREATED_AT, DESC: the newest first.
#[derive(Debug, InputObject)]
pub struct DevelopmentPlanOrder {
    /// By what.
    field: DevelopmentPlanOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl DevelopmentPlanOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::PlanOrder {
        let descending =
            order.is_none_or(|Self { field: DevelopmentPlanOrderField::CreatedAt, direction }| {
                direction.is_some_and(OrderDirection::is_descending)
            });
        store::PlanOrder { descending }
    }
}

/// Which goals. Without conditions, all.
#[derive(Debug, Default, InputObject)]
pub struct DevelopmentGoalFilter {
    /// In one of these states.
    statuses: Option<Vec<DevelopmentGoalStatus>>,
}

impl DevelopmentGoalFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::GoalFilter {
        store::GoalFilter {
            statuses: self.statuses.unwrap_or_default().into_iter().map(Into::into).collect(),
        }
    }
}

/// What goals can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum DevelopmentGoalOrderField {
    /// Position. As they stand in the plan.
    Position,
}

/// How goals are ordered. The default is POSITION, ASC.
#[derive(Debug, InputObject)]
pub struct DevelopmentGoalOrder {
    /// By what.
    field: DevelopmentGoalOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl DevelopmentGoalOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::GoalOrder {
        let descending =
            order.is_some_and(|Self { field: DevelopmentGoalOrderField::Position, direction }| {
                direction.is_some_and(OrderDirection::is_descending)
            });
        store::GoalOrder { descending }
    }
}

/// Which check-ins. Conditions add up; without any, all.
#[derive(Debug, Default, InputObject)]
pub struct GoalCheckInFilter {
    /// Said at this instant or later.
    from: Option<DateTime>,
    /// Said before this instant.
    to: Option<DateTime>,
}

impl GoalCheckInFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::CheckInFilter {
        store::CheckInFilter { from: self.from.map(|from| from.0), to: self.to.map(|to| to.0) }
    }
}

/// What check-ins can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum GoalCheckInOrderField {
    /// Said. When it was said.
    At,
}

/// How check-ins are ordered. The default is AT, DESC: the newest first.
#[derive(Debug, InputObject)]
pub struct GoalCheckInOrder {
    /// By what.
    field: GoalCheckInOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl GoalCheckInOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::CheckInOrder {
        let descending = order.is_none_or(|Self { field: GoalCheckInOrderField::At, direction }| {
            direction.is_some_and(OrderDirection::is_descending)
        });
        store::CheckInOrder { descending }
    }
}

/// Which proposed assessments. Without conditions, all that wait for you.
#[derive(Debug, Default, InputObject)]
pub struct AssessmentProposalFilter {
    /// In one of these skills, or in one that was merged into it.
    skill_ids: Option<Vec<ID>>,
}

impl AssessmentProposalFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::AssessmentProposalFilter {
        store::AssessmentProposalFilter { skill_ids: self.skill_ids.map(|ids| parse_all(&ids)) }
    }
}

/// What proposed assessments can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum AssessmentProposalOrderField {
    /// Since. When the target was reached.
    Since,
}

/// How proposed assessments are ordered. The default is SINCE, ASC: who waits longest comes first.
#[derive(Debug, InputObject)]
pub struct AssessmentProposalOrder {
    /// By what.
    field: AssessmentProposalOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl AssessmentProposalOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::ProposalOrder {
        let descending =
            order.is_some_and(|Self { field: AssessmentProposalOrderField::Since, direction }| {
                direction.is_some_and(OrderDirection::is_descending)
            });
        store::ProposalOrder { descending }
    }
}

/// Which learning resources. Conditions add up; without any, all that are offered.
#[derive(Debug, Default, InputObject)]
pub struct LearningResourceFilter {
    /// For one of these skills, or for one that was merged into it.
    skill_ids: Option<Vec<ID>>,
    /// Leading to this level or a higher one, 0–5.
    min_level: Option<i32>,
    /// Leading to this level or a lower one, 0–5.
    max_level: Option<i32>,
    /// In this language, such as `en`; case does not matter.
    language: Option<String>,
    /// In one of these states; ACTIVE when left out.
    statuses: Option<Vec<LearningResourceStatus>>,
}

impl LearningResourceFilter {
    /// The store's filter.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` naming the level and its rule.
    pub(in crate::graphql) fn read(self) -> Result<store::LearningResourceFilter> {
        let offered = || vec![LearningResourceStatus::Active];
        let statuses = self.statuses.unwrap_or_else(offered).into_iter();
        Ok(store::LearningResourceFilter {
            skill_ids: self.skill_ids.map(|ids| parse_all(&ids)),
            min_level: level("minLevel", self.min_level)?,
            max_level: level("maxLevel", self.max_level)?,
            language: self.language,
            statuses: statuses.map(development::LearningResourceStatus::from).collect(),
        })
    }
}

fn level(name: &str, given: Option<i32>) -> Result<Option<Level>> {
    let read = |level: i32| {
        Level::new(level.into())
            .map_err(|_| bad_user_input(format!("`filter.{name}` is between 0 and 5, not {level}.")))
    };
    given.map(read).transpose()
}

/// What learning resources can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "store::LearningResourceOrderField")]
pub enum LearningResourceOrderField {
    /// Title. Compared without case and width.
    Title,
    /// Level. The one it leads to.
    Level,
}

/// How learning resources are ordered. The default is TITLE, ASC.
#[derive(Debug, InputObject)]
pub struct LearningResourceOrder {
    /// By what.
    field: LearningResourceOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl LearningResourceOrder {
    /// The store's order, and what it is keyed by.
    pub(in crate::graphql) fn read(order: Option<Self>) -> (store::LearningResourceOrder, KeyKind) {
        let Some(order) = order else { return (store::LearningResourceOrder::default(), KeyKind::Text) };
        let kind = match order.field {
            LearningResourceOrderField::Title => KeyKind::Text,
            LearningResourceOrderField::Level => KeyKind::Number,
        };
        let descending = order.direction.is_some_and(OrderDirection::is_descending);
        (store::LearningResourceOrder { field: order.field.into(), descending }, kind)
    }
}
