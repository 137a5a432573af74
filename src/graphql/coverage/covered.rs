//! How a team covers skills, as objects of the graph.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{
        POLICY_VERSION, coverage,
        coverage::what_if::Outlook,
        ids::{PersonId, SkillId},
    },
    graphql::{context::Reading, cost, people::Person, scalars::DateTime, skills::Skill},
    views::coverage::{CoverageView, Named},
};

/// The most people that one list names.
pub(super) const MOST_NAMED: usize = 100;

/// The people and skills that an answer may name: those of the team, and those who would join it.
#[derive(Debug, Clone)]
pub struct Names {
    pub(super) named: Arc<Named>,
    pub(super) joiners: Arc<BTreeSet<PersonId>>,
}

impl Names {
    pub(super) fn of(view: &CoverageView) -> Self {
        Self { named: Arc::clone(&view.named), joiners: Arc::default() }
    }

    /// Those of `people` who may be named, in their order; the others are counted elsewhere.
    pub(super) async fn people(&self, ctx: &Context<'_>, people: &[PersonId]) -> Result<Vec<Person>> {
        let joined = people.iter().copied().filter(|id| self.joiners.contains(id));
        let joined: HashMap<PersonId, _> = match joined.collect::<Vec<_>>() {
            none if none.is_empty() => HashMap::new(),
            joined => ctx.loader()?.load_many(joined).await?,
        };
        let one = |id: &PersonId| self.named.people.get(id).or_else(|| joined.get(id)).cloned();
        Ok(people.iter().filter_map(one).take(MOST_NAMED).map(Person).collect())
    }

    pub(super) fn skill(&self, id: SkillId) -> Option<Skill> {
        self.named.skills.get(&id).cloned().map(Skill)
    }
}

/// How a team covers one skill.
#[derive(Debug, Clone)]
pub struct SkillCoverage {
    pub(super) names: Names,
    pub(super) covered: coverage::SkillCoverage,
}

impl SkillCoverage {
    /// Each skill of an outlook.
    pub(super) fn all(names: &Names, outlook: &Outlook) -> Vec<Self> {
        let one = |covered: &coverage::SkillCoverage| Self { names: names.clone(), covered: covered.clone() };
        outlook.coverage.iter().map(one).collect()
    }
}

/// How a team covers one skill at a level. Every figure is of the active members at the instant, each
/// counted once; who has no known level counts as missing, and never as level 0.
#[Object]
impl SkillCoverage {
    /// The skill.
    async fn skill(&self) -> Option<Skill> {
        self.names.skill(self.covered.target.skill_id)
    }

    /// From which level somebody counts, 1–5.
    async fn level(&self) -> i32 {
        self.covered.target.level.value().into()
    }

    /// How many people it takes.
    async fn target(&self) -> u32 {
        self.covered.target.head_count
    }

    /// Who is at the level or above, by name: those whose levels you see, at most 100.
    #[graphql(complexity = "cost::own(1 + 5 * child_complexity, child_complexity)")]
    async fn holders(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        self.names.people(ctx, &self.covered.holders).await
    }

    /// How many people are at the level or above, named or not.
    async fn holder_count(&self) -> usize {
        self.covered.holders.len()
    }

    /// How many of the holders a third party vouches for.
    async fn verified_holders(&self) -> usize {
        self.covered.verified_holders
    }

    /// The time of the holders that is the team's, in full-time equivalents: of each at most 1, also of who
    /// is in several of the teams looked at.
    async fn holders_fte(&self) -> f64 {
        self.covered.holders_fte
    }

    /// How many holders there are beyond the target; 0 when it is not reached.
    async fn bench_depth(&self) -> usize {
        self.covered.bench_depth
    }

    /// How many people are exactly one level below.
    async fn near_ready(&self) -> usize {
        self.covered.near_ready
    }

    /// Whether exactly one person holds it.
    async fn single_point_of_failure(&self) -> bool {
        self.covered.is_single_point_of_failure()
    }

    /// Whether nobody holds it.
    async fn uncovered(&self) -> bool {
        self.covered.is_uncovered()
    }

    /// How many people are below the level or unrated and would like to work with the skill: interest 3 or
    /// more.
    async fn interested_learners(&self) -> usize {
        self.covered.interested_learners
    }

    /// The part of the rated people whose rating is STALE or EXPIRED, 0 to 1; null when nobody is rated.
    async fn stale_share(&self) -> Option<f64> {
        self.covered.stale_share
    }

    /// How many people have a known level.
    async fn n(&self) -> usize {
        self.covered.n
    }

    /// How many people have none, unrated or expired.
    async fn missing(&self) -> usize {
        self.covered.missing
    }
}

/// How a team covers what was asked.
#[derive(Debug, Clone)]
pub struct TeamCoverage(pub Arc<CoverageView>);

/// How a team covers skills: its own targets, those you name, or what a role profile requires. The counts
/// are of everyone in the team; people are named where you see them and their levels.
#[Object]
impl TeamCoverage {
    /// The instant the coverage tells of, in valid time.
    async fn as_of(&self) -> DateTime {
        DateTime(self.0.as_of)
    }

    /// Which edition of the formulas the numbers follow.
    async fn policy_version(&self) -> &str {
        POLICY_VERSION
    }

    /// Changes whenever anything you see in the coverage may have changed.
    async fn version(&self) -> &str {
        &self.0.version
    }

    /// How many people the team has.
    async fn members(&self) -> usize {
        self.0.outlook.members
    }

    /// Each skill that was asked for, by category and then name: at most 400.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn skills(&self) -> Vec<SkillCoverage> {
        SkillCoverage::all(&Names::of(&self.0), &self.0.outlook)
    }
}
