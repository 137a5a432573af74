//! Who may do what. One action per mutation, the same functions for the guard of a mutation and for
//! the `viewerCan` that announces it.
//!
//! Says nothing of visibility: what the viewer may not see is NOT_FOUND before this is asked. What
//! no rule grants is denied.

use crate::domain::{
    assessments::AssessmentSource,
    choices::choices,
    development::LearningResourceStatus,
    ids::{PersonId, SkillId},
    people::PersonStatus,
    policy::{
        Actor, assessments, development,
        facts::{
            AssessmentFacts, ExemptionFacts, GoalFacts, LearningResourceFacts, MembershipFacts, PersonFacts,
            PlanFacts, QuestionFacts, QuestionSetFacts, RoleProfileFacts, RoundFacts, SkillFacts, TeamFacts,
        },
        question_sets, questions,
    },
    profiles::RoleProfileStatus,
    skills::SkillStatus,
    teams::TeamStatus,
};

choices! {
    /// What can be done, by the name of the mutation that does it.
    Action {
        /// Makes a team.
        CreateTeam = "createTeam",
        /// Changes a team's name or slug.
        UpdateTeam = "updateTeam",
        /// Hangs a team below another.
        MoveTeam = "moveTeam",
        /// Closes an empty team.
        ArchiveTeam = "archiveTeam",
        /// Begins a membership.
        AddTeamMember = "addTeamMember",
        /// Changes a role or an allocation.
        UpdateTeamMembership = "updateTeamMembership",
        /// Ends a membership.
        EndTeamMembership = "endTeamMembership",
        /// Asks a level of a skill of a team.
        SetTeamSkillTarget = "setTeamSkillTarget",
        /// Asks it no longer.
        RemoveTeamSkillTarget = "removeTeamSkillTarget",
        /// Makes a person.
        CreatePerson = "createPerson",
        /// Changes a person.
        UpdatePerson = "updatePerson",
        /// Says which token is a person's.
        LinkPerson = "linkPerson",
        /// Says that a person left.
        DeactivatePerson = "deactivatePerson",
        /// Proposes a skill.
        ProposeSkill = "proposeSkill",
        /// Takes a proposed skill into use.
        ApproveSkill = "approveSkill",
        /// Changes anything of a skill.
        UpdateSkill = "updateSkill",
        /// Changes what the levels of a skill look like, and nothing else: the part of `updateSkill`
        /// that its owner has.
        DescribeSkillLevels = "updateSkill.levelDescriptors",
        /// Takes a skill out of use.
        DeprecateSkill = "deprecateSkill",
        /// Redirects a skill to another.
        MergeSkills = "mergeSkills",
        /// Takes a redirect back.
        UndoSkillMerge = "undoSkillMerge",
        /// Makes a category.
        CreateSkillCategory = "createSkillCategory",
        /// Hangs a category elsewhere.
        MoveSkillCategory = "moveSkillCategory",
        /// Makes a role profile.
        CreateRoleProfile = "createRoleProfile",
        /// Changes what a role profile is called and where it leads.
        UpdateRoleProfile = "updateRoleProfile",
        /// Writes the next version of a role profile.
        SaveRoleProfileDraft = "saveRoleProfileDraft",
        /// Lets the version that was written hold.
        PublishRoleProfile = "publishRoleProfile",
        /// Takes a role profile out of use.
        ArchiveRoleProfile = "archiveRoleProfile",
        /// Rates a person.
        RecordSkillAssessment = "recordSkillAssessment",
        /// Rates several at once; each one by the rule of one.
        RecordSkillAssessments = "recordSkillAssessments",
        /// Lets a pending rating count.
        ValidateSkillAssessments = "validateSkillAssessments",
        /// Refuses a pending rating.
        RejectSkillAssessment = "rejectSkillAssessment",
        /// Withdraws a rating that counts.
        RevokeSkillAssessment = "revokeSkillAssessment",
        /// Repeats a rating with a new date.
        ConfirmSkillAssessments = "confirmSkillAssessments",
        /// Answers a rating of oneself.
        RespondToSkillAssessment = "respondToSkillAssessment",
        /// Says how much one wants to work with a skill.
        SetSkillInterest = "setSkillInterest",
        /// Excuses a person from what is required of a skill.
        ExemptRequirement = "exemptRequirement",
        /// Ends an exemption before its day.
        EndRequirementExemption = "endRequirementExemption",
        /// Asks a team to be assessed by a day.
        OpenAssessmentRound = "openAssessmentRound",
        /// Changes a round.
        UpdateAssessmentRound = "updateAssessmentRound",
        /// Ends a round.
        CloseAssessmentRound = "closeAssessmentRound",
        /// Begins a development plan.
        CreateDevelopmentPlan = "createDevelopmentPlan",
        /// Begins one with a goal for each requirement that is not met.
        DraftPlanFromGap = "draftPlanFromGap",
        /// Changes a plan's period or role.
        UpdateDevelopmentPlan = "updateDevelopmentPlan",
        /// Agrees to a plan.
        AgreeDevelopmentPlan = "agreeDevelopmentPlan",
        /// Begins to work on a plan.
        StartDevelopmentPlan = "startDevelopmentPlan",
        /// Ends a plan whose goals are settled.
        CompleteDevelopmentPlan = "completeDevelopmentPlan",
        /// Gives a plan up.
        AbandonDevelopmentPlan = "abandonDevelopmentPlan",
        /// Adds a goal.
        AddDevelopmentGoal = "addDevelopmentGoal",
        /// Changes a goal.
        UpdateDevelopmentGoal = "updateDevelopmentGoal",
        /// Gives a goal up.
        DropDevelopmentGoal = "dropDevelopmentGoal",
        /// Says what was measured.
        CheckInOnGoal = "checkInOnGoal",
        /// Says that a goal was achieved.
        MarkGoalAchieved = "markGoalAchieved",
        /// Says that a goal was missed.
        MarkGoalMissed = "markGoalMissed",
        /// Offers something to learn a skill from.
        CreateLearningResource = "createLearningResource",
        /// Changes what is offered.
        UpdateLearningResource = "updateLearningResource",
        /// Offers it no longer.
        ArchiveLearningResource = "archiveLearningResource",
        /// Enters a question with its first draft.
        CreateQuestion = "createQuestion",
        /// Writes the next version of a question.
        SaveQuestionDraft = "saveQuestionDraft",
        /// Hands a draft to review.
        SubmitQuestion = "submitQuestion",
        /// Approves a version, or gives it back.
        ReviewQuestion = "reviewQuestion",
        /// Takes a question out of use.
        RetireQuestion = "retireQuestion",
        /// Says that a question is known outside.
        ReportLeak = "reportLeak",
        /// Says what two questions are to each other.
        RelateQuestions = "relateQuestions",
        /// Puts a set of questions together.
        CreateQuestionSet = "createQuestionSet",
        /// Changes a set that is not published.
        UpdateQuestionSet = "updateQuestionSet",
        /// Makes a set ready for interviewers; from then on it never changes.
        PublishQuestionSet = "publishQuestionSet",
        /// Takes a set out of use.
        ArchiveQuestionSet = "archiveQuestionSet",
    }
}

/// What an action is done to.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// The organisation: for what does not exist yet.
    Organisation,
    /// A team.
    Team(&'a TeamFacts),
    /// A stay in a team.
    Membership(&'a MembershipFacts),
    /// A person.
    Person(&'a PersonFacts),
    /// A skill.
    Skill(&'a SkillFacts),
    /// A category.
    SkillCategory,
    /// A role profile.
    RoleProfile(&'a RoleProfileFacts),
    /// A rating yet to be made: of this person, on this ground.
    NewAssessment(&'a PersonFacts, AssessmentSource),
    /// A rating that was made.
    Assessment(AssessmentFacts<'a>),
    /// An exemption from a requirement.
    Exemption(ExemptionFacts<'a>),
    /// An assessment round.
    Round(&'a RoundFacts),
    /// A development plan.
    Plan(PlanFacts<'a>),
    /// A goal of one.
    Goal(GoalFacts<'a>),
    /// A learning resource.
    LearningResource(&'a LearningResourceFacts),
    /// An entry of the question bank.
    Question(&'a QuestionFacts),
    /// A set of questions.
    QuestionSet(&'a QuestionSetFacts),
}

impl Actor<'_> {
    /// Whether the viewer may do it now: [`Actor::permits`] and [`allows`]. What `viewerCan` shows.
    #[must_use]
    pub fn may(&self, action: Action, target: &Target<'_>) -> bool {
        self.permits(action, target) && allows(action, target)
    }

    /// Whether it is the viewer's to do, whatever state the target is in. False is FORBIDDEN.
    #[must_use]
    pub fn permits(&self, action: Action, target: &Target<'_>) -> bool {
        use Action as A;
        match (action, target) {
            (A::CreateTeam, Target::Organisation)
            | (A::UpdateTeam | A::MoveTeam | A::ArchiveTeam | A::AddTeamMember, Target::Team(_))
            | (A::UpdateTeamMembership | A::EndTeamMembership, Target::Membership(_)) => {
                self.manages("teams:write")
            }
            (A::SetTeamSkillTarget | A::RemoveTeamSkillTarget, Target::Team(team)) => {
                self.standing.leads.contains(&team.id) || self.manages("teams:write")
            }
            (A::CreatePerson, Target::Organisation)
            | (A::UpdatePerson | A::LinkPerson | A::DeactivatePerson, Target::Person(_)) => {
                self.manages("people:write")
            }
            (A::ProposeSkill, Target::Organisation) => {
                self.standing.person.is_some() || self.manages("skills:write")
            }
            (A::DescribeSkillLevels | A::CreateLearningResource, Target::Skill(skill)) => {
                self.looks_after(skill.id)
            }
            (A::UpdateLearningResource | A::ArchiveLearningResource, Target::LearningResource(offered)) => {
                self.looks_after(offered.skill_id)
            }
            (
                A::ApproveSkill | A::UpdateSkill | A::DeprecateSkill | A::MergeSkills | A::UndoSkillMerge,
                Target::Skill(_),
            )
            | (A::CreateSkillCategory, Target::Organisation)
            | (A::MoveSkillCategory, Target::SkillCategory) => self.manages("skills:write"),
            // Drafts are seen by ADMIN alone, so that nobody else could know what they write.
            (A::CreateRoleProfile, Target::Organisation)
            | (
                A::UpdateRoleProfile
                | A::SaveRoleProfileDraft
                | A::PublishRoleProfile
                | A::ArchiveRoleProfile,
                Target::RoleProfile(_),
            ) => self.is_admin(),
            _ => {
                self.may_assess(action, target)
                    || self.may_develop(action, target)
                    || self.may_question(action, target)
            }
        }
    }

    /// The owner of the skill, ADMIN, or a program that writes skills.
    fn looks_after(&self, skill: SkillId) -> bool {
        self.standing.owns.contains(&skill) || self.manages("skills:write")
    }

    /// In whose name a rating by this viewer stands.
    #[must_use]
    pub fn speaker(&self) -> Option<PersonId> {
        self.standing.acts_for.or(self.standing.person)
    }
}

/// Whether the state of the target allows it, whoever asks. False is an illegal state, not FORBIDDEN.
#[must_use]
pub fn allows(action: Action, target: &Target<'_>) -> bool {
    match target {
        Target::Organisation | Target::SkillCategory => true,
        Target::Team(team) => allows_team(action, team),
        Target::Membership(stay) => !stay.ended,
        Target::Person(person) | Target::NewAssessment(person, _) => allows_person(action, person),
        Target::Skill(skill) => allows_skill(action, skill.status),
        Target::RoleProfile(profile) => allows_role_profile(action, profile),
        Target::Assessment(row) => assessments::allows_assessment(action, row),
        Target::Exemption(exemption) => !exemption.over,
        Target::Round(round) => !round.closed,
        Target::Plan(plan) => development::allows_plan(action, plan),
        Target::Goal(goal) => development::allows_goal(action, goal),
        Target::LearningResource(offered) => offered.status == LearningResourceStatus::Active,
        Target::Question(entry) => questions::allows_question(action, entry),
        Target::QuestionSet(set) => question_sets::allows_question_set(action, set),
    }
}

fn allows_team(action: Action, team: &TeamFacts) -> bool {
    match action {
        Action::ArchiveTeam => team.status.may_become(TeamStatus::Archived) && !team.occupied,
        _ => team.status == TeamStatus::Active,
    }
}

fn allows_person(action: Action, person: &PersonFacts) -> bool {
    match action {
        Action::DeactivatePerson => person.status.may_become(PersonStatus::Inactive),
        Action::UpdatePerson => person.status != PersonStatus::Erased,
        _ => person.status == PersonStatus::Active,
    }
}

fn allows_skill(action: Action, status: SkillStatus) -> bool {
    match action {
        Action::ApproveSkill => status == SkillStatus::Proposed && status.may_become(SkillStatus::Active),
        Action::DeprecateSkill => status.may_become(SkillStatus::Deprecated),
        Action::MergeSkills => status.may_become(SkillStatus::Merged),
        Action::UndoSkillMerge => status == SkillStatus::Merged && status.may_become(SkillStatus::Active),
        _ => status != SkillStatus::Merged,
    }
}

fn allows_role_profile(action: Action, profile: &RoleProfileFacts) -> bool {
    match action {
        Action::PublishRoleProfile => profile.status == RoleProfileStatus::Active && profile.drafted,
        Action::ArchiveRoleProfile => {
            profile.status == RoleProfileStatus::Active
                && profile.status.may_become(RoleProfileStatus::Archived)
        }
        _ => profile.status == RoleProfileStatus::Active,
    }
}
