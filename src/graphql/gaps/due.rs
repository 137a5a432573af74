//! Levels that should be looked at again, as a list.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::TimeDelta;

use crate::{
    domain::{assessments::staleness, text::fold},
    graphql::{
        assessments::{EffectiveSkill, choices::Staleness},
        choices::OrderDirection,
        connection::{Connection, listed},
        context::Reading,
        errors::bad_user_input,
        matrix::TeamScope,
        paging::{KeyKind, PageArguments, cut},
        people::Person,
        scalars::DateTime,
        skills::Skill,
        teams::Team,
    },
    store::{Cursor, SortKey},
    views::due::{DueLevel, levels_due},
};

/// Why a level should be looked at again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "staleness::DueReason")]
pub enum DueReason {
    /// Review. The review interval of the skill has run, or will have.
    Review,
    /// Expiry. The level expires within thirty days of then, or has expired.
    Expiry,
}

/// Which due levels. Conditions add up; without any, all of them.
#[derive(Debug, Default, InputObject)]
pub struct DueAssessmentFilter {
    /// As old as one of these now. FRESH ones are due later, within the days that are asked for.
    staleness: Option<Vec<Staleness>>,
    /// For one of these reasons.
    reasons: Option<Vec<DueReason>>,
}

/// What due levels can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum DueAssessmentOrderField {
    /// Due. From when on it is due.
    DueAt,
    /// Person. By display name.
    Person,
}

/// How due levels are ordered. The default is DUE_AT, ASC: the longest overdue first.
#[derive(Debug, InputObject)]
pub struct DueAssessmentOrder {
    /// By what.
    field: DueAssessmentOrderField,
    /// Which way; ASC when left out.
    direction: Option<OrderDirection>,
}

/// What is asked for.
#[derive(Debug)]
pub struct DueAssessments {
    /// Of whom.
    pub team_id: ID,
    /// Due within so many days.
    pub within: i32,
    /// Whose members.
    pub scope: TeamScope,
    /// Which part.
    pub page: PageArguments,
    /// Which of them.
    pub filter: DueAssessmentFilter,
    /// In which order.
    pub order: Option<DueAssessmentOrder>,
}

/// The furthest that is looked ahead, in days.
const MOST_DAYS: i32 = 3_650;

/// A page of the due levels of a team; `None` when the viewer does not see the team.
///
/// # Errors
/// `BAD_USER_INPUT` for arguments, or what the store returns.
pub async fn due_in_team(
    ctx: &Context<'_>,
    asked: DueAssessments,
) -> Result<Option<Connection<DueAssessment>>> {
    if !(0..=MOST_DAYS).contains(&asked.within) {
        let rule = format!("`within` is between 0 and {MOST_DAYS} days, not {}.", asked.within);
        return Err(bad_user_input(rule));
    }
    let field = asked.order.as_ref().map_or(DueAssessmentOrderField::DueAt, |order| order.field);
    let descending = asked.order.and_then(|order| order.direction).is_some_and(OrderDirection::is_descending);
    let page = asked.page.request(field.kind())?;
    let Some(team) = Team::named(ctx, &asked.team_id).await? else { return Ok(None) };
    let reads = ctx.reads()?;
    let until = reads.scope.now() + TimeDelta::days(asked.within.into());
    let levels = levels_due(&reads.store, &reads.scope, team.0.id, asked.scope.into(), until).await?;
    let kept = levels.into_iter().filter(|level| asked.filter.keeps(level));
    let placed = kept.map(|level| (field.place(&level), DueAssessment(level))).collect();
    Ok(Some(Connection::of(cut(placed, descending, &page), |due| due)))
}

impl DueAssessmentFilter {
    fn keeps(&self, level: &DueLevel) -> bool {
        let old = |asked: &Vec<Staleness>| asked.iter().any(|one| level.due.staleness == (*one).into());
        let why = |asked: &Vec<DueReason>| asked.iter().any(|one| level.due.reason == (*one).into());
        self.staleness.as_ref().is_none_or(old) && self.reasons.as_ref().is_none_or(why)
    }
}

impl DueAssessmentOrderField {
    const fn kind(self) -> KeyKind {
        match self {
            Self::DueAt => KeyKind::Time,
            Self::Person => KeyKind::Text,
        }
    }

    fn place(self, level: &DueLevel) -> Cursor {
        let key = match self {
            Self::DueAt => SortKey::Time(level.due.at),
            Self::Person => SortKey::Text(fold(&level.person.display_name)),
        };
        Cursor { key, id: level.assessment_id.uuid() }
    }
}

/// A level that is due, or will be.
#[derive(Debug, Clone)]
pub struct DueAssessment(pub DueLevel);

listed! { DueAssessment: "due levels"; }

/// A level of a person in a skill that should be looked at again: `dueAt` is the end of the skill's review
/// interval, or thirty days before the level expires, whichever comes first.
#[Object]
impl DueAssessment {
    /// Whose level.
    async fn person(&self) -> Person {
        Person(self.0.person.clone())
    }

    /// In which skill.
    async fn skill(&self) -> Skill {
        Skill(self.0.skill.clone())
    }

    /// From when on it is due; in the past when it is overdue.
    async fn due_at(&self) -> DateTime {
        DateTime(self.0.due.at)
    }

    /// Which of the two it is.
    async fn reason(&self) -> DueReason {
        self.0.due.reason.into()
    }

    /// How old the level is now.
    async fn staleness(&self) -> Staleness {
        self.0.due.staleness.into()
    }

    /// The level, and how it was chosen.
    async fn effective(&self) -> EffectiveSkill {
        EffectiveSkill::told(self.0.skill.clone(), self.0.effective, self.0.reasons.clone())
    }
}
