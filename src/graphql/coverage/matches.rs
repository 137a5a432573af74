//! Who comes closest to a role, as objects of the graph.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};

use crate::{
    domain::{POLICY_VERSION, gaps::SkillGap, matches::Match, time::Timestamp},
    graphql::{
        context::Reading,
        cost,
        errors::bad_user_input,
        people::Person,
        profiles::{choices::Importance, edition_named, inputs::RoleProfileInput},
        scalars::DateTime,
        skills::Skill,
        teams::Team,
    },
    views::matches::{MatchesView, closest_matches},
};

/// The most matches of one answer.
const MOST_MATCHES: usize = 50;
/// How many there are unless said otherwise.
const USUAL_MATCHES: i32 = 10;

/// The root of internal mobility.
#[derive(Debug, Default)]
pub struct MatchQueries;

#[Object]
impl MatchQueries {
    /// Who in the organisation comes closest to a role profile, as far as you may know it: people whose
    /// levels you see, and those who let themselves be found. Null when it names a role profile or a team
    /// that you do not see.
    #[graphql(complexity = "cost::of_root(cost::ORGANISATION + child_complexity, child_complexity)")]
    async fn closest_matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The role.")] role_profile: RoleProfileInput,
        #[graphql(desc = "Only people of this team and those below it.")] within: Option<ID>,
        #[graphql(desc = "How many, 1–50; 10 when left out.")] first: Option<i32>,
    ) -> Option<Result<ClosestMatches>> {
        matched(ctx, role_profile, within, first).await.transpose()
    }
}

async fn matched(
    ctx: &Context<'_>,
    role_profile: RoleProfileInput,
    within: Option<ID>,
    first: Option<i32>,
) -> Result<Option<ClosestMatches>> {
    let first = usize::try_from(first.unwrap_or(USUAL_MATCHES)).unwrap_or_default();
    if !(1..=MOST_MATCHES).contains(&first) {
        return Err(bad_user_input(format!("`first` must be 1 to {MOST_MATCHES}.")));
    }
    let Some(edition) = edition_named(ctx, role_profile, None).await? else { return Ok(None) };
    let reads = ctx.reads()?;
    let teams = match within {
        None => None,
        Some(within) => {
            let Some(team) = Team::named(ctx, &within).await? else { return Ok(None) };
            Some(reads.store.subtree(&reads.scope, &[team.0.id]).await?.into_iter().collect::<Vec<_>>())
        }
    };
    let view = closest_matches(&reads.store, &reads.scope, edition, teams.as_deref(), first).await?;
    let people = ctx.loader()?.load_many(view.matches.iter().map(|one| one.person_id)).await?;
    let view = Arc::new(view);
    let one = |(n, found): (usize, &Match)| {
        Some(RoleMatch {
            person: Person(Arc::clone(people.get(&found.person_id)?)),
            view: Arc::clone(&view),
            n,
        })
    };
    let matches = view.matches.iter().enumerate().filter_map(one).collect();
    Ok(Some(ClosestMatches { matches, as_of: reads.scope.now() }))
}

/// The people who come closest to a role.
#[derive(Debug, Clone)]
pub struct ClosestMatches {
    matches: Vec<RoleMatch>,
    as_of: Timestamp,
}

/// The people who come closest to a role: the ready first, then by what is fulfilled at least, where the
/// unknown counts as nothing, then by how much is known. Of whom nothing is known is not among them. It is a
/// place to begin to look: nothing is decided by it.
#[Object]
impl ClosestMatches {
    /// The instant it tells of.
    async fn as_of(&self) -> DateTime {
        DateTime(self.as_of)
    }

    /// Which edition of the formulas the numbers follow.
    async fn policy_version(&self) -> &str {
        POLICY_VERSION
    }

    /// The closest first: as many as were asked for, at most 50.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn matches(&self) -> &[RoleMatch] {
        &self.matches
    }
}

/// One person and the role.
#[derive(Debug, Clone)]
pub struct RoleMatch {
    person: Person,
    view: Arc<MatchesView>,
    n: usize,
}

impl RoleMatch {
    fn found(&self) -> Option<&Match> {
        self.view.matches.get(self.n)
    }

    fn item(&self, gap: &SkillGap) -> Option<MatchedRequirement> {
        let cells = self.view.cells.get(&self.found()?.person_id)?;
        let cell = cells.get(&gap.skill_id).copied().unwrap_or_default();
        Some(MatchedRequirement {
            skill: Skill(Arc::clone(self.view.skills.get(&gap.skill_id)?)),
            required_level: gap.required.value().into(),
            importance: gap.importance.into(),
            level: cell.level().map(|level| level.value().into()),
            verified: cell.is_verified(),
            met: cell.level().is_some_and(|level| level >= gap.required),
        })
    }
}

/// How close one person comes to the role.
#[Object]
impl RoleMatch {
    /// Who.
    async fn person(&self) -> Person {
        self.person.clone()
    }

    /// Whether the figures rest on the person's levels. When false, you see only which skills they have at
    /// level 3 or more: the figures are what they fulfil at least.
    async fn exact(&self) -> bool {
        self.found().is_some_and(|found| found.exact)
    }

    /// Whether every MUST is met, vouched for by a third party; null when the profile has no MUST, and when
    /// the match is not exact. No exemption counts: it is told what somebody can do, not what they are excused
    /// from where they work now.
    async fn ready(&self) -> Option<bool> {
        self.found()?.ready()
    }

    /// How much of what is known is fulfilled, weighted, in per cent.
    async fn weighted_fulfilment(&self) -> Option<f64> {
        self.found()?.report.fulfilment?.known
    }

    /// The same over all requirements, the unknown taken as nothing, in per cent.
    async fn lower(&self) -> Option<f64> {
        Some(self.found()?.report.fulfilment?.lower)
    }

    /// The same, the unknown taken as fulfilled, in per cent.
    async fn upper(&self) -> Option<f64> {
        Some(self.found()?.report.fulfilment?.upper)
    }

    /// The weight of the requirements whose level is known, 0 to 1.
    async fn known_share(&self) -> Option<f64> {
        Some(self.found()?.report.fulfilment?.known_share)
    }

    /// Each requirement, in the order of the profile: at most 200.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn requirements(&self) -> Vec<MatchedRequirement> {
        let items = self.found().map(|found| found.report.items.as_slice()).unwrap_or_default();
        items.iter().filter_map(|gap| self.item(gap)).collect()
    }
}

/// One requirement and what may be told of the person in it.
#[derive(Debug, Clone, SimpleObject)]
pub struct MatchedRequirement {
    /// The skill.
    skill: Skill,
    /// The level that is needed, 1–5.
    required_level: i32,
    /// How much it matters.
    importance: Importance,
    /// The person's level; 3 for 3 or more when the match is not exact; null when nothing is known.
    level: Option<i32>,
    /// Whether a third party vouches for the level; never told when the match is not exact.
    verified: bool,
    /// Whether the level is the one that is needed, or above.
    met: bool,
}
