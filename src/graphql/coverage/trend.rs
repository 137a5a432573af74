//! How a team's coverage moved, as objects of the graph for charts.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{Days, Months};

use crate::{
    domain::{
        POLICY_VERSION,
        coverage::trend::Point,
        ids::{SkillId, TeamId},
        time::Timestamp,
    },
    graphql::{
        context::Reading,
        cost,
        coverage::arguments::checked_level,
        errors::bad_user_input,
        ids::parse_all,
        matrix::{TeamScope, past},
        scalars::DateTime,
        skills::Skill,
    },
    views::trend::{Question, TrendView, team_trend},
};

/// The most points of one skill.
const MOST_STEPS: usize = 60;
/// The most skills of one trend.
const MOST_SKILLS: usize = 20;
/// From which level on somebody counts, unless said otherwise: a practitioner.
const USUAL_LEVEL: i32 = 3;

/// How far apart the points of a trend are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum TrendStep {
    /// Day. One point every 24 hours.
    Day,
    /// Week. One point every seven days.
    Week,
    /// Month. One point a calendar month.
    Month,
    /// Quarter. One point every three calendar months.
    Quarter,
}

impl TrendStep {
    /// So many steps after an instant; `None` beyond the calendar.
    fn after(self, from: Timestamp, steps: u32) -> Option<Timestamp> {
        match self {
            Self::Day => from.checked_add_days(Days::new(steps.into())),
            Self::Week => from.checked_add_days(Days::new(u64::from(steps) * 7)),
            Self::Month => from.checked_add_months(Months::new(steps)),
            Self::Quarter => from.checked_add_months(Months::new(steps.checked_mul(3)?)),
        }
    }
}

/// The arguments of `Team.trend` as a client sent them.
#[derive(Debug)]
pub struct TrendArguments {
    /// Of which skills.
    pub skill_ids: Vec<ID>,
    /// From when …
    pub from: DateTime,
    /// … until when; now when absent.
    pub to: Option<DateTime>,
    /// How far apart.
    pub step: TrendStep,
    /// From which level on.
    pub min_level: Option<i32>,
    /// Whose members.
    pub scope: Option<TeamScope>,
}

impl TrendArguments {
    fn question(self, team_id: TeamId, now: Timestamp) -> Result<Question> {
        if self.skill_ids.is_empty() || self.skill_ids.len() > MOST_SKILLS {
            return Err(bad_user_input(format!("`skillIds` holds 1 to {MOST_SKILLS} ids.")));
        }
        let skill_ids: Vec<SkillId> = parse_all(&self.skill_ids);
        let to = past("to", self.to, now)?.unwrap_or(now);
        past("from", Some(self.from), to)?;
        let from = self.from.0;
        let reached = (0_u32..).map_while(|n| self.step.after(from, n)).take_while(|at| *at <= to);
        let steps: Vec<Timestamp> = reached.take(MOST_STEPS + 1).collect();
        if steps.len() > MOST_STEPS {
            let rule = format!("`from`, `to` and `step` make more than {MOST_STEPS} points.");
            return Err(bad_user_input(rule));
        }
        let least = checked_level("minLevel", self.min_level.unwrap_or(USUAL_LEVEL))?;
        let reach = self.scope.unwrap_or(TeamScope::Direct).into();
        Ok(Question { team_id, skill_ids, steps, least, reach })
    }
}

/// The trend of a team that the viewer sees; `None` when it is not theirs to know.
///
/// # Errors
/// `BAD_USER_INPUT` naming the argument and its rule, or what the store returns.
pub async fn trend_of(
    ctx: &Context<'_>,
    team: TeamId,
    arguments: TrendArguments,
) -> Result<Option<TeamTrend>> {
    let reads = ctx.reads()?;
    let question = arguments.question(team, reads.scope.now())?;
    let view = team_trend(&reads.store, &reads.scope, question).await?;
    Ok(view.map(|view| TeamTrend(Arc::new(view))))
}

/// How the coverage of a team moved.
#[derive(Debug, Clone)]
pub struct TeamTrend(Arc<TrendView>);

/// How a team's coverage of some skills moved, by valid time: who was in the team at each point, and what they
/// were known to be able to do, told by everything that is on record today.
#[Object]
impl TeamTrend {
    /// Which edition of the formulas the numbers follow.
    async fn policy_version(&self) -> &str {
        POLICY_VERSION
    }

    /// The instants of the points, the earliest first: at most 60.
    async fn at(&self) -> Vec<DateTime> {
        self.0.trend.steps().iter().copied().map(DateTime).collect()
    }

    /// How many people the team had at each point.
    async fn members(&self) -> &[usize] {
        self.0.trend.members()
    }

    /// Each skill, by category and then name: at most 20. A merged skill appears as the one it was merged
    /// into.
    #[graphql(complexity = "cost::own(1 + 20 * child_complexity, child_complexity)")]
    async fn skills(&self) -> Vec<SkillTrend> {
        let members = self.0.trend.members();
        let one = |(skill, points): (SkillId, &[Point])| {
            Some(SkillTrend {
                skill: Skill(Arc::clone(self.0.skills.get(&skill)?)),
                holders: points.iter().map(|point| point.holders).collect(),
                mean_level: points.iter().map(|point| point.mean_level()).collect(),
                n: points.iter().map(|point| point.n).collect(),
                missing: points.iter().zip(members).map(|(point, all)| all - point.n).collect(),
            })
        };
        self.0.trend.skills().filter_map(one).collect()
    }
}

/// How one skill moved. Every array is aligned to the trend's `at`.
#[derive(Debug, Clone, SimpleObject)]
pub struct SkillTrend {
    /// The skill.
    skill: Skill,
    /// How many people were at the level or above.
    holders: Vec<usize>,
    /// The mean of the known levels; null where none was known.
    mean_level: Vec<Option<f64>>,
    /// How many people had a known level.
    n: Vec<usize>,
    /// How many people had none.
    missing: Vec<usize>,
}
