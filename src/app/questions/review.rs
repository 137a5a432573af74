//! `reviewQuestion`: somebody else's verdict. Nobody approves what they wrote to (invariant 8).

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Checks, Command, Failure, Refusal, RefusalCode, Write, Written, command, ids,
        questions::{
            Entry, entry_for,
            siblings::{self, Likeness},
        },
    },
    domain::{
        ids::QuestionId,
        policy::actions::Action,
        questions::{QuestionReview, QuestionVersionStatus, ReviewVerdict},
        revisions::Revision,
        values,
    },
    store::Store,
};

/// The longest comment, in characters.
const LONGEST_COMMENT: usize = 10_000;

/// A verdict on the version in review.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewQuestion {
    /// The entry.
    pub question_id: Uuid,
    /// What is said.
    pub verdict: ReviewVerdict,
    /// Why; needed to request changes.
    pub comments: String,
    /// What is held against near duplicates, which the author may not have seen; asked to approve.
    pub likeness: Likeness,
    /// The revision the client has seen.
    pub expected_revision: Option<Revision>,
}

/// Approves the version in review, and retires the one approved before; or gives it back. The payload
/// shows the entry's id.
///
/// # Errors
/// NOT_FOUND, FORBIDDEN, ILLEGAL_STATE of the question; FORBIDDEN at `verdict` for who wrote to it; INVALID
/// comments; DUPLICATE naming the siblings that are not related to it; CONFLICT.
pub async fn review_question(
    store: &Store,
    command: Command,
    input: ReviewQuestion,
) -> Result<Written, Failure> {
    command::run(store, command, Action::ReviewQuestion.as_str(), input, |write, input| async move {
        let id = QuestionId::from_uuid(input.question_id);
        let entry = entry_for(&write, id, Action::ReviewQuestion, input.expected_revision).await?;
        let review = checked(&write, &entry, &input)?;
        if review.verdict == ReviewVerdict::Approve {
            siblings::refuse(&write, &entry, input.likeness).await?;
        }
        let (version, now) = (entry.latest()?.id, write.now());
        write.tx.insert_question_review(ids::fresh_uuid(now), version, &review).await?;
        if review.verdict == ReviewVerdict::RequestChanges {
            write.tx.move_question_version(id, version, QuestionVersionStatus::Draft, now).await?;
        } else {
            if let Some(before) = entry.question.approved_version_id {
                write.tx.move_question_version(id, before, QuestionVersionStatus::Retired, now).await?;
            }
            write.tx.move_question_version(id, version, QuestionVersionStatus::Approved, now).await?;
        }
        write.audit(entry.root()).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

fn checked(write: &Write, entry: &Entry, input: &ReviewQuestion) -> Result<QuestionReview, Failure> {
    let speaker = write.scope.actor().speaker();
    let Some(reviewer_id) = speaker else { return Err(Refusal::forbidden("questionId").into()) };
    let alone = !write.scope.actor().may_approve(&entry.facts.writers);
    if input.verdict == ReviewVerdict::Approve && alone {
        let rule = "You wrote to this version: somebody who did not has to approve it.";
        return Err(Refusal::new(RefusalCode::Forbidden, "verdict", rule).into());
    }
    let mut checks = Checks::default();
    let comments =
        checks.keep("comments", values::prose(&input.comments, LONGEST_COMMENT)).unwrap_or_default();
    let told = input.verdict == ReviewVerdict::Approve || !comments.trim().is_empty();
    checks.hold("comments", told, "must say what to change");
    checks.done()?;
    Ok(QuestionReview { reviewer_id, verdict: input.verdict, comments, at: write.now() })
}
