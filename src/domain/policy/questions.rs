//! Who may write, review and retire a question of the bank, and when. Says nothing of who reads it (`sight`).
//!
//! Editors keep the bank. An interviewer may propose, and works on the own proposal until it is approved,
//! also when an editor wrote to it meanwhile.

use std::collections::BTreeSet;

use crate::domain::{
    ids::PersonId,
    policy::{
        Actor, Claim,
        actions::{Action, Target},
        facts::QuestionFacts,
    },
    questions::QuestionVersionStatus,
};

impl Actor<'_> {
    /// What is done to the question bank and to sets of its questions; nothing else.
    pub(super) fn may_question(&self, action: Action, target: &Target<'_>) -> bool {
        match (action, target) {
            (Action::CreateQuestion, Target::Organisation) => self.edits_questions() || self.interviews(),
            (Action::SaveQuestionDraft | Action::SubmitQuestion, Target::Question(entry)) => {
                self.edits_questions() || (self.interviews() && self.proposed(entry))
            }
            (
                Action::ReviewQuestion | Action::RetireQuestion | Action::RelateQuestions,
                Target::Question(_),
            ) => self.edits_questions(),
            (Action::ReportLeak, Target::Question(_)) => self.edits_questions() || self.interviews(),
            _ => self.may_question_set(action, target),
        }
    }

    pub(super) fn edits_questions(&self) -> bool {
        self.claims.has(Claim::QuestionEditor) || self.serves("questions:write")
    }

    pub(super) fn interviews(&self) -> bool {
        self.claims.has(Claim::Interviewer)
    }

    /// Whether the viewer may say what stands of the entry itself. That changes at once, so that of an entry
    /// which was ever approved it is the editors' alone.
    #[must_use]
    pub fn describes_question(&self, entry: &QuestionFacts) -> bool {
        self.edits_questions() || (self.interviews() && self.proposed(entry) && !entry.ever_approved)
    }

    /// Whether the viewer may approve what these people wrote (invariant 8).
    #[must_use]
    pub fn may_approve(&self, writers: &BTreeSet<PersonId>) -> bool {
        self.speaker().is_some_and(|speaker| !writers.contains(&speaker))
    }

    /// A proposal that is still being written, by the viewer among others. What was approved is the editors'.
    fn proposed(&self, entry: &QuestionFacts) -> bool {
        let own = self.speaker().is_some_and(|speaker| entry.writers.contains(&speaker));
        own && matches!(entry.latest, Some(QuestionVersionStatus::Draft | QuestionVersionStatus::InReview))
    }
}

/// Whether where the entry stands allows it.
pub(super) fn allows_question(action: Action, entry: &QuestionFacts) -> bool {
    let latest = |status| entry.latest == Some(status);
    match action {
        Action::SaveQuestionDraft => !latest(QuestionVersionStatus::InReview),
        Action::SubmitQuestion => latest(QuestionVersionStatus::Draft),
        Action::ReviewQuestion => latest(QuestionVersionStatus::InReview),
        Action::RetireQuestion => entry.approved || entry.compromised,
        Action::ReportLeak => entry.approved,
        Action::RelateQuestions => true,
        _ => false,
    }
}
