//! What is asked of a matrix, checked and turned into the view's question.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Result};

use crate::{
    domain::{assessments::effective::LevelView, ids::TeamId, matrix::LIMIT, time::Timestamp},
    graphql::{
        context::Reading,
        errors::bad_user_input,
        ids::parse_all,
        profiles::{edition_named, inputs::RoleProfileInput},
        scalars::DateTime,
    },
    store::TeamReach,
    views::matrix::{MatrixError, MatrixView, Question, team_skill_matrix},
};

/// Whose word the levels of a matrix are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "LevelView")]
pub enum SkillMatrixView {
    /// Effective. What counts of everything that is known.
    Effective,
    /// Self. What each person says of themself.
    #[graphql(name = "SELF")]
    SelfRating,
    /// Manager. What those who lead the person say.
    Manager,
}

/// Whose members are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "TeamReach")]
pub enum TeamScope {
    /// This team. Its own members.
    Direct,
    /// This team and those below. Everyone in the tree under it.
    Subtree,
}

/// The arguments of `Team.skillMatrix` as a client sent them.
#[derive(Debug)]
pub struct SkillMatrixArguments {
    /// As of when.
    pub as_of: Option<DateTime>,
    /// Which columns.
    pub skill_ids: Option<Vec<ID>>,
    /// Measured against what.
    pub role_profile: Option<RoleProfileInput>,
    /// Whose word.
    pub view: SkillMatrixView,
    /// Whose members.
    pub scope: TeamScope,
    /// What changed since when.
    pub changed_since: Option<DateTime>,
}

impl SkillMatrixArguments {
    /// What changed since an instant in the team itself.
    #[must_use]
    pub const fn since(since: DateTime) -> Self {
        Self {
            as_of: None,
            skill_ids: None,
            role_profile: None,
            view: SkillMatrixView::Effective,
            scope: TeamScope::Direct,
            changed_since: Some(since),
        }
    }

    /// The view's question; `None` when it names a role profile the viewer does not see.
    ///
    /// # Errors
    /// `BAD_USER_INPUT` naming the argument and its rule, or what the store returns.
    pub async fn question(self, ctx: &Context<'_>, team_id: TeamId) -> Result<Option<Question>> {
        let now = ctx.reads()?.scope.now();
        let as_of = past("asOf", self.as_of, now)?;
        let changed_since = past("changedSince", self.changed_since, as_of.unwrap_or(now))?;
        if self.skill_ids.as_ref().is_some_and(|ids| ids.len() > LIMIT) {
            return Err(bad_user_input(format!("`skillIds` holds at most {LIMIT} ids.")));
        }
        let measured_against = match self.role_profile {
            None => None,
            Some(named) => match edition_named(ctx, named, as_of).await? {
                Some(edition) => Some(edition),
                None => return Ok(None),
            },
        };
        Ok(Some(Question {
            team_id,
            as_of,
            skill_ids: self.skill_ids.as_deref().map(parse_all),
            measured_against,
            view: self.view.into(),
            reach: self.scope.into(),
            changed_since,
        }))
    }
}

/// The matrix of a team the viewer sees; `None` when it names a role profile they do not see.
///
/// # Errors
/// `BAD_USER_INPUT` for arguments and sizes, or what the store returns.
pub async fn matrix_of(
    ctx: &Context<'_>,
    team_id: TeamId,
    arguments: SkillMatrixArguments,
) -> Result<Option<Arc<MatrixView>>> {
    let reads = ctx.reads()?;
    let Some(question) = arguments.question(ctx, team_id).await? else { return Ok(None) };
    match team_skill_matrix(&reads.store, &reads.cache, &reads.scope, question).await {
        Ok(view) => Ok(Some(Arc::new(view))),
        Err(MatrixError::TooLarge(error)) => {
            let way = "Ask for fewer with `skillIds`, or for one team at a time.";
            Err(bad_user_input(format!("{error}. {way}")))
        }
        Err(MatrixError::Store(error)) => Err(error.into()),
    }
}

/// `instant`, unless it is later than `limit`.
///
/// # Errors
/// `BAD_USER_INPUT` naming the argument.
pub fn past(argument: &str, instant: Option<DateTime>, limit: Timestamp) -> Result<Option<Timestamp>> {
    match instant {
        Some(DateTime(instant)) if instant > limit => {
            let limit = limit.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
            Err(bad_user_input(format!("`{argument}` must not be later than {limit}.")))
        }
        instant => Ok(instant.map(|DateTime(instant)| instant)),
    }
}
