//! What an entry of the question bank is open to, and what its author may do beside the table.

use std::collections::BTreeSet;

use super::actors::{active_person, grants, question};
use crate::domain::{
    policy::{
        Claim,
        actions::{Action, Target, allows},
        facts::QuestionFacts,
    },
    questions::QuestionVersionStatus,
};

const ALL: [Action; 6] = [
    Action::SaveQuestionDraft,
    Action::SubmitQuestion,
    Action::ReviewQuestion,
    Action::RetireQuestion,
    Action::ReportLeak,
    Action::RelateQuestions,
];

/// The statuses of the latest version in which an action is open, with and without an approved one.
fn open(action: Action, approved: bool) -> Vec<&'static str> {
    let facts = |status: &QuestionVersionStatus| QuestionFacts { approved, ..question(*status, false) };
    let open =
        QuestionVersionStatus::ALL.iter().filter(|status| allows(action, &Target::Question(&facts(status))));
    open.map(|status| status.as_str()).collect()
}

#[test]
fn what_a_question_is_open_to_follows_its_lifecycle() {
    let every = ["DRAFT", "IN_REVIEW", "APPROVED", "COMPROMISED", "RETIRED"];
    for approved in [false, true] {
        assert_eq!(
            open(Action::SaveQuestionDraft, approved),
            ["DRAFT", "APPROVED", "COMPROMISED", "RETIRED"]
        );
        assert_eq!(open(Action::SubmitQuestion, approved), ["DRAFT"]);
        assert_eq!(open(Action::ReviewQuestion, approved), ["IN_REVIEW"]);
        assert_eq!(open(Action::RelateQuestions, approved), every);
    }
    assert_eq!(open(Action::RetireQuestion, true), every);
    assert_eq!(open(Action::RetireQuestion, false), ["COMPROMISED"]);
    assert_eq!(open(Action::ReportLeak, true), every);
    assert!(open(Action::ReportLeak, false).is_empty());
}

#[test]
fn what_leaked_can_be_retired_whatever_is_written_in_its_place() {
    for status in QuestionVersionStatus::ALL {
        let facts = QuestionFacts { approved: false, compromised: true, ..question(*status, false) };
        assert!(allows(Action::RetireQuestion, &Target::Question(&facts)), "{}", status.as_str());
        assert!(!allows(Action::ReportLeak, &Target::Question(&facts)), "{}", status.as_str());
    }
}

#[test]
fn what_stands_of_an_entry_is_its_proposers_until_it_was_approved_once() {
    let interviewer = grants("self").and(&grants("intv").claims);
    let editor = grants("qedt");
    let own = |ever_approved| QuestionFacts {
        approved: false,
        ever_approved,
        ..question(QuestionVersionStatus::Draft, true)
    };
    assert!(interviewer.actor().describes_question(&own(false)));
    assert!(!interviewer.actor().describes_question(&own(true)));
    assert!(editor.actor().describes_question(&own(true)));
}

#[test]
fn nobody_approves_what_they_wrote_to_and_a_token_without_a_person_approves_nothing() {
    let own = BTreeSet::from([active_person().id]);
    assert!(!grants("self").actor().may_approve(&own));
    assert!(grants("self").actor().may_approve(&BTreeSet::new()));
    assert!(!grants("qedt").actor().may_approve(&BTreeSet::new()), "nobody speaks");
}

#[test]
fn who_interviews_works_on_their_own_proposal_until_it_is_approved() {
    let interviewer = grants("self").and(&grants("intv").claims);
    let mut permitted = Vec::new();
    for status in QuestionVersionStatus::ALL {
        for action in ALL {
            let own = question(*status, true);
            if interviewer.actor().permits(action, &Target::Question(&own)) {
                permitted.push(format!("{} {}", action.as_str(), status.as_str()));
            }
            // Whoever wrote it and interviews no longer may do nothing with it.
            assert!(!grants("self").actor().permits(action, &Target::Question(&own)));
        }
    }
    let leaks = QuestionVersionStatus::ALL.iter().map(|status| format!("reportLeak {}", status.as_str()));
    let mut expected: Vec<String> = leaks.collect();
    for status in ["DRAFT", "IN_REVIEW"] {
        expected.extend(["saveQuestionDraft", "submitQuestion"].map(|action| format!("{action} {status}")));
    }
    permitted.sort();
    expected.sort();
    assert_eq!(permitted, expected);
}

#[test]
fn who_interviews_reads_what_is_said_of_their_own_versions_alone() {
    let interviewer = grants("self").and(&grants("intv").claims);
    let author = &[active_person().id];
    assert!(interviewer.claims.has(Claim::Interviewer));
    assert!(interviewer.actor().sees_verdicts_on(author));
    assert!(!interviewer.actor().sees_verdicts_on(&[]));
    assert!(!grants("memb").and(&grants("intv").claims).actor().sees_verdicts_on(author));
    assert!(!grants("self").actor().sees_verdicts_on(author));
    assert!(!grants("intv").actor().sees_verdicts_on(&[]), "nobody is not among those who wrote nothing");
}
