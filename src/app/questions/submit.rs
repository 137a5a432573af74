//! `submitQuestion`: a whole draft goes to review, unless the bank asks the same already.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Written, command,
        questions::{
            entry_for,
            siblings::{self, Likeness},
            written,
        },
    },
    domain::{
        ids::QuestionId, policy::actions::Action, questions::QuestionVersionStatus, revisions::Revision,
    },
    store::Store,
};

/// A draft to submit.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitQuestion {
    /// The entry.
    pub question_id: Uuid,
    /// What is held against near duplicates.
    pub likeness: Likeness,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Submits a draft for review. The payload shows the entry's id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the question; INVALID content; DUPLICATE naming the siblings
/// that are not related to it; CONFLICT.
pub async fn submit_question(
    store: &Store,
    command: Command,
    input: SubmitQuestion,
) -> Result<Written, Failure> {
    command::run(store, command, Action::SubmitQuestion.as_str(), input, |write, input| async move {
        let id = QuestionId::from_uuid(input.question_id);
        let entry = entry_for(&write, id, Action::SubmitQuestion, input.expected_revision).await?;
        written::whole(&write, &entry.content(&write).await?).await?;
        siblings::refuse(&write, &entry, input.likeness).await?;
        let (version, now) = (entry.latest()?.id, write.now());
        write.tx.move_question_version(id, version, QuestionVersionStatus::InReview, now).await?;
        write.audit(entry.root()).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}
