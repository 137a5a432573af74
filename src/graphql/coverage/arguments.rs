//! What is asked of a coverage, checked and turned into the view's question.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject, OneofObject, Result};

use crate::{
    domain::{
        coverage::{MOST_TARGETS, Target},
        ids::TeamId,
        levels::Level,
    },
    graphql::{
        context::Reading,
        errors::bad_user_input,
        ids::parse,
        matrix::{TeamScope, past},
        profiles::{edition_named, inputs::RoleProfileInput},
        scalars::DateTime,
    },
    views::coverage::{Against, CoverageError, Question},
};

/// What a team is measured against, exactly one way.
#[derive(Debug, Clone, OneofObject)]
pub enum CoverageInput {
    /// What a role profile requires, of one person each.
    RoleProfile(RoleProfileInput),
    /// These targets, at most 400; of two for one skill the stronger holds.
    Targets(Vec<SkillTargetInput>),
}

/// A level of a skill, and how many people it takes.
#[derive(Debug, Clone, InputObject)]
pub struct SkillTargetInput {
    /// The skill. One that you do not see is left out.
    skill_id: ID,
    /// From which level somebody counts, 1–5.
    level: i32,
    /// How many people it takes, 1–1,000; 1 when left out.
    head_count: Option<i32>,
}

/// The arguments that every question of coverage has, as a client sent them.
#[derive(Debug, Default)]
pub struct CoverageArguments {
    /// Measured against what; the team's own targets when absent.
    pub of: Option<CoverageInput>,
    /// In the place of every level that is asked for.
    pub min_level: Option<i32>,
    /// As of when.
    pub as_of: Option<DateTime>,
    /// Whose members.
    pub scope: Option<TeamScope>,
}

impl CoverageArguments {
    /// The view's question and the level that holds for all skills; `None` when it names a role profile the
    /// viewer does not see.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` naming the argument and its rule, or what the store returns.
    pub async fn question(
        self,
        ctx: &Context<'_>,
        team_id: TeamId,
    ) -> Result<Option<(Question, Option<Level>)>> {
        let least = self.min_level.map(|least| checked_level("minLevel", least)).transpose()?;
        let as_of = past("asOf", self.as_of, ctx.reads()?.scope.now())?;
        let against = match self.of {
            None => Against::OwnTargets,
            Some(CoverageInput::Targets(targets)) => Against::Targets(checked_targets(&targets)?),
            Some(CoverageInput::RoleProfile(named)) => match edition_named(ctx, named, as_of).await? {
                Some(edition) => Against::Profile(edition),
                None => return Ok(None),
            },
        };
        let reach = self.scope.unwrap_or(TeamScope::Direct).into();
        let (joiners, hires) = (BTreeSet::new(), BTreeSet::new());
        Ok(Some((Question { team_id, as_of, reach, against, joiners, hires }, least)))
    }
}

/// A level that somebody can be asked to have.
pub(super) fn checked_level(argument: &str, level: i32) -> Result<Level> {
    let known = Level::new(level.into()).ok().filter(|level| level.value() >= 1);
    known.ok_or_else(|| bad_user_input(format!("`{argument}` must be 1 to 5.")))
}

fn checked_targets(targets: &[SkillTargetInput]) -> Result<Vec<Target>> {
    if targets.len() > MOST_TARGETS {
        return Err(bad_user_input(format!("`targets` holds at most {MOST_TARGETS} targets.")));
    }
    let mut checked = Vec::with_capacity(targets.len());
    for (n, target) in targets.iter().enumerate() {
        let level = checked_level(&format!("targets.{n}.level"), target.level)?;
        let head_count = u32::try_from(target.head_count.unwrap_or(1)).unwrap_or_default();
        if !(1..=1_000).contains(&head_count) {
            return Err(bad_user_input(format!("`targets.{n}.headCount` must be 1 to 1,000.")));
        }
        checked.extend(parse(&target.skill_id).map(|skill_id| Target { skill_id, level, head_count }));
    }
    Ok(checked)
}

/// What a client is told of a question that has no answer.
pub(super) fn told(error: CoverageError) -> async_graphql::Error {
    match error {
        CoverageError::Store(error) => error.into(),
        error @ CoverageError::People(_) => {
            bad_user_input(format!("{error}. Ask for one team at a time, or for a team further down."))
        }
        error @ CoverageError::Skills(_) => bad_user_input(format!("{error}.")),
    }
}
