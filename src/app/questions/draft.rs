//! `saveQuestionDraft`: what the next version will be. An approved version never changes: writing to it
//! begins another one.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Write, Written, command, ids,
        questions::{
            Entry,
            create::{Edition, LONGEST_NOTE, author},
            entry_for,
            written::{self, QuestionDetails, WrittenContent},
        },
    },
    domain::{
        ids::QuestionId,
        policy::actions::Action,
        questions::{Question, QuestionVersionStatus, content::QuestionContent},
        revisions::Revision,
        values,
    },
    store::Store,
};

/// What the draft of a question becomes.
#[derive(Debug, Clone, Serialize)]
pub struct SaveQuestionDraft {
    /// The entry.
    pub question_id: Uuid,
    /// What stands of the entry from now on; as it stands when absent.
    pub details: Option<QuestionDetails>,
    /// The whole content from now on.
    pub content: WrittenContent,
    /// What is new in it, at most 2,000 characters.
    pub change_note: Option<String>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Writes the draft of a question, and begins one where there is none. The payload shows the entry's id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the question; INVALID content; NOT_FOUND skill or owner; CONFLICT.
pub async fn save_question_draft(
    store: &Store,
    command: Command,
    input: SaveQuestionDraft,
) -> Result<Written, Failure> {
    command::run(store, command, Action::SaveQuestionDraft.as_str(), input, |write, input| async move {
        let id = QuestionId::from_uuid(input.question_id);
        let entry = entry_for(&write, id, Action::SaveQuestionDraft, [], input.expected_revision).await?;
        author(&write)?;
        let mut checks = Checks::default();
        let note = input.change_note.as_deref().unwrap_or_default();
        let note = checks.keep("changeNote", values::prose(note, LONGEST_NOTE)).unwrap_or_default();
        let mut details = input.details;
        if let Some(details) = &mut details {
            details.check(&mut checks);
        }
        checks.done()?;
        let content = written::content(&write, input.content).await?;
        if let Some(details) = details {
            describe(&write, &entry, details).await?;
        }
        save(&write, &entry, content, note).await?;
        write.audit(entry.root()).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

async fn describe(write: &Write, entry: &Entry, details: QuestionDetails) -> Result<(), Failure> {
    let owner_id = details.owner(write).await?;
    let QuestionDetails { category, tags, licence, source_url, .. } = details;
    let question = Question { category, tags, owner_id, licence, source_url, ..entry.question.clone() };
    Ok(write.tx.update_question(&question).await?)
}

async fn save(write: &Write, entry: &Entry, content: QuestionContent, note: String) -> Result<(), Failure> {
    let (author, latest, now) = (author(write)?, entry.latest()?, write.now());
    let mut fresh = || ids::fresh_uuid(now);
    let question_id = latest.question_id;
    if latest.status == QuestionVersionStatus::Draft {
        let edition = Edition { question_id, id: latest.id, number: latest.number, change_note: note };
        let mut written = edition.drafted(write, author, content);
        written.version.created_at = latest.created_at;
        return Ok(write.tx.rewrite_question_version(&written, &mut fresh).await?);
    }
    let id = ids::fresh(now);
    let edition = Edition { question_id, id, number: latest.number + 1, change_note: note };
    let written = edition.drafted(write, author, content);
    write.tx.insert_question_versions(&[written], &mut fresh).await?;
    Ok(write.tx.set_latest_version(question_id, id).await?)
}
