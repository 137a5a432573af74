//! The mutations of skill targets: what a client sends, what it gets back, and the way to the use cases.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use uuid::Uuid;

use crate::{
    app::teams as app,
    domain::ids::{SkillId, SkillKind, TeamId, TeamKind},
    graphql::{
        coverage::TeamSkillTarget,
        ids::raw,
        mutation::{Outcome, UserError, command},
        teams::Team,
    },
};

/// A target to set.
#[derive(Debug, InputObject)]
pub struct SetTeamSkillTargetInput {
    /// The team.
    team_id: ID,
    /// The skill, which is in use. A target that the team has for it already is replaced.
    skill_id: ID,
    /// From which level somebody counts, 1–5.
    level: i32,
    /// How many people it takes, 1–1,000; 1 when left out.
    head_count: Option<i32>,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

/// A target to take away.
#[derive(Debug, InputObject)]
pub struct RemoveTeamSkillTargetInput {
    /// The team.
    team_id: ID,
    /// The skill. Nothing changes when the team has no target for it.
    skill_id: ID,
    /// 1–128 characters; the same key with the same input does the work once, for 24 hours.
    idempotency_key: Option<String>,
    /// The revision of the team that you have seen; CONFLICT when it has moved on.
    expected_revision: Option<i64>,
}

/// What came of setting a target.
#[derive(Debug, SimpleObject)]
pub struct SetTeamSkillTargetPayload {
    /// The target after the change, or as it stands on CONFLICT; null when it was refused otherwise.
    target: Option<TeamSkillTarget>,
    /// The team, with its new revision, or as it stands on CONFLICT; null when it was refused otherwise.
    team: Option<Team>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

/// What came of taking a target away.
#[derive(Debug, SimpleObject)]
pub struct RemoveTeamSkillTargetPayload {
    /// The team, with its new revision, or as it stands on CONFLICT; null when it was refused otherwise.
    team: Option<Team>,
    /// Why nothing was written, at most 100 reasons; empty when it is done.
    user_errors: Vec<UserError>,
}

/// The mutations of skill targets.
#[derive(Debug, Default)]
pub struct CoverageMutations;

#[Object]
impl CoverageMutations {
    /// Asks a level of a skill of a team, of so many people, in the place of what was asked of it before.
    /// A team has at most 400 targets.
    async fn set_team_skill_target(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is asked.")] input: SetTeamSkillTargetInput,
    ) -> Result<SetTeamSkillTargetPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let (team, skill) = (raw::<TeamKind>(&input.team_id), raw::<SkillKind>(&input.skill_id));
        let done = app::set_team_skill_target(store, command, input.read()).await;
        let outcome = Outcome::of(done)?;
        let shown = outcome.shown(team);
        let skill = SkillId::from_uuid(outcome.ids.get(1).copied().unwrap_or(skill));
        let target = match shown {
            Some(team) => TeamSkillTarget::all(ctx, TeamId::from_uuid(team)).await?,
            None => Vec::new(),
        };
        let target = target.into_iter().find(|target| target.skill_id() == skill);
        let user_errors = outcome.user_errors;
        Ok(SetTeamSkillTargetPayload { target, team: found(ctx, shown).await?, user_errors })
    }

    /// Asks a skill of a team no longer.
    async fn remove_team_skill_target(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: RemoveTeamSkillTargetInput,
    ) -> Result<RemoveTeamSkillTargetPayload> {
        let (store, command) = command(ctx, input.idempotency_key.clone())?;
        let named = raw::<TeamKind>(&input.team_id);
        let done = app::remove_team_skill_target(store, command, input.read()).await;
        let outcome = Outcome::of(done)?;
        let team = found(ctx, outcome.shown(named)).await?;
        Ok(RemoveTeamSkillTargetPayload { team, user_errors: outcome.user_errors })
    }
}

impl SetTeamSkillTargetInput {
    fn read(self) -> app::SetTeamSkillTarget {
        app::SetTeamSkillTarget {
            team_id: raw::<TeamKind>(&self.team_id),
            skill_id: raw::<SkillKind>(&self.skill_id),
            level: self.level,
            head_count: self.head_count.unwrap_or(1),
            expected_revision: self.expected_revision,
        }
    }
}

impl RemoveTeamSkillTargetInput {
    fn read(self) -> app::RemoveTeamSkillTarget {
        app::RemoveTeamSkillTarget {
            team_id: raw::<TeamKind>(&self.team_id),
            skill_id: raw::<SkillKind>(&self.skill_id),
            expected_revision: self.expected_revision,
        }
    }
}

async fn found(ctx: &Context<'_>, team: Option<Uuid>) -> Result<Option<Team>> {
    match team {
        Some(team) => Team::find(ctx, TeamId::from_uuid(team)).await,
        None => Ok(None),
    }
}
