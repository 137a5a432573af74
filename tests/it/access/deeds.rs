//! What is expected of the mutations: what each names, and who may do it to what they see.

use std::collections::BTreeSet;

use super::{done::DONE, questions, ratings, sdl::Sdl, viewers::Viewer};

/// Who may, of those who see what is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum May {
    Admin,
    /// ADMIN, and who leads the team or one above it.
    Head,
    /// ADMIN, and no program in anybody's name.
    AdminAlone,
    /// ADMIN, and whoever owns the skill.
    Owner,
    /// ADMIN, and every active person.
    Member,
    /// The person themself.
    Oneself,
    /// Who leads the person.
    Lead,
    /// Who is in a team with the person.
    Mate,
    /// Who leads the person, and who owns the skill of a PEER or CERTIFICATE rating: never of their own word.
    Judge,
    /// Who judges; of a SELF rating the person, and of an interview nobody.
    Revoke,
    /// Who may say the same again.
    Confirm,
    /// Whom the rating is of.
    Rated,
    /// ADMIN, and who leads the person.
    Excuse,
    /// Whose plan it is, and who leads them; of a person, who may begin one.
    Planner,
    /// The same of a draft; of what was agreed, who leads the person.
    Writer,
    /// ADMIN, and whoever owns what the skill reads as.
    Keeper,
    /// Who edits the question bank.
    Editor,
    /// Who edits the bank or interviews, and is a person: what is written has an author.
    Proposer,
    /// Who edits the bank, and who interviews, of their own proposal.
    Drafter,
    /// Who edits the bank, and who interviews, of their own set.
    Assembler,
    /// Who edits the bank, and who interviews.
    Asker,
    /// It is named beside the thing that is changed: only that what is hidden is missing is asked.
    Beside,
}

/// A mutation, the field of its input that names something, the type of that, an input with `ID` in that
/// place and other objects by name, and who may.
pub type Deed = (&'static str, &'static str, &'static str, &'static str, May);

#[rustfmt::skip]
pub const DEEDS: &[Deed] = &[
    ("createTeam", "parentId", "Team", "name: \"New\", parentId: ID, idempotencyKey: \"k\"", May::Admin),
    ("updateTeam", "teamId", "Team", "teamId: ID, name: \"Other\"", May::Admin),
    ("moveTeam", "teamId", "Team", "teamId: ID, parentId: null", May::Admin),
    ("moveTeam", "parentId", "Team", "teamId: {team/storage}, parentId: ID", May::Beside),
    ("archiveTeam", "teamId", "Team", "teamId: ID", May::Admin),
    ("addTeamMember", "teamId", "Team", "teamId: ID, personId: {person/oda}, idempotencyKey: \"k\"", May::Admin),
    ("addTeamMember", "personId", "Person", "teamId: {team/web}, personId: ID, idempotencyKey: \"k\"", May::Beside),
    ("updateTeamMembership", "membershipId", "TeamMembership", "membershipId: ID, allocationPct: 50", May::Admin),
    ("endTeamMembership", "membershipId", "TeamMembership", "membershipId: ID", May::Admin),

    ("setTeamSkillTarget", "teamId", "Team", "teamId: ID, skillId: {skill/rust}, level: 3", May::Head),
    ("setTeamSkillTarget", "skillId", "Skill", "teamId: {team/platform}, skillId: ID, level: 3", May::Beside),
    ("removeTeamSkillTarget", "teamId", "Team", "teamId: ID, skillId: {skill/rust}", May::Head),
    ("removeTeamSkillTarget", "skillId", "Skill", "teamId: {team/platform}, skillId: ID", May::Beside),

    ("openAssessmentRound", "teamId", "Team", "teamId: ID, skillIds: [{skill/rust}], ROUND", May::Head),
    ("openAssessmentRound", "skillIds", "Skill", "teamId: {team/platform}, skillIds: [ID], ROUND", May::Beside),
    ("openAssessmentRound", "roleProfileId", "RoleProfile",
     "teamId: {team/platform}, roleProfileId: ID, ROUND", May::Beside),
    ("updateAssessmentRound", "roundId", "AssessmentRound", "roundId: ID, name: \"Other\"", May::Head),
    ("updateAssessmentRound", "skillIds", "Skill", "roundId: {round/platform}, skillIds: [ID]", May::Beside),
    ("closeAssessmentRound", "roundId", "AssessmentRound", "roundId: ID", May::Head),

    ("createPerson", "roleProfileIds", "RoleProfile",
     "displayName: \"New\", email: \"new@example.com\", roleProfileIds: [ID], idempotencyKey: \"k\"", May::Admin),
    ("updatePerson", "personId", "Person", "personId: ID, title: \"Other\"", May::Admin),
    ("updatePerson", "roleProfileIds", "RoleProfile", "personId: {person/oda}, roleProfileIds: [ID]", May::Beside),
    ("linkPerson", "personId", "Person",
     "personId: ID, identity: { issuer: \"https://issuer.example\", subject: \"new\" }", May::Admin),
    ("deactivatePerson", "personId", "Person", "personId: ID", May::Admin),

    ("proposeSkill", "categoryId", "SkillCategory",
     "name: \"New\", kind: TECHNICAL, categoryId: ID, idempotencyKey: \"k\"", May::Member),
    ("approveSkill", "skillId", "Skill", "skillId: ID", May::Admin),
    ("updateSkill", "skillId", "Skill", "skillId: ID, description: \"Other.\"", May::Admin),
    ("updateSkill", "skillId", "Skill", "skillId: ID, levelDescriptors: []", May::Owner),
    ("updateSkill", "categoryId", "SkillCategory", "skillId: {skill/rust}, categoryId: ID", May::Beside),
    ("updateSkill", "ownerId", "Person", "skillId: {skill/rust}, ownerId: ID", May::Beside),
    ("updateSkill", "relations.skillId", "Skill",
     "skillId: {skill/rust}, relations: [{ kind: RELATED, skillId: ID }]", May::Beside),
    ("deprecateSkill", "skillId", "Skill", "skillId: ID", May::Admin),
    ("mergeSkills", "fromId", "Skill", "fromId: ID, intoId: {skill/rust}", May::Admin),
    ("mergeSkills", "intoId", "Skill", "fromId: {skill/sql}, intoId: ID", May::Beside),
    ("undoSkillMerge", "skillId", "Skill", "skillId: ID", May::Admin),
    ("createSkillCategory", "parentId", "SkillCategory",
     "name: \"New\", parentId: ID, idempotencyKey: \"k\"", May::Admin),
    ("moveSkillCategory", "categoryId", "SkillCategory", "categoryId: ID, parentId: null", May::Admin),
    ("moveSkillCategory", "parentId", "SkillCategory", "categoryId: {category/systems}, parentId: ID", May::Beside),

    ("createRoleProfile", "careerPaths.toId", "RoleProfile",
     "key: \"new\", title: \"New\", family: \"New\", track: TECHNICAL, seniority: 1, \
      careerPaths: [{ toId: ID, kind: LATERAL, criteria: \"Any.\" }], idempotencyKey: \"k\"", May::AdminAlone),
    ("updateRoleProfile", "roleProfileId", "RoleProfile", "roleProfileId: ID, title: \"Other\"", May::AdminAlone),
    ("updateRoleProfile", "careerPaths.toId", "RoleProfile",
     "roleProfileId: {profile/engineer}, careerPaths: [{ toId: ID, kind: LATERAL, criteria: \"Any.\" }]", May::Beside),
    ("saveRoleProfileDraft", "roleProfileId", "RoleProfile",
     "roleProfileId: ID, content: { summary: \"New.\" }", May::AdminAlone),
    ("saveRoleProfileDraft", "content.requirements.skillId", "Skill",
     "roleProfileId: {profile/engineer}, content: { summary: \"New.\", \
      requirements: [{ skillId: ID, requiredLevel: 3, importance: MUST }] }", May::Beside),
    ("saveRoleProfileDraft", "content.practices.skillId", "Skill",
     "roleProfileId: {profile/engineer}, content: { summary: \"New.\", \
      practices: [{ topic: \"T\", statement: \"S\", skillId: ID }] }", May::Beside),
    ("saveRoleProfileDraft", "content.challenges.skillIds", "Skill",
     "roleProfileId: {profile/engineer}, content: { summary: \"New.\", \
      challenges: [{ title: \"T\", problem: \"P\", resolution: \"R\", skillIds: [ID] }] }", May::Beside),
    ("publishRoleProfile", "roleProfileId", "RoleProfile", "roleProfileId: ID", May::AdminAlone),
    ("archiveRoleProfile", "roleProfileId", "RoleProfile", "roleProfileId: ID", May::AdminAlone),

    ("recordSkillAssessment", "personId", "Person",
     "personId: ID, skillId: {skill/rust}, level: 3, source: SELF, idempotencyKey: \"k\"", May::Oneself),
    ("recordSkillAssessment", "personId", "Person",
     "personId: ID, skillId: {skill/rust}, level: 3, source: MANAGER, idempotencyKey: \"k\"", May::Lead),
    ("recordSkillAssessment", "personId", "Person",
     "personId: ID, skillId: {skill/rust}, level: 3, source: PEER, idempotencyKey: \"k\"", May::Mate),
    ("recordSkillAssessment", "skillId", "Skill",
     "personId: {person/mia}, skillId: ID, level: 3, source: SELF, idempotencyKey: \"k\"", May::Beside),
    ("recordSkillAssessments", "assessments.personId", "Person",
     "assessments: [{ personId: ID, skillId: {skill/rust}, level: 3, source: SELF }], idempotencyKey: \"k\"",
     May::Oneself),
    ("recordSkillAssessments", "assessments.skillId", "Skill",
     "assessments: [{ personId: {person/mia}, skillId: ID, level: 3, source: SELF }], idempotencyKey: \"k\"",
     May::Beside),
    ("validateSkillAssessments", "assessmentIds", "SkillAssessment", "assessmentIds: [ID]", May::Judge),
    ("rejectSkillAssessment", "assessmentId", "SkillAssessment", "assessmentId: ID, reason: \"No.\"", May::Judge),
    ("revokeSkillAssessment", "assessmentId", "SkillAssessment", "assessmentId: ID, reason: \"No.\"", May::Revoke),
    ("confirmSkillAssessments", "assessmentIds", "SkillAssessment",
     "assessmentIds: [ID], idempotencyKey: \"k\"", May::Confirm),
    ("respondToSkillAssessment", "assessmentId", "SkillAssessment",
     "assessmentId: ID, text: \"So.\", idempotencyKey: \"k\"", May::Rated),
    ("setSkillInterest", "personId", "Person", "personId: ID, skillId: {skill/rust}, interest: 3", May::Oneself),
    ("setSkillInterest", "skillId", "Skill", "personId: {person/mia}, skillId: ID, interest: 3", May::Beside),

    ("exemptRequirement", "personId", "Person", "personId: ID, skillId: {skill/sql}, EXCUSE", May::Excuse),
    ("exemptRequirement", "skillId", "Skill", "personId: {person/mia}, skillId: ID, EXCUSE", May::Beside),
    ("endRequirementExemption", "exemptionId", "RequirementExemption", "exemptionId: ID", May::Excuse),
    ("createDevelopmentPlan", "personId", "Person", "personId: ID, PERIOD, idempotencyKey: \"k\"", May::Planner),
    ("createDevelopmentPlan", "targetRoleProfile.id", "RoleProfile",
     "personId: {person/mia}, targetRoleProfile: { id: ID }, PERIOD, idempotencyKey: \"k\"", May::Beside),
    ("createDevelopmentPlan", "targetRoleProfile.versionId", "RoleProfileVersion",
     "personId: {person/mia}, targetRoleProfile: { versionId: ID }, PERIOD, idempotencyKey: \"k\"", May::Beside),
    ("draftPlanFromGap", "personId", "Person",
     "personId: ID, roleProfile: { key: \"principal\" }, PERIOD, idempotencyKey: \"k\"", May::Planner),
    ("draftPlanFromGap", "roleProfile.id", "RoleProfile",
     "personId: {person/mia}, roleProfile: { id: ID }, PERIOD, idempotencyKey: \"k\"", May::Beside),
    ("draftPlanFromGap", "roleProfile.versionId", "RoleProfileVersion",
     "personId: {person/mia}, roleProfile: { versionId: ID }, PERIOD, idempotencyKey: \"k\"", May::Beside),
    ("updateDevelopmentPlan", "planId", "DevelopmentPlan", "planId: ID, targetRoleProfile: null", May::Writer),
    ("updateDevelopmentPlan", "targetRoleProfile.id", "RoleProfile",
     "planId: {plan/mia draft}, targetRoleProfile: { id: ID }", May::Beside),
    ("updateDevelopmentPlan", "targetRoleProfile.versionId", "RoleProfileVersion",
     "planId: {plan/mia draft}, targetRoleProfile: { versionId: ID }", May::Beside),
    ("agreeDevelopmentPlan", "planId", "DevelopmentPlan", "planId: ID", May::Lead),
    ("startDevelopmentPlan", "planId", "DevelopmentPlan", "planId: ID", May::Planner),
    ("completeDevelopmentPlan", "planId", "DevelopmentPlan", "planId: ID", May::Planner),
    ("abandonDevelopmentPlan", "planId", "DevelopmentPlan", "planId: ID", May::Planner),
    ("addDevelopmentGoal", "planId", "DevelopmentPlan",
     "planId: ID, skillId: {skill/rust}, specific: \"More.\", idempotencyKey: \"k\"", May::Writer),
    ("addDevelopmentGoal", "skillId", "Skill",
     "planId: {plan/mia draft}, skillId: ID, specific: \"More.\", idempotencyKey: \"k\"", May::Beside),
    ("addDevelopmentGoal", "gap.roleProfile.id", "RoleProfile",
     "planId: {plan/mia draft}, skillId: {skill/rust}, gap: { roleProfile: { id: ID } }, specific: \"More.\", \
      idempotencyKey: \"k\"", May::Beside),
    ("addDevelopmentGoal", "gap.roleProfile.versionId", "RoleProfileVersion",
     "planId: {plan/mia draft}, skillId: {skill/rust}, gap: { roleProfile: { versionId: ID } }, \
      specific: \"More.\", idempotencyKey: \"k\"", May::Beside),
    ("updateDevelopmentGoal", "goalId", "DevelopmentGoal", "goalId: ID, relevance: \"Much.\"", May::Writer),
    ("updateDevelopmentGoal", "gap.roleProfile.id", "RoleProfile",
     "goalId: {goal/mia draft}, gap: { roleProfile: { id: ID } }", May::Beside),
    ("updateDevelopmentGoal", "gap.roleProfile.versionId", "RoleProfileVersion",
     "goalId: {goal/mia draft}, gap: { roleProfile: { versionId: ID } }", May::Beside),
    ("dropDevelopmentGoal", "goalId", "DevelopmentGoal", "goalId: ID", May::Writer),
    ("checkInOnGoal", "goalId", "DevelopmentGoal", "goalId: ID, value: 4, idempotencyKey: \"k\"", May::Planner),
    ("markGoalAchieved", "goalId", "DevelopmentGoal", "goalId: ID", May::Planner),
    ("markGoalMissed", "goalId", "DevelopmentGoal", "goalId: ID", May::Planner),
    ("createLearningResource", "skillId", "Skill",
     "skillId: ID, level: 3, title: \"New\", url: \"https://example.org/new\", licence: \"CC0-1.0\", \
      idempotencyKey: \"k\"", May::Keeper),
    ("updateLearningResource", "resourceId", "LearningResource", "resourceId: ID, minutes: 30", May::Keeper),
    ("archiveLearningResource", "resourceId", "LearningResource", "resourceId: ID", May::Keeper),

    ("createQuestion", "details.ownerId", "Person",
     "details: { category: \"Any\", ownerId: ID }, CONTENT, idempotencyKey: \"k\"", May::Proposer),
    ("createQuestion", "content.skills.skillId", "Skill", "DETAILS, SHOWS, idempotencyKey: \"k\"", May::Proposer),
    ("createQuestion", "content.criteria.skillId", "Skill", "DETAILS, SCORES, idempotencyKey: \"k\"", May::Beside),
    ("saveQuestionDraft", "questionId", "Question", "questionId: ID, CONTENT", May::Drafter),
    ("saveQuestionDraft", "details.ownerId", "Person",
     "questionId: {question/proposed}, details: { category: \"Any\", ownerId: ID }, CONTENT", May::Beside),
    ("saveQuestionDraft", "content.skills.skillId", "Skill", "questionId: {question/proposed}, SHOWS", May::Beside),
    ("saveQuestionDraft", "content.criteria.skillId", "Skill", "questionId: {question/proposed}, SCORES", May::Beside),
    ("submitQuestion", "questionId", "Question", "questionId: ID, idempotencyKey: \"k\"", May::Drafter),
    ("reviewQuestion", "questionId", "Question", "questionId: ID, verdict: APPROVE, idempotencyKey: \"k\"", May::Editor),
    ("retireQuestion", "questionId", "Question", "questionId: ID", May::Editor),
    ("reportLeak", "questionId", "Question", "questionId: ID, source: \"A forum.\", idempotencyKey: \"k\"", May::Asker),
    ("relateQuestions", "questionId", "Question",
     "questionId: ID, otherId: {question/leaked}, kind: ENEMY", May::Editor),
    ("relateQuestions", "otherId", "Question",
     "questionId: {question/asked}, otherId: ID, kind: ENEMY", May::Beside),

    ("createQuestionSet", "items.question.id", "Question", "SET, items: [{ question: { id: ID } }]", May::Proposer),
    ("createQuestionSet", "items.question.versionId", "QuestionVersion",
     "SET, items: [{ question: { versionId: ID } }]", May::Beside),
    ("createQuestionSet", "roleProfile.id", "RoleProfile", "SET, roleProfile: { id: ID }", May::Beside),
    ("createQuestionSet", "roleProfile.versionId", "RoleProfileVersion",
     "SET, roleProfile: { versionId: ID }", May::Beside),
    ("createQuestionSet", "basedOnId", "QuestionSet", "SET, basedOnId: ID", May::Proposer),
    ("updateQuestionSet", "questionSetId", "QuestionSet", "questionSetId: ID, name: \"Other\"", May::Assembler),
    ("updateQuestionSet", "items.question.id", "Question",
     "questionSetId: {set/own}, items: [{ question: { id: ID } }]", May::Beside),
    ("updateQuestionSet", "items.question.versionId", "QuestionVersion",
     "questionSetId: {set/own}, items: [{ question: { versionId: ID } }]", May::Beside),
    ("updateQuestionSet", "roleProfile.id", "RoleProfile",
     "questionSetId: {set/own}, roleProfile: { id: ID }", May::Beside),
    ("updateQuestionSet", "roleProfile.versionId", "RoleProfileVersion",
     "questionSetId: {set/own}, roleProfile: { versionId: ID }", May::Beside),
    ("publishQuestionSet", "questionSetId", "QuestionSet", "questionSetId: ID", May::Editor),
    ("archiveQuestionSet", "questionSetId", "QuestionSet", "questionSetId: ID", May::Editor),
];

/// Whether `viewer` may do it to what is called `name`, which they see.
pub fn may(may: May, viewer: &Viewer, name: &str) -> bool {
    if viewer.writes_for_another() {
        return may_for_another(may, viewer, name);
    }
    let admin = viewer.grants.contains(&"ADMIN");
    let is = |name: &str| viewer.is_member() && name == format!("person/{}", viewer.person);
    match may {
        May::Beside => true,
        May::Admin | May::AdminAlone => admin,
        May::Head => admin || viewer.heads(&name.replace("round/", "team/")),
        May::Owner => admin || owner_of(name) == Some(viewer.person),
        May::Member => admin || viewer.is_member(),
        May::Oneself => is(name),
        May::Lead => viewer.leads(&person_of(name)),
        May::Excuse => admin || viewer.leads(&person_of(name)),
        May::Planner => is(&person_of(name)) || viewer.leads(&person_of(name)),
        May::Writer => (is_draft(name) && is(&person_of(name))) || viewer.leads(&person_of(name)),
        May::Keeper => admin || keeper_of(name) == Some(viewer.person),
        May::Mate => viewer.is_mate_of(name),
        May::Editor => viewer.grants.contains(&"QUESTION_EDITOR"),
        May::Proposer => viewer.is_member() && asks(viewer),
        May::Asker => asks(viewer),
        May::Assembler => {
            viewer.grants.contains(&"QUESTION_EDITOR") || (asks(viewer) && viewer.put_together(name))
        }
        May::Drafter => {
            let own = viewer.is_member() && questions::proposer_of(name) == Some(viewer.person);
            viewer.grants.contains(&"QUESTION_EDITOR") || (asks(viewer) && own)
        }
        May::Judge | May::Revoke | May::Confirm | May::Rated => {
            let rating = ratings::called(name);
            let whom = format!("person/{}", rating.0);
            let own_word = rating.2 == Some(viewer.person);
            let vouched = matches!(rating.1, "PEER" | "CERTIFICATE");
            let looks_after = vouched && owner_of(&format!("skill/{}", rating.3)) == Some(viewer.person);
            let judges = !is(&whom) && (viewer.leads(&whom) || looks_after);
            match (may, rating.1) {
                (May::Rated, _) | (May::Revoke | May::Confirm, "SELF") => is(&whom),
                (May::Judge, _) => judges && !own_word,
                (_, "INTERVIEW") | (May::Confirm, "IMPORT") => false,
                (May::Revoke, _) => judges,
                (_, "CERTIFICATE") => is(&whom) || viewer.leads(&whom),
                (_, "PEER") => own_word && viewer.is_mate_of(&whom),
                (_, _) => viewer.leads(&whom),
            }
        }
    }
}

/// Whether a program that may write may do it in the name of the person it acts for: whatever ADMIN may,
/// and of ratings what that person could say, never about themself nor of their own word.
fn may_for_another(may: May, viewer: &Viewer, name: &str) -> bool {
    let speaker = viewer.acts_for();
    let is_speaker = |person: &str| person.strip_prefix("person/") == speaker;
    match may {
        May::Beside | May::Admin | May::Head | May::Owner | May::Member | May::Keeper => true,
        May::AdminAlone => false,
        May::Editor | May::Proposer | May::Drafter | May::Assembler | May::Asker => {
            viewer.grants.contains(&"questions:write")
        }
        May::Oneself => is_speaker(name),
        // Only a person leads others: what leads a plan on is nothing a program does for them.
        May::Lead if !name.starts_with("person/") => false,
        May::Lead | May::Mate | May::Excuse => !is_speaker(&person_of(name)),
        May::Planner => is_speaker(&person_of(name)),
        May::Writer => is_draft(name) && is_speaker(&person_of(name)),
        May::Judge | May::Revoke | May::Confirm | May::Rated => {
            let (person, source, assessor, _) = ratings::called(name);
            let (of_speaker, own_word) = (Some(person) == speaker, assessor == speaker);
            match (may, source) {
                (May::Rated, _) | (May::Revoke | May::Confirm, "SELF") => of_speaker,
                (May::Judge, _) => !of_speaker && !own_word,
                (_, "INTERVIEW") => false,
                (May::Revoke, _) => !of_speaker,
                (_, "CERTIFICATE" | "IMPORT") => true,
                (_, "PEER") => own_word && !of_speaker,
                (_, _) => !of_speaker,
            }
        }
    }
}

/// Whether they ask questions, or keep them.
fn asks(viewer: &Viewer) -> bool {
    ["INTERVIEWER", "QUESTION_EDITOR"].iter().any(|claim| viewer.grants.contains(claim))
}

/// The person that a plan, a goal, an exemption, or the person themself, is called by.
fn person_of(name: &str) -> String {
    let of = name.split_once('/').and_then(|(_, of)| of.split_once(' '));
    of.map_or_else(|| name.to_owned(), |(person, _)| format!("person/{person}"))
}

fn is_draft(name: &str) -> bool {
    name.ends_with(" draft")
}

/// Who looks after a skill as it reads, and after what is offered for it.
fn keeper_of(name: &str) -> Option<&'static str> {
    match name {
        "skill/oxide" | "resource/rust" => owner_of("skill/rust"),
        "resource/zig" => owner_of("skill/zig"),
        name => owner_of(name),
    }
}

fn owner_of(skill: &str) -> Option<&'static str> {
    match skill {
        // Oxide reads as Rust, but it is nobody's by its own row.
        "skill/rust" | "skill/exam" => Some("olga"),
        "skill/zig" => Some("paul"),
        _ => None,
    }
}

/// Every mutation has its rows: one for each field of its input that names something, and one by which it
/// is done.
pub fn check(sdl: &Sdl) {
    let rows: BTreeSet<String> = DEEDS.iter().map(|(name, field, ..)| format!("{name}.{field}")).collect();
    let done: BTreeSet<&str> = DONE.iter().map(|(_, name, _)| *name).collect();
    let mut there = BTreeSet::new();
    for mutation in sdl.fields("Mutation") {
        assert!(done.contains(mutation.name.as_str()), "{} is never done", mutation.name);
        let (first, rest) = mutation.name.split_at(1);
        let input = format!("{}{rest}Input", first.to_uppercase());
        there.extend(sdl.ids_in(&input).into_iter().map(|field| format!("{}.{field}", mutation.name)));
    }
    assert_eq!(rows, there, "each field of an input that names something needs a row");
}
