//! What a set of questions is open to, and what its author may do beside the table.

use super::actors::{grants, question_set};
use crate::domain::{
    policy::{
        Claim, Claims,
        actions::{Action, Target, allows},
        facts::QuestionSetFacts,
        reach::{self, QuestionSetReach},
    },
    questions::sets::QuestionSetStatus,
};

#[test]
fn what_a_set_is_open_to_follows_its_lifecycle_and_what_it_holds() {
    let open = |action, ready| {
        let facts = |status: &QuestionSetStatus| QuestionSetFacts { ready, ..question_set(*status, false) };
        let open = QuestionSetStatus::ALL
            .iter()
            .filter(|status| allows(action, &Target::QuestionSet(&facts(status))));
        open.map(|status| status.as_str()).collect::<Vec<_>>()
    };
    for ready in [false, true] {
        assert_eq!(open(Action::UpdateQuestionSet, ready), ["DRAFT"]);
        assert_eq!(open(Action::ArchiveQuestionSet, ready), ["PUBLISHED"]);
    }
    assert_eq!(open(Action::PublishQuestionSet, true), ["DRAFT"]);
    assert!(open(Action::PublishQuestionSet, false).is_empty());
}

#[test]
fn who_interviews_keeps_the_own_sets_and_publishes_none() {
    let interviewer = grants("self").and(&grants("intv").claims);
    for status in QuestionSetStatus::ALL {
        let (own, other) = (question_set(*status, true), question_set(*status, false));
        let may = |action, set| interviewer.actor().permits(action, &Target::QuestionSet(set));
        assert!(may(Action::UpdateQuestionSet, &own));
        assert!(!may(Action::UpdateQuestionSet, &other));
        for action in [Action::PublishQuestionSet, Action::ArchiveQuestionSet] {
            assert!(!may(action, &own));
        }
        // Whoever put it together and interviews no longer may do nothing with it.
        assert!(!grants("self").actor().permits(Action::UpdateQuestionSet, &Target::QuestionSet(&own)));
    }
}

#[test]
fn sets_are_for_those_who_interview_or_edit() {
    let reach_of = |claims: &Claims, who: &str| reach::question_sets(claims, &grants(who).standing);
    let own = grants("self").standing.person;
    assert_eq!(reach_of(&grants("qedt").claims, "self"), QuestionSetReach::All);
    assert_eq!(reach_of(&grants("intv").claims, "self"), QuestionSetReach::Published { own });
    let service = |scope: &str| Claims { roles: [Claim::Service].into(), scopes: [scope.to_owned()].into() };
    assert_eq!(reach_of(&service("questions:write"), "anon"), QuestionSetReach::All);
    assert_eq!(reach_of(&service("questions:read"), "anon"), QuestionSetReach::Published { own: None });
    for column in ["recr", "cali", "admn"] {
        assert_eq!(reach_of(&grants(column).claims, "self"), QuestionSetReach::Nothing, "{column}");
    }
    assert_eq!(reach_of(&Claims::default(), "lead"), QuestionSetReach::Nothing);
}
