//! `createQuestion`: an entry with its first draft. Those who interview may propose one, those who edit
//! the bank write it.

use serde::Serialize;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        questions::written::{self, QuestionDetails, WrittenContent},
    },
    domain::{
        ids::{PersonId, QuestionId, QuestionVersionId},
        policy::actions::{Action, Target},
        questions::{Question, QuestionVersion, QuestionVersionStatus, content::QuestionContent},
        revisions::{Aggregate, Root},
        text, values,
    },
    store::{Store, StoreError, WrittenVersion},
};

/// The longest key.
const LONGEST_KEY: usize = 64;
/// The longest change note, in characters.
pub(super) const LONGEST_NOTE: usize = 2_000;

/// A question to enter.
#[derive(Debug, Clone, Serialize)]
pub struct CreateQuestion {
    /// Unique; made from the first words of the stem when absent, with a number where that is taken.
    pub key: Option<String>,
    /// What stands of the entry.
    pub details: QuestionDetails,
    /// The first draft.
    pub content: WrittenContent,
}

/// Enters a question with its first draft. The payload shows its id.
///
/// # Errors
/// FORBIDDEN; INVALID or TAKEN key; INVALID content; NOT_FOUND skill or owner.
pub async fn create_question(
    store: &Store,
    command: Command,
    input: CreateQuestion,
) -> Result<Written, Failure> {
    command::run(store, command, Action::CreateQuestion.as_str(), input, |write, input| async move {
        if !write.scope.actor().may(Action::CreateQuestion, &Target::Organisation) {
            return Err(Refusal::forbidden("").into());
        }
        let author = author(&write)?;
        let named = input.key.is_some();
        let (mut question, written) = checked(&write, author, input).await?;
        if named {
            write.tx.insert_questions(std::slice::from_ref(&question)).await.map_err(taken)?;
        } else {
            enter_under_free_key(&write, &mut question).await?;
        }
        let now = write.now();
        let mut fresh = || ids::fresh_uuid(now);
        write.tx.insert_question_versions(&[written], &mut fresh).await?;
        write.audit(Root::of(Aggregate::Question, question.id)).await?;
        Ok((write, Written { ids: vec![question.id.uuid()] }))
    })
    .await
}

async fn checked(
    write: &Write,
    author: PersonId,
    input: CreateQuestion,
) -> Result<(Question, WrittenVersion), Failure> {
    let mut checks = Checks::default();
    let mut details = input.details;
    details.check(&mut checks);
    let key = match input.key {
        Some(key) => checks.keep("key", values::slug(&key)).unwrap_or_default(),
        None => first_words(&input.content.body.stem),
    };
    checks.done()?;
    let owner_id = details.owner(write).await?;
    let content = written::content(write, input.content).await?;
    let (id, version_id): (QuestionId, QuestionVersionId) =
        (ids::fresh(write.now()), ids::fresh(write.now()));
    let question = Question {
        id,
        key,
        category: details.category,
        tags: details.tags,
        owner_id,
        licence: details.licence,
        source_url: details.source_url,
        created_at: write.now(),
        latest_version_id: version_id,
        approved_version_id: None,
        asked_count: 0,
        last_used_at: None,
        revision: 1,
    };
    let edition = Edition { question_id: id, id: version_id, number: 1, change_note: String::new() };
    Ok((question, edition.drafted(write, author, content)))
}

/// In whose name the viewer writes. Nobody can be kept from approving what nobody wrote (invariant 8), so
/// that a token without a person writes none.
pub(super) fn author(write: &Write) -> Result<PersonId, Refusal> {
    let rule = "Your token is linked to no person, and a question needs an author.";
    write.scope.actor().speaker().ok_or_else(|| Refusal::new(RefusalCode::Forbidden, "", rule))
}

/// Which version of which entry is written.
pub(super) struct Edition {
    pub(super) question_id: QuestionId,
    pub(super) id: QuestionVersionId,
    pub(super) number: i32,
    pub(super) change_note: String,
}

impl Edition {
    /// It as a draft that holds `content`.
    pub(super) fn drafted(self, write: &Write, author: PersonId, content: QuestionContent) -> WrittenVersion {
        let Self { question_id, id, number, change_note } = self;
        let version = QuestionVersion {
            id,
            question_id,
            number,
            status: QuestionVersionStatus::Draft,
            author_id: Some(author),
            change_note,
            body: content.body.clone(),
            created_at: write.now(),
            approved_at: None,
            retired_at: None,
        };
        WrittenVersion { version, content }
    }
}

/// The slug that the first eight words of a stem suggest; `question` where they suggest none.
fn first_words(stem: &str) -> String {
    let slug = text::slug_of(&stem.split_whitespace().take(8).collect::<Vec<_>>().join(" "));
    if slug.is_empty() { "question".to_owned() } else { slug }
}

/// Where numbers are looked for, the lowest first: all of a range may be taken.
const RANGES: [u32; 4] = [1, 1_000, 100_000, 10_000_000];
/// How many numbers of a range are tried.
const TRIED: u32 = 200;

/// Stores the entry under the first free of `key`, `key-2`, `key-3` and so on. Whoever takes that one meanwhile
/// keeps it, and the next is tried.
async fn enter_under_free_key(write: &Write, question: &mut Question) -> Result<(), Failure> {
    let wanted = question.key.clone();
    write.tx.found_question(question).await?;
    for from in RANGES {
        let keys: Vec<String> = (from..from + TRIED).map(|number| numbered(&wanted, number)).collect();
        let taken = write.tx.taken_question_keys(&keys).await?;
        for key in keys.into_iter().filter(|key| !taken.contains(key)) {
            question.key = key;
            if write.tx.insert_question_unless_taken(question).await? {
                return Ok(());
            }
        }
    }
    Err(Refusal::new(RefusalCode::Taken, "key", "key must be given: what the stem suggests is taken.").into())
}

/// The key itself, or with a number behind it.
fn numbered(key: &str, number: u32) -> String {
    if number == 1 {
        return key.to_owned();
    }
    let end = format!("-{number}");
    let most = LONGEST_KEY - end.len();
    // A slug is ASCII.
    format!("{}{end}", key.get(..most).unwrap_or(key).trim_end_matches('-'))
}

fn taken(error: StoreError) -> Failure {
    if error.violates("question", "key") {
        return Refusal::new(RefusalCode::Taken, "key", "key is taken.").into();
    }
    error.into()
}
