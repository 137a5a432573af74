//! What was decided of each field, filter and root of the SDL. What is not here fails, by name.

use std::collections::{BTreeMap, BTreeSet};

use super::sdl::Sdl;

/// How a field of an object that a viewer sees is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The same to everyone who sees the object.
    Plain,
    /// The same, less what the viewer does not see in it.
    Cut,
    /// To the person and ADMIN; null to others.
    Identity,
    /// To those whom the person's assessments are open to, less what they do not see; null to others.
    Book,
    /// To those who may know what people earn; null to others.
    Pay,
    /// To those who edit the question bank and to the author of the version, whom they do not see left out;
    /// nothing to others.
    Desk,
    /// Something of the viewer's own: there for everyone who sees the object, and checked by itself.
    Own,
}

/// The objects that have an id: a type, and its fields by decision.
#[rustfmt::skip]
const FIELDS: &[(&str, Decision, &str)] = &[
    ("Team", Decision::Plain, "id name slug status revision"),
    ("Team", Decision::Cut, "parent path children members skillTargets developmentPlans assessmentRounds"),
    ("Team", Decision::Own, "matrixDownload skillMatrix skillChanges gaps coverage resilience hiringCase trend viewerCan"),
    ("TeamMembership", Decision::Plain, "id person team role allocationPct validFrom validTo"),
    ("TeamMembership", Decision::Own, "viewerCan"),
    ("Person", Decision::Plain, "id displayName email title status discoverability revision"),
    ("Person", Decision::Cut, "memberships roleProfiles assessments exemptions developmentPlans"),
    ("Person", Decision::Identity, "identity"),
    ("Person", Decision::Book, "skills interests"),
    ("Person", Decision::Own, "careerOptions gap viewerCan"),
    ("Skill", Decision::Plain, "id name slug description kind category status mergedInto revision"),
    ("Skill", Decision::Plain, "reviewIntervalDays expiresAfterDays aliases levelDescriptors externalRefs"),
    ("Skill", Decision::Cut, "owner proposedBy relations"),
    ("Skill", Decision::Own, "viewerCan"),
    ("SkillCategory", Decision::Plain, "id name slug position parent children revision"),
    ("SkillCategory", Decision::Cut, "skills"),
    ("SkillCategory", Decision::Own, "viewerCan"),
    ("RoleProfile", Decision::Plain, "id key title family track seniority status published revision"),
    ("RoleProfile", Decision::Cut, "versions careerPaths reachedFrom"),
    ("RoleProfile", Decision::Own, "viewerCan"),
    ("RoleProfileVersion", Decision::Plain, "id roleProfile number summary status publishedAt retiredAt"),
    ("RoleProfileVersion", Decision::Plain, "responsibilities requirements qualifications practices"),
    ("RoleProfileVersion", Decision::Plain, "challenges marketInsights"),
    ("RoleProfileVersion", Decision::Pay, "salaryBenchmarks"),
    ("SkillAssessment", Decision::Plain, "id level confidence source certificate observedAt recordedAt"),
    ("SkillAssessment", Decision::Plain, "expiresAt evidence note response status"),
    ("SkillAssessment", Decision::Cut, "person skill recordedSkill assessor"),
    ("SkillAssessment", Decision::Own, "viewerCan"),
    ("AssessmentRound", Decision::Plain, "id name team status openedAt dueAt closedAt revision"),
    ("AssessmentRound", Decision::Cut, "skills openedBy closedBy"),
    ("AssessmentRound", Decision::Own, "progress viewerCan"),
    ("RequirementExemption", Decision::Plain, "id reason validFrom until endedAt"),
    ("RequirementExemption", Decision::Cut, "person skill grantedBy endedBy"),
    ("RequirementExemption", Decision::Own, "viewerCan"),
    ("DevelopmentPlan", Decision::Plain, "id period status createdAt agreedAt revision"),
    ("DevelopmentPlan", Decision::Cut, "person targetRoleProfile agreedBy goals"),
    ("DevelopmentPlan", Decision::Own, "viewerCan"),
    ("DevelopmentGoal", Decision::Plain, "id plan specific metric achievableBecause relevance startDate"),
    ("DevelopmentGoal", Decision::Plain, "dueDate status progressPct"),
    ("DevelopmentGoal", Decision::Cut, "skill gap checkIns learningResources proposedAssessment"),
    ("DevelopmentGoal", Decision::Own, "viewerCan"),
    ("GoalCheckIn", Decision::Plain, "id goal at value note"),
    ("GoalCheckIn", Decision::Cut, "by"),
    ("LearningResource", Decision::Plain, "id skill level title url licence language minutes status"),
    ("LearningResource", Decision::Own, "viewerCan"),
    ("Question", Decision::Plain, "id key category tags licence sourceUrl createdAt askedCount lastUsedAt revision"),
    ("Question", Decision::Cut, "owner approved versions relations"),
    ("Question", Decision::Own, "current viewerCan"),
    ("QuestionVersion", Decision::Plain, "id question number status changeNote kind difficulty seniorityRange language"),
    ("QuestionVersion", Decision::Plain, "expectedMinutes stem context followUps expectedSignals redFlags"),
    ("QuestionVersion", Decision::Plain, "sampleAnswer skills rubric createdAt approvedAt retiredAt"),
    ("QuestionVersion", Decision::Cut, "author writers previous"),
    ("QuestionVersion", Decision::Own, "changes"),
    ("QuestionVersion", Decision::Desk, "reviews leakReports"),
    ("QuestionSet", Decision::Plain, "id name purpose status items totalMinutes warnings coverage kitMarkdown createdAt"),
    ("QuestionSet", Decision::Plain, "publishedAt archivedAt revision"),
    ("QuestionSet", Decision::Cut, "author roleProfileVersion"),
    ("QuestionSet", Decision::Own, "kitLink viewerCan"),
];

/// The objects that are parts of others and reached through them alone: as the field they are in. Their
/// fields are listed all the same, so that a new one is thought about.
#[rustfmt::skip]
const PARTS: &[(&str, &str)] = &[
    ("AssessmentRoundPermissions", "updateAssessmentRound closeAssessmentRound"),
    ("AssessmentRoundPerson", "person expected done missing"),
    ("AssessmentRoundProgress", "expected done people"),
    ("AssessmentProposal", "goal proposedAssessment"),
    ("DevelopmentGoalPermissions", "updateDevelopmentGoal dropDevelopmentGoal checkInOnGoal markGoalAchieved \
                                    markGoalMissed"),
    ("DevelopmentPeriod", "startDate endDate"),
    ("DevelopmentPlanPermissions", "updateDevelopmentPlan agreeDevelopmentPlan startDevelopmentPlan \
                                    completeDevelopmentPlan abandonDevelopmentPlan addDevelopmentGoal"),
    ("GoalGap", "requiredLevel actualLevel status importance roleProfileVersion"),
    ("GoalMetric", "kind baseline target unit"),
    ("LearningResourcePermissions", "updateLearningResource archiveLearningResource"),
    ("ProposedAssessment", "person skill level source since"),
    ("CareerOption", "path gap"),
    ("CareerPath", "from to kind criteria"),
    ("ChallengeChanges", "added removed"),
    ("Challenge", "title problem resolution skills"),
    ("DueAssessment", "person skill dueAt reason staleness effective"),
    ("EffectiveSkill", "skill level lastKnownLevel source asOf staleness selfLevel managerLevel difference \
                        disputed verified explain"),
    ("ExternalRef", "scheme uri schemeVersion match"),
    ("GapFigureTerms", "figure value factor numerators denominators"),
    ("GapReport", "subject roleProfileVersion asOf policyVersion version items mustMet mustTotal \
                   weightedFulfilment lower upper knownShare ready blockers explain"),
    ("ClosestMatches", "asOf policyVersion matches"),
    ("CriticalPerson", "person skills"),
    ("HiringCase", "roleProfileVersion asOf policyVersion version before after uncoveredMusts"),
    ("LevelExplanation", "source level observedAt staleness n outcome"),
    ("MatchedRequirement", "skill requiredLevel importance level verified met"),
    ("MarketFigure", "value unit precision fromYear toYear"),
    ("MarketInsightChanges", "added removed"),
    ("MarketInsight", "topic statement figure source asOf"),
    ("MissingAssessment", "skill source"),
    ("Money", "amountMinor currency"),
    ("PageInfo", "hasNextPage hasPreviousPage startCursor endCursor"),
    ("PersonIdentity", "issuer subject"),
    ("PersonPermissions", "updatePerson linkPerson deactivatePerson recordSkillAssessment \
                           recordSkillAssessments setSkillInterest exemptRequirement createDevelopmentPlan \
                           draftPlanFromGap"),
    ("MatrixDownload", "url expiresAt"),
    ("PersonRoleProfile", "roleProfile validFrom validTo"),
    ("PracticeChanges", "added removed"),
    ("Practice", "topic statement skill"),
    ("ProficiencyLevel", "value key label description"),
    ("QualificationChanges", "added removed"),
    ("Qualification", "kind statement minYears"),
    ("RequirementExemptionPermissions", "endRequirementExemption"),
    ("ResponsibilityChanges", "added removed"),
    ("RequirementReadiness", "skill requiredLevel importance met unverified partial absent expired unknown"),
    ("Responsibility", "area statement"),
    ("RoleProfilePermissions", "updateRoleProfile saveRoleProfileDraft publishRoleProfile archiveRoleProfile"),
    ("RoleProfileDiff", "from to summaryChanged requirements responsibilities qualifications practices challenges \
                         marketInsights salaryBenchmarks"),
    ("RoleSkillRequirementChange", "change skill before after"),
    ("RoleSkillRequirement", "skill requiredLevel importance weight"),
    ("SalaryBenchmarkChanges", "added removed"),
    ("SalaryComparison", "region currency period basis n low high sources"),
    ("SalarySource", "source n low high figures"),
    ("StatedSalary", "roleProfile benchmark"),
    ("RoleMatch", "person exact ready weightedFulfilment lower upper knownShare requirements"),
    ("SalaryBenchmark", "region period basis statistic percentile low high source asOf"),
    ("SkillAssessmentPermissions", "validateSkillAssessments rejectSkillAssessment revokeSkillAssessment \
                                    confirmSkillAssessments respondToSkillAssessment"),
    ("SkillCategoryPermissions", "moveSkillCategory"),
    ("SkillChange", "person skill fromLevel toLevel source observedAt"),
    ("SkillGap", "skill required actual delta status importance weight fulfilled exemption effective \
                  evidence history"),
    ("SkillCoverage", "skill level target holders holderCount verifiedHolders holdersFte benchDepth nearReady \
                       singlePointOfFailure uncovered interestedLearners staleShare n missing"),
    ("SkillInterest", "skill interest since"),
    ("SkillLevelDescriptor", "level behaviour examples"),
    ("SkillMatrixCell", "skill level source staleness selfLevel managerLevel difference required backdated"),
    ("SkillPermissions", "approveSkill updateSkill updateSkillLevelDescriptors deprecateSkill mergeSkills \
                          undoSkillMerge createLearningResource"),
    ("SkillRelation", "kind skill"),
    ("TeamCoverage", "asOf policyVersion version members skills"),
    ("TeamMembershipPermissions", "updateTeamMembership endTeamMembership"),
    ("TeamOutlook", "members coverage resilience readiness"),
    ("TeamPermissions", "updateTeam moveTeam archiveTeam addTeamMember setTeamSkillTarget \
                         removeTeamSkillTarget openAssessmentRound"),
    ("SkillTrend", "skill holders meanLevel n missing"),
    ("TeamSkillTarget", "skill level headCount"),
    ("TeamTrend", "policyVersion at members skills"),
    ("TeamReadiness", "ready meanFulfilment n missing requirements"),
    ("TeamResilience", "asOf policyVersion version busFactor exact criticalPeople witness"),
    ("TeamSkillMatrix", "asOf version skills n missing rows hiddenRows"),
    ("TeamSkillMatrixRow", "person levels staleness sources required delta changedFrom cells"),
    ("LeakReport", "reporter source at"),
    ("QuestionChange", "field skill before after"),
    ("QuestionPermissions", "saveQuestionDraft submitQuestion reviewQuestion retireQuestion reportLeak \
                             relateQuestions"),
    ("QuestionRelation", "kind outgoing question"),
    ("QuestionReview", "reviewer verdict comments at"),
    ("QuestionSetCoverage", "roleProfileVersion policyVersion version totalMinutes alignment requirements leftOut cells"),
    ("QuestionSetCoverageCell", "skill difficulty questions minutes"),
    ("QuestionSetItem", "position section minutes required compromised questionVersion"),
    ("QuestionSetKitLink", "url expiresAt"),
    ("QuestionSetPermissions", "updateQuestionSet publishQuestionSet archiveQuestionSet"),
    ("QuestionSetRequirement", "skill requiredLevel importance status minutes targetMinutes shownBy"),
    ("QuestionSetShownBy", "item level role minutes"),
    ("QuestionSetWarning", "kind message items"),
    ("QuestionSkill", "skill level role weight"),
    ("Rubric", "criteria weightRationale"),
    ("RubricAnchor", "score behaviour"),
    ("RubricCriterion", "key title prompt skill weight required anchors"),
    ("SeniorityRange", "from to"),
    ("Viewer", "person roles scopes tokenExpiresAt ledTeams viewerCan"),
    ("ViewerPermissions", "createTeam createPerson createSkillCategory proposeSkill createRoleProfile \
                           createQuestion createQuestionSet"),
    ("WhatIf", "asOf policyVersion version before after"),
];

/// The roots, each with the test that asks it.
#[rustfmt::skip]
const ROOTS: &[(&str, &str)] = &[
    ("development", "assessmentProposals"),
    ("paths", "developmentPlan node nodes person roleProfile roleProfileDiff salaryBenchmarks salaryComparison skill skillBySlug team teamBySlug"),
    ("gaps", "gap assessmentsDue"),
    ("coverage", "closestMatches whatIf"),
    ("paths", "questionSet"),
    ("lists", "questionSets"),
    ("questions", "question questionByKey questionHistory questions"),
    ("lists", "learningResources people roleProfiles skillCategories skills teams viewer proficiencyScale"),
];

/// The filters that name something, each asked in `paths` about what is hidden and what is missing.
#[rustfmt::skip]
const PROBED: &[(&str, &str)] = &[
    ("AssessmentProposalFilter", "skillIds"),
    ("LearningResourceFilter", "skillIds language"),
    ("EffectiveSkillFilter", "skillIds"),
    ("GapReportFilter", "personIds text"),
    ("PersonFilter", "teamIds text allOf"),
    ("QuestionFilter", "text skillIds languages tags category"),
    ("QuestionSetFilter", "text skillIds roleProfileIds"),
    ("RequirementExemptionFilter", "skillIds"),
    ("RoleProfileFilter", "text family"),
    ("SalaryBenchmarkFilter", "roleProfileIds regions sources"),
    ("SkillAssessmentFilter", "skillIds"),
    ("SkillCategoryFilter", "text"),
    ("SkillChangeFilter", "personIds skillIds"),
    ("SkillClause", "skillId"),
    ("SkillFilter", "categoryIds text"),
    ("SkillInterestFilter", "skillIds"),
    ("TeamFilter", "parentId text"),
];

/// Types of filter fields that name nothing: numbers, instants, switches and states.
const NAMELESS: &[&str] = &["Boolean", "Int", "DateTime", "CurrencyCode"];

/// How the fields of a type with an id are answered.
pub fn of(ty: &str) -> BTreeMap<&'static str, Decision> {
    let rows = FIELDS.iter().filter(|(of, _, _)| *of == ty);
    rows.flat_map(|(_, decision, names)| names.split_whitespace().map(|name| (name, *decision))).collect()
}

/// Compares what was decided with what there is. Payloads are the business of `deeds`.
pub fn check(sdl: &Sdl) {
    let mut decided: BTreeSet<String> = BTreeSet::new();
    let parts = PARTS.iter().copied();
    for (ty, names) in FIELDS.iter().map(|(ty, _, names)| (*ty, *names)).chain(parts) {
        decided.extend(names.split_whitespace().map(|name| format!("{ty}.{name}")));
    }
    for (_, names) in ROOTS {
        decided.extend(names.split_whitespace().map(|name| format!("Query.{name}")));
    }
    let written = |ty: &str| ty == "Mutation" || ty == "UserError" || ty.ends_with("Payload");
    // A page has the same four parts whatever is on it, and they are compared with it.
    let page = |ty: &str| ty.ends_with("Connection") || ty.ends_with("Edge");
    let types = sdl.objects().filter(|ty| !written(ty) && !page(ty));
    let there: BTreeSet<String> =
        types.flat_map(|ty| sdl.fields(ty).iter().map(move |field| format!("{ty}.{}", field.name))).collect();
    assert_eq!(
        there.difference(&decided).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "decide who sees these"
    );
    assert_eq!(decided.difference(&there).collect::<Vec<_>>(), Vec::<&String>::new(), "these are gone");
    check_filters(sdl);
}

fn check_filters(sdl: &Sdl) {
    for (name, fields) in sdl.inputs_like("Filter").chain(sdl.inputs_like("Clause")) {
        let probed = PROBED.iter().find(|(filter, _)| *filter == name).map_or("", |(_, fields)| fields);
        for field in fields {
            let nameless = NAMELESS.contains(&field.of.as_str()) || sdl.is_enum(&field.of);
            let asked = probed.split_whitespace().any(|probed| probed == field.name);
            assert!(nameless || asked, "{name}.{} names something: probe it in `paths`", field.name);
        }
    }
}
