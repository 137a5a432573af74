//! What a goal that reached its target proposes. A proposal is read, never stored, and decides nothing.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};

use crate::{
    domain::{
        assessments, development,
        ids::{PersonId, SkillId},
        levels::Level,
        time::Timestamp,
    },
    graphql::{
        assessments::choices::AssessmentSource,
        connection::listed,
        development::{DevelopmentGoal, DevelopmentPlan},
        people::Person,
        scalars::DateTime,
        skills::Skill,
    },
};

/// An assessment that somebody could record.
#[derive(Debug, Clone, Copy)]
pub struct ProposedAssessment {
    person_id: PersonId,
    skill_id: SkillId,
    level: Level,
    since: Timestamp,
}

impl ProposedAssessment {
    /// What a goal proposes, if it does.
    pub(super) async fn of(ctx: &Context<'_>, goal: &development::DevelopmentGoal) -> Result<Option<Self>> {
        if goal.proposed_level().is_none() {
            return Ok(None);
        }
        let plan = DevelopmentPlan::find(ctx, goal.plan_id).await?;
        Ok(plan.and_then(|plan| Self::for_person(plan.0.person_id, goal)))
    }

    fn for_person(person_id: PersonId, goal: &development::DevelopmentGoal) -> Option<Self> {
        let (level, since) = goal.proposed_level()?;
        Some(Self { person_id, skill_id: goal.skill_id, level, since })
    }
}

/// An assessment that a reached goal proposes. Whoever leads the person may record it, at this level or at
/// another: pass its parts to `recordSkillAssessment`.
#[Object]
impl ProposedAssessment {
    /// Who would be assessed.
    async fn person(&self, ctx: &Context<'_>) -> Option<Result<Person>> {
        Person::find(ctx, self.person_id).await.transpose()
    }

    /// In what: of a skill that was merged, the one it reads as today.
    async fn skill(&self, ctx: &Context<'_>) -> Option<Result<Skill>> {
        Skill::canonical(ctx, self.skill_id).await.transpose()
    }

    /// The level that was aimed at, 1–5; of a goal that is not measured in levels, the one its gap requires.
    async fn level(&self) -> i32 {
        self.level.value().into()
    }

    /// On what ground it would be given: always MANAGER.
    async fn source(&self) -> AssessmentSource {
        assessments::AssessmentSource::Manager.into()
    }

    /// When the check-in that reached the target was made.
    async fn since(&self) -> DateTime {
        DateTime(self.since)
    }
}

/// A proposal that waits for the viewer.
#[derive(Debug, Clone)]
pub struct AssessmentProposal {
    goal: DevelopmentGoal,
    proposed: ProposedAssessment,
}

listed! { AssessmentProposal: "proposed assessments"; }

impl AssessmentProposal {
    /// What a goal of a person proposes. The store finds only goals that do.
    pub(super) fn of(person: PersonId, goal: development::DevelopmentGoal) -> Option<Self> {
        let proposed = ProposedAssessment::for_person(person, &goal)?;
        Some(Self { goal: DevelopmentGoal(Arc::new(goal)), proposed })
    }
}

/// A goal of somebody you lead that reached its target, with the assessment it proposes.
#[Object]
impl AssessmentProposal {
    /// The goal that reached its target.
    async fn goal(&self) -> &DevelopmentGoal {
        &self.goal
    }

    /// What it proposes.
    async fn proposed_assessment(&self) -> &ProposedAssessment {
        &self.proposed
    }
}
