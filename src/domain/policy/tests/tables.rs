//! The tables of who may see and do what, every cell stated. `.` is no.
//!
//! Columns, all looking at the person P of team T, the skill S, and an assessment of P in S by A:
//! `anon` nobody known · `intv qedt recr cali admn` one claim each · `serv` a program with every write
//! scope that acts for somebody else, `sfor` for P, `noac` for nobody · `read` a program with every read
//! scope · `job` the service itself, with the write scopes · `memb` a member of another team · `mate` of
//! T · `lead` leads T · `lass` leads T and is A · `ownr` owns S · `self` P · `slft` P, who leads T ·
//! `assr` A, of T.

/// By action, and by the source of the assessment where it is about one. A question and a set are nobody's here: what
/// their authors may do is a test of its own.
pub const ACTIONS: &str = "
                                      anon intv qedt recr cali admn serv sfor noac read job  memb mate lead lass ownr self slft assr
createTeam                            .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
updateTeam                            .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
moveTeam                              .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
archiveTeam                           .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
addTeamMember                         .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
updateTeamMembership                  .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
endTeamMembership                     .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
setTeamSkillTarget                    .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    yes  yes  .    .    yes  .
removeTeamSkillTarget                 .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    yes  yes  .    .    yes  .
createPerson                          .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
updatePerson                          .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
linkPerson                            .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
deactivatePerson                      .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
proposeSkill                          .    .    .    .    .    yes  yes  yes  .    .    yes  yes  yes  yes  yes  yes  yes  yes  yes
approveSkill                          .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
updateSkill                           .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
updateSkill.levelDescriptors          .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    yes  .    .    .
deprecateSkill                        .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
mergeSkills                           .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
undoSkillMerge                        .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
createSkillCategory                   .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
moveSkillCategory                     .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    .    .    .    .
createRoleProfile                     .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
updateRoleProfile                     .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
saveRoleProfileDraft                  .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
publishRoleProfile                    .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
archiveRoleProfile                    .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
recordSkillAssessment                 .    .    .    .    .    .    yes  yes  .    .    yes  .    yes  yes  yes  .    yes  yes  yes
recordSkillAssessment SELF            .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
recordSkillAssessment MANAGER         .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
recordSkillAssessment PEER            .    .    .    .    .    .    yes  .    .    .    yes  .    yes  .    .    .    .    .    yes
recordSkillAssessment INTERVIEW       .    .    .    .    .    .    .    .    .    .    yes  .    .    .    .    .    .    .    .
recordSkillAssessment CERTIFICATE     .    .    .    .    .    .    yes  yes  .    .    yes  .    .    yes  yes  .    yes  yes  .
recordSkillAssessment IMPORT          .    .    .    .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
recordSkillAssessments                .    .    .    .    .    .    yes  yes  .    .    yes  .    yes  yes  yes  .    yes  yes  yes
recordSkillAssessments SELF           .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
recordSkillAssessments MANAGER        .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
recordSkillAssessments PEER           .    .    .    .    .    .    yes  .    .    .    yes  .    yes  .    .    .    .    .    yes
recordSkillAssessments INTERVIEW      .    .    .    .    .    .    .    .    .    .    yes  .    .    .    .    .    .    .    .
recordSkillAssessments CERTIFICATE    .    .    .    .    .    .    yes  yes  .    .    yes  .    .    yes  yes  .    yes  yes  .
recordSkillAssessments IMPORT         .    .    .    .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
validateSkillAssessments SELF         .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
validateSkillAssessments MANAGER      .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    .    .    .    .
validateSkillAssessments PEER         .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    yes  .    .    .
validateSkillAssessments INTERVIEW    .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    .    .    .    .
validateSkillAssessments CERTIFICATE  .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    yes  .    .    .
validateSkillAssessments IMPORT       .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    .    .    .    .
rejectSkillAssessment SELF            .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
rejectSkillAssessment MANAGER         .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    .    .    .    .
rejectSkillAssessment PEER            .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    yes  .    .    .
rejectSkillAssessment INTERVIEW       .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    .    .    .    .
rejectSkillAssessment CERTIFICATE     .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    yes  .    .    .
rejectSkillAssessment IMPORT          .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  .    .    .    .    .
revokeSkillAssessment SELF            .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
revokeSkillAssessment MANAGER         .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
revokeSkillAssessment PEER            .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  yes  .    .    .
revokeSkillAssessment INTERVIEW       .    .    .    .    .    .    .    .    .    .    yes  .    .    .    .    .    .    .    .
revokeSkillAssessment CERTIFICATE     .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  yes  .    .    .
revokeSkillAssessment IMPORT          .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
confirmSkillAssessments SELF          .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
confirmSkillAssessments MANAGER       .    .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
confirmSkillAssessments PEER          .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    yes
confirmSkillAssessments INTERVIEW     .    .    .    .    .    .    .    .    .    .    yes  .    .    .    .    .    .    .    .
confirmSkillAssessments CERTIFICATE   .    .    .    .    .    .    yes  yes  .    .    yes  .    .    yes  yes  .    yes  yes  .
confirmSkillAssessments IMPORT        .    .    .    .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
respondToSkillAssessment SELF         .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
respondToSkillAssessment MANAGER      .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
respondToSkillAssessment PEER         .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
respondToSkillAssessment INTERVIEW    .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
respondToSkillAssessment CERTIFICATE  .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
respondToSkillAssessment IMPORT       .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
setSkillInterest                      .    .    .    .    .    .    .    yes  .    .    yes  .    .    .    .    .    yes  yes  .
openAssessmentRound                   .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    yes  yes  .    .    yes  .
updateAssessmentRound                 .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    yes  yes  .    .    yes  .
closeAssessmentRound                  .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    yes  yes  .    .    yes  .
exemptRequirement                     .    .    .    .    .    yes  yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
endRequirementExemption               .    .    .    .    .    yes  yes  .    .    .    yes  .    .    yes  yes  .    .    .    .
createDevelopmentPlan                 .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
draftPlanFromGap                      .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
updateDevelopmentPlan                 .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
agreeDevelopmentPlan                  .    .    .    .    .    .    .    .    .    .    .    .    .    yes  yes  .    .    .    .
startDevelopmentPlan                  .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
completeDevelopmentPlan               .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
abandonDevelopmentPlan                .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
addDevelopmentGoal                    .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
updateDevelopmentGoal                 .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
dropDevelopmentGoal                   .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
checkInOnGoal                         .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
markGoalAchieved                      .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
markGoalMissed                        .    .    .    .    .    .    .    yes  .    .    .    .    .    yes  yes  .    yes  yes  .
createLearningResource                .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    yes  .    .    .
updateLearningResource                .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    yes  .    .    .
archiveLearningResource               .    .    .    .    .    yes  yes  yes  .    .    yes  .    .    .    .    yes  .    .    .
createQuestion                        .    yes  yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
saveQuestionDraft                     .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
submitQuestion                        .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
reviewQuestion                        .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
createQuestionSet                     .    yes  yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
updateQuestionSet                     .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
publishQuestionSet                    .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
archiveQuestionSet                    .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
retireQuestion                        .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
reportLeak                            .    yes  yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
relateQuestions                       .    .    yes  .    .    .    yes  yes  .    .    yes  .    .    .    .    .    .    .    .
";

/// By thing, and by what decides about it. A question is one that P did not write, and no set pins. `lvl` is found by level, `band` by band.
pub const SIGHTS: &str = "
                                      anon intv qedt recr cali admn serv sfor noac read job  memb mate lead lass ownr self slft assr
team                                  .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  yes  .    yes  yes  yes
coverage                              .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    .    yes  .
person TEAM                           .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  yes  yes  yes  yes  yes
person ORGANISATION                   .    .    .    .    .    yes  .    .    .    yes  .    yes  yes  yes  yes  yes  yes  yes  yes
person NOBODY                         .    .    .    .    .    yes  .    .    .    yes  .    .    yes  yes  yes  yes  yes  yes  yes
person INACTIVE                       .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
identity                              .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    yes  yes  .
assessments                           .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    yes  yes  .
exemptions                            .    .    .    .    .    yes  .    .    .    yes  .    .    .    yes  yes  .    yes  yes  .
assessment SELF                       .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    yes  yes  .
assessment MANAGER                    .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    yes  yes  yes
assessment PEER                       .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  yes  yes  yes  yes
assessment INTERVIEW                  .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    yes  yes  .
assessment CERTIFICATE                .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  yes  yes  yes  .
assessment IMPORT                     .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    yes  yes  .
skill PROPOSED                        .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    yes  yes  yes  .
skill ACTIVE                          .    yes  yes  yes  yes  yes  .    .    .    yes  .    yes  yes  yes  yes  yes  yes  yes  yes
skill DEPRECATED                      .    yes  yes  yes  yes  yes  .    .    .    yes  .    yes  yes  yes  yes  yes  yes  yes  yes
skill MERGED                          .    yes  yes  yes  yes  yes  .    .    .    yes  .    yes  yes  yes  yes  yes  yes  yes  yes
version DRAFT                         .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
version PUBLISHED                     .    yes  yes  yes  yes  yes  .    .    .    yes  .    yes  yes  yes  yes  yes  yes  yes  yes
version SUPERSEDED                    .    yes  yes  yes  yes  yes  .    .    .    yes  .    yes  yes  yes  yes  yes  yes  yes  yes
version ARCHIVED                      .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .    .    .    .    .
salaries                              .    .    .    yes  .    .    .    .    .    yes  .    .    .    .    .    .    .    .    .
find TEAM                             .    .    .    .    .    .    .    .    .    lvl  .    .    band lvl  lvl  .    lvl  lvl  band
find ORGANISATION                     .    .    .    .    .    .    .    .    .    lvl  .    band band lvl  lvl  band lvl  lvl  band
find NOBODY                           .    .    .    .    .    .    .    .    .    lvl  .    .    .    lvl  lvl  .    lvl  lvl  .
find INACTIVE                         .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .    .
plans                                 .    .    .    .    .    .    .    .    .    yes  .    .    .    yes  yes  .    yes  yes  .
question DRAFT                        .    .    yes  .    .    .    yes  yes  yes  .    yes  .    .    .    .    .    .    .    .
question IN_REVIEW                    .    .    yes  .    .    .    yes  yes  yes  .    yes  .    .    .    .    .    .    .    .
question APPROVED                     .    yes  yes  .    .    .    yes  yes  yes  yes  yes  .    .    .    .    .    .    .    .
question COMPROMISED                  .    .    yes  .    .    .    yes  yes  yes  .    yes  .    .    .    .    .    .    .    .
question RETIRED                      .    .    yes  .    .    .    yes  yes  yes  .    yes  .    .    .    .    .    .    .    .
verdicts                              .    .    yes  .    .    .    yes  yes  yes  .    yes  .    .    .    .    .    .    .    .
";
