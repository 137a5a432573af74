//! `submitQuestion`: a whole draft goes to review, unless the bank asks the same already.

use serde::Serialize;
use uuid::Uuid;

use crate::{
    app::{
        Command, Failure, Refusal, RefusalCode, Write, Written, command,
        questions::{Entry, entry_for, written},
    },
    domain::{
        ids::QuestionId,
        policy::actions::Action,
        questions::{
            QuestionVersionStatus,
            content::{QuestionContent, Rubric},
            similarity::{Fingerprint, content_hash},
        },
        revisions::Revision,
    },
    store::{Store, StoreError},
};

/// The most siblings that a refusal names.
const MOST_NAMED: usize = 5;

/// A draft to submit.
#[derive(Debug, Clone, Serialize)]
pub struct SubmitQuestion {
    /// The entry.
    pub question_id: Uuid,
    /// From which resemblance on two questions are near duplicates, 0 to 1; a setting.
    pub threshold: f64,
    /// Submitted although others resemble it.
    pub despite_siblings: bool,
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
        let entry = entry_for(&write, id, Action::SubmitQuestion, [], input.expected_revision).await?;
        let content = content_of(&write, &entry).await?;
        written::whole(&content)?;
        let siblings = siblings(&write, &entry, &content, input.threshold).await?;
        if !siblings.is_empty() && !input.despite_siblings {
            return Err(siblings.iter().take(MOST_NAMED).map(Sibling::refusal).collect::<Vec<_>>().into());
        }
        let (version, now) = (entry.latest()?.id, write.now());
        write.tx.move_question_version(id, version, QuestionVersionStatus::InReview, now).await?;
        write.audit(entry.root()).await?;
        Ok((write, Written { ids: vec![id.uuid()] }))
    })
    .await
}

/// The content of the version written last.
async fn content_of(write: &Write, entry: &Entry) -> Result<QuestionContent, StoreError> {
    let latest = entry.latest()?;
    let skills = write.tx.skills_of_question_versions(&[latest.id]).await?.remove(&latest.id);
    let criteria = write.tx.criteria_of(&[latest.id]).await?.remove(&latest.id);
    let weight_rationale = write.tx.weight_rationales_of(&[latest.id]).await?.remove(&latest.id);
    let rubric = Rubric { criteria: criteria.unwrap_or_default(), weight_rationale };
    Ok(QuestionContent { body: latest.body.clone(), skills: skills.unwrap_or_default(), rubric })
}

/// Another entry that asks nearly the same.
struct Sibling {
    key: String,
    resemblance: f64,
    exact: bool,
}

impl Sibling {
    fn refusal(&self) -> Refusal {
        let how = if self.exact { "It is the same question as" } else { "It asks nearly the same as" };
        let message = format!(
            "{how} `{}` (resemblance {:.2}). Relate the two, or submit it despite its siblings.",
            self.key, self.resemblance
        );
        Refusal::new(RefusalCode::Duplicate, "questionId", message)
    }
}

/// Those that the viewer sees and that are not known to be related, the most alike first.
async fn siblings(
    write: &Write,
    entry: &Entry,
    content: &QuestionContent,
    threshold: f64,
) -> Result<Vec<Sibling>, StoreError> {
    let stem = &content.body.stem;
    let (own, hash) = (Fingerprint::of(stem), content_hash(stem));
    let id = entry.question.id;
    let mut alike: Vec<(QuestionId, f64, bool)> = Vec::new();
    for (other, text) in write.tx.resembling(&own, id).await? {
        let resemblance = own.resemblance(&Fingerprint::of(&text));
        if resemblance >= threshold {
            alike.push((other, resemblance, content_hash(&text) == hash));
        }
    }
    let related = write.tx.relations_of_questions(&[id]).await?.remove(&id).unwrap_or_default();
    alike.retain(|(other, ..)| {
        !related.iter().any(|relation| [relation.from_id, relation.to_id].contains(other))
    });
    alike.sort_by(|one, next| next.1.total_cmp(&one.1).then(one.0.cmp(&next.0)));
    alike.dedup_by_key(|(other, ..)| *other);
    let ids: Vec<QuestionId> = alike.iter().map(|(other, ..)| *other).collect();
    let seen = write.tx.questions_by_id(&write.scope, &ids).await?;
    let named = alike.into_iter().filter_map(|(other, resemblance, exact)| {
        let key = seen.iter().find(|question| question.id == other)?.key.clone();
        Some(Sibling { key, resemblance, exact })
    });
    Ok(named.collect())
}
