//! Who may put sets of questions together and publish them, and when. Says nothing of who reads them (`reach`).
//!
//! Whoever interviews puts together what they need and keeps it; what everybody shall use, editors publish.

use crate::domain::{
    policy::{
        Actor,
        actions::{Action, Target},
        facts::QuestionSetFacts,
    },
    questions::sets::QuestionSetStatus,
};

impl Actor<'_> {
    /// What is done to sets of questions; nothing else.
    pub(super) fn may_question_set(&self, action: Action, target: &Target<'_>) -> bool {
        match (action, target) {
            (Action::CreateQuestionSet, Target::Organisation) => self.edits_questions() || self.interviews(),
            (Action::UpdateQuestionSet, Target::QuestionSet(set)) => {
                self.edits_questions() || (self.interviews() && self.put_together(set))
            }
            (Action::PublishQuestionSet | Action::ArchiveQuestionSet, Target::QuestionSet(_)) => {
                self.edits_questions()
            }
            _ => false,
        }
    }

    fn put_together(&self, set: &QuestionSetFacts) -> bool {
        set.author_id.is_some() && set.author_id == self.speaker()
    }
}

/// Whether where the set stands allows it.
pub(super) fn allows_question_set(action: Action, set: &QuestionSetFacts) -> bool {
    match action {
        Action::UpdateQuestionSet => set.status == QuestionSetStatus::Draft,
        Action::PublishQuestionSet => set.status == QuestionSetStatus::Draft && set.ready,
        Action::ArchiveQuestionSet => set.status == QuestionSetStatus::Published,
        _ => false,
    }
}
