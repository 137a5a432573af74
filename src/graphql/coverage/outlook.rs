//! A team before and after a change, as objects of the graph.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{
        POLICY_VERSION,
        coverage::what_if::{Outlook, Readiness},
        gaps::GapStatus,
        ids::{RoleProfileVersionId, SkillId},
        profiles::{self, Importance},
    },
    graphql::{
        cost,
        coverage::{
            covered::{Names, SkillCoverage},
            resilience::TeamResilience,
        },
        profiles::{RoleProfileVersion, choices},
        scalars::DateTime,
        skills::Skill,
    },
    views::coverage::WhatIfView,
};

/// A team before and after.
#[derive(Debug, Clone)]
pub struct WhatIf {
    pub(super) view: Arc<WhatIfView>,
    pub(super) names: Names,
}

impl WhatIf {
    fn outlook(&self, outlook: &Outlook) -> TeamOutlook {
        TeamOutlook { whole: self.clone(), outlook: outlook.clone() }
    }
}

/// A team as it is and as it would be with other people. Nothing is written.
#[Object]
impl WhatIf {
    /// The instant it tells of, in valid time.
    async fn as_of(&self) -> DateTime {
        DateTime(self.view.as_of)
    }

    /// Which edition of the formulas the numbers follow.
    async fn policy_version(&self) -> &str {
        POLICY_VERSION
    }

    /// Changes whenever anything you see in it may have changed.
    async fn version(&self) -> &str {
        &self.view.version
    }

    /// The team as it is.
    async fn before(&self) -> TeamOutlook {
        self.outlook(&self.view.before)
    }

    /// The team as it would be.
    async fn after(&self) -> TeamOutlook {
        self.outlook(&self.view.after)
    }
}

/// How a team looks.
#[derive(Debug, Clone)]
pub struct TeamOutlook {
    whole: WhatIf,
    outlook: Outlook,
}

/// How a team looks, on one side of a change.
#[Object]
impl TeamOutlook {
    /// How many people it has.
    async fn members(&self) -> usize {
        self.outlook.members
    }

    /// Each skill that was asked for, by category and then name: at most 400, the same on both sides.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn coverage(&self) -> Vec<SkillCoverage> {
        SkillCoverage::all(&self.whole.names, &self.outlook)
    }

    /// How few of its people it may lose.
    async fn resilience(&self) -> TeamResilience {
        TeamResilience {
            names: self.whole.names.clone(),
            resilience: self.outlook.resilience.clone(),
            as_of: self.whole.view.as_of,
            version: self.whole.view.version.clone(),
        }
    }

    /// How its people stand against the role profile; null unless you asked for one.
    async fn readiness(&self) -> Option<TeamReadiness> {
        let readiness = self.outlook.readiness.clone()?;
        Some(TeamReadiness { names: self.whole.names.clone(), readiness })
    }
}

/// How the people of a team stand against a role profile.
#[derive(Debug, Clone)]
pub struct TeamReadiness {
    names: Names,
    readiness: Readiness,
}

/// How the people of a team stand against one role profile. Exemptions of single people are not counted.
#[Object]
impl TeamReadiness {
    /// How many people meet every MUST, vouched for by a third party; null when the profile has no MUST.
    async fn ready(&self) -> Option<usize> {
        self.readiness.ready
    }

    /// The mean of the weighted fulfilment, in per cent, over those of whom anything is known; null when
    /// nothing is known of anybody.
    async fn mean_fulfilment(&self) -> Option<f64> {
        self.readiness.mean_fulfilment
    }

    /// How many people anything is known of.
    async fn n(&self) -> usize {
        self.readiness.n
    }

    /// How many people nothing is known of.
    async fn missing(&self) -> usize {
        self.readiness.missing
    }

    /// Each requirement, in the order of the profile: at most 200.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn requirements(&self) -> Vec<RequirementReadiness> {
        let one = |(required, counts): &(profiles::RoleSkillRequirement, BTreeMap<GapStatus, usize>)| {
            RequirementReadiness {
                names: self.names.clone(),
                required: required.clone(),
                counts: counts.clone(),
            }
        };
        self.readiness.requirements.iter().map(one).collect()
    }
}

/// How people stand against one requirement.
#[derive(Debug, Clone)]
pub struct RequirementReadiness {
    names: Names,
    required: profiles::RoleSkillRequirement,
    counts: BTreeMap<GapStatus, usize>,
}

impl RequirementReadiness {
    fn count(&self, status: GapStatus) -> usize {
        self.counts.get(&status).copied().unwrap_or_default()
    }
}

/// How many people of a team stand how against one requirement.
#[Object]
impl RequirementReadiness {
    /// The skill.
    async fn skill(&self) -> Option<Skill> {
        self.names.skill(self.required.skill_id)
    }

    /// The level that is needed, 1–5.
    async fn required_level(&self) -> i32 {
        self.required.required_level.value().into()
    }

    /// How much it matters.
    async fn importance(&self) -> choices::Importance {
        Importance::into(self.required.importance)
    }

    /// At the level, vouched for by a third party.
    async fn met(&self) -> usize {
        self.count(GapStatus::Met)
    }

    /// At the level by their own word or an import alone.
    async fn unverified(&self) -> usize {
        self.count(GapStatus::Unverified)
    }

    /// Below the level.
    async fn partial(&self) -> usize {
        self.count(GapStatus::Partial)
    }

    /// Rated, at level 0.
    async fn absent(&self) -> usize {
        self.count(GapStatus::Missing)
    }

    /// Every rating has expired.
    async fn expired(&self) -> usize {
        self.count(GapStatus::Expired)
    }

    /// Nothing says how well.
    async fn unknown(&self) -> usize {
        self.count(GapStatus::Unknown)
    }
}

/// What a hire would do for a team.
#[derive(Debug, Clone)]
pub struct HiringCase {
    pub(super) whole: WhatIf,
    pub(super) version_id: RoleProfileVersionId,
}

/// What a hire exactly at a role profile's requirements, vouched for and full time, would do for a team.
/// Nothing is written.
#[Object]
impl HiringCase {
    /// The version of the role profile that the case is made with.
    async fn role_profile_version(&self, ctx: &Context<'_>) -> Option<Result<RoleProfileVersion>> {
        RoleProfileVersion::find(ctx, self.version_id).await.transpose()
    }

    /// The instant the case tells of.
    async fn as_of(&self) -> DateTime {
        DateTime(self.whole.view.as_of)
    }

    /// Which edition of the formulas the numbers follow.
    async fn policy_version(&self) -> &str {
        POLICY_VERSION
    }

    /// Changes whenever anything you see in the case may have changed.
    async fn version(&self) -> &str {
        &self.whole.view.version
    }

    /// The team as it is.
    async fn before(&self) -> TeamOutlook {
        self.whole.outlook(&self.whole.view.before)
    }

    /// The team with the hire.
    async fn after(&self) -> TeamOutlook {
        self.whole.outlook(&self.whole.view.after)
    }

    /// The MUST requirements that nobody in the team holds today: at most 200.
    #[graphql(complexity = "cost::own(1 + 10 * child_complexity, child_complexity)")]
    async fn uncovered_musts(&self) -> Vec<SkillCoverage> {
        let before = &self.whole.view.before;
        let required = before.readiness.iter().flat_map(|readiness| &readiness.requirements);
        let musts: BTreeSet<SkillId> = required
            .filter(|(required, _)| required.importance == Importance::Must)
            .map(|(required, _)| required.skill_id)
            .collect();
        let mut skills = SkillCoverage::all(&self.whole.names, before);
        skills.retain(|one| one.covered.is_uncovered() && musts.contains(&one.covered.target.skill_id));
        skills
    }
}
