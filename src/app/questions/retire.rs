//! `retireQuestion`: a question is no longer asked. Sets that pin it keep it.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{Command, Failure, Written, command, questions::entry_for},
    domain::{
        ids::QuestionId, policy::actions::Action, questions::QuestionVersionStatus, revisions::Revision,
    },
    store::Store,
};

/// A question to take out of use.
#[derive(Debug, Clone, Serialize)]
pub struct RetireQuestion {
    /// The entry.
    pub question_id: Uuid,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Retires the version that is approved, or was compromised. The payload shows the entry's id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the question; CONFLICT.
pub async fn retire_question(
    store: &Store,
    command: Command,
    input: RetireQuestion,
) -> Result<Written, Failure> {
    command::run(store, command, Action::RetireQuestion.as_str(), input, |write, input| async move {
        let id = QuestionId::from_uuid(input.question_id);
        let entry = entry_for(&write, id, Action::RetireQuestion, input.expected_revision).await?;
        let now = write.now();
        for version in write.tx.versions_in_use(id).await? {
            write.tx.move_question_version(id, version, QuestionVersionStatus::Retired, now).await?;
        }
        write.audit(entry.root()).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}
