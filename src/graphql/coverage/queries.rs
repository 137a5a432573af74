//! The root of what-if, and the questions of coverage that a team answers.

use std::{collections::BTreeSet, sync::Arc};

use async_graphql::{Context, ID, InputObject, Object, OneofObject, Result};
use futures_util::future::try_join_all;

use crate::{
    domain::{
        ids::{PersonId, TeamId},
        time::Timestamp,
    },
    graphql::{
        context::Reading,
        cost,
        coverage::{
            arguments::{CoverageArguments, CoverageInput, told},
            covered::Names,
            outlook::{HiringCase, WhatIf},
        },
        errors::bad_user_input,
        ids::{global, parse},
        matrix::{TeamScope, past},
        profiles::{edition_named, inputs::RoleProfileInput},
        scalars::DateTime,
        teams::Team,
    },
    views::coverage::{Changes, CoverageView, Move, WhatIfError, team_coverage, what_if},
};

/// The most people that one question moves.
const MOST_CHANGES: usize = 100;

/// Somebody who joins, exactly one way.
#[derive(Debug, OneofObject)]
pub enum WhatIfJoinerInput {
    /// A person who is not in the team. Of somebody you do not lead only what is discoverable counts: level
    /// 3 where they have at least that today, vouched for by nobody. Such a person cannot join in the past.
    PersonId(ID),
    /// Somebody yet to be found, exactly at what this role profile requires, vouched for, full time.
    RoleProfile(RoleProfileInput),
}

/// Somebody who gives another share of their time, or goes to another team.
#[derive(Debug, InputObject)]
pub struct WhatIfMoveInput {
    /// Who; each person moves once, and nobody who leaves or joins.
    person_id: ID,
    /// The share of a full-time week that they give to the team from then on, in per cent, 1–100; as it is
    /// when left out.
    allocation_pct: Option<i32>,
    /// The team they go to. Into the team that is looked at they join it, out of it they leave.
    to_team_id: Option<ID>,
}

/// The roots of coverage.
#[derive(Debug, Default)]
pub struct CoverageQueries;

#[Object]
impl CoverageQueries {
    /// A team as it would be with other people, beside the team as it is: coverage, how its people stand
    /// against a role, and the bus factor. Nothing is written. Null when you do not lead the team or one
    /// above it, and when a team or role profile is named that you do not see.
    #[graphql(complexity = "cost::of_root(cost::of_people(scope) + child_complexity, child_complexity)")]
    async fn what_if(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The team.")] team_id: ID,
        #[graphql(desc = "Measured against what; the team's own targets when left out.")] of: Option<
            CoverageInput,
        >,
        #[graphql(desc = "From this level on somebody counts, 1–5, in the place of each level asked for.")]
        min_level: Option<i32>,
        #[graphql(desc = "As of this instant in valid time, not in the future; now when left out.")]
        as_of: Option<DateTime>,
        #[graphql(desc = "Whose members; DIRECT when left out.")] scope: Option<TeamScope>,
        #[graphql(desc = "Members who leave.")] leavers: Option<Vec<ID>>,
        #[graphql(desc = "People who join, full time.")] joiners: Option<Vec<WhatIfJoinerInput>>,
        #[graphql(desc = "People who move. With leavers and joiners at most 100.")] moves: Option<
            Vec<WhatIfMoveInput>,
        >,
    ) -> Option<Result<WhatIf>> {
        let arguments = CoverageArguments { of, min_level, as_of, scope };
        let people = Asked {
            leavers: leavers.unwrap_or_default(),
            joiners: joiners.unwrap_or_default(),
            moves: moves.unwrap_or_default(),
        };
        played(ctx, team_id, arguments, people).await.transpose()
    }
}

/// Who moves how, as a client sent it.
struct Asked {
    leavers: Vec<ID>,
    joiners: Vec<WhatIfJoinerInput>,
    moves: Vec<WhatIfMoveInput>,
}

async fn played(
    ctx: &Context<'_>,
    team_id: ID,
    arguments: CoverageArguments,
    asked: Asked,
) -> Result<Option<WhatIf>> {
    if asked.leavers.len() + asked.joiners.len() + asked.moves.len() > MOST_CHANGES {
        return Err(bad_user_input(format!(
            "`leavers`, `joiners` and `moves` hold at most {MOST_CHANGES} people together."
        )));
    }
    let as_of = past("asOf", arguments.as_of, ctx.reads()?.scope.now())?;
    let Some(team) = Team::named(ctx, &team_id).await? else { return Ok(None) };
    let Some(changes) = asked.read(ctx, as_of).await? else { return Ok(None) };
    what_if_of(ctx, team.0.id, arguments, changes).await
}

/// What would change about a team that the viewer sees; `None` when it is not theirs to know.
async fn what_if_of(
    ctx: &Context<'_>,
    team: TeamId,
    arguments: CoverageArguments,
    changes: Changes,
) -> Result<Option<WhatIf>> {
    let Some((question, least)) = arguments.question(ctx, team).await? else { return Ok(None) };
    let reads = ctx.reads()?;
    let joiners = changes.joiners.iter().copied().chain(changes.moves.iter().map(|one| one.person_id));
    let joiners: Arc<BTreeSet<PersonId>> = Arc::new(joiners.collect());
    match what_if(&reads.store, &reads.cache, &reads.scope, question, least, &changes).await {
        Ok(view) => Ok(view.map(|view| {
            let names = Names { named: Arc::clone(&view.named), joiners };
            WhatIf { view: Arc::new(view), names }
        })),
        Err(WhatIfError::Coverage(error)) => Err(told(error)),
        Err(error) => Err(bad_user_input(format!("{error}."))),
    }
}

/// How a team that the viewer sees covers what was asked; `None` when it is not theirs to know.
pub(in crate::graphql) async fn coverage_of(
    ctx: &Context<'_>,
    team: TeamId,
    arguments: CoverageArguments,
) -> Result<Option<Arc<CoverageView>>> {
    let Some((question, least)) = arguments.question(ctx, team).await? else { return Ok(None) };
    let reads = ctx.reads()?;
    let view = team_coverage(&reads.store, &reads.cache, &reads.scope, &question, least).await;
    Ok(view.map_err(told)?.map(Arc::new))
}

impl Asked {
    /// `None` when it names a team or a role profile that the viewer does not see. An id that is none of a
    /// person is nobody's.
    async fn read(self, ctx: &Context<'_>, as_of: Option<Timestamp>) -> Result<Option<Changes>> {
        let mut changes =
            Changes { leavers: self.leavers.iter().map(person).collect(), ..Changes::default() };
        let mut hires = Vec::new();
        for joiner in self.joiners {
            match joiner {
                WhatIfJoinerInput::PersonId(id) => changes.joiners.push(person(&id)),
                // Found together, so that many hires take as many statements as one.
                WhatIfJoinerInput::RoleProfile(named) => hires.push(edition_named(ctx, named, as_of)),
            }
        }
        for edition in try_join_all(hires).await? {
            let Some(edition) = edition else { return Ok(None) };
            changes.hires.push(edition);
        }
        for (n, one) in self.moves.iter().enumerate() {
            let Some(read) = one.read(ctx, n).await? else { return Ok(None) };
            changes.moves.push(read);
        }
        Ok(Some(changes))
    }
}

impl WhatIfMoveInput {
    async fn read(&self, ctx: &Context<'_>, n: usize) -> Result<Option<Move>> {
        let to_team = match &self.to_team_id {
            Some(id) => match Team::named(ctx, id).await? {
                Some(team) => Some(team.0.id),
                None => return Ok(None),
            },
            None => None,
        };
        let share = self.allocation_pct.map(|share| u16::try_from(share).unwrap_or_default());
        if share.is_some_and(|share| !(1..=100).contains(&share)) {
            return Err(bad_user_input(format!("`moves.{n}.allocationPct` must be between 1 and 100.")));
        }
        Ok(Some(Move { person_id: person(&self.person_id), allocation_pct: share, to_team }))
    }
}

/// The person with this id; the nil one, which nobody has, when it is no id of a person.
fn person(id: &ID) -> PersonId {
    parse(id).unwrap_or(PersonId::from_uuid(uuid::Uuid::nil()))
}

/// The case for a hire at a role profile; `None` when it is not the viewer's to know.
pub(in crate::graphql) async fn hiring_case_of(
    ctx: &Context<'_>,
    team: TeamId,
    named: RoleProfileInput,
    as_of: Option<DateTime>,
    scope: Option<TeamScope>,
) -> Result<Option<HiringCase>> {
    let at = past("asOf", as_of, ctx.reads()?.scope.now())?;
    let Some(edition) = edition_named(ctx, named, at).await? else { return Ok(None) };
    // The version as it was found, so that before, after and the title are of one edition.
    let of = CoverageInput::RoleProfile(RoleProfileInput::VersionId(global(edition.version_id)));
    let arguments = CoverageArguments { of: Some(of), as_of, scope, min_level: None };
    let changes = Changes { hires: vec![edition], ..Changes::default() };
    let case = what_if_of(ctx, team, arguments, changes).await?;
    Ok(case.map(|whole| HiringCase { whole, version_id: edition.version_id }))
}
