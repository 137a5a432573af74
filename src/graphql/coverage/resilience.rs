//! How few people a team may lose, as an object of the graph.

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{
        POLICY_VERSION,
        coverage::resilience::{self, Resilience},
        time::Timestamp,
    },
    graphql::{
        cost,
        coverage::covered::{MOST_NAMED, Names},
        people::Person,
        scalars::DateTime,
        skills::Skill,
    },
    views::coverage::CoverageView,
};

/// The resilience of a team.
#[derive(Debug, Clone)]
pub struct TeamResilience {
    pub(super) names: Names,
    pub(super) resilience: Resilience,
    pub(super) as_of: Timestamp,
    pub(super) version: String,
}

impl TeamResilience {
    /// What a view says of it.
    pub(in crate::graphql) fn of(view: &CoverageView) -> Self {
        Self {
            names: Names::of(view),
            resilience: view.outlook.resilience.clone(),
            as_of: view.as_of,
            version: view.version.clone(),
        }
    }
}

/// How few people have to leave before a team can do less than half of what it can do now. Exact while at
/// most 20 people hold anything; above that an upper bound, by the greedy count of Avelino et al. (2016).
#[Object]
impl TeamResilience {
    /// The instant it tells of, in valid time.
    async fn as_of(&self) -> DateTime {
        DateTime(self.as_of)
    }

    /// Which edition of the formulas the numbers follow.
    async fn policy_version(&self) -> &str {
        POLICY_VERSION
    }

    /// Changes whenever anything you see in it may have changed.
    async fn version(&self) -> &str {
        &self.version
    }

    /// The smallest number of people without whom more than half of the skills that somebody holds have no
    /// holder; null when nobody holds any.
    async fn bus_factor(&self) -> Option<usize> {
        self.resilience.bus_factor
    }

    /// Whether the bus factor is exact, and not merely an upper bound.
    async fn exact(&self) -> bool {
        self.resilience.exact
    }

    /// Those who hold skills that nobody else holds, most such skills first: at most 100.
    #[graphql(complexity = "cost::own(1 + 5 * child_complexity, child_complexity)")]
    async fn critical_people(&self) -> Vec<CriticalPerson> {
        let people = self.resilience.critical_people.iter().take(MOST_NAMED);
        people
            .map(|critical| CriticalPerson { names: self.names.clone(), critical: critical.clone() })
            .collect()
    }

    /// The people of the bus factor whom you see: one such group, at most 100.
    #[graphql(complexity = "cost::own(1 + 5 * child_complexity, child_complexity)")]
    async fn witness(&self, ctx: &Context<'_>) -> Result<Vec<Person>> {
        self.names.people(ctx, &self.resilience.witness).await
    }
}

/// Somebody with whom skills would leave.
#[derive(Debug, Clone)]
pub struct CriticalPerson {
    names: Names,
    critical: resilience::CriticalPerson,
}

/// Somebody who holds skills that nobody else in the team holds.
#[Object]
impl CriticalPerson {
    /// Who; null for somebody whose levels you do not see, and for somebody who is only imagined.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        Ok(self.names.people(ctx, &[self.critical.person_id]).await?.pop())
    }

    /// The skills that nobody else holds: at most 400.
    async fn skills(&self) -> Vec<Skill> {
        self.critical.solely_held.iter().filter_map(|id| self.names.skill(*id)).collect()
    }
}
