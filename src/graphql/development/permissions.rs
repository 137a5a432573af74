//! `viewerCan` of plans, goals and learning resources. Decides nothing itself.

use async_graphql::{Context, Result, SimpleObject};

use crate::{
    domain::policy::{
        Actor,
        actions::{Action, Target},
        facts::{GoalFacts, LearningResourceFacts, PlanFacts},
    },
    graphql::{
        context::{Reading, find},
        details::PersonFactsOf,
        development::{DevelopmentGoal, DevelopmentPlan, LearningResource},
        permissions::permissions,
        skills::Skill,
    },
};

permissions! {
    /// What you may do with a development plan now; its state and its goals are taken into account.
    DevelopmentPlanPermissions {
        /// Whether you may change its period or its role.
        update_development_plan = UpdateDevelopmentPlan,
        /// Whether you may agree to it: you lead the person, and each goal is SMART.
        agree_development_plan = AgreeDevelopmentPlan,
        /// Whether you may begin to work on it.
        start_development_plan = StartDevelopmentPlan,
        /// Whether you may end it: each goal is settled.
        complete_development_plan = CompleteDevelopmentPlan,
        /// Whether you may give it up.
        abandon_development_plan = AbandonDevelopmentPlan,
        /// Whether you may add goals to it.
        add_development_goal = AddDevelopmentGoal,
    }
    /// What you may do with a goal now; its state and its plan's are taken into account.
    DevelopmentGoalPermissions {
        /// Whether you may change it.
        update_development_goal = UpdateDevelopmentGoal,
        /// Whether you may give it up.
        drop_development_goal = DropDevelopmentGoal,
        /// Whether you may say what was measured.
        check_in_on_goal = CheckInOnGoal,
        /// Whether you may say that it was achieved: the last check-in reached the target.
        mark_goal_achieved = MarkGoalAchieved,
        /// Whether you may say that it was missed: its due date is over.
        mark_goal_missed = MarkGoalMissed,
    }
    /// What you may do with a learning resource now; its state is taken into account.
    LearningResourcePermissions {
        /// Whether you may change it.
        update_learning_resource = UpdateLearningResource,
        /// Whether you may take it out of the offer.
        archive_learning_resource = ArchiveLearningResource,
    }
}

impl DevelopmentPlan {
    /// What the viewer may do with it.
    pub(super) async fn permissions(&self, ctx: &Context<'_>) -> Result<DevelopmentPlanPermissions> {
        let Some(person) = find(ctx, PersonFactsOf(self.0.person_id)).await? else {
            return Ok(Default::default());
        };
        let facts = PlanFacts { person: &person, status: self.0.status, goals: self.0.goals };
        Ok(DevelopmentPlanPermissions::of(&ctx.reads()?.actor(), &Target::Plan(facts)))
    }
}

impl DevelopmentGoal {
    /// What the viewer may do with it.
    pub(super) async fn permissions(&self, ctx: &Context<'_>) -> Result<DevelopmentGoalPermissions> {
        let Some(plan) = DevelopmentPlan::find(ctx, self.0.plan_id).await? else {
            return Ok(Default::default());
        };
        let Some(person) = find(ctx, PersonFactsOf(plan.0.person_id)).await? else {
            return Ok(Default::default());
        };
        let reads = ctx.reads()?;
        let facts = GoalFacts {
            plan: PlanFacts { person: &person, status: plan.0.status, goals: plan.0.goals },
            status: self.0.status,
            reached: self.0.is_reached(),
            overdue: self.0.is_overdue(reads.scope.now().date_naive()),
        };
        Ok(DevelopmentGoalPermissions::of(&reads.actor(), &Target::Goal(facts)))
    }
}

impl LearningResource {
    /// What the viewer may do with it.
    pub(super) async fn permissions(&self, ctx: &Context<'_>) -> Result<LearningResourcePermissions> {
        let Some(skill) = Skill::canonical(ctx, self.0.skill_id).await? else {
            return Ok(Default::default());
        };
        let facts = LearningResourceFacts { skill_id: skill.0.id, status: self.0.status };
        Ok(LearningResourcePermissions::of(&ctx.reads()?.actor(), &Target::LearningResource(&facts)))
    }
}
