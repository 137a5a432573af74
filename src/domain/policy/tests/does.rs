//! The table of actions, and the states in which they are open.

use std::collections::BTreeSet;

use super::{
    actors::{
        CLAIMS, RELATIONS, active_person, exemption, goal, grants, person, plan, profile, question,
        question_set, resource, round, row, skill, stay, team,
    },
    cells,
    tables::ACTIONS,
};
use crate::domain::{
    assessments::{AssessmentSource, AssessmentStatus},
    development::{GoalStatus, LearningResourceStatus, PlanStatus},
    people::{Discoverability, PersonStatus},
    policy::{
        Actor,
        actions::{Action, Target, allows},
        facts::PersonFacts,
    },
    profiles::RoleProfileStatus,
    questions::{QuestionVersionStatus, sets::QuestionSetStatus},
    skills::SkillStatus,
    teams::TeamStatus,
};

/// Asks for one row of the table, `action` or `action SOURCE`.
fn permits(actor: Actor<'_>, row_name: &str, person: &PersonFacts) -> bool {
    let (name, source) = row_name.split_once(' ').map_or((row_name, None), |(a, s)| (a, Some(s)));
    let action = Action::parse(name).unwrap();
    let source = source.map(|source| AssessmentSource::parse(source).unwrap());
    with_target(action, source, person, |target| actor.permits(action, target))
}

fn with_target<R>(
    action: Action,
    source: Option<AssessmentSource>,
    person: &PersonFacts,
    ask: impl FnOnce(&Target<'_>) -> R,
) -> R {
    use Action as A;
    match (action, source) {
        (
            A::CreateTeam
            | A::CreatePerson
            | A::ProposeSkill
            | A::CreateSkillCategory
            | A::CreateRoleProfile
            | A::CreateQuestion
            | A::CreateQuestionSet,
            _,
        ) => ask(&Target::Organisation),
        (
            A::UpdateRoleProfile | A::SaveRoleProfileDraft | A::PublishRoleProfile | A::ArchiveRoleProfile,
            _,
        ) => ask(&Target::RoleProfile(&profile(RoleProfileStatus::Active, true))),
        (
            A::UpdateTeam
            | A::MoveTeam
            | A::ArchiveTeam
            | A::AddTeamMember
            | A::SetTeamSkillTarget
            | A::RemoveTeamSkillTarget
            | A::OpenAssessmentRound,
            _,
        ) => ask(&Target::Team(&team(TeamStatus::Active, false))),
        (A::UpdateTeamMembership | A::EndTeamMembership, _) => ask(&Target::Membership(&stay(false))),
        (A::MoveSkillCategory, _) => ask(&Target::SkillCategory),
        (A::RecordSkillAssessment | A::RecordSkillAssessments, Some(source)) => {
            ask(&Target::NewAssessment(person, source))
        }
        (_, Some(source)) => ask(&Target::Assessment(row(person, source, AssessmentStatus::Pending))),
        (
            A::ApproveSkill
            | A::UpdateSkill
            | A::DescribeSkillLevels
            | A::DeprecateSkill
            | A::MergeSkills
            | A::UndoSkillMerge
            | A::CreateLearningResource,
            None,
        ) => ask(&Target::Skill(&skill(SkillStatus::Active))),
        (A::UpdateAssessmentRound | A::CloseAssessmentRound, _) => ask(&Target::Round(&round(false))),
        (A::EndRequirementExemption, None) => ask(&Target::Exemption(exemption(person, false))),
        (_, None) => with_development(action, person, ask),
    }
}

fn with_development<R>(action: Action, person: &PersonFacts, ask: impl FnOnce(&Target<'_>) -> R) -> R {
    use Action as A;
    match action {
        A::AgreeDevelopmentPlan
        | A::StartDevelopmentPlan
        | A::CompleteDevelopmentPlan
        | A::AbandonDevelopmentPlan
        | A::UpdateDevelopmentPlan
        | A::AddDevelopmentGoal => ask(&Target::Plan(plan(person, PlanStatus::Draft))),
        A::UpdateDevelopmentGoal
        | A::DropDevelopmentGoal
        | A::CheckInOnGoal
        | A::MarkGoalAchieved
        | A::MarkGoalMissed => ask(&Target::Goal(goal(person, PlanStatus::Draft, GoalStatus::NotStarted))),
        A::UpdateLearningResource | A::ArchiveLearningResource => {
            ask(&Target::LearningResource(&resource(LearningResourceStatus::Active)))
        }
        A::SaveQuestionDraft
        | A::SubmitQuestion
        | A::ReviewQuestion
        | A::RetireQuestion
        | A::ReportLeak
        | A::RelateQuestions => ask(&Target::Question(&question(QuestionVersionStatus::Draft, false))),
        A::UpdateQuestionSet | A::PublishQuestionSet | A::ArchiveQuestionSet => {
            ask(&Target::QuestionSet(&question_set(QuestionSetStatus::Draft, false)))
        }
        _ => ask(&Target::Person(person)),
    }
}

#[test]
fn each_cell_of_the_table_is_what_the_policy_says() {
    let person = active_person();
    for (row, column, value) in cells(ACTIONS) {
        assert!(["yes", "."].contains(&value), "`{value}` in `{row}`");
        let said = permits(grants(column).actor(), row, &person);
        assert_eq!(said, value == "yes", "`{row}` as `{column}`");
    }
}

#[test]
fn the_table_has_every_action_and_every_source() {
    let rows: BTreeSet<&str> = cells(ACTIONS).iter().map(|(row, _, _)| *row).collect();
    for action in Action::ALL {
        let name = action.as_str();
        if name.contains("SkillAssessment") {
            for source in AssessmentSource::ALL {
                let row = format!("{name} {}", source.as_str());
                assert!(rows.contains(row.as_str()), "no row `{row}`");
            }
        } else {
            assert!(rows.contains(name), "no row `{name}`");
        }
    }
}

#[test]
fn a_claim_and_a_relation_together_grant_what_each_grants_and_no_more() {
    let person = active_person();
    let rows: BTreeSet<&str> = cells(ACTIONS).iter().map(|(row, _, _)| *row).collect();
    for claim in CLAIMS {
        for relation in RELATIONS {
            let both = grants(relation).and(&grants(claim).claims);
            for row in &rows {
                let either = [claim, relation].iter().any(|c| permits(grants(c).actor(), row, &person));
                assert_eq!(permits(both.actor(), row, &person), either, "`{row}` as `{claim} {relation}`");
            }
        }
    }
}

#[test]
fn an_action_on_something_it_is_not_for_is_denied_to_everyone() {
    let (person, team) = (active_person(), team(TeamStatus::Active, false));
    for column in ["admn", "job", "slft"] {
        let grants = grants(column);
        assert!(!grants.actor().permits(Action::DeactivatePerson, &Target::Team(&team)));
        assert!(!grants.actor().permits(Action::ArchiveTeam, &Target::Person(&person)));
        assert!(!grants.actor().permits(Action::SetSkillInterest, &Target::Organisation));
    }
}

#[test]
fn nobody_is_led_rated_or_judged_after_they_left() {
    let gone = person(PersonStatus::Inactive, Discoverability::Team);
    for column in ["lead", "mate", "ownr"] {
        let grants = grants(column);
        for source in AssessmentSource::ALL {
            let row = row(&gone, *source, AssessmentStatus::Pending);
            assert!(!grants.actor().permits(Action::ValidateSkillAssessments, &Target::Assessment(row)));
            assert!(
                !grants
                    .actor()
                    .permits(Action::RecordSkillAssessment, &Target::NewAssessment(&gone, *source))
            );
        }
    }
}

/// The statuses, by name, in which an action on this kind of thing is open.
fn open_in<S: Copy>(all: &[S], name: fn(S) -> &'static str, open: impl Fn(S) -> bool) -> Vec<&'static str> {
    all.iter().filter(|status| open(**status)).map(|status| name(*status)).collect()
}

#[test]
fn what_a_skill_is_open_to_follows_its_lifecycle() {
    let open = |action| {
        open_in(SkillStatus::ALL, SkillStatus::as_str, |status| {
            allows(action, &Target::Skill(&skill(status)))
        })
    };
    assert_eq!(open(Action::ApproveSkill), ["PROPOSED"]);
    assert_eq!(open(Action::UpdateSkill), ["PROPOSED", "ACTIVE", "DEPRECATED"]);
    assert_eq!(open(Action::DescribeSkillLevels), ["PROPOSED", "ACTIVE", "DEPRECATED"]);
    assert_eq!(open(Action::DeprecateSkill), ["ACTIVE"]);
    assert_eq!(open(Action::MergeSkills), ["ACTIVE"]);
    assert_eq!(open(Action::UndoSkillMerge), ["MERGED"]);
}

#[test]
fn what_an_assessment_is_open_to_follows_its_lifecycle() {
    let person = active_person();
    let open = |action| {
        open_in(AssessmentStatus::ALL, AssessmentStatus::as_str, |status| {
            allows(action, &Target::Assessment(row(&person, AssessmentSource::Peer, status)))
        })
    };
    assert_eq!(open(Action::ValidateSkillAssessments), ["PENDING"]);
    assert_eq!(open(Action::RejectSkillAssessment), ["PENDING"]);
    assert_eq!(open(Action::RevokeSkillAssessment), ["VALIDATED"]);
    assert_eq!(open(Action::ConfirmSkillAssessments), ["VALIDATED"]);
    assert_eq!(open(Action::RespondToSkillAssessment), ["PENDING", "VALIDATED"]);
}

#[test]
fn what_a_person_a_team_and_a_stay_are_open_to_follows_their_lifecycle() {
    let people = |action| {
        open_in(PersonStatus::ALL, PersonStatus::as_str, |status| {
            allows(action, &Target::Person(&person(status, Discoverability::Team)))
        })
    };
    assert_eq!(people(Action::UpdatePerson), ["ACTIVE", "INACTIVE"]);
    assert_eq!(people(Action::LinkPerson), ["ACTIVE"]);
    assert_eq!(people(Action::DeactivatePerson), ["ACTIVE"]);
    assert_eq!(people(Action::RecordSkillAssessment), ["ACTIVE"]);
    assert_eq!(people(Action::SetSkillInterest), ["ACTIVE"]);
    assert_eq!(people(Action::ExemptRequirement), ["ACTIVE"]);
    let teams = |action, occupied| {
        open_in(TeamStatus::ALL, TeamStatus::as_str, |status| {
            allows(action, &Target::Team(&team(status, occupied)))
        })
    };
    assert_eq!(teams(Action::ArchiveTeam, false), ["ACTIVE"]);
    assert!(teams(Action::ArchiveTeam, true).is_empty());
    assert_eq!(teams(Action::AddTeamMember, true), ["ACTIVE"]);
    assert!(allows(Action::EndTeamMembership, &Target::Membership(&stay(false))));
    assert!(!allows(Action::EndTeamMembership, &Target::Membership(&stay(true))));
    let excused = active_person();
    let open = |over| allows(Action::EndRequirementExemption, &Target::Exemption(exemption(&excused, over)));
    assert!(open(false) && !open(true));
    let rounds = |closed| allows(Action::CloseAssessmentRound, &Target::Round(&round(closed)));
    assert!(rounds(false) && !rounds(true));
}

#[test]
fn what_a_role_profile_is_open_to_follows_its_lifecycle() {
    let open = |action, drafted| {
        open_in(RoleProfileStatus::ALL, RoleProfileStatus::as_str, |status| {
            allows(action, &Target::RoleProfile(&profile(status, drafted)))
        })
    };
    for action in [Action::UpdateRoleProfile, Action::SaveRoleProfileDraft, Action::ArchiveRoleProfile] {
        assert_eq!(open(action, false), ["ACTIVE"], "{}", action.as_str());
    }
    assert_eq!(open(Action::PublishRoleProfile, true), ["ACTIVE"]);
    assert_eq!(open(Action::PublishRoleProfile, false), Vec::<&str>::new());
}

#[test]
fn what_may_be_done_is_what_is_permitted_and_open() {
    let admin = grants("admn");
    for status in TeamStatus::ALL {
        let facts = team(*status, false);
        let open = *status == TeamStatus::Active;
        assert_eq!(admin.actor().may(Action::UpdateTeam, &Target::Team(&facts)), open);
    }
    let open = team(TeamStatus::Active, false);
    assert!(!grants("memb").actor().may(Action::UpdateTeam, &Target::Team(&open)));
}
