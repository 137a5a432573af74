//! What a team is asked to be able to do, as an object of the graph.

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{coverage::Target, ids::TeamId},
    graphql::{
        context::{Reading, find},
        details::SkillTargetsOf,
        skills::Skill,
    },
};

/// A target of a team, with its skill.
#[derive(Debug, Clone)]
pub struct TeamSkillTarget {
    skill: Skill,
    target: Target,
}

impl TeamSkillTarget {
    /// The targets of a team the viewer sees, of the skills they see.
    pub(in crate::graphql) async fn all(ctx: &Context<'_>, team: TeamId) -> Result<Vec<Self>> {
        let targets = find(ctx, SkillTargetsOf(team)).await?.unwrap_or_default();
        let skills = ctx.loader()?.load_many(targets.iter().map(|target| target.skill_id)).await?;
        let with_skill = |target: &Target| {
            skills.get(&target.skill_id).map(|skill| Self { skill: Skill(skill.clone()), target: *target })
        };
        Ok(targets.iter().filter_map(with_skill).collect())
    }

    /// The skill it is for.
    pub(super) fn skill_id(&self) -> crate::domain::ids::SkillId {
        self.target.skill_id
    }
}

/// A level of a skill that a team is asked to have, and how many of its people are to have it. Targets are
/// today's, also where coverage is asked of the past.
#[Object]
impl TeamSkillTarget {
    /// The skill.
    async fn skill(&self) -> Skill {
        self.skill.clone()
    }

    /// From which level somebody counts, 1–5.
    async fn level(&self) -> i32 {
        self.target.level.value().into()
    }

    /// How many people it takes, 1–1,000.
    async fn head_count(&self) -> u32 {
        self.target.head_count
    }
}
