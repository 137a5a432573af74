//! Each mutation once, in an order in which all of it succeeds; and what the shorthands of inputs stand for.

const PERIOD: &str = "period: { startDate: \"2026-01-05\", endDate: \"2026-06-30\" }";

const DETAILS: &str = "details: { category: \"Any\" }";
const CONTENT: &str = "content: { kind: CASE, difficulty: 3, expectedMinutes: 10, stem: \"What now?\", \
    followUps: [\"And then?\"], expectedSignals: [\"Says it.\"], \
    skills: [{ skillId: {skill/rust}, level: 3, role: PRIMARY }], \
    criteria: [{ key: \"it\", title: \"It\", prompt: \"Is it?\", skillId: {skill/rust}, anchors: [ \
        { score: 1, behaviour: \"No.\" }, { score: 3, behaviour: \"So.\" }, { score: 5, behaviour: \"Yes.\" }] }] }";
const SHOWS: &str = "content: { kind: CASE, difficulty: 3, expectedMinutes: 10, stem: \"What?\", criteria: [], \
    skills: [{ skillId: ID, level: 3, role: PRIMARY }] }";
const SCORES: &str = "content: { kind: CASE, difficulty: 3, expectedMinutes: 10, stem: \"What?\", \
    skills: [{ skillId: ID, level: 3, role: PRIMARY }], \
    criteria: [{ key: \"it\", title: \"It\", prompt: \"Is it?\", skillId: ID, anchors: [] }] }";

const SET: &str = "name: \"New\", purpose: TEMPLATE, idempotencyKey: \"k\"";
const RATING: &str = "level: 3, source: SELF, idempotencyKey: \"k\"";
const ROUND: &str = "name: \"New\", dueAt: \"2026-12-31T00:00:00Z\", idempotencyKey: \"k\"";
const EXCUSE: &str = "reason: \"On leave.\", until: \"2026-12-31T00:00:00Z\", idempotencyKey: \"k\"";

/// What a shorthand in a row stands for.
pub fn spelled_out(input: &str) -> String {
    let input = input.replace("RATING", RATING).replace("EXCUSE", EXCUSE);
    let input = if input.starts_with("SET") { input.replacen("SET", SET, 1) } else { input };
    let input = input.replace("ROUND", ROUND).replace("PERIOD", PERIOD).replace("DETAILS", DETAILS);
    input.replace("CONTENT", CONTENT).replace("SHOWS", SHOWS).replace("SCORES", SCORES)
}

/// Each mutation once, by somebody who may, in this order: all of it succeeds.
#[rustfmt::skip]
pub const DONE: &[(&str, &str, &str)] = &[
    ("ADMIN", "createTeam", "name: \"New\", parentId: {team/company}, idempotencyKey: \"k\""),
    ("ADMIN", "updateTeam", "teamId: {team/storage}, name: \"Store\""),
    ("ADMIN", "moveTeam", "teamId: {team/storage}, parentId: {team/company}"),
    ("ADMIN", "archiveTeam", "teamId: {team/vacant}"),
    ("ADMIN", "addTeamMember", "teamId: {team/web}, personId: {person/rex}, idempotencyKey: \"k\""),
    ("ADMIN", "updateTeamMembership", "membershipId: {stay/sam web}, allocationPct: 50"),
    ("ADMIN", "endTeamMembership", "membershipId: {stay/oda web}"),
    ("lena", "setTeamSkillTarget", "teamId: {team/platform}, skillId: {skill/rust}, level: 3"),
    ("ADMIN", "removeTeamSkillTarget", "teamId: {team/platform}, skillId: {skill/sql}"),
    ("ADMIN", "createPerson", "displayName: \"New\", email: \"new@example.com\", idempotencyKey: \"k\""),
    ("ADMIN", "updatePerson", "personId: {person/rex}, title: \"Other\""),
    ("ADMIN", "linkPerson", "personId: {person/rex}, identity: null"),
    ("ADMIN", "deactivatePerson", "personId: {person/rex}"),
    ("sam", "proposeSkill", "name: \"New\", kind: TECHNICAL, categoryId: {category/systems}, idempotencyKey: \"k\""),
    ("ADMIN", "approveSkill", "skillId: {skill/zig}"),
    ("ADMIN", "updateSkill", "skillId: {skill/sql}, description: \"Other.\""),
    ("ADMIN", "mergeSkills", "fromId: {skill/zig}, intoId: {skill/rust}"),
    ("ADMIN", "undoSkillMerge", "skillId: {skill/oxide}"),
    ("ADMIN", "deprecateSkill", "skillId: {skill/sql}"),
    ("ADMIN", "createSkillCategory", "name: \"New\", parentId: {category/systems}, idempotencyKey: \"k\""),
    ("ADMIN", "moveSkillCategory", "categoryId: {category/systems}, parentId: null"),
    ("ADMIN", "createRoleProfile",
     "key: \"new\", title: \"New\", family: \"New\", track: TECHNICAL, seniority: 1, \
      careerPaths: [{ toId: {profile/principal}, kind: LATERAL, criteria: \"Any.\" }], idempotencyKey: \"k\""),
    ("ADMIN", "updateRoleProfile", "roleProfileId: {profile/engineer}, title: \"Other\""),
    ("ADMIN", "saveRoleProfileDraft", "roleProfileId: {profile/engineer}, content: { summary: \"New.\" }"),
    ("ADMIN", "publishRoleProfile", "roleProfileId: {profile/engineer}"),
    ("ADMIN", "archiveRoleProfile", "roleProfileId: {profile/principal}"),
    ("mia", "recordSkillAssessment", "personId: {person/mia}, skillId: {skill/rust}, RATING"),
    ("stan", "recordSkillAssessments",
     "assessments: [{ personId: {person/stan}, skillId: {skill/rust}, level: 3, source: SELF }], idempotencyKey: \"k\""),
    ("mia", "respondToSkillAssessment", "assessmentId: {rating/mia manager}, text: \"So.\", idempotencyKey: \"k\""),
    ("mia", "setSkillInterest", "personId: {person/mia}, skillId: {skill/rust}, interest: 3"),
    ("olga", "validateSkillAssessments", "assessmentIds: [{rating/mia exam}]"),
    ("lena", "rejectSkillAssessment", "assessmentId: {rating/mia peer oda}, reason: \"No.\""),
    ("lena", "revokeSkillAssessment", "assessmentId: {rating/mia peer rex}, reason: \"No.\""),
    ("mia", "createDevelopmentPlan", "personId: {person/mia}, PERIOD, idempotencyKey: \"k\""),
    ("hana", "draftPlanFromGap",
     "personId: {person/stan}, roleProfile: { versionId: {version/engineer 2} }, PERIOD, idempotencyKey: \"k\""),
    ("mia", "updateDevelopmentPlan", "planId: {plan/mia draft}, targetRoleProfile: null"),
    ("mia", "addDevelopmentGoal",
     "planId: {plan/mia draft}, skillId: {skill/sql}, specific: \"More.\", idempotencyKey: \"k\""),
    ("mia", "updateDevelopmentGoal", "goalId: {goal/mia draft}, relevance: \"Much.\""),
    ("mia", "dropDevelopmentGoal", "goalId: {goal/mia draft}"),
    ("mia", "abandonDevelopmentPlan", "planId: {plan/mia draft}"),
    ("hana", "agreeDevelopmentPlan", "planId: {plan/stan draft}"),
    ("stan", "startDevelopmentPlan", "planId: {plan/stan draft}"),
    ("stan", "checkInOnGoal", "goalId: {goal/stan draft}, value: 4, idempotencyKey: \"k\""),
    ("lena", "markGoalAchieved", "goalId: {goal/mia active}"),
    ("mia", "markGoalMissed", "goalId: {goal/mia late}"),
    ("lena", "completeDevelopmentPlan", "planId: {plan/mia active}"),
    ("olga", "createLearningResource",
     "skillId: {skill/rust}, level: 3, title: \"New\", url: \"https://example.org/new\", licence: \"CC0-1.0\", \
      idempotencyKey: \"k\""),
    ("olga", "updateLearningResource", "resourceId: {resource/rust}, minutes: 30"),
    ("ADMIN", "archiveLearningResource", "resourceId: {resource/sql}"),
    ("lena", "confirmSkillAssessments", "assessmentIds: [{rating/mia manager}], idempotencyKey: \"k\""),
    ("lena", "openAssessmentRound", "teamId: {team/platform}, skillIds: [{skill/rust}], ROUND"),
    ("lena", "updateAssessmentRound", "roundId: {round/platform}, name: \"Other\""),
    ("lena", "closeAssessmentRound", "roundId: {round/platform}"),
    ("lena", "exemptRequirement", "personId: {person/mia}, skillId: {skill/sql}, EXCUSE"),
    ("ADMIN", "endRequirementExemption", "exemptionId: {exemption/mia rust}"),
    ("olga QUESTION_EDITOR", "createQuestion", "DETAILS, CONTENT, idempotencyKey: \"k\""),
    ("sam INTERVIEWER", "saveQuestionDraft", "questionId: {question/proposed}, CONTENT"),
    ("sam INTERVIEWER", "submitQuestion",
     "questionId: {question/proposed}, despiteSiblings: true, idempotencyKey: \"k\""),
    ("olga QUESTION_EDITOR", "reviewQuestion",
     "questionId: {question/proposed}, verdict: APPROVE, despiteSiblings: true, idempotencyKey: \"k\""),
    ("olga QUESTION_EDITOR", "relateQuestions",
     "questionId: {question/asked}, otherId: {question/leaked}, kind: VARIANT"),
    ("mia INTERVIEWER", "createQuestionSet", "SET, items: [{ question: { id: {question/asked} } }]"),
    ("mia INTERVIEWER", "updateQuestionSet", "questionSetId: {set/own}, name: \"Other\""),
    ("olga QUESTION_EDITOR", "publishQuestionSet", "questionSetId: {set/own}"),
    ("mia INTERVIEWER", "reportLeak", "questionId: {question/asked}, source: \"A forum.\", idempotencyKey: \"k\""),
    ("olga QUESTION_EDITOR", "retireQuestion", "questionId: {question/leaked}"),
    ("olga QUESTION_EDITOR", "archiveQuestionSet", "questionSetId: {set/shared}"),
];
