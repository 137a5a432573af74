//! `viewerCan`: what the viewer may do with each object now, by the same function that guards the
//! mutation of that name. Decides nothing itself.

use async_graphql::{Context, Result, SimpleObject};
use futures_util::future::try_join;

use crate::{
    domain::policy::{
        Actor,
        actions::{Action, Target},
        facts::{AssessmentFacts, ExemptionFacts, MembershipFacts, PersonFacts, RoundFacts, SkillFacts},
    },
    graphql::{
        assessments::SkillAssessment,
        context::{Reading, find},
        details::{PersonFactsOf, QuestionFactsOf, RoleProfileFactsOf, TeamFactsOf},
        gaps::RequirementExemption,
        people::{Person, Viewer},
        profiles::RoleProfile,
        questions::Question,
        rounds::AssessmentRound,
        skills::{Skill, SkillCategory},
        teams::{Team, TeamMembership},
    },
};

/// Declares one object of permissions: a Boolean for each mutation, named as it.
macro_rules! permissions {
    ($($(#[$doc:meta])* $name:ident { $($(#[$fdoc:meta])* $field:ident = $action:ident,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, SimpleObject)]
        pub struct $name { $($(#[$fdoc])* $field: bool,)* }

        impl $name {
            pub(in crate::graphql) fn of(actor: &Actor<'_>, target: &Target<'_>) -> Self {
                Self { $($field: actor.may(Action::$action, target),)* }
            }
        }
    )*};
}
pub(in crate::graphql) use permissions;

permissions! {
    /// What you may do with a team now; its state is taken into account.
    TeamPermissions {
        /// Whether you may change its name or slug.
        update_team = UpdateTeam,
        /// Whether you may hang it below another team.
        move_team = MoveTeam,
        /// Whether you may close it: only a team without members and active teams below it is closed.
        archive_team = ArchiveTeam,
        /// Whether you may add people to it.
        add_team_member = AddTeamMember,
        /// Whether you may ask levels of skills of it.
        set_team_skill_target = SetTeamSkillTarget,
        /// Whether you may ask them no longer.
        remove_team_skill_target = RemoveTeamSkillTarget,
        /// Whether you may ask it to be assessed by a day.
        open_assessment_round = OpenAssessmentRound,
    }
    /// What you may do with a membership now; its state is taken into account.
    TeamMembershipPermissions {
        /// Whether you may change role or share of time.
        update_team_membership = UpdateTeamMembership,
        /// Whether you may end it.
        end_team_membership = EndTeamMembership,
    }
    /// What you may do with a person now; their state is taken into account.
    PersonPermissions {
        /// Whether you may change what is known of them.
        update_person = UpdatePerson,
        /// Whether you may say which token is theirs.
        link_person = LinkPerson,
        /// Whether you may say that they left.
        deactivate_person = DeactivatePerson,
        /// Whether you may rate them, on any ground.
        record_skill_assessment = RecordSkillAssessment,
        /// Whether you may rate them together with others, on any ground.
        record_skill_assessments = RecordSkillAssessments,
        /// Whether you may say what they would like to work with.
        set_skill_interest = SetSkillInterest,
        /// Whether you may excuse them from requirements.
        exempt_requirement = ExemptRequirement,
        /// Whether you may begin a development plan of theirs.
        create_development_plan = CreateDevelopmentPlan,
        /// Whether you may draft one from a gap.
        draft_plan_from_gap = DraftPlanFromGap,
    }
    /// What you may do with an assessment round now; its state is taken into account.
    AssessmentRoundPermissions {
        /// Whether you may change it.
        update_assessment_round = UpdateAssessmentRound,
        /// Whether you may close it.
        close_assessment_round = CloseAssessmentRound,
    }
    /// What you may do with an exemption now; its state is taken into account.
    RequirementExemptionPermissions {
        /// Whether you may end it before its day.
        end_requirement_exemption = EndRequirementExemption,
    }
    /// What you may do with a skill now; its state is taken into account.
    SkillPermissions {
        /// Whether you may take it into use.
        approve_skill = ApproveSkill,
        /// Whether you may change anything of it.
        update_skill = UpdateSkill,
        /// Whether you may change its level descriptors, which is the part of `updateSkill` that the
        /// owner has.
        update_skill_level_descriptors = DescribeSkillLevels,
        /// Whether you may take it out of use.
        deprecate_skill = DeprecateSkill,
        /// Whether you may redirect it to another skill.
        merge_skills = MergeSkills,
        /// Whether you may take its redirect back.
        undo_skill_merge = UndoSkillMerge,
        /// Whether you may offer something to learn it from.
        create_learning_resource = CreateLearningResource,
    }
    /// What you may do with a skill category now.
    SkillCategoryPermissions {
        /// Whether you may hang it elsewhere in the tree.
        move_skill_category = MoveSkillCategory,
    }
    /// What you may do with a role profile now; its state is taken into account.
    RoleProfilePermissions {
        /// Whether you may change what it is called and where it leads.
        update_role_profile = UpdateRoleProfile,
        /// Whether you may write its next version.
        save_role_profile_draft = SaveRoleProfileDraft,
        /// Whether you may publish the version that is written; only when there is one.
        publish_role_profile = PublishRoleProfile,
        /// Whether you may take it out of use.
        archive_role_profile = ArchiveRoleProfile,
    }
    /// What you may do with an assessment now; its state is taken into account.
    SkillAssessmentPermissions {
        /// Whether you may let it count.
        validate_skill_assessments = ValidateSkillAssessments,
        /// Whether you may refuse it.
        reject_skill_assessment = RejectSkillAssessment,
        /// Whether you may withdraw it.
        revoke_skill_assessment = RevokeSkillAssessment,
        /// Whether you may repeat it with a new date.
        confirm_skill_assessments = ConfirmSkillAssessments,
        /// Whether you may answer it.
        respond_to_skill_assessment = RespondToSkillAssessment,
    }
    /// What you may do with a question now; where its versions stand is taken into account.
    QuestionPermissions {
        /// Whether you may write its next version.
        save_question_draft = SaveQuestionDraft,
        /// Whether you may hand its draft to review.
        submit_question = SubmitQuestion,
        /// Whether you may judge the version in review; nobody approves what they wrote.
        review_question = ReviewQuestion,
        /// Whether you may take it out of use.
        retire_question = RetireQuestion,
        /// Whether you may say that it is known outside.
        report_leak = ReportLeak,
        /// Whether you may say what it is to other questions.
        relate_questions = RelateQuestions,
    }
    /// What you may do with a set of questions now; its state is taken into account.
    QuestionSetPermissions {
        /// Whether you may change it.
        update_question_set = UpdateQuestionSet,
        /// Whether you may publish it; only with questions in it that are all approved.
        publish_question_set = PublishQuestionSet,
        /// Whether you may take it out of use.
        archive_question_set = ArchiveQuestionSet,
    }
    /// What you may do that is not about an object that exists.
    ViewerPermissions {
        /// Whether you may make teams.
        create_team = CreateTeam,
        /// Whether you may make people.
        create_person = CreatePerson,
        /// Whether you may propose skills.
        propose_skill = ProposeSkill,
        /// Whether you may make skill categories.
        create_skill_category = CreateSkillCategory,
        /// Whether you may make role profiles.
        create_role_profile = CreateRoleProfile,
        /// Whether you may enter questions.
        create_question = CreateQuestion,
        /// Whether you may put sets of questions together.
        create_question_set = CreateQuestionSet,
    }
}

impl Team {
    /// What the viewer may do with it.
    pub(in crate::graphql) async fn permissions(&self, ctx: &Context<'_>) -> Result<TeamPermissions> {
        let facts = find(ctx, TeamFactsOf(self.0.id)).await?;
        let actor = ctx.reads()?.actor();
        Ok(facts.map_or_else(Default::default, |facts| TeamPermissions::of(&actor, &Target::Team(&facts))))
    }
}

impl TeamMembership {
    /// What the viewer may do with it.
    pub(in crate::graphql) fn permissions(&self, ctx: &Context<'_>) -> Result<TeamMembershipPermissions> {
        let reads = ctx.reads()?;
        let facts = MembershipFacts { team_id: self.0.team_id, ended: self.0.valid.to.is_some() };
        Ok(TeamMembershipPermissions::of(&reads.actor(), &Target::Membership(&facts)))
    }
}

impl Person {
    /// What the viewer may do with them.
    pub(in crate::graphql) async fn permissions(&self, ctx: &Context<'_>) -> Result<PersonPermissions> {
        let facts = find(ctx, PersonFactsOf(self.0.id)).await?;
        let actor = ctx.reads()?.actor();
        let of = |facts: PersonFacts| PersonPermissions::of(&actor, &Target::Person(&facts));
        Ok(facts.map(of).unwrap_or_default())
    }
}

impl Skill {
    /// What the viewer may do with it.
    pub(in crate::graphql) fn permissions(&self, ctx: &Context<'_>) -> Result<SkillPermissions> {
        let facts = SkillFacts::from(&*self.0);
        Ok(SkillPermissions::of(&ctx.reads()?.actor(), &Target::Skill(&facts)))
    }
}

impl SkillCategory {
    /// What the viewer may do with it.
    pub(in crate::graphql) fn permissions(ctx: &Context<'_>) -> Result<SkillCategoryPermissions> {
        Ok(SkillCategoryPermissions::of(&ctx.reads()?.actor(), &Target::SkillCategory))
    }
}

impl RoleProfile {
    /// What the viewer may do with it.
    pub(in crate::graphql) async fn permissions(&self, ctx: &Context<'_>) -> Result<RoleProfilePermissions> {
        let facts = find(ctx, RoleProfileFactsOf(self.0.id)).await?;
        let actor = ctx.reads()?.actor();
        let of = |facts| RoleProfilePermissions::of(&actor, &Target::RoleProfile(&facts));
        Ok(facts.map(of).unwrap_or_default())
    }
}

impl SkillAssessment {
    /// What the viewer may do with it.
    pub(in crate::graphql) async fn permissions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<SkillAssessmentPermissions> {
        let assessment = &self.0;
        let (person, skill) = (PersonFactsOf(assessment.person_id), assessment.skill_id);
        let (person, skill) = try_join(find(ctx, person), Skill::canonical(ctx, skill)).await?;
        let (Some(person), Some(skill)) = (person, skill) else { return Ok(Default::default()) };
        let now = ctx.reads()?.scope.now();
        let facts = AssessmentFacts {
            person: &person,
            skill_id: skill.0.id,
            source: assessment.source,
            assessor_id: assessment.assessor_id,
            status: assessment.status,
            repeatable: skill.0.status.can_be_assessed() && assessment.expires_at.is_none_or(|end| now < end),
        };
        Ok(SkillAssessmentPermissions::of(&ctx.reads()?.actor(), &Target::Assessment(facts)))
    }
}

impl AssessmentRound {
    /// What the viewer may do with it.
    pub(in crate::graphql) fn permissions(&self, ctx: &Context<'_>) -> Result<AssessmentRoundPermissions> {
        let facts = RoundFacts { team_id: self.0.team_id, closed: self.0.closed_at.is_some() };
        Ok(AssessmentRoundPermissions::of(&ctx.reads()?.actor(), &Target::Round(&facts)))
    }
}

impl RequirementExemption {
    /// What the viewer may do with it.
    pub(in crate::graphql) async fn permissions(
        &self,
        ctx: &Context<'_>,
    ) -> Result<RequirementExemptionPermissions> {
        let Some(person) = find(ctx, PersonFactsOf(self.0.person_id)).await? else {
            return Ok(Default::default());
        };
        let reads = ctx.reads()?;
        let facts = ExemptionFacts { person: &person, over: self.0.is_over(reads.scope.now()) };
        Ok(RequirementExemptionPermissions::of(&reads.actor(), &Target::Exemption(facts)))
    }
}

impl Viewer {
    /// What the viewer may do that is not about an object.
    pub(in crate::graphql) fn permissions(ctx: &Context<'_>) -> Result<ViewerPermissions> {
        Ok(ViewerPermissions::of(&ctx.reads()?.actor(), &Target::Organisation))
    }
}

impl Question {
    /// What the viewer may do with it, as far as they see its versions.
    pub(in crate::graphql) async fn permissions(&self, ctx: &Context<'_>) -> Result<QuestionPermissions> {
        let facts = find(ctx, QuestionFactsOf(self.entry.id)).await?;
        let actor = ctx.reads()?.actor();
        let of = |facts| QuestionPermissions::of(&actor, &Target::Question(&facts));
        Ok(facts.map(of).unwrap_or_default())
    }
}
