//! Use cases on the question bank: writing, reviewing and withdrawing questions, and what they are to
//! each other.
//!
//! An entry has one lock, its own root; whoever changes a version takes it, so that two cannot submit or
//! judge one draft at once.

mod create;
mod draft;
mod leak;
mod relate;
mod retire;
mod review;
mod siblings;
mod submit;
mod written;

pub use create::{CreateQuestion, create_question};
pub use draft::{SaveQuestionDraft, save_question_draft};
pub use leak::{ReportLeak, report_leak};
pub use relate::{RelateQuestions, relate_questions};
pub use retire::{RetireQuestion, retire_question};
pub use review::{ReviewQuestion, review_question};
pub use siblings::Likeness;
pub use submit::{SubmitQuestion, submit_question};
pub use written::{QuestionDetails, WrittenContent};

use crate::{
    app::{Failure, Refusal, RefusalCode, Write, command},
    domain::{
        ids::QuestionId,
        policy::{
            actions::{Action, Target, allows},
            facts::QuestionFacts,
        },
        questions::{
            Question, QuestionVersion, QuestionVersionStatus,
            content::{QuestionContent, Rubric},
        },
        revisions::{Aggregate, Revision, Root},
    },
    store::StoreError,
};

/// An entry with what says what can be done with it.
#[derive(Debug)]
struct Entry {
    question: Question,
    facts: QuestionFacts,
    latest: Option<QuestionVersion>,
    asked: Option<QuestionVersion>,
}

impl Entry {
    const fn root(&self) -> Root {
        Root::of(Aggregate::Question, self.question.id)
    }

    /// The version written last; every entry has one.
    fn latest(&self) -> Result<&QuestionVersion, StoreError> {
        self.latest
            .as_ref()
            .ok_or_else(|| StoreError::Corrupt(format!("{} has no version", self.question.id)))
    }

    /// What the version written last holds.
    async fn content(&self, write: &Write) -> Result<QuestionContent, StoreError> {
        let latest = self.latest()?;
        let skills = write.tx.skills_of_question_versions(&[latest.id]).await?.remove(&latest.id);
        let criteria = write.tx.criteria_of(&[latest.id]).await?.remove(&latest.id);
        let weight_rationale = write.tx.weight_rationales_of(&[latest.id]).await?.remove(&latest.id);
        let rubric = Rubric { criteria: criteria.unwrap_or_default(), weight_rationale };
        Ok(QuestionContent { body: latest.body.clone(), skills: skills.unwrap_or_default(), rubric })
    }
}

/// The entry named at `questionId`, on which the viewer may take `action`: visible, may, state. It is
/// locked and raised before its state is looked at.
async fn entry_for(
    write: &Write,
    id: QuestionId,
    action: Action,
    expected: Option<Revision>,
) -> Result<Entry, Failure> {
    let entry = permitted(write, id, action).await?;
    write.raise(entry.root(), [], expected).await?;
    let entry = seen(write, id).await?;
    open(&entry, action)?;
    Ok(entry)
}

/// The same, locked with the roots `beside` it and not raised: for what may turn out to change nothing.
async fn held_for(
    write: &Write,
    id: QuestionId,
    action: Action,
    beside: impl IntoIterator<Item = Root>,
    expected: Option<Revision>,
) -> Result<Entry, Failure> {
    let entry = permitted(write, id, action).await?;
    write.tx.lock(&beside.into_iter().chain([entry.root()]).collect()).await?;
    let entry = seen(write, id).await?;
    command::current(entry.question.revision, expected)?;
    open(&entry, action)?;
    Ok(entry)
}

async fn permitted(write: &Write, id: QuestionId, action: Action) -> Result<Entry, Failure> {
    let entry = seen(write, id).await?;
    if !write.scope.actor().permits(action, &Target::Question(&entry.facts)) {
        return Err(Refusal::forbidden("questionId").into());
    }
    Ok(entry)
}

/// The entry as far as the viewer sees it.
async fn seen(write: &Write, id: QuestionId) -> Result<Entry, Failure> {
    let found = write.tx.questions_by_id(&write.scope, &[id]).await?.pop();
    let question = found.ok_or_else(|| Refusal::not_found("questionId"))?;
    let ids: Vec<_> =
        std::iter::once(question.latest_version_id).chain(question.approved_version_id).collect();
    let versions = write.tx.question_versions_by_id(&write.scope, &ids).await?;
    let of = |id| versions.iter().find(|version| Some(version.id) == id).cloned();
    let (latest, asked) = (of(Some(question.latest_version_id)), of(question.approved_version_id));
    let facts = write.tx.question_facts(&write.scope, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(Entry { question, facts, latest, asked })
}

/// The states of the versions allow the action.
fn open(entry: &Entry, action: Action) -> Result<(), Refusal> {
    if allows(action, &Target::Question(&entry.facts)) {
        return Ok(());
    }
    let status = entry.latest.as_ref().map(|version| version.status);
    let rule = match (action, status) {
        (Action::SaveQuestionDraft, _) => "The draft is in review. Ask its reviewer for changes first.",
        (Action::SubmitQuestion, Some(QuestionVersionStatus::InReview)) => "The draft is in review already.",
        (Action::SubmitQuestion, _) => "There is no draft. Save one first.",
        (Action::ReviewQuestion, _) => "No version of the question is in review.",
        (Action::ReportLeak, _) => "No version of the question is approved.",
        _ => "No version of the question is approved or compromised.",
    };
    Err(Refusal::new(RefusalCode::IllegalState, "questionId", rule))
}
