//! `saveQuestionDraft`: what the next version will be, and what stands of the entry itself. An approved version
//! never changes: writing to it begins another one. What says the same again changes nothing, nor who wrote it.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        questions::{
            Entry,
            create::{Edition, LONGEST_NOTE, author},
            held_for,
            written::{self, QuestionDetails, WrittenContent},
        },
    },
    domain::{
        ids::QuestionId,
        policy::actions::Action,
        questions::{Question, QuestionVersionStatus},
        revisions::Revision,
        values,
    },
    store::{Store, WrittenVersion},
};

/// What the draft of a question becomes.
#[derive(Debug, Clone, Serialize)]
pub struct SaveQuestionDraft {
    /// The entry.
    pub question_id: Uuid,
    /// What stands of the entry from now on; as it stands when absent.
    pub details: Option<QuestionDetails>,
    /// The whole content from now on; no version is touched when absent.
    pub content: Option<WrittenContent>,
    /// What is new in it, at most 2,000 characters; what the draft says already when absent.
    pub change_note: Option<String>,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// A version as it is stored.
enum Draft {
    Begun(WrittenVersion),
    Rewritten(WrittenVersion),
}

/// Writes the draft of a question, and begins one where there is none. The payload shows the entry's id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the question; FORBIDDEN details of what was ever approved; INVALID
/// content, or neither content nor details; NOT_FOUND skill or owner; CONFLICT.
pub async fn save_question_draft(
    store: &Store,
    command: Command,
    input: SaveQuestionDraft,
) -> Result<Written, Failure> {
    command::run(store, command, Action::SaveQuestionDraft.as_str(), input, |write, mut input| async move {
        let id = QuestionId::from_uuid(input.question_id);
        let entry = held_for(&write, id, Action::SaveQuestionDraft, [], input.expected_revision).await?;
        if input.content.is_some() {
            author(&write)?;
        }
        checked(&write, &entry, &mut input)?;
        let draft = draft(&write, &entry, &mut input).await?;
        let question = described(&write, &entry, input.details).await?;
        if question.is_some() || draft.is_some() {
            write.raise(entry.root(), [], None).await?;
            store_all(&write, id, question, draft).await?;
            write.audit(entry.root()).await?;
        }
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

fn checked(write: &Write, entry: &Entry, input: &mut SaveQuestionDraft) -> Result<(), Failure> {
    if input.details.is_some() && !write.scope.actor().describes_question(&entry.facts) {
        let rule = "Who edits the bank says what stands of a question that was approved.";
        return Err(Refusal::new(RefusalCode::Forbidden, "details", rule).into());
    }
    let mut checks = Checks::default();
    let something = input.content.is_some() || input.details.is_some();
    checks.hold("content", something, "must be given where details are not");
    let noted = input.change_note.is_none() || input.content.is_some();
    checks.hold("changeNote", noted, "must come with content");
    input.change_note =
        checks.keep_some("changeNote", input.change_note.take(), |note| values::prose(&note, LONGEST_NOTE));
    if let Some(details) = &mut input.details {
        details.check(&mut checks);
    }
    Ok(checks.done()?)
}

/// The entry with what stands of it from now on; `None` when that is what stands of it.
async fn described(
    write: &Write,
    entry: &Entry,
    details: Option<QuestionDetails>,
) -> Result<Option<Question>, Failure> {
    let Some(details) = details else { return Ok(None) };
    let owner_id = details.owner(write).await?;
    let QuestionDetails { category, tags, licence, source_url, .. } = details;
    let question = Question { category, tags, owner_id, licence, source_url, ..entry.question.clone() };
    Ok((question != entry.question).then_some(question))
}

/// The version that the content becomes; `None` when the draft, or what is approved, says the same.
async fn draft(
    write: &Write,
    entry: &Entry,
    input: &mut SaveQuestionDraft,
) -> Result<Option<Draft>, Failure> {
    let Some(content) = input.content.take() else { return Ok(None) };
    let content = written::content(write, content).await?;
    let (author, latest, now) = (author(write)?, entry.latest()?, write.now());
    let same = content == entry.content(write).await?;
    let question_id = latest.question_id;
    if latest.status == QuestionVersionStatus::Draft {
        let change_note = input.change_note.take().unwrap_or_else(|| latest.change_note.clone());
        if same && change_note == latest.change_note {
            return Ok(None);
        }
        let edition = Edition { question_id, id: latest.id, number: latest.number, change_note };
        let mut written = edition.drafted(write, author, content);
        written.version.created_at = latest.created_at;
        return Ok(Some(Draft::Rewritten(written)));
    }
    // What was withdrawn comes back as a version of its own, even in the same words.
    if same && latest.status == QuestionVersionStatus::Approved {
        return Ok(None);
    }
    let change_note = input.change_note.take().unwrap_or_default();
    let edition = Edition { question_id, id: ids::fresh(now), number: latest.number + 1, change_note };
    Ok(Some(Draft::Begun(edition.drafted(write, author, content))))
}

async fn store_all(
    write: &Write,
    id: QuestionId,
    question: Option<Question>,
    draft: Option<Draft>,
) -> Result<(), Failure> {
    let now = write.now();
    let mut fresh = || ids::fresh_uuid(now);
    if let Some(question) = question {
        write.tx.update_question(&question).await?;
    }
    match draft {
        None => Ok(()),
        Some(Draft::Rewritten(written)) => {
            Ok(write.tx.rewrite_question_version(&written, now, &mut fresh).await?)
        }
        Some(Draft::Begun(written)) => {
            let version = written.version.id;
            write.tx.insert_question_versions(&[written], &mut fresh).await?;
            Ok(write.tx.set_latest_version(id, version).await?)
        }
    }
}
