//! Which rule answers for each root field and mutation. A name that is not here is denied, and a test
//! holds the list against the schema.

use crate::domain::policy::{Actor, actions::Action};

/// Who gets past the root of the graph. What lies behind it is each thing's own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Any bearer of a valid token: it tells them only about themself, or nothing of the organisation.
    Bearer,
    /// Any known viewer; what is found is cut to what they see.
    Known,
    /// Whoever sees the catalogue.
    Catalogue,
    /// Whoever may do it to the thing named in the input, by [`Actor::may`].
    Act(Action),
}

/// The rules, by the name of the root field or mutation.
pub const RULES: &[(&str, Rule)] = &[
    ("__typename", Rule::Bearer),
    ("_entities", Rule::Known),
    ("_service", Rule::Bearer),
    ("assessmentsDue", Rule::Known),
    ("gap", Rule::Known),
    ("closestMatches", Rule::Known),
    ("assessmentProposals", Rule::Known),
    ("developmentPlan", Rule::Known),
    ("learningResources", Rule::Catalogue),
    ("node", Rule::Known),
    ("nodes", Rule::Known),
    ("people", Rule::Known),
    ("person", Rule::Known),
    ("proficiencyScale", Rule::Catalogue),
    ("question", Rule::Known),
    ("questionByKey", Rule::Known),
    ("questionHistory", Rule::Known),
    ("questionSet", Rule::Known),
    ("questionSets", Rule::Known),
    ("questions", Rule::Known),
    ("roleProfile", Rule::Catalogue),
    ("roleProfileDiff", Rule::Catalogue),
    ("roleProfiles", Rule::Catalogue),
    ("salaryBenchmarks", Rule::Catalogue),
    ("salaryComparison", Rule::Catalogue),
    ("skill", Rule::Catalogue),
    ("skillBySlug", Rule::Catalogue),
    ("skillCategories", Rule::Catalogue),
    ("skills", Rule::Catalogue),
    ("team", Rule::Known),
    ("teamBySlug", Rule::Known),
    ("teams", Rule::Known),
    ("viewer", Rule::Bearer),
    ("whatIf", Rule::Known),
    ("addTeamMember", Rule::Act(Action::AddTeamMember)),
    ("approveSkill", Rule::Act(Action::ApproveSkill)),
    ("archiveQuestionSet", Rule::Act(Action::ArchiveQuestionSet)),
    ("archiveRoleProfile", Rule::Act(Action::ArchiveRoleProfile)),
    ("archiveTeam", Rule::Act(Action::ArchiveTeam)),
    ("closeAssessmentRound", Rule::Act(Action::CloseAssessmentRound)),
    ("confirmSkillAssessments", Rule::Act(Action::ConfirmSkillAssessments)),
    ("createPerson", Rule::Act(Action::CreatePerson)),
    ("createQuestionSet", Rule::Act(Action::CreateQuestionSet)),
    ("createRoleProfile", Rule::Act(Action::CreateRoleProfile)),
    ("createSkillCategory", Rule::Act(Action::CreateSkillCategory)),
    ("createTeam", Rule::Act(Action::CreateTeam)),
    ("deactivatePerson", Rule::Act(Action::DeactivatePerson)),
    ("deprecateSkill", Rule::Act(Action::DeprecateSkill)),
    ("endRequirementExemption", Rule::Act(Action::EndRequirementExemption)),
    ("endTeamMembership", Rule::Act(Action::EndTeamMembership)),
    ("exemptRequirement", Rule::Act(Action::ExemptRequirement)),
    ("linkPerson", Rule::Act(Action::LinkPerson)),
    ("mergeSkills", Rule::Act(Action::MergeSkills)),
    ("moveSkillCategory", Rule::Act(Action::MoveSkillCategory)),
    ("moveTeam", Rule::Act(Action::MoveTeam)),
    ("openAssessmentRound", Rule::Act(Action::OpenAssessmentRound)),
    ("proposeSkill", Rule::Act(Action::ProposeSkill)),
    ("publishQuestionSet", Rule::Act(Action::PublishQuestionSet)),
    ("publishRoleProfile", Rule::Act(Action::PublishRoleProfile)),
    ("recordSkillAssessment", Rule::Act(Action::RecordSkillAssessment)),
    ("recordSkillAssessments", Rule::Act(Action::RecordSkillAssessments)),
    ("rejectSkillAssessment", Rule::Act(Action::RejectSkillAssessment)),
    ("removeTeamSkillTarget", Rule::Act(Action::RemoveTeamSkillTarget)),
    ("respondToSkillAssessment", Rule::Act(Action::RespondToSkillAssessment)),
    ("revokeSkillAssessment", Rule::Act(Action::RevokeSkillAssessment)),
    ("saveRoleProfileDraft", Rule::Act(Action::SaveRoleProfileDraft)),
    ("setSkillInterest", Rule::Act(Action::SetSkillInterest)),
    ("setTeamSkillTarget", Rule::Act(Action::SetTeamSkillTarget)),
    ("undoSkillMerge", Rule::Act(Action::UndoSkillMerge)),
    ("updateAssessmentRound", Rule::Act(Action::UpdateAssessmentRound)),
    ("updatePerson", Rule::Act(Action::UpdatePerson)),
    ("updateQuestionSet", Rule::Act(Action::UpdateQuestionSet)),
    ("updateRoleProfile", Rule::Act(Action::UpdateRoleProfile)),
    ("updateSkill", Rule::Act(Action::UpdateSkill)),
    ("updateTeam", Rule::Act(Action::UpdateTeam)),
    ("updateTeamMembership", Rule::Act(Action::UpdateTeamMembership)),
    ("createQuestion", Rule::Act(Action::CreateQuestion)),
    ("relateQuestions", Rule::Act(Action::RelateQuestions)),
    ("reportLeak", Rule::Act(Action::ReportLeak)),
    ("retireQuestion", Rule::Act(Action::RetireQuestion)),
    ("reviewQuestion", Rule::Act(Action::ReviewQuestion)),
    ("saveQuestionDraft", Rule::Act(Action::SaveQuestionDraft)),
    ("submitQuestion", Rule::Act(Action::SubmitQuestion)),
    ("validateSkillAssessments", Rule::Act(Action::ValidateSkillAssessments)),
    ("abandonDevelopmentPlan", Rule::Act(Action::AbandonDevelopmentPlan)),
    ("addDevelopmentGoal", Rule::Act(Action::AddDevelopmentGoal)),
    ("agreeDevelopmentPlan", Rule::Act(Action::AgreeDevelopmentPlan)),
    ("archiveLearningResource", Rule::Act(Action::ArchiveLearningResource)),
    ("checkInOnGoal", Rule::Act(Action::CheckInOnGoal)),
    ("completeDevelopmentPlan", Rule::Act(Action::CompleteDevelopmentPlan)),
    ("createDevelopmentPlan", Rule::Act(Action::CreateDevelopmentPlan)),
    ("createLearningResource", Rule::Act(Action::CreateLearningResource)),
    ("draftPlanFromGap", Rule::Act(Action::DraftPlanFromGap)),
    ("dropDevelopmentGoal", Rule::Act(Action::DropDevelopmentGoal)),
    ("markGoalAchieved", Rule::Act(Action::MarkGoalAchieved)),
    ("markGoalMissed", Rule::Act(Action::MarkGoalMissed)),
    ("startDevelopmentPlan", Rule::Act(Action::StartDevelopmentPlan)),
    ("updateDevelopmentGoal", Rule::Act(Action::UpdateDevelopmentGoal)),
    ("updateDevelopmentPlan", Rule::Act(Action::UpdateDevelopmentPlan)),
    ("updateLearningResource", Rule::Act(Action::UpdateLearningResource)),
];

/// The rule of a root field or mutation.
#[must_use]
pub fn rule_of(name: &str) -> Option<Rule> {
    RULES.iter().find(|(ruled, _)| *ruled == name).map(|(_, rule)| *rule)
}

impl Actor<'_> {
    /// Whether the viewer gets past the root field or mutation of this name; not past one without a rule.
    #[must_use]
    pub fn enters(&self, name: &str) -> bool {
        match rule_of(name) {
            None => false,
            Some(Rule::Bearer) => true,
            Some(Rule::Known | Rule::Act(_)) => self.is_known(),
            Some(Rule::Catalogue) => self.sees_catalogue(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::{Claim, Claims, Standing};

    #[test]
    fn every_mutation_has_the_rule_of_its_own_action_and_no_name_has_two() {
        for action in Action::ALL.iter().filter(|action| !action.as_str().contains('.')) {
            assert_eq!(rule_of(action.as_str()), Some(Rule::Act(*action)));
        }
        let mut names: Vec<_> = RULES.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn a_name_without_a_rule_is_denied_to_everyone() {
        let claims = Claims { roles: Claim::ALL.iter().copied().collect(), ..Claims::default() };
        let standing = Standing { job: true, ..Standing::default() };
        assert!(!Actor::new(&claims, &standing).enters("dropEverything"));
    }

    #[test]
    fn an_unknown_subject_reads_only_about_itself() {
        let (claims, standing) = (Claims::default(), Standing::default());
        let entered: Vec<_> = RULES
            .iter()
            .map(|(name, _)| *name)
            .filter(|name| Actor::new(&claims, &standing).enters(name))
            .collect();
        assert_eq!(entered, ["__typename", "_service", "viewer"]);
    }
}
