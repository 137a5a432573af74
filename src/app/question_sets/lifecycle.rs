//! `publishQuestionSet` and `archiveQuestionSet`: from a draft to what interviewers use, and out of use.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Written, command,
        question_sets::{opened, permitted, root_of},
    },
    domain::{
        ids::QuestionSetId, policy::actions::Action, questions::sets::QuestionSetStatus, revisions::Revision,
    },
    store::Store,
};

/// A set that goes on in its life.
#[derive(Debug, Clone, Serialize)]
pub struct MoveQuestionSet {
    /// Which.
    pub question_set_id: Uuid,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Makes a draft ready for interviewers. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE of a set that is no draft, holds nothing, or pins what may not be asked;
/// CONFLICT.
pub async fn publish_question_set(
    store: &Store,
    command: Command,
    input: MoveQuestionSet,
) -> Result<Written, Failure> {
    moved(store, command, input, Action::PublishQuestionSet, QuestionSetStatus::Published).await
}

/// Takes a published set out of use. The payload shows its id.
///
/// # Errors
/// NOT_FOUND; FORBIDDEN; ILLEGAL_STATE of a set that is not published; CONFLICT.
pub async fn archive_question_set(
    store: &Store,
    command: Command,
    input: MoveQuestionSet,
) -> Result<Written, Failure> {
    moved(store, command, input, Action::ArchiveQuestionSet, QuestionSetStatus::Archived).await
}

async fn moved(
    store: &Store,
    command: Command,
    input: MoveQuestionSet,
    action: Action,
    to: QuestionSetStatus,
) -> Result<Written, Failure> {
    command::run(store, command, action.as_str(), input, move |write, input| async move {
        let id = QuestionSetId::from_uuid(input.question_set_id);
        permitted(&write, id, action).await?;
        write.raise(root_of(id), [], input.expected_revision).await?;
        opened(&write, id, action).await?;
        write.tx.move_question_set(id, to, write.now()).await?;
        write.audit(root_of(id)).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}
