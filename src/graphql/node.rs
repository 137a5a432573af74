//! Everything with an id, by its id alone. Reads through the same finders as every other path.

use async_graphql::{Context, ID, Interface, Object, Result};
use futures_util::future::join_all;

use crate::{
    domain::ids::{
        AssessmentRoundKind, DevelopmentGoalKind, DevelopmentPlanKind, GoalCheckInKind, Kind,
        LearningResourceKind, PersonKind, QuestionKind, QuestionSetKind, QuestionVersionKind,
        RequirementExemptionKind, RoleProfileKind, RoleProfileVersionKind, SkillAssessmentKind,
        SkillCategoryKind, SkillKind, TeamKind, TeamMembershipKind, prefix_of,
    },
    graphql::{
        assessments::SkillAssessment,
        cost,
        development::{DevelopmentGoal, DevelopmentPlan, GoalCheckIn, LearningResource},
        errors::bad_user_input,
        gaps::RequirementExemption,
        people::Person,
        profiles::{RoleProfile, RoleProfileVersion},
        question_sets::QuestionSet,
        questions::{Question, QuestionVersion},
        rounds::AssessmentRound,
        skills::{Skill, SkillCategory},
        teams::{Team, TeamMembership},
    },
};

/// Anything that has an id of its own.
#[derive(Debug, Clone, Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "The id, unique among all objects."))]
pub enum Node {
    /// An assessment round.
    AssessmentRound(AssessmentRound),
    /// A goal of a development plan.
    DevelopmentGoal(DevelopmentGoal),
    /// A development plan.
    DevelopmentPlan(DevelopmentPlan),
    /// A check-in on a goal.
    GoalCheckIn(GoalCheckIn),
    /// A learning resource.
    LearningResource(LearningResource),
    /// A person.
    Person(Person),
    /// An exemption from a requirement.
    RequirementExemption(RequirementExemption),
    /// A question.
    Question(Question),
    /// A set of questions.
    QuestionSet(QuestionSet),
    /// A version of a question.
    QuestionVersion(QuestionVersion),
    /// A role profile.
    RoleProfile(RoleProfile),
    /// A version of a role profile.
    RoleProfileVersion(RoleProfileVersion),
    /// A skill.
    Skill(Skill),
    /// An assessment.
    SkillAssessment(SkillAssessment),
    /// A skill category.
    SkillCategory(SkillCategory),
    /// A team.
    Team(Team),
    /// A membership.
    TeamMembership(TeamMembership),
}

impl Node {
    /// The object with this id, if the viewer sees it.
    async fn find(ctx: &Context<'_>, id: &ID) -> Result<Option<Self>> {
        Ok(match prefix_of(id).unwrap_or_default() {
            AssessmentRoundKind::PREFIX => AssessmentRound::named(ctx, id).await?.map(Self::AssessmentRound),
            DevelopmentGoalKind::PREFIX => DevelopmentGoal::named(ctx, id).await?.map(Self::DevelopmentGoal),
            DevelopmentPlanKind::PREFIX => DevelopmentPlan::named(ctx, id).await?.map(Self::DevelopmentPlan),
            GoalCheckInKind::PREFIX => GoalCheckIn::named(ctx, id).await?.map(Self::GoalCheckIn),
            LearningResourceKind::PREFIX => {
                LearningResource::named(ctx, id).await?.map(Self::LearningResource)
            }
            PersonKind::PREFIX => Person::named(ctx, id).await?.map(Self::Person),
            RequirementExemptionKind::PREFIX => {
                RequirementExemption::named(ctx, id).await?.map(Self::RequirementExemption)
            }
            QuestionKind::PREFIX => Question::named(ctx, id).await?.map(Self::Question),
            QuestionSetKind::PREFIX => QuestionSet::named(ctx, id).await?.map(Self::QuestionSet),
            QuestionVersionKind::PREFIX => QuestionVersion::named(ctx, id).await?.map(Self::QuestionVersion),
            RoleProfileKind::PREFIX => RoleProfile::named(ctx, id).await?.map(Self::RoleProfile),
            RoleProfileVersionKind::PREFIX => {
                RoleProfileVersion::named(ctx, id).await?.map(Self::RoleProfileVersion)
            }
            SkillKind::PREFIX => Skill::named(ctx, id).await?.map(Self::Skill),
            SkillAssessmentKind::PREFIX => SkillAssessment::named(ctx, id).await?.map(Self::SkillAssessment),
            SkillCategoryKind::PREFIX => SkillCategory::named(ctx, id).await?.map(Self::SkillCategory),
            TeamKind::PREFIX => Team::named(ctx, id).await?.map(Self::Team),
            TeamMembershipKind::PREFIX => TeamMembership::named(ctx, id).await?.map(Self::TeamMembership),
            _ => None,
        })
    }
}

/// The most ids of one `nodes`.
const MOST: usize = 100;

/// The roots that find anything by its id.
#[derive(Debug, Default)]
pub struct NodeQueries;

#[Object]
impl NodeQueries {
    /// Any object by its id; null when it does not exist or you may not see it.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the object.")] id: ID,
    ) -> Option<Result<Node>> {
        Node::find(ctx, &id).await.transpose()
    }

    /// Objects by their ids, in the order asked: at most 100. Null for each that does not exist or that
    /// you may not see.
    #[graphql(complexity = "cost::of_root(ids.len() * (1 + child_complexity), child_complexity)")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ids of the objects: at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        if ids.len() > MOST {
            return Err(bad_user_input(format!("`ids` has at most {MOST} elements, not {}.", ids.len())));
        }
        let found = join_all(ids.iter().map(|id| Node::find(ctx, id))).await;
        Ok(found.into_iter().map(Result::transpose).collect())
    }

    #[graphql(entity)]
    async fn find_assessment_round(&self, ctx: &Context<'_>, id: ID) -> Result<Option<AssessmentRound>> {
        AssessmentRound::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_requirement_exemption(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<Option<RequirementExemption>> {
        RequirementExemption::named(ctx, &id).await
    }

    #[graphql(entity)]
    async fn find_skill_assessment(&self, ctx: &Context<'_>, id: ID) -> Result<Option<SkillAssessment>> {
        SkillAssessment::named(ctx, &id).await
    }
}
