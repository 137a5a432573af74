//! Filters and orders of assessments, effective levels and interests.

use async_graphql::{Enum, ID, InputObject};

use crate::{
    domain::ids::SkillId,
    graphql::{
        assessments::choices::{AssessmentSource, AssessmentStatus},
        choices::OrderDirection,
        ids::parse_all,
        paging::KeyKind,
        scalars::DateTime,
        skills::choices::SkillKind,
    },
    store,
};

/// Which assessments. Conditions add up; without any, all that you see.
#[derive(Debug, Default, InputObject)]
pub struct SkillAssessmentFilter {
    /// Of one of these skills, or of one that was merged into it.
    skill_ids: Option<Vec<ID>>,
    /// From one of these sources.
    sources: Option<Vec<AssessmentSource>>,
    /// In one of these states.
    status: Option<Vec<AssessmentStatus>>,
    /// Observed at this instant or later.
    from: Option<DateTime>,
    /// Observed before this instant.
    to: Option<DateTime>,
}

impl SkillAssessmentFilter {
    /// The store's filter.
    pub(in crate::graphql) fn read(self) -> store::AssessmentFilter {
        store::AssessmentFilter {
            skill_ids: self.skill_ids.map(|ids| parse_all(&ids)),
            sources: self.sources.unwrap_or_default().into_iter().map(Into::into).collect(),
            statuses: self.status.unwrap_or_default().into_iter().map(Into::into).collect(),
            from: self.from.map(|from| from.0),
            to: self.to.map(|to| to.0),
        }
    }
}

/// What assessments can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SkillAssessmentOrderField {
    /// Observed. When the level was observed.
    ObservedAt,
}

/// How assessments are ordered. The default is OBSERVED_AT, DESC: the newest first.
#[derive(Debug, InputObject)]
pub struct SkillAssessmentOrder {
    /// By what.
    field: SkillAssessmentOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

impl SkillAssessmentOrder {
    /// The store's order.
    pub(in crate::graphql) fn read(order: Option<Self>) -> store::AssessmentOrder {
        let descending =
            order.is_none_or(|Self { field: SkillAssessmentOrderField::ObservedAt, direction }| {
                direction.is_some_and(OrderDirection::is_descending)
            });
        store::AssessmentOrder { descending }
    }
}

/// Which effective levels. Conditions add up; without any, all.
#[derive(Debug, Default, InputObject)]
pub struct EffectiveSkillFilter {
    /// In one of these skills.
    skill_ids: Option<Vec<ID>>,
    /// In skills of one of these kinds.
    kinds: Option<Vec<SkillKind>>,
    /// At this level or above, 0–5; leaves out what has no level now.
    pub(in crate::graphql) min_level: Option<i32>,
}

impl EffectiveSkillFilter {
    /// The skills asked for; any when absent.
    pub(in crate::graphql) fn skills(&self) -> Option<Vec<SkillId>> {
        self.skill_ids.as_deref().map(parse_all)
    }

    /// Whether skills of this kind are asked for.
    pub(in crate::graphql) fn admits(&self, kind: crate::domain::skills::SkillKind) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|asked| kind == (*asked).into()))
    }
}

/// What effective levels can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum EffectiveSkillOrderField {
    /// Skill name. Compared without case and width.
    SkillName,
    /// Level. What has no level now counts as below 0.
    Level,
}

/// How effective levels are ordered. The default is SKILL_NAME, ASC.
#[derive(Debug, InputObject)]
pub struct EffectiveSkillOrder {
    /// By what.
    pub(in crate::graphql) field: EffectiveSkillOrderField,
    /// Which way; ASC when left out.
    pub(in crate::graphql) direction: Option<OrderDirection>,
}

impl EffectiveSkillOrderField {
    /// What the order is keyed by.
    pub(in crate::graphql) const fn kind(self) -> KeyKind {
        match self {
            Self::SkillName => KeyKind::Text,
            Self::Level => KeyKind::Number,
        }
    }
}

/// Which interests. Conditions add up; without any, all.
#[derive(Debug, Default, InputObject)]
pub struct SkillInterestFilter {
    /// In one of these skills.
    skill_ids: Option<Vec<ID>>,
    /// At least this strong, 0–5.
    pub(in crate::graphql) min_interest: Option<i32>,
}

impl SkillInterestFilter {
    /// The skills asked for; any when absent.
    pub(in crate::graphql) fn skills(&self) -> Option<Vec<SkillId>> {
        self.skill_ids.as_deref().map(parse_all)
    }
}

/// What interests can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum SkillInterestOrderField {
    /// Skill name. Compared without case and width.
    SkillName,
    /// Interest. How strong it is.
    Interest,
}

/// How interests are ordered. The default is SKILL_NAME, ASC.
#[derive(Debug, InputObject)]
pub struct SkillInterestOrder {
    /// By what.
    pub(in crate::graphql) field: SkillInterestOrderField,
    /// Which way; ASC when left out.
    pub(in crate::graphql) direction: Option<OrderDirection>,
}

impl SkillInterestOrderField {
    /// What the order is keyed by.
    pub(in crate::graphql) const fn kind(self) -> KeyKind {
        match self {
            Self::SkillName => KeyKind::Text,
            Self::Interest => KeyKind::Number,
        }
    }
}
