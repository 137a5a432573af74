//! Filters and orders of people and of the profiles they hold.

use async_graphql::{Enum, ID, InputObject, Result};

use crate::{
    auth::Scope,
    domain::levels::{Interest, Level, OutOfScale},
    graphql::{
        choices::OrderDirection,
        errors::bad_user_input,
        ids::{parse, parse_all},
        people::choices::PersonStatus,
        scalars::DateTime,
    },
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
    /// The people finder: who meets all of these, at most 10. People whose assessments you see are found
    /// by their exact effective level. Of the others only the discoverable are found (`Discoverability`),
    /// and only as practitioners or better: for them a `minLevel` below 3 asks for 3. What is found tells
    /// nothing of sources or of the past.
    pub(in crate::graphql) all_of: Option<Vec<SkillClause>>,
}

/// One condition of the people finder. It names a level, an interest, or both.
#[derive(Debug, InputObject)]
pub struct SkillClause {
    /// The skill; one that was merged stands for the one it reads as today.
    skill_id: ID,
    /// The effective level is at least this, 0–5.
    min_level: Option<i32>,
    /// The interest is at least this, 0–5.
    min_interest: Option<i32>,
}

/// The most clauses of one search.
const MOST_CLAUSES: usize = 10;

impl SkillClause {
    /// The clauses as the finder reads them; `None` when one names a skill that cannot be.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` naming the clause and the rule.
    pub(in crate::graphql) fn read_all(clauses: &[Self]) -> Result<Option<Vec<store::SkillClause>>> {
        if clauses.len() > MOST_CLAUSES {
            return Err(bad_user_input(format!("`allOf` has at most {MOST_CLAUSES} elements.")));
        }
        clauses.iter().map(Self::read).collect()
    }

    fn read(&self) -> Result<Option<store::SkillClause>> {
        if self.min_level.is_none() && self.min_interest.is_none() {
            return Err(bad_user_input("An element of `allOf` names `minLevel`, `minInterest` or both."));
        }
        let outside = |error: OutOfScale| bad_user_input(format!("In `allOf`, {error}."));
        let min_level = self.min_level.map(|level| Level::new(level.into())).transpose().map_err(outside)?;
        let min_interest =
            self.min_interest.map(|least| Interest::new(least.into())).transpose().map_err(outside)?;
        Ok(parse(&self.skill_id).map(|skill_id| store::SkillClause { skill_id, min_level, min_interest }))
    }
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
